package org.parsimony.coding.entropy;

import java.util.Arrays;
import org.parsimony.coding.DenseMatrix;

/**
 * A matrix as indices into the table of its distinct values, column by column: what every entropy coder works on.
 * Values are sorted by falling count, equal counts by rising value, so that the table needs no order of its own.
 */
public final class SymbolMatrix {

    /** Rows, the inputs of the layer. */
    public final int rows;
    /** Columns, the outputs of the layer. */
    public final int cols;
    /** The distinct values by symbol. */
    public final float[] values;
    /** How often each value stands in the matrix, falling. */
    public final long[] counts;
    /** Column-major. */
    public final int[] symbols;

    private SymbolMatrix(int rows, int cols, float[] values, long[] counts, int[] symbols) {
        this.rows = rows;
        this.cols = cols;
        this.values = values;
        this.counts = counts;
        this.symbols = symbols;
    }

    /** The symbols of a matrix. O(rows · cols). */
    public static SymbolMatrix of(DenseMatrix matrix) {
        int rows = matrix.rows();
        int cols = matrix.cols();
        float[] dense = matrix.values();
        int[] symbols = new int[dense.length];
        Distinct distinct = new Distinct();
        int panel = 64;
        for (int from = 0; from < cols; from += panel) {
            int to = Math.min(cols, from + panel);
            for (int row = 0; row < rows; row++) {
                for (int col = from; col < to; col++) {
                    symbols[col * rows + row] = distinct.count(Float.floatToRawIntBits(dense[row * cols + col]));
                }
            }
        }
        int[] bits = distinct.bits;
        long[] counts = distinct.counts;
        long[] order = new long[distinct.size];
        Integer[] byCount = new Integer[distinct.size];
        Arrays.setAll(byCount, i -> i);
        Arrays.sort(byCount, (a, b) -> {
            int c = Long.compare(counts[b], counts[a]);
            return c != 0 ? c : Integer.compare(sortable(bits[a]), sortable(bits[b]));
        });
        float[] values = new float[distinct.size];
        int[] place = new int[distinct.size];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(bits[byCount[i]]);
            order[i] = counts[byCount[i]];
            place[byCount[i]] = i;
        }
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = place[symbols[i]];
        }
        return new SymbolMatrix(rows, cols, values, order, symbols);
    }

    /** The bits of a float as an integer of the same order, −0 before +0, NaN outermost; its own inverse. */
    public static int sortable(int bits) {
        return bits ^ (bits >> 31 & 0x7fffffff);
    }

    /** The symbol of {@code value} by its bits, or −1. */
    public int symbolOf(float value) {
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToRawIntBits(values[i]) == bits) {
                return i;
            }
        }
        return -1;
    }

    /** Zero-order entropy in bits per weight. */
    public double entropy() {
        double bits = 0;
        for (long count : counts) {
            bits -= count * Math.log((double) count / symbols.length);
        }
        return bits / Math.log(2) / symbols.length;
    }

    /** Counts distinct 32-bit patterns in order of first appearance, by open addressing. */
    private static final class Distinct {
        private int[] table = new int[1 << 10];
        private int[] bits = new int[256];
        private long[] counts = new long[256];
        private int size;

        int count(int pattern) {
            int mask = table.length - 1;
            int slot = pattern * 0x9E3779B9 >>> 7 & mask;
            while (table[slot] != 0) {
                int id = table[slot] - 1;
                if (bits[id] == pattern) {
                    counts[id]++;
                    return id;
                }
                slot = slot + 1 & mask;
            }
            if (size == bits.length) {
                bits = Arrays.copyOf(bits, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            bits[size] = pattern;
            counts[size] = 1;
            table[slot] = ++size;
            if (2 * size > table.length) {
                grow();
            }
            return size - 1;
        }

        private void grow() {
            table = new int[4 * table.length];
            int mask = table.length - 1;
            for (int id = 0; id < size; id++) {
                int slot = bits[id] * 0x9E3779B9 >>> 7 & mask;
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = id + 1;
            }
        }
    }
}
