package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Home;
import org.parsimony.notebook.run.Parameters;

/** What a researcher sees: the OptiNET notebook opened in Jupyter, all cells run, in headless Chromium. */
class Notebook_InBrowserTest {

    private static final String CODE_CELLS =
            "return Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code' && c.get_text().trim())";

    @Test
    void everyCellRunsAndShowsTablesPlotsAndProgress(@TempDir Path scratch) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("notebooks"));
        Path source = Home.checkout().orElseThrow().resolve("notebooks/01-optinet.ipynb");
        Parameters.of(source).withTier("smoke").write(folder.resolve("optinet.ipynb"));
        try (JupyterServer jupyter = new JupyterServer(folder, scratch)) {
            jupyter.awaitAnswer();
            try (NotebookPage page = new NotebookPage(jupyter, "optinet.ipynb", scratch)) {
                page.script("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()");
                page.until("return !!document.querySelector('.parsimony-progress')");
                page.until(CODE_CELLS + ".every(c => typeof c.input_prompt_number === 'number')");
                page.screenshot("notebook-in-jupyter.png");

                assertEquals(List.of(), page.errors());
                assertTrue(page.count(".output_area table tbody tr") > 20, "rows of tables");
                assertTrue(page.count(".output_area svg, .output_area img") >= 4, "plots");
                assertTrue(page.count(".parsimony-progress") >= 3, "bars of finished work");
                assertEquals(0, page.count(".output_stderr"));
            }
        }
    }
}
