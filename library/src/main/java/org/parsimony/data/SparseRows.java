package org.parsimony.data;

import java.util.Arrays;
import org.parsimony.base.Require;
import org.parsimony.data.format.MatrixMarket;

/**
 * A matrix of which most values are zero, row by row.
 *
 * @param columns number of columns
 * @param start {@code [rows + 1]}: the entries of row r are those from {@code start[r]} to before {@code start[r + 1]}; shared
 * @param column of each entry, rising within a row; shared
 * @param value of each entry; shared
 */
public record SparseRows(int columns, int[] start, int[] column, float[] value) {

    public SparseRows {
        Require.that(
                start.length >= 1 && start[start.length - 1] == column.length && column.length == value.length,
                "the rows end at entry %d, but there are %d columns and %d values",
                start.length == 0 ? -1 : start[start.length - 1],
                column.length,
                value.length);
    }

    /** Of a file; entries given more than once are added up. */
    public static SparseRows of(MatrixMarket matrix) {
        int n = matrix.value().length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            int byRow = Integer.compare(matrix.row()[a], matrix.row()[b]);
            return byRow != 0 ? byRow : Integer.compare(matrix.column()[a], matrix.column()[b]);
        });
        int[] start = new int[matrix.rows() + 1];
        int[] column = new int[n];
        float[] value = new float[n];
        int entries = 0;
        int row = -1;
        for (int place : order) {
            if (matrix.row()[place] == row && column[entries - 1] == matrix.column()[place]) {
                value[entries - 1] += (float) matrix.value()[place];
                continue;
            }
            row = matrix.row()[place];
            column[entries] = matrix.column()[place];
            value[entries++] = (float) matrix.value()[place];
            start[row + 1] = entries;
        }
        for (int r = 0; r < matrix.rows(); r++) {
            start[r + 1] = Math.max(start[r + 1], start[r]);
        }
        return new SparseRows(matrix.columns(), start, Arrays.copyOf(column, entries), Arrays.copyOf(value, entries));
    }

    /** Number of rows. */
    public int rows() {
        return start.length - 1;
    }

    /** Number of entries. */
    public int entries() {
        return value.length;
    }

    /** These rows with their zeros, {@code [rows × columns]}. */
    public float[] dense(int... chosen) {
        float[] dense = new float[Math.multiplyExact(chosen.length, columns)];
        for (int i = 0; i < chosen.length; i++) {
            for (int e = start[chosen[i]]; e < start[chosen[i] + 1]; e++) {
                dense[i * columns + column[e]] = value[e];
            }
        }
        return dense;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseRows that
                && that.columns == columns
                && Arrays.equals(that.start, start)
                && Arrays.equals(that.column, column)
                && Arrays.equals(that.value, value);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return rows() + " × " + columns + " with " + entries() + " entries";
    }
}
