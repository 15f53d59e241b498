package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/**
 * A Tablesaw table as a neat HTML table and as aligned text.
 *
 * <p>Numbers stand on the right with the same number of decimals in a column, text stands on the left, a missing value is
 * an en dash. Of a long table the first and the last rows are shown, and a line says how many are not.
 */
public final class TableRenderer implements Renderer<Table> {

    /** Rows shown of a longer table unless told otherwise. */
    public static final int ROWS = 20;

    // Every rule names the class three times: front ends style tables by two classes and an element, and must lose.
    // No colour is given but translucent grey, so that the table is as readable as the page it stands on.
    static final String STYLE =
            """
            <style>
            .parsimony-table.parsimony-table.parsimony-table{display:inline-block;max-width:100%;overflow-x:auto;\
            color:inherit;padding:2px 0 4px}
            .parsimony-table.parsimony-table.parsimony-table table{border-collapse:collapse;border:0;margin:0;\
            table-layout:auto;width:auto;color:inherit;font-size:13px;line-height:1.45;\
            font-variant-numeric:tabular-nums lining-nums}
            .parsimony-table.parsimony-table.parsimony-table caption{caption-side:top;text-align:left;color:inherit;\
            font-weight:600;padding:0 10px 6px}
            .parsimony-table.parsimony-table.parsimony-table tr{background:none;border:0}
            .parsimony-table.parsimony-table.parsimony-table :is(th,td){border:0;padding:3px 10px;color:inherit;\
            background:none;text-align:left;vertical-align:top;max-width:36em;overflow-wrap:break-word}
            .parsimony-table.parsimony-table.parsimony-table [align=right]{text-align:right;white-space:nowrap}
            .parsimony-table.parsimony-table.parsimony-table [nowrap]{white-space:nowrap}
            .parsimony-table.parsimony-table.parsimony-table th{font-weight:600;vertical-align:bottom;\
            white-space:nowrap;border-bottom:1.5px solid rgba(128,128,128,.75)}
            .parsimony-table.parsimony-table.parsimony-table th[align=right]{white-space:normal}
            .parsimony-table.parsimony-table.parsimony-table.wide :is(th,td){padding:3px 6px;font-size:12px}
            .parsimony-table.parsimony-table.parsimony-table tbody td{border-bottom:1px solid rgba(128,128,128,.18)}
            .parsimony-table.parsimony-table.parsimony-table tbody tr:last-child td{\
            border-bottom:1.5px solid rgba(128,128,128,.75)}
            .parsimony-table.parsimony-table.parsimony-table tbody tr:hover{background:rgba(128,128,128,.13)}
            .parsimony-table.parsimony-table.parsimony-table tbody tr.gap td{text-align:center;opacity:.55;\
            padding:0 10px}
            .parsimony-table.parsimony-table.parsimony-table p{margin:4px 10px 0;font-size:12px;opacity:.7;\
            text-align:left}
            </style>
            """;

    /** Text of so many characters is not broken into lines: a wide table scrolls sideways. */
    private static final int SHORT = 32;

    /** More columns than this stand closer; headers of numbers are broken into lines before the table scrolls. */
    private static final int NARROW = 10;

    private final int rows;

    /** A renderer that cuts after {@link #ROWS} rows. */
    public TableRenderer() {
        this(ROWS);
    }

    /** @param rows most rows that are shown, at least 1 */
    public TableRenderer(int rows) {
        this.rows = Require.atLeast("rows", rows, 1);
    }

    @Override
    public MimeBundle render(Table table) {
        TableView view = TableView.of(table, rows);
        return MimeBundle.html(html(view), text(view));
    }

    private static String html(TableView view) {
        // The align attribute, obsolete as it is, survives the sanitisers that drop styles and classes.
        StringBuilder out = new StringBuilder(STYLE)
                .append("<div class=\"parsimony-table")
                .append(view.columns().size() > NARROW ? " wide" : "")
                .append("\"><table>");
        if (!view.name().isBlank()) {
            out.append("<caption>").append(Html.escape(view.name())).append("</caption>");
        }
        out.append("\n<thead><tr>");
        for (TableView.Shown column : view.columns()) {
            out.append(column.number() ? "<th align=\"right\" title=\"" : "<th title=\"")
                    .append(Html.escape(column.about()))
                    .append("\"")
                    .append(leastWidth(column))
                    .append(">")
                    .append(Html.escape(column.header()))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < view.shown(); row++) {
            if (row == view.gap()) {
                gap(view, out);
            }
            out.append("<tr>");
            for (TableView.Shown column : view.columns()) {
                String cell = column.cells().get(row);
                String open =
                        column.number() ? "<td align=\"right\">" : cell.length() <= SHORT ? "<td nowrap>" : "<td>";
                out.append(open).append(Html.escape(cell)).append("</td>");
            }
            out.append("</tr>\n");
        }
        if (view.isCut() && view.gap() == view.shown()) {
            gap(view, out);
        }
        out.append("</tbody></table>");
        if (!view.rest().isEmpty()) {
            out.append("<p>").append(view.rest()).append("</p>");
        }
        return out.append("</div>").toString();
    }

    /** Long text keeps some lines' width in a table that scrolls, where it would else become a tower of single words. */
    private static String leastWidth(TableView.Shown column) {
        int longest = column.cells().stream().mapToInt(String::length).max().orElse(0);
        return column.number() || longest <= SHORT
                ? ""
                : " style=\"min-width:" + Math.min(24, Math.round(1.7 * Math.sqrt(longest))) + "em\"";
    }

    private static void gap(TableView view, StringBuilder out) {
        out.append("<tr class=\"gap\"><td colspan=\"")
                .append(Math.max(1, view.columns().size()))
                .append("\">⋮</td></tr>\n");
    }

    private static String text(TableView view) {
        List<TableView.Shown> columns = view.columns();
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = length(columns.get(c).header());
            for (String cell : columns.get(c).cells()) {
                widths[c] = Math.max(widths[c], length(cell));
            }
        }
        StringBuilder out = new StringBuilder();
        if (!view.name().isBlank()) {
            out.append(line(view.name())).append('\n');
        }
        for (int row = -2; row < view.shown(); row++) {
            if (row == view.gap()) {
                out.append("⋮\n");
            }
            int start = out.length();
            for (int c = 0; c < widths.length; c++) {
                TableView.Shown column = columns.get(c);
                String cell =
                        switch (row) {
                            case -2 -> line(column.header());
                            case -1 -> "─".repeat(widths[c]);
                            default -> line(column.cells().get(row));
                        };
                String padding = " ".repeat(widths[c] - length(cell));
                out.append(c == 0 ? "" : "  ").append(column.number() ? padding + cell : cell + padding);
            }
            while (out.length() > start && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
            out.append('\n');
        }
        return out.append(view.rest()).toString().stripTrailing();
    }

    /** Text with every control character as a space: a line break inside a value must not break the row. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
