package org.parsimony.notebook.display;

import java.util.List;
import java.util.stream.Collectors;
import org.parsimony.experiment.Runs;
import tech.tablesaw.api.Table;

/**
 * A whole table as text to copy into a paper or a program. LaTeX and Markdown write numbers as the notebook shows them;
 * CSV writes every digit.
 */
public final class TableText {

    private TableText() {}

    /** A {@code tabular} with the rules of the package booktabs. */
    public static String latex(Table table) {
        List<TableView.Shown> columns = all(table);
        StringBuilder out = new StringBuilder("\\begin{tabular}{");
        columns.forEach(column -> out.append(column.number() ? 'r' : 'l'));
        out.append("}\n\\toprule\n")
                .append(columns.stream().map(column -> tex(column.header())).collect(Collectors.joining(" & ")))
                .append(" \\\\\n\\midrule\n");
        for (int row = 0; row < table.rowCount(); row++) {
            int r = row;
            out.append(columns.stream()
                            .map(column -> tex(column.cells().get(r)))
                            .collect(Collectors.joining(" & ")))
                    .append(" \\\\\n");
        }
        return out.append("\\bottomrule\n\\end{tabular}").toString();
    }

    /** A table of Markdown, without columns that read the same in all of several rows: a sentence above it says them. */
    public static String brief(Table table) {
        List<TableView.Shown> constant = all(table).stream()
                .filter(column -> table.rowCount() > 1
                        && column.cells().stream().distinct().count() == 1)
                .toList();
        List<TableView.Shown> others =
                all(table).stream().filter(column -> !constant.contains(column)).toList();
        if (constant.isEmpty() || others.isEmpty()) {
            return markdown(table);
        }
        return constant.stream()
                        .map(column -> column.header() + " " + column.cells().get(0))
                        .collect(Collectors.joining(", ", "In every row: ", ".\n\n"))
                + markdown(others, table.rowCount());
    }

    /** A table of Markdown. */
    public static String markdown(Table table) {
        return markdown(all(table), table.rowCount());
    }

    private static String markdown(List<TableView.Shown> columns, int rows) {
        StringBuilder out = new StringBuilder(
                        row(columns.stream().map(TableView.Shown::header).toList()))
                .append("\n|");
        columns.forEach(column -> out.append(column.number() ? "---:|" : ":---|"));
        for (int i = 0; i < rows; i++) {
            int r = i;
            out.append('\n')
                    .append(row(columns.stream()
                            .map(column -> column.cells().get(r))
                            .toList()));
        }
        return out.toString();
    }

    /** Comma-separated values (RFC 4180 with line feeds), numbers in full. */
    public static String csv(Table table) {
        return Runs.csv(table).stripTrailing();
    }

    private static List<TableView.Shown> all(Table table) {
        return TableView.of(table, Math.max(1, table.rowCount()), Integer.MAX_VALUE)
                .columns();
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}+", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String tex(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append((char) c);
                case '\\' -> out.append("\\textbackslash{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '<' -> out.append("\\textless{}");
                case '>' -> out.append("\\textgreater{}");
                case '–' -> out.append("--");
                case '±' -> out.append("$\\pm$");
                case '∞' -> out.append("$\\infty$");
                default -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return out.toString();
    }
}
