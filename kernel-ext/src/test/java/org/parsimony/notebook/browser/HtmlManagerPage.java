package org.parsimony.notebook.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page with the widget manager of ipywidgets 8 for pages that are no notebook, on Jupyter's own client of kernels. Debian's
 * classic Notebook has no widgets, or those of version 7.
 */
final class HtmlManagerPage extends WidgetPage {

    private final JupyterServer jupyter;
    private String kernel;
    private List<?> shown;

    HtmlManagerPage(Path scratch) throws IOException, InterruptedException {
        super(scratch);
        Path pages = Files.createDirectories(scratch.resolve("pages"));
        try (InputStream page = HtmlManagerPage.class.getResourceAsStream("widgets.html")) {
            Files.copy(page, pages.resolve("widgets.html"));
        }
        Files.copy(
                NpmPackage.of("@jupyter-widgets/html-manager", "1.0.15").resolve("dist/libembed-amd.js"),
                pages.resolve("libembed-amd.js"));
        Files.copy(
                NpmPackage.of("@jupyterlab/services", "7.5.0").resolve("dist/dist/index.js"),
                pages.resolve("services.js"));
        jupyter = new JupyterServer(
                scratch,
                scratch,
                "jupyter-notebook",
                "--NotebookApp.port_retries=0",
                "--NotebookApp.extra_static_paths=" + pages);
        jupyter.awaitAnswer();
        load("");
    }

    private void load(String what) throws InterruptedException {
        open(jupyter.page("/static/widgets.html") + what);
        until("if (page.failed) throw new Error(page.failed); return page.open === true");
    }

    @Override
    void run(String code) {
        script("return page.run(arguments[0])", code);
        kernel = (String) script("return page.kernel.id");
        shown = (List<?>) script("return page.shown");
    }

    /** The page is made anew from the kernel's state. */
    @Override
    void save() {}

    @Override
    void openAgain() throws InterruptedException {
        load("&kernel=" + kernel + shown.stream().map(id -> "&model=" + id).collect(Collectors.joining()));
    }

    @Override
    public void close() {
        super.close();
        jupyter.close();
    }
}
