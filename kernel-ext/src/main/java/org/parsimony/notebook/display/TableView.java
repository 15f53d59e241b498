package org.parsimony.notebook.display;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The part of a table that is shown: the first and the last rows, the first columns, every value written as text.
 *
 * @param name of the table, possibly empty
 * @param columns those that are shown
 * @param shown number of rows shown
 * @param gap how many of the shown rows stand before the rows left out; {@code shown} if none is
 * @param rows rows of the whole table
 * @param width columns of the whole table
 */
record TableView(String name, List<Shown> columns, int shown, int gap, int rows, int width) {

    /** Stands for a missing value. */
    static final String MISSING = "–";

    /** More columns than this are never shown: a browser would choke on the pixels of an image data set. */
    static final int MOST_COLUMNS = 60;

    private static final int LONGEST_TEXT = 240;

    /**
     * One column as shown.
     *
     * @param header its name
     * @param about its type and its number of missing values
     * @param number whether it stands on the right
     * @param cells its shown values
     */
    record Shown(String header, String about, boolean number, List<String> cells) {}

    /** The view of {@code table} with at most {@code most} rows: a quarter of them from the end if some are left out. */
    static TableView of(Table table, int most) {
        return of(table, most, MOST_COLUMNS);
    }

    /** The view with at most {@code most} rows and {@code mostColumns} columns. */
    static TableView of(Table table, int most, int mostColumns) {
        int rows = table.rowCount();
        int shown = Math.min(rows, most);
        int gap = shown == rows ? shown : shown - shown / 4;
        int[] picked = IntStream.concat(IntStream.range(0, gap), IntStream.range(rows - (shown - gap), rows))
                .toArray();
        List<Shown> columns = new ArrayList<>();
        for (Column<?> column : table.columns().subList(0, Math.min(table.columnCount(), mostColumns))) {
            columns.add(show(column, picked));
        }
        return new TableView(table.name() == null ? "" : table.name(), columns, shown, gap, rows, table.columnCount());
    }

    private static Shown show(Column<?> column, int[] picked) {
        int missing = column.countMissing();
        String about = column.type().name().toLowerCase(java.util.Locale.ROOT)
                + (missing == 0 ? "" : ", " + missing + " missing");
        boolean number = column instanceof NumericColumn<?>;
        List<String> cells = new ArrayList<>(picked.length);
        if (column instanceof NumericColumn<?> numbers) {
            double[] values = new double[picked.length];
            for (int i = 0; i < picked.length; i++) {
                values[i] = numbers.isMissing(picked[i]) ? Double.NaN : numbers.getDouble(picked[i]);
            }
            Digits digits = Digits.of(values);
            for (int i = 0; i < picked.length; i++) {
                cells.add(
                        !numbers.isMissing(picked[i]) && numbers.get(picked[i]) instanceof Long exact
                                ? digits.write(exact)
                                : digits.write(values[i]));
            }
        } else {
            for (int row : picked) {
                cells.add(column.isMissing(row) ? MISSING : cut(String.valueOf(column.get(row))));
            }
        }
        return new Shown(column.name(), about, number, cells);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    /** Whether rows were left out. */
    boolean isCut() {
        return shown < rows;
    }

    /** Says what is not shown, for example {@code "… 980 more rows × 7 columns"}; empty if everything is. */
    String rest() {
        String hiddenRows = isCut() ? String.format("… %,d more rows × %,d columns", rows - shown, width) : "";
        String hiddenColumns =
                columns.size() == width ? "" : String.format("… %,d more columns", width - columns.size());
        return hiddenRows + (hiddenRows.isEmpty() || hiddenColumns.isEmpty() ? "" : ", ") + hiddenColumns;
    }
}
