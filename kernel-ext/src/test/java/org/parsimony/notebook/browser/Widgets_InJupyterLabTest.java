package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The laws of {@link WidgetsInBrowser} in JupyterLab 4 with its own widget manager; Debian has none, so often it is skipped. */
class Widgets_InJupyterLabTest extends WidgetsInBrowser {

    @BeforeAll
    void open(@TempDir Path scratch) throws Exception {
        assumeTrue(
                JupyterLabPage.isInstalled(),
                "no JupyterLab 4 on the PATH: with jupyterlab and ipywidgets in an environment there this test runs");
        use(new JupyterLabPage(scratch));
    }
}
