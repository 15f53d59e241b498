package org.parsimony.notebook.browser;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.parsimony.base.Home;
import org.parsimony.notebook.install.TestKernel;

/** A Jupyter server of the test's own on the loopback address, which knows the kernel under test and no other. */
final class JupyterServer implements AutoCloseable {

    private static final String TOKEN = "a-token-of-the-test";

    private final Process process;
    private final int port;
    private final Path log;

    /**
     * Starts a server that shows {@code folder}.
     *
     * @param scratch for the kernel's registration, the server's own files and its log
     */
    JupyterServer(Path folder, Path scratch) throws IOException {
        this(folder, scratch, "jupyter-notebook", "--NotebookApp.port_retries=0");
    }

    /**
     * {@link #JupyterServer(Path, Path)} of another program.
     *
     * @param program that is a Jupyter server
     * @param options of that program
     */
    JupyterServer(Path folder, Path scratch, String program, String... options) throws IOException {
        String kernels = TestKernel.install(scratch.resolve("kernel"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        log = scratch.resolve("jupyter.log");
        List<String> command =
                new ArrayList<>(List.of(program, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=" + port));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JUPYTER_TOKEN", TOKEN);
        builder.environment().put("JUPYTER_PATH", kernels);
        builder.environment()
                .put("JUPYTER_CONFIG_DIR", scratch.resolve("config").toString());
        builder.environment()
                .put("JUPYTER_RUNTIME_DIR", scratch.resolve("runtime").toString());
        builder.environment().put("JUPYTER_DATA_DIR", scratch.resolve("data").toString());
        builder.environment()
                .put("PARSIMONY_RUNS", scratch.resolve("runs.sqlite").toString());
        builder.environment().put("PARSIMONY_OUT", scratch.resolve("out").toString());
        // The kernel finds the data that come with the checkout.
        Home.checkout().ifPresent(root -> builder.environment().put("PARSIMONY_HOME", root.toString()));
        process = builder.start();
    }

    /** The address of a notebook of the folder. */
    String address(String notebook) {
        return page("/notebooks/" + notebook);
    }

    /** The address of a page of the server, with what lets the browser in. */
    String page(String path) {
        return "http://127.0.0.1:" + port + path + "?token=" + TOKEN;
    }

    /** Waits until the server answers. */
    void awaitAnswer() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            if (!process.isAlive()) {
                throw new IOException("Jupyter ended:\n" + Files.readString(log));
            }
            try {
                var connection = (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + "/api").toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("Jupyter did not answer within 30 s:\n" + Files.readString(log));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
