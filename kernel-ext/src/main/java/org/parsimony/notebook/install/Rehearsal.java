package org.parsimony.notebook.install;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.notebook.kernel.KernelMain;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A short session of a kernel with itself, which loads the classes that every session needs: a greeting, a cell, a
 * completion, an error, an array.
 */
final class Rehearsal {

    private static final List<String> CELLS = List.of(
            "int answer = 42; System.out.println(answer); answer",
            "String name = null; name.length()",
            "unknown + 1",
            "%time 1 + 1",
            "var rehearsed = org.nd4j.linalg.factory.Nd4j.rand(3, 4); rehearsed.mmul(rehearsed.transpose())");

    /** The argument by which {@link KernelSpec} asks for it. */
    static final String OPTION = "--rehearse";

    private Rehearsal() {}

    static void play() throws IOException, GeneralSecurityException {
        List<Integer> ports = freePorts();
        Path file = Files.createTempFile("rehearsal-", ".json");
        Files.writeString(
                file,
                String.format(
                        "{\"ip\": \"127.0.0.1\", \"transport\": \"tcp\", \"key\": \"\","
                                + " \"signature_scheme\": \"hmac-sha256\", \"shell_port\": %d, \"iopub_port\": %d,"
                                + " \"stdin_port\": %d, \"control_port\": %d, \"hb_port\": %d}",
                        ports.toArray()));
        Thread audience = new Thread(() -> ask(ports.get(0)), "audience");
        audience.setDaemon(true);
        audience.start();
        try {
            KernelMain.run(file, file.getParent());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sockets.add(new ServerSocket(0));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static void ask(int port) {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
            socket.connect("tcp://127.0.0.1:" + port);
            send(socket, "kernel_info_request", "{}");
            for (String cell : CELLS) {
                send(
                        socket,
                        "execute_request",
                        "{\"code\": \"" + cell.replace("\"", "\\\"")
                                + "\", \"silent\": false, \"store_history\": true, \"user_expressions\": {},"
                                + " \"allow_stdin\": false, \"stop_on_error\": false}");
            }
            send(socket, "complete_request", "{\"code\": \"Math.a\", \"cursor_pos\": 6}");
            send(socket, "inspect_request", "{\"code\": \"Math.abs\", \"cursor_pos\": 8, \"detail_level\": 0}");
            send(socket, "is_complete_request", "{\"code\": \"for (;;) {\"}");
            send(socket, "shutdown_request", "{\"restart\": false}");
        }
    }

    private static void send(ZMQ.Socket socket, String type, String content) {
        String header = "{\"msg_id\": \"" + type + "\", \"username\": \"rehearsal\", \"session\": \"rehearsal\","
                + " \"date\": \"2026-01-01T00:00:00.000000Z\", \"msg_type\": \"" + type + "\", \"version\": \"5.3\"}";
        for (String part : List.of("<IDS|MSG>", "", header, "{}", "{}")) {
            socket.sendMore(part.getBytes(StandardCharsets.UTF_8));
        }
        socket.send(content.getBytes(StandardCharsets.UTF_8));
        while (true) {
            socket.recv();
            if (!socket.hasReceiveMore()) {
                return; // one reply to each request
            }
        }
    }
}
