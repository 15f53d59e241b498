package org.parsimony.notebook.display;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.parsimony.notebook.spi.MimeBundle;

/**
 * Markdown as a page of its own in an output: a measure that is comfortable to read, tables as {@link TableRenderer}
 * draws them.
 *
 * <p>HTML inside the Markdown is shown as text, and addresses that run scripts are dropped: a page from a folder must not
 * act in the reader's browser. The Markdown goes along, for front ends that have no HTML.
 */
public final class MarkdownText {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private static final String STYLE =
            """
            <style>
            .parsimony-paper.parsimony-paper{max-width:46em;font-size:14px;line-height:1.55;color:inherit;padding:4px 0}
            .parsimony-paper.parsimony-paper .parsimony-table{font-size:13px;margin:.4em 0 1em}
            .parsimony-paper.parsimony-paper pre{padding:8px 12px;border-radius:6px;overflow-x:auto;color:inherit;\
            background:rgba(128,128,128,.13)}
            .parsimony-paper.parsimony-paper code{color:inherit;background:rgba(128,128,128,.13);border-radius:3px;\
            padding:1px 4px;font-size:.92em}
            .parsimony-paper.parsimony-paper pre code{background:none;padding:0}
            .parsimony-paper.parsimony-paper blockquote{margin:0 0 1em;padding:0 14px;color:inherit;font-size:inherit;\
            border-left:3px solid rgba(128,128,128,.5)}
            </style>
            """;

    private MarkdownText() {}

    /** The text as HTML, and as it is. */
    public static MimeBundle render(String markdown) {
        String html = HTML.render(PARSER.parse(markdown))
                .replace("<table>", "<div class=\"parsimony-table\"><table>")
                .replace("</table>", "</table></div>");
        String page = TableRenderer.STYLE + STYLE + "<div class=\"parsimony-paper\">" + html + "</div>";
        return MimeBundle.html(page, markdown);
    }
}
