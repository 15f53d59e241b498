package org.parsimony.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.experiment.Runs;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables as texts that go into a paper: LaTeX, Markdown, CSV. Numbers stand at the right, texts at the left. */
public final class Tables {

    private static final Map<Character, String> LATEX = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('&', "\\&"),
            Map.entry('%', "\\%"),
            Map.entry('$', "\\$"),
            Map.entry('#', "\\#"),
            Map.entry('_', "\\_"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('±', "$\\pm$"),
            Map.entry('µ', "$\\mu$"),
            Map.entry('–', "--"));

    private Tables() {}

    /** A {@code tabular} with the rules of the package booktabs. */
    public static String latex(Table table) {
        String alignment =
                table.columns().stream().map(c -> toTheRight(c) ? "r" : "l").collect(Collectors.joining());
        StringBuilder out = new StringBuilder("\\begin{tabular}{" + alignment + "}\n\\toprule\n");
        out.append(row(table.columnNames())).append("\\midrule\n");
        for (int r = 0; r < table.rowCount(); r++) {
            out.append(row(cells(table, r)));
        }
        return out.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Tables::escaped).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> LATEX.getOrDefault((char) c, String.valueOf((char) c)))
                .collect(Collectors.joining());
    }

    /** A table of GitHub's Markdown. */
    public static String markdown(Table table) {
        StringBuilder out = new StringBuilder(line(table.columnNames()));
        out.append(line(
                table.columns().stream().map(c -> toTheRight(c) ? "--:" : "---").toList()));
        for (int r = 0; r < table.rowCount(); r++) {
            out.append(line(cells(table, r)));
        }
        return out.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Comma-separated values; see {@link Runs#csv}. */
    public static String csv(Table table) {
        return Runs.csv(table);
    }

    /** Numbers, and texts that begin like one in every row: {@code 97.1 ± 0.2}. */
    private static boolean toTheRight(Column<?> column) {
        if (column instanceof NumericColumn<?>) {
            return true;
        }
        for (int r = 0; r < column.size(); r++) {
            if (!column.getString(r).matches("–|-?[0-9][0-9,.]*( ± [0-9,.]+)?")) {
                return false;
            }
        }
        return column.size() > 0;
    }

    private static List<String> cells(Table table, int row) {
        List<String> cells = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            cells.add(
                    column.isMissing(row)
                            ? "–"
                            : column instanceof NumericColumn<?> numbers
                                    ? number(numbers.getDouble(row))
                                    : column.getString(row));
        }
        return cells;
    }

    /** Six significant digits, no trailing zeros; whole numbers whole. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
