package org.parsimony.coding.columns;

import org.parsimony.coding.Accounting;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.entropy.SymbolMatrix;

/**
 * The index map: for every weight its index into the table of distinct values, column by column. {@link #sizeInBits} is
 * that of Marinò et al., IEEE Access 2023 (P4 of {@link Accounting}): indices of {@link Accounting#bitReq} bits and 32
 * bits a value. Product: O(rows · cols).
 */
public final class IndexMapMatrix extends ColumnCode {

    private final float[] values;
    /** One, two or four bytes an index, as its size says, most significant first. */
    private final byte[] indices;

    private final int width;

    IndexMapMatrix(int rows, int cols, float[] values, byte[] indices) {
        super(rows, cols);
        this.values = values;
        this.indices = indices;
        this.width = Accounting.bitReq(values.length) / 8;
    }

    /** Codes {@code matrix}; O(rows · cols). */
    public static IndexMapMatrix of(DenseMatrix matrix) {
        return of(SymbolMatrix.of(matrix));
    }

    /** Codes a matrix of symbols. */
    public static IndexMapMatrix of(SymbolMatrix symbols) {
        int width = Accounting.bitReq(symbols.values.length) / 8;
        byte[] indices = new byte[Math.multiplyExact(symbols.symbols.length, width)];
        for (int i = 0; i < symbols.symbols.length; i++) {
            for (int b = 0; b < width; b++) {
                indices[i * width + b] = (byte) (symbols.symbols[i] >>> 8 * (width - 1 - b));
            }
        }
        return new IndexMapMatrix(symbols.rows, symbols.cols, symbols.values, indices);
    }

    @Override
    public String name() {
        return "index map";
    }

    @Override
    public long sizeInBits() {
        return 8L * indices.length + 32L * values.length;
    }

    private float weight(int i) {
        if (width == 1) {
            return values[indices[i] & 0xff];
        }
        int index = 0;
        for (int b = i * width; b < (i + 1) * width; b++) {
            index = index << 8 | indices[b] & 0xff;
        }
        return values[index];
    }

    @Override
    void dotColumns(float[] x, float[] y, int from, int to) {
        for (int col = from; col < to; col++) {
            float a = 0;
            float b = 0;
            int at = col * rows;
            int row = 0;
            for (; row + 1 < rows; row += 2) {
                a += x[row] * weight(at + row);
                b += x[row + 1] * weight(at + row + 1);
            }
            y[col] = row < rows ? a + b + x[row] * weight(at + row) : a + b;
        }
    }

    @Override
    void columns(int from, int to, Sink sink) {
        int[] rowOf = new int[rows];
        float[] weights = new float[rows];
        for (int col = from; col < to; col++) {
            int n = 0;
            for (int row = 0; row < rows; row++) {
                float weight = weight(col * rows + row);
                if (Float.floatToRawIntBits(weight) != 0) {
                    rowOf[n] = row;
                    weights[n++] = weight;
                }
            }
            sink.column(col, n, rowOf, weights);
        }
    }

    float[] values() {
        return values;
    }

    byte[] indices() {
        return indices;
    }
}
