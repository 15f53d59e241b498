package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.parsimony.notebook.spi.MimeBundle;

class MarkdownText_PageTest {

    @Test
    void tablesAreTablesAndForeignHtmlIsText() {
        String markdown =
                "# Title\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))";
        MimeBundle page = MarkdownText.render(markdown);
        String html = page.data().get(MimeBundle.HTML);
        assertTrue(html.contains("<h1>Title</h1>"), html);
        assertTrue(html.contains("<div class=\"parsimony-table\"><table>"), html);
        assertTrue(html.contains("<td align=\"right\">1</td>"), html);
        assertFalse(html.contains("<script") || html.contains("javascript:"), html);
        assertEquals(markdown, page.data().get(MimeBundle.TEXT));
    }
}
