package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.cli.Parsimony;
import org.parsimony.notebook.install.TestKernel;

/** A run that is terminated or killed in the middle of a cell that never ends. */
class NotebookRunner_StopTest {

    @TempDir
    Path scratch;

    @Test
    void aTerminatedRunEndsItsKernelAndKeepsTheOutputsSoFar() throws Exception {
        String said = stopped(Process::destroy);
        assertTrue(said.contains("stopped; the notebook has the outputs so far"), said);
    }

    /** Java cannot end its children when it is killed itself: they notice that it has gone. */
    @Test
    void aKilledRunEndsItsKernelAndKeepsTheOutputsSoFar() throws Exception {
        stopped(Process::destroyForcibly);
    }

    /** Runs an endless notebook, stops the run in its second cell, and sees that nothing is left; what the run said. */
    private String stopped(Consumer<Process> stop) throws Exception {
        String kernels = TestKernel.install(scratch);
        Path out = scratch.resolve("out");
        Path notebook = scratch.resolve("endless.ipynb");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(notebook, notebook(server.getLocalPort()));
            ProcessBuilder builder = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Parsimony.class.getName(),
                            "run",
                            notebook.toString(),
                            "--out",
                            out.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("said.txt").toFile());
            builder.environment().put("JUPYTER_PATH", kernels);
            Process run = builder.start();
            run.onExit().thenRun(() -> close(server));
            try (Socket cell = server.accept()) {
                String pid = new String(cell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                ProcessHandle kernel = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
                List<ProcessHandle> children = run.descendants().toList();
                stop.accept(run);
                assertTrue(run.waitFor(60, TimeUnit.SECONDS), "the run ends");
                kernel.onExit().get(20, TimeUnit.SECONDS);
                assertFalse(kernel.isAlive(), "the kernel ends with it");
                for (ProcessHandle child : children) {
                    child.onExit().get(20, TimeUnit.SECONDS);
                }
            } finally {
                run.destroy();
            }
        }
        String written = Files.readString(out.resolve("endless.ipynb"));
        assertTrue(written.contains("1764"), "the first cell's output is kept: " + written);
        return Files.readString(scratch.resolve("said.txt"));
    }

    /** Without it, the test would wait for a cell that never runs. */
    private static void close(ServerSocket server) {
        try {
            server.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String notebook(int port) {
        String hello =
                """
                try (var s = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), %d)) {
                    s.getOutputStream().write((\\"\\" + ProcessHandle.current().pid()).getBytes());
                }
                for (long i = 0; i >= 0; i++) {}
                """
                        .formatted(port)
                        .replace("\n", "\\n");
        return """
               {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {"tags": ["parameters"]},
               "outputs": [], "source": "int x = 42;"},
               {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "x * x"},
               {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "%s"}],
               "metadata": {"kernelspec": {"display_name": "p", "language": "java", "name": "parsimony"}},
               "nbformat": 4, "nbformat_minor": 4}
               """
                .formatted(hello);
    }
}
