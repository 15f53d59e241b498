package org.parsimony.coding.columns;

import java.util.Arrays;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
import org.parsimony.coding.entropy.WordReader;

/**
 * The product with columns of which the nonzero weights are coded: the columns are cut into four parts of about as many
 * weights, whose symbols are decoded side by side, a chunk at a time, and multiplied when a column is complete. So the sum
 * of a column does not depend on where the columns were cut.
 */
final class SparseProduct {

    /** Symbols decoded at a time at each place; they do not leave the near caches. */
    private static final int CHUNK = 4096;

    private final WordReader reader;
    private final float[] values = new float[WordReader.VALUES];
    private final int[] entry;
    private final char[] rowOf;
    /** Weights of the fullest column. */
    private final int most;

    /**
     * @param code of at most {@value WordReader#VALUES} values
     * @param entry first weight of each column, and the end
     * @param rowOf row of each weight
     */
    SparseProduct(HuffmanCode code, HuffmanDecoder words, int[] entry, char[] rowOf) {
        this.reader = new WordReader(code, words);
        System.arraycopy(code.values(), 0, values, 0, code.size());
        this.entry = entry;
        this.rowOf = rowOf;
        int most = 0;
        for (int col = 0; col + 1 < entry.length; col++) {
            most = Math.max(most, entry[col + 1] - entry[col]);
        }
        this.most = most;
    }

    /**
     * y of the columns {@code from} to before {@code to}.
     *
     * @param bytes the stream from the byte on that has bit {@code start[from]}, and eight bytes more
     * @param start first bit of each column
     */
    void dot(byte[] bytes, long[] start, float[] x, float[] y, int from, int to) {
        int places = WordReader.PLACES;
        int room = most + CHUNK + WordReader.SPARE;
        byte[] symbols = new byte[places * room];
        int[] col = new int[places + 1];
        int[] bit = new int[places];
        int[] at = new int[places];
        int[] limit = new int[places];
        col[places] = to;
        for (int p = 0; p < places; p++) {
            long weight = entry[from] + (long) (entry[to] - entry[from]) * p / places;
            int found = Arrays.binarySearch(entry, from, to, (int) weight);
            col[p] = p == 0 ? from : Math.max(col[p - 1], found < 0 ? -found - 1 : found);
            bit[p] = (int) (start[col[p]] - (start[from] & ~7L));
            at[p] = p * room;
        }
        int[] end = Arrays.copyOfRange(col, 1, places + 1);
        while (true) {
            int open = 0;
            for (int p = 0; p < places; p++) {
                int left = entry[end[p]] - entry[col[p]] - (at[p] - p * room);
                limit[p] = at[p] + Math.max(0, Math.min(CHUNK, left));
                open += left > 0 ? 1 : 0;
            }
            if (open == places) {
                reader.decode(bytes, bit, at, limit, symbols);
            } else {
                for (int p = 0; p < places; p++) {
                    reader.decode(bytes, bit, at, limit, symbols, p);
                }
            }
            for (int p = 0; p < places; p++) {
                int first = p * room;
                int done = complete(col[p], end[p], at[p] - first);
                int taken = entry[done] - entry[col[p]];
                multiply(symbols, first - entry[col[p]], values, rowOf, entry, x, y, col[p], done);
                col[p] = done;
                System.arraycopy(symbols, first + taken, symbols, first, Math.max(0, at[p] - first - taken));
                at[p] -= taken;
            }
            if (open == 0) {
                return;
            }
        }
    }

    /** The first column from {@code col} on that has more weights than what is left of {@code have}. */
    private int complete(int col, int end, int have) {
        int done = col;
        while (done < end && entry[done + 1] - entry[col] <= have) {
            done++;
        }
        return done;
    }

    /** Four sums for each column, so that an addition need not wait for the one before. */
    private static void multiply(
            byte[] symbols,
            int shift,
            float[] values,
            char[] rowOf,
            int[] entry,
            float[] x,
            float[] y,
            int from,
            int to) {
        for (int col = from; col < to; col++) {
            int k = entry[col];
            int end = entry[col + 1];
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (; k < end - 7; k += 8) {
                a += x[rowOf[k]] * values[symbols[k + shift] & 255];
                b += x[rowOf[k + 1]] * values[symbols[k + 1 + shift] & 255];
                c += x[rowOf[k + 2]] * values[symbols[k + 2 + shift] & 255];
                d += x[rowOf[k + 3]] * values[symbols[k + 3 + shift] & 255];
                a += x[rowOf[k + 4]] * values[symbols[k + 4 + shift] & 255];
                b += x[rowOf[k + 5]] * values[symbols[k + 5 + shift] & 255];
                c += x[rowOf[k + 6]] * values[symbols[k + 6 + shift] & 255];
                d += x[rowOf[k + 7]] * values[symbols[k + 7 + shift] & 255];
            }
            for (; k < end; k++) {
                a += x[rowOf[k]] * values[symbols[k + shift] & 255];
            }
            y[col] = (a + b) + (c + d);
        }
    }
}
