package org.parsimony.notebook.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The Python that has Jupyter's libraries; what it prints goes where this process prints. */
final class JupyterPython {

    /** Jupyter gives a kernel 5 seconds to end when asked, and as many when terminated. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path python;

    /** @throws IllegalStateException if there is no Jupyter on the path */
    JupyterPython() {
        this.python = pythonOf(onPath("jupyter-nbconvert"));
    }

    /** Runs the script of this name that lies beside this class; returns its status. */
    int script(String name, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("parsimony-", name);
        try (InputStream source = JupyterPython.class.getResourceAsStream(name)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new ArrayList<>(List.of(script.toString()));
            command.addAll(arguments);
            return call(environment, command);
        } finally {
            Files.delete(script);
        }
    }

    /** Runs Python with these arguments; returns its status. All that it started ends with this process. */
    int call(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        // By the first a script knows that this process was killed; the cells of a run are nobody's typing.
        builder.environment()
                .put("PARSIMONY_RUNNER", Long.toString(ProcessHandle.current().pid()));
        builder.environment().putIfAbsent("PARSIMONY_HISTORY", "off");
        Process process = builder.start();
        Thread end = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            end(process);
            throw e;
        } finally {
            kept(end);
        }
    }

    /** Takes the hook back; while this process itself is being stopped, waits for its end: nothing more is to begin. */
    private static void kept(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            new CountDownLatch(1).await();
        }
    }

    /** Ends the process with all that it started: asks it, waits a while, then kills what is left. */
    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroy();
        try {
            process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static Path onPath(String program) {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(program + " is not on the PATH; install Jupyter (Debian: jupyter-nbconvert)");
    }

    /** The interpreter that a Python program's first line names: the one that has its libraries. */
    private static Path pythonOf(Path program) {
        try (var lines = Files.lines(program)) {
            String first = lines.findFirst().orElse("");
            String interpreter = first.startsWith("#!") ? first.substring(2).trim() : "";
            boolean isPath = interpreter.startsWith("/") && !interpreter.contains(" ");
            return isPath ? Path.of(interpreter) : onPath("python3");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + program + " to find its Python: " + e.getMessage(), e);
        }
    }
}
