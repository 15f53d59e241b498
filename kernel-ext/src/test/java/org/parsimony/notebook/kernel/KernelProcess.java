package org.parsimony.notebook.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.parsimony.notebook.install.Main;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A kernel in a process of its own, and a front end that speaks with it over Jupyter's wire. */
final class KernelProcess implements AutoCloseable {

    /** With a kernel that is alive: on a machine with much else to do a start alone can take half a minute. */
    private static final int PATIENCE_MILLIS = 180_000;

    private static final int LOOK_EVERY_MILLIS = 500;

    /** A message as it came. */
    record Received(String type, JsonObject content, String parent) {}

    /** What one execution brought: everything published, and the reply. */
    record Execution(List<Received> published, JsonObject reply) {

        String status() {
            return reply.get("status").getAsString();
        }

        /** All text of a stream, {@code stdout} or {@code stderr}. */
        String stream(String name) {
            StringBuilder text = new StringBuilder();
            all("stream").stream()
                    .filter(content -> content.get("name").getAsString().equals(name))
                    .forEach(content -> text.append(content.get("text").getAsString()));
            return text.toString();
        }

        List<JsonObject> all(String type) {
            return published.stream()
                    .filter(message -> message.type.equals(type))
                    .map(Received::content)
                    .toList();
        }

        /** The plain text of the result, or null. */
        String result() {
            List<JsonObject> results = all("execute_result");
            return results.isEmpty()
                    ? null
                    : results.get(0).getAsJsonObject("data").get("text/plain").getAsString();
        }

