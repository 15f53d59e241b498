package org.parsimony.notebook.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The laws of {@link WidgetsInBrowser} with the widget manager of the npm registry. */
class Widgets_InBrowserTest extends WidgetsInBrowser {

    @BeforeAll
    void open(@TempDir Path scratch) throws Exception {
        use(new HtmlManagerPage(scratch));
    }
}
