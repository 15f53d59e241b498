package org.parsimony.notebook.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A notebook in JupyterLab 4, with the widget manager that is installed there. */
final class JupyterLabPage extends WidgetPage {

    private static final String NOTEBOOK =
            """
            {"cells": [], "metadata": {"kernelspec": {"display_name": "Parsimony", "language": "java", "name": "parsimony"}},
             "nbformat": 4, "nbformat_minor": 4}""";

    /** A window that is not in front has no current widget: the notebook is looked for among all. */
    private static final String FIND =
            """
            const notebook = window.jupyterapp
                && Array.from(jupyterapp.shell.widgets('main')).find(widget => widget.context?.path === 'widgets.ipynb');
            """;

    private final JupyterServer jupyter;

    JupyterLabPage(Path scratch) throws IOException, InterruptedException {
        super(scratch);
        Files.writeString(scratch.resolve("widgets.ipynb"), NOTEBOOK);
        jupyter = new JupyterServer(
                scratch,
                scratch,
                Programs.require("jupyter-lab"),
                "--ServerApp.port_retries=0",
                "--LabApp.expose_app_in_browser=True");
        jupyter.awaitAnswer();
        openAgain();
    }

    /** Whether the PATH has a JupyterLab of version 4. */
    static boolean isInstalled() throws IOException, InterruptedException {
        Optional<String> program = Programs.find("jupyter-lab");
        if (program.isEmpty()) {
            return false;
        }
        Process process = new ProcessBuilder(program.get(), "--version").start();
        String version = new String(process.getInputStream().readAllBytes());
        return process.waitFor(1, TimeUnit.MINUTES) && version.startsWith("4.");
    }

    @Override
    void run(String code) {
        script(
                FIND
                        + """
                return (async () => {
                  jupyterapp.shell.activateById(notebook.id);
                  await jupyterapp.commands.execute('notebook:insert-cell-below');
                  notebook.content.activeCell.model.sharedModel.setSource(arguments[0]);
                  await jupyterapp.commands.execute('notebook:run-cell');
                })();""",
                code);
    }

    @Override
    void save() {
        script(FIND + "return notebook.context.save().then(() => null)");
    }

    @Override
    void openAgain() throws InterruptedException {
        // Each window has a workspace of its own, else Lab asks which of the two is to have it.
        open(jupyter.page("/lab/workspaces/w" + System.nanoTime() + "/tree/widgets.ipynb"));
        until(FIND + "return notebook?.sessionContext?.session?.kernel?.status === 'idle'");
    }

    @Override
    public void close() {
        super.close();
        jupyter.close();
    }
}
