package org.parsimony.coding.columns;

import org.parsimony.coding.Accounting;
import org.parsimony.coding.DenseMatrix;

/**
 * Compressed sparse columns: value and row of each nonzero weight, and the count of each column. {@link #sizeInBits} is
 * that of Marinò et al., IEEE Access 2023 (P4 of {@link Accounting}): 32 bits a value, rows and counts of
 * {@link Accounting#bitReq} bits. Product: O(nonzeros).
 */
public final class CscMatrix extends ColumnCode {

    private final int[] entry;
    private final int[] rowOf;
    private final float[] weights;

    CscMatrix(int rows, int cols, int[] entry, int[] rowOf, float[] weights) {
        super(rows, cols);
        this.entry = entry;
        this.rowOf = rowOf;
        this.weights = weights;
    }

    /** Codes {@code matrix}. */
    public static CscMatrix of(DenseMatrix matrix) {
        int rows = matrix.rows();
        int cols = matrix.cols();
        float[] dense = matrix.values();
        int[] entry = new int[cols + 1];
        for (int i = 0; i < dense.length; i++) {
            entry[i % cols + 1] += Float.floatToRawIntBits(dense[i]) != 0 ? 1 : 0;
        }
        for (int col = 0; col < cols; col++) {
            entry[col + 1] += entry[col];
        }
        int[] rowOf = new int[entry[cols]];
        float[] weights = new float[entry[cols]];
        int[] next = entry.clone();
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                float weight = dense[row * cols + col];
                if (Float.floatToRawIntBits(weight) != 0) {
                    rowOf[next[col]] = row;
                    weights[next[col]++] = weight;
                }
            }
        }
        return new CscMatrix(rows, cols, entry, rowOf, weights);
    }

    @Override
    public String name() {
        return "CSC";
    }

    /** Nonzero weights. */
    public int nonzeros() {
        return entry[cols];
    }

    @Override
    public long sizeInBits() {
        int index = Accounting.bitReq(rows);
        return nonzeros() * (32L + index) + (long) cols * index;
    }

    @Override
    void dotColumns(float[] x, float[] y, int from, int to) {
        for (int col = from; col < to; col++) {
            float a = 0;
            float b = 0;
            int k = entry[col];
            int end = entry[col + 1];
            for (; k + 1 < end; k += 2) {
                a += x[rowOf[k]] * weights[k];
                b += x[rowOf[k + 1]] * weights[k + 1];
            }
            y[col] = k < end ? a + b + x[rowOf[k]] * weights[k] : a + b;
        }
    }

    @Override
    void columns(int from, int to, Sink sink) {
        int most = 0;
        for (int col = from; col < to; col++) {
            most = Math.max(most, entry[col + 1] - entry[col]);
        }
        int[] list = new int[most];
        float[] values = new float[most];
        for (int col = from; col < to; col++) {
            int n = entry[col + 1] - entry[col];
            System.arraycopy(rowOf, entry[col], list, 0, n);
            System.arraycopy(weights, entry[col], values, 0, n);
            sink.column(col, n, list, values);
        }
    }

    int[] entry() {
        return entry;
    }

    int[] rowOf() {
        return rowOf;
    }

    float[] weights() {
        return weights;
    }
}
