package org.parsimony.notebook.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Executes a notebook by Jupyter's own client, outside a browser.
 *
 * <p>Cells run in order up to the first error. Whatever happens, the notebook as far as it ran is written, and its HTML.
 */
public final class NotebookRunner {

    private final Path python;

    /** @throws IllegalStateException if there is no Jupyter on the path */
    public NotebookRunner() {
        this.python = pythonOf(onPath("jupyter-nbconvert"));
    }

    /**
     * Executes {@code notebook} in place and writes an HTML page beside it.
     *
     * @param notebook the file, which is replaced by the executed one
     * @param folder that the cells run in
     * @param environment variables that the kernel sees besides its own
     * @return whether every cell ran
     */
    public boolean execute(Path notebook, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("parsimony-execute", ".py");
        try (InputStream source = NotebookRunner.class.getResourceAsStream("execute.py")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            int status = call(
                    environment, List.of(python.toString(), script.toString(), notebook.toString(), folder.toString()));
            int html = call(
                    environment,
                    List.of(
                            python.toString(),
                            "-m",
                            "nbconvert",
                            "--log-level=ERROR",
                            "--to=html",
                            notebook.toString()));
            if (html != 0) {
                throw new IOException("nbconvert could not write the HTML of " + notebook + ", status " + html);
            }
            return status == 0;
        } finally {
            Files.delete(script);
        }
    }

    private static int call(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw e;
        }
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
