package org.parsimony.notebook.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What Jupyter writes for a kernel: where it shall listen.
 *
 * @param ports of shell, control, stdin, iopub and heartbeat
 */
record ConnectionFile(Path file, List<Integer> ports) {

    private static final String[] NAMES = {"shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"};

    static ConnectionFile write(Path folder, String key) throws IOException {
        List<Integer> ports = freePorts();
        JsonObject connection = new JsonObject();
        for (int i = 0; i < NAMES.length; i++) {
            connection.addProperty(NAMES[i], ports.get(i));
        }
        connection.addProperty("ip", "127.0.0.1");
        connection.addProperty("transport", "tcp");
        connection.addProperty("signature_scheme", "hmac-sha256");
        connection.addProperty("key", key);
        Path file = folder.resolve(UUID.randomUUID() + ".json");
        Files.writeString(file, connection.toString());
        return new ConnectionFile(file, ports);
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            sockets.add(new ServerSocket(0));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
