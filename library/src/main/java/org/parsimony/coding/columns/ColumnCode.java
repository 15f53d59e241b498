package org.parsimony.coding.columns;

import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;

/**
 * A code whose columns follow one another: blocks are {@value #COLUMNS} columns, batches decode a column once into a
 * list of its nonzero weights and multiply panels of eight vectors with it.
 */
abstract class ColumnCode implements CompressedMatrix {

    private static final int COLUMNS = 32;
    /** Columns at a time for one vector: as much of the stream is copied. */
    private static final int STRETCH = 1024;

    final int rows;
    final int cols;

    ColumnCode(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /** Takes one column as the list of its nonzero weights. */
    interface Sink {
        void column(int col, int count, int[] rows, float[] weights);
    }

    /** y of columns {@code from} to {@code to} for one vector. */
    abstract void dotColumns(float[] x, float[] y, int from, int to);

    /** Decodes columns {@code from} to {@code to}. */
    abstract void columns(int from, int to, Sink sink);

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final int cols() {
        return cols;
    }

    @Override
    public final int blocks() {
        return (cols + COLUMNS - 1) / COLUMNS;
    }

    @Override
    public final void dot(float[] x, float[] y, int batch, int from, int to) {
        int first = from * COLUMNS;
        int last = Math.min(cols, to * COLUMNS);
        if (batch == 1) {
            for (int col = first; col < last; col += STRETCH) {
                dotColumns(x, y, col, Math.min(last, col + STRETCH));
            }
            return;
        }
        Panels panels = new Panels(x, rows, batch);
        columns(first, last, (col, count, rowOf, weights) -> panels.column(col, count, rowOf, weights, y, cols));
    }

    @Override
    public final DenseMatrix toDense() {
        float[] dense = new float[rows * cols];
        columns(0, cols, (col, count, rowOf, weights) -> {
            for (int k = 0; k < count; k++) {
                dense[rowOf[k] * cols + col] = weights[k];
            }
        });
        return new DenseMatrix(rows, cols, dense);
    }

    @Override
    public final String toString() {
        return name() + " " + rows + " × " + cols + ", " + sizeInBytes() + " bytes";
    }
}
