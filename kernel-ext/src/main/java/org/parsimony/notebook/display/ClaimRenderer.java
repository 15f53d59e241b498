package org.parsimony.notebook.display;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import org.parsimony.report.ClaimReport;
import tech.tablesaw.api.Table;

/**
 * The claims of a paper: how many got which verdict, then those that a reader should see first with their causes, then ours
 * against the paper's as a figure. As text the causes stand below their rows, so that nothing is wider than a screen.
 */
public final class ClaimRenderer implements Renderer<ClaimReport> {

    /** Rows of causes shown in a notebook; a filter gives the rest. */
    private static final int SHOWN = 60;

    private static final int ALL = 100_000;
    private static final int WIDTH = 96;
    private static final String INDENT = "    ";
    /** What stands below a row as text, in this order. */
    private static final List<String> BELOW = List.of("the paper states", "why");

    @Override
    public MimeBundle render(ClaimReport report) {
        StringBuilder html = new StringBuilder(html(report.summary(), ALL));
        StringBuilder text = new StringBuilder(text(report.summary()));
        Table listed = report.listed();
        if (!listed.isEmpty()) {
            html.append("<br>").append(html(listed, SHOWN));
            text.append("\n\n").append(withCauses(listed));
        }
        report.figure().ifPresent(chart -> html.append("<br>").append(ChartRenderer.html(chart)));
        return MimeBundle.html(html.toString(), text.toString());
    }

    private static String html(Table table, int rows) {
        return new TableRenderer(rows).render(table).data().get(MimeBundle.HTML);
    }

    private static String text(Table table) {
        return new TableRenderer(ALL).render(table).data().get(MimeBundle.TEXT);
    }

    private static String withCauses(Table listed) {
        String[] lines =
                text(listed.copy().removeColumns(BELOW.toArray(String[]::new))).split("\n");
        int head = lines.length - listed.rowCount();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            all.add(lines[i]);
            for (String column : i < head ? List.<String>of() : BELOW) {
                wrapped(listed.stringColumn(column).get(i - head)).forEach(line -> all.add(INDENT + line));
            }
        }
        return String.join("\n", all);
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
