package org.parsimony.notebook.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Executes a notebook by Jupyter's own client, outside a browser.
 *
 * <p>Cells run in order up to the first error. After every cell the notebook has the outputs so far; at the end, be it
 * an error, its HTML is written. When this process is stopped, the kernel ends with it, and there is no HTML.
 */
public final class NotebookRunner {

    private final JupyterPython python = new JupyterPython();

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
        Files.deleteIfExists(
                notebook.resolveSibling(notebook.getFileName().toString().replaceFirst("\\.ipynb$", "") + ".html"));
        int status = python.script("execute.py", environment, List.of(notebook.toString(), folder.toString()));
        int html = python.call(
                environment, List.of("-m", "nbconvert", "--log-level=ERROR", "--to=html", notebook.toString()));
        if (html != 0) {
            throw new IOException("nbconvert could not write the HTML of " + notebook + ", status " + html);
        }
        return status == 0;
    }
}