        /** The traceback without its colours. */
        String error() {
            JsonArray lines = all("error").get(0).getAsJsonArray("traceback");
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line.getAsString()).append('\n'));
            return text.toString().replaceAll("\u001b\\[[0-9;]*m", "");
        }
    }

    private final Process process;
    private final boolean hasLauncher;
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket control = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket stdin = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
    private final ZMQ.Socket heartbeat = context.createSocket(SocketType.REQ);

    KernelProcess(Path folder, Map<String, String> environment, String... jvmOptions) throws IOException {
        this(folder, List.of(), environment, jvmOptions);
    }

    /** A kernel that a launcher starts, which gets the kernel's command as its last arguments. */
    static KernelProcess under(Path folder, List<String> launcher) throws IOException {
        return new KernelProcess(folder, launcher, Map.of());
    }

    private KernelProcess(Path folder, List<String> launcher, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        ConnectionFile connection = ConnectionFile.write(folder, KernelWire.KEY);
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
        command.add("--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED");
        command.addAll(List.of(jvmOptions));
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of(
                "-cp", classpath, Main.class.getName(), connection.file().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kernel.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("IJAVA_"));
        builder.environment().remove("JPY_PARENT_PID");
        builder.environment().put("PARSIMONY_HISTORY", "off");
        builder.environment().putAll(environment);
        process = builder.start();
        hasLauncher = !launcher.isEmpty();

        ZMQ.Socket[] sockets = {shell, control, stdin, iopub, heartbeat};
        iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        for (int i = 0; i < sockets.length; i++) {
            sockets[i].setIdentity("front end".getBytes(StandardCharsets.UTF_8));
            sockets[i].setReceiveTimeOut(LOOK_EVERY_MILLIS);
            sockets[i].setLinger(0);
            sockets[i].connect("tcp://127.0.0.1:" + connection.ports().get(i));
        }
        awaitPublishing();
    }

    /** A subscriber misses what is published before it has joined: greet until a greeting is heard on both sockets. */
    private void awaitPublishing() {
        iopub.setReceiveTimeOut(200);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            String greeting = KernelWire.send(shell, "kernel_info_request", new JsonObject());
            reply(shell, greeting);
            Received heard = KernelWire.receiveNow(iopub);
            if (heard != null) {
                break;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the kernel publishes nothing");
            }
        }
        while (KernelWire.receiveNow(iopub) != null) {
            // the rest of the greetings
        }
        iopub.setReceiveTimeOut(LOOK_EVERY_MILLIS);
    }

    /** Executes a cell and waits for its end. */
    Execution execute(String code) {
        return finish(begin(code));
    }

    /** Executes a cell that reads lines; {@code answer} gets each prompt. */
    Execution execute(String code, Function<String, String> answer) {
        String id = begin(code);
        Received request = receive(stdin);
        JsonObject reply = new JsonObject();
        reply.addProperty("value", answer.apply(request.content.get("prompt").getAsString()));
        KernelWire.send(stdin, "input_reply", reply);
        return finish(id);
    }

    /** Sends a cell; {@link #finish} waits for it. */
    String begin(String code) {
        JsonObject content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("silent", false);
        content.addProperty("store_history", true);
        content.add("user_expressions", new JsonObject());
        content.addProperty("allow_stdin", true);
        content.addProperty("stop_on_error", true);
        return KernelWire.send(shell, "execute_request", content);
    }

    Execution finish(String id) {
        List<Received> published = new ArrayList<>();
        while (true) {
            Received message = receive(iopub);
            if (message == null) {
                throw new IllegalStateException("the kernel fell silent after " + published);
            }
            if (id.equals(message.parent)) {
                published.add(message);
                if (isIdle(message)) {
                    return new Execution(published, reply(shell, id));
                }
            }
        }
    }

    /** Everything that is published until the cell is idle, whichever cell it belongs to. */
    List<Received> listenUntilIdle(String id) {
        List<Received> published = new ArrayList<>();
        while (true) {
            Received message = receive(iopub);
            if (message == null) {
                throw new IllegalStateException("the kernel fell silent after " + published);
            }
            published.add(message);
            if (id.equals(message.parent) && isIdle(message)) {
                reply(shell, id);
                return published;
            }
        }
    }

    /** Waits until a running cell has published a message of that type. */
    void awaitPublished(String id, String type) {
        List<Received> before = new ArrayList<>();
        while (true) {
            Received message = receive(iopub);
            boolean ended = message == null || id.equals(message.parent) && isIdle(message);
            if (ended) {
                throw new IllegalStateException("no " + type + " was published, but " + before);
            }
            if (type.equals(message.type) && id.equals(message.parent)) {
                return;
            }
            before.add(message);
        }
    }

    private static boolean isIdle(Received message) {
        return message.type.equals("status")
                && message.content.get("execution_state").getAsString().equals("idle");
    }

    /** Tells the kernel something that it does not reply to, and waits until it is idle again. */
    List<Received> tell(String type, JsonObject content) {
        String id = KernelWire.send(shell, type, content);
        List<Received> published = new ArrayList<>();
        while (true) {
            Received message = receive(iopub);
            if (message == null) {
                throw new IllegalStateException("the kernel fell silent after " + published);
            }
            published.add(message);
            if (id.equals(message.parent) && isIdle(message)) {
                return published;
            }
        }
    }

    /** Asks on the shell socket. */
    JsonObject ask(String type, Object... namesAndValues) {
        return reply(shell, KernelWire.send(shell, type, KernelWire.content(namesAndValues)));
    }

    /** Asks on the control socket. */
    JsonObject command(String type, Object... namesAndValues) {
        return reply(control, KernelWire.send(control, type, KernelWire.content(namesAndValues)));
    }

    /** Sends bytes that are no message. */
    void babble() {
        shell.sendMore("<IDS|MSG>");
        shell.sendMore("not a signature");
        shell.sendMore("{}");
        shell.sendMore("{}");
        shell.sendMore("{}");
        shell.send("not JSON");
    }

    /** Sends what is signed as it must be and is no message all the same. */
    void babbleWithTheKey() {
        String[] parts = {"[]", "3", "\"x\"", "not JSON"};
        shell.sendMore("<IDS|MSG>");
        shell.sendMore(KernelWire.signature(parts));
        for (int i = 0; i < parts.length; i++) {
            shell.send(parts[i].getBytes(StandardCharsets.UTF_8), i < parts.length - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process that was started, the launcher if there is one. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean beats() {
        heartbeat.send("are you there?");
        for (int i = 0; i < PATIENCE_MILLIS / LOOK_EVERY_MILLIS; i++) {
            String answer = heartbeat.recvStr();
            if (answer != null) {
                return answer.equals("are you there?");
            }
        }
        return false;
    }

    boolean endsWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    private JsonObject reply(ZMQ.Socket socket, String id) {
        while (true) {
            Received message = receive(socket);
            if (message == null) {
                throw new IllegalStateException("no reply to " + id);
            }
            if (id.equals(message.parent)) {
                return message.content;
            }
        }
    }

    /** The next message; null if the kernel has ended, or has said nothing for very long. */
    private Received receive(ZMQ.Socket socket) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            // asked before the last look, so that what it said at its end is heard; a launcher's end tells nothing
            boolean alive = hasLauncher || process.isAlive();
            Received message = KernelWire.receiveNow(socket);
            if (message != null || !alive || System.nanoTime() > deadline) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        context.close();
    }
}
