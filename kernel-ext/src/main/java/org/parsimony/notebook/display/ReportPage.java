package org.parsimony.notebook.display;

import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.report.Chapter;
import org.parsimony.report.Report;

/**
 * A report as one HTML page that needs nothing else: no script, no address, light and dark as the reader's system has it. Figures
 * answer the pointer as in notebooks, and keep their own light background on a dark page.
 */
public final class ReportPage {

    private static final int ROWS = 2000;

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>%1$s</title>
            <style>
            :root{color-scheme:light dark;--ground:#fff;--ink:#1c1f23;--quiet:#5b636d;--line:#d9dee4;--soft:#f4f6f8;--link:#1f6fb2}
            @media (prefers-color-scheme:dark){:root{--ground:#15181c;--ink:#e6e9ed;--quiet:#9aa4af;--line:#343b44;\
            --soft:#1e2329;--link:#7db8ec}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:1180px;margin:0 auto;padding:28px 28px 60px}
            h1{font-size:26px;line-height:1.25;margin:0 0 4px}
            h2{font-size:19px;margin:38px 0 8px;padding-top:14px;border-top:1px solid var(--line)}
            p{max-width:50em;margin:8px 0}
            nav{font-size:14px;margin:10px 0 0;display:flex;flex-wrap:wrap;gap:4px 18px}
            a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
            figure{margin:14px 0 22px}figcaption{color:var(--quiet);font-size:13px;margin-top:2px;line-height:1.4}
            details{margin:10px 0;border:1px solid var(--line);border-radius:6px;background:var(--soft)}
            summary{cursor:pointer;padding:7px 12px;font-size:14px}
            pre{margin:0;padding:10px 14px;overflow:auto;max-height:26em;font:12.5px/1.5 ui-monospace,monospace;\
            border-top:1px solid var(--line)}
            .below{color:var(--quiet);font-size:13px}
            @media (max-width:700px){main{padding:18px 14px 40px}}
            @media print{details{break-inside:avoid}figure{break-inside:avoid}}
            </style>
            </head>
            <body><main>
            <h1>%1$s</h1>
            """;

    private ReportPage() {}

    /**
     * The page.
     *
     * @param below a line under the title, for example by which command it was written
     */
    public static String of(Report report, String below) {
        StringBuilder page = new StringBuilder(HEAD.formatted(Html.escape(report.title())))
                .append("<p class=\"below\">")
                .append(Html.escape(below))
                .append("</p>\n<nav>");
        for (int i = 0; i < report.chapters().size(); i++) {
            page.append("<a href=\"#part-")
                    .append(i)
                    .append("\">")
                    .append(Html.escape(report.chapters().get(i).heading()))
                    .append("</a>\n");
        }
        page.append("</nav>\n");
        for (int i = 0; i < report.chapters().size(); i++) {
            Chapter chapter = report.chapters().get(i);
            page.append("<section>\n<h2 id=\"part-")
                    .append(i)
                    .append("\">")
                    .append(Html.escape(chapter.heading()))
                    .append("</h2>\n");
            chapter.items().forEach(item -> page.append(html(item)).append('\n'));
            page.append("</section>\n");
        }
        return page.append("</main></body>\n</html>\n").toString();
    }

    private static String html(Chapter.Item item) {
        if (item instanceof Chapter.Words words) {
            return "<p>" + Html.escape(words.text()) + "</p>";
        }
        if (item instanceof Chapter.Rows rows) {
            return new TableRenderer(ROWS).render(rows.table()).data().get(MimeBundle.HTML);
        }
        if (item instanceof Chapter.Picture picture) {
            return "<figure>" + LiveFigure.of(picture.chart()) + "<figcaption>" + Html.escape(picture.caption())
                    + "</figcaption></figure>";
        }
        Chapter.Source source = (Chapter.Source) item;
        return "<details><summary>" + Html.escape(source.title()) + "</summary><pre>" + Html.escape(source.text())
                + "</pre></details>";
    }
}
