package org.parsimony.coding.prototypes;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The weights of a matrix that are not its most frequent symbol: by column in an order of rows drawn once, and by row. */
final class MarkedWeights {

    /** The most frequent symbol. */
    final int mode;

    private final int[][] ofColumn;
    private final int[] rowStart;
    private final int[] colOf;
    private final byte[] symbolOf;

    /** @param symbols column-major, each below 256 */
    MarkedWeights(int rows, int cols, int[] symbols, int mode, SplittableRandom random) {
        this.mode = mode;
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            int other = random.nextInt(row + 1);
            order[row] = order[other];
            order[other] = row;
        }
        ofColumn = new int[cols][];
        rowStart = new int[rows + 1];
        int[] list = new int[rows];
        for (int col = 0; col < cols; col++) {
            int n = 0;
            for (int row : order) {
                int s = symbols[col * rows + row];
                if (s != mode) {
                    list[n++] = row << 8 | s;
                    rowStart[row + 1]++;
                }
            }
            ofColumn[col] = Arrays.copyOf(list, n);
        }
        for (int row = 0; row < rows; row++) {
            rowStart[row + 1] += rowStart[row];
        }
        int[] next = rowStart.clone();
        colOf = new int[rowStart[rows]];
        symbolOf = new byte[colOf.length];
        for (int col = 0; col < cols; col++) {
            for (int entry : ofColumn[col]) {
                int at = next[row(entry)]++;
                colOf[at] = col;
                symbolOf[at] = (byte) symbol(entry);
            }
        }
    }

    /** Those of a column, in the drawn order, to be read by {@link #row(int)} and {@link #symbol(int)}. */
    int[] ofColumn(int col) {
        return ofColumn[col];
    }

    static int row(int entry) {
        return entry >>> 8;
    }

    static int symbol(int entry) {
        return entry & 0xff;
    }

    /** The place of the first one in a row; that of the next row ends it. */
    int rowStart(int row) {
        return rowStart[row];
    }

    /** The column of the one at a place, ascending within a row. */
    int colAt(int place) {
        return colOf[place];
    }

    int symbolAt(int place) {
        return symbolOf[place] & 0xff;
    }
}
