package org.parsimony.coding.columns;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.ValueTable;

/** CSC, index map and CSER as head (bits) and body (bytes), for a layer's section of a file. */
public final class SparseFormat {

    private SparseFormat() {}

    /** Counts of columns; then rows, then values. */
    public static ByteBuffer write(CscMatrix csc, BitWriter head) {
        writeDifferences(csc.entry(), head);
        int width = width(csc.rows());
        ByteBuffer body = ByteBuffer.allocate(csc.nonzeros() * (width + 4));
        writeRows(csc.rowOf(), width, body);
        for (float weight : csc.weights()) {
            body.putFloat(weight);
        }
        return body.flip();
    }

    /** Reads what was written of a CSC matrix of these sizes. */
    public static CscMatrix readCsc(int rows, int cols, BitReader head, ByteBuffer body) {
        int width = width(rows);
        int[] entry = readDifferences(head, cols, body.capacity() / (width + 4), "entries of a column");
        int n = entry[cols];
        exactly(body, (long) n * (width + 4));
        int[] rowOf = readRows(body, n, width);
        float[] weights = new float[n];
        for (int k = 0; k < n; k++) {
            weights[k] = body.getFloat(n * width + 4 * k);
        }
        for (int col = 0; col < cols; col++) {
            rising(rowOf, entry[col], entry[col + 1], rows, col);
        }
        return new CscMatrix(rows, cols, entry, rowOf, weights);
    }

    /** The table of values; then indices. */
    public static ByteBuffer write(IndexMapMatrix map, BitWriter head) {
        ValueTable.write(map.values(), head);
        return ByteBuffer.wrap(map.indices());
    }

    /** Reads what was written of an index map of these sizes. */
    public static IndexMapMatrix readIndexMap(int rows, int cols, BitReader head, ByteBuffer body) {
        float[] values = ValueTable.read(head, (long) rows * cols);
        int width = width(values.length);
        exactly(body, (long) rows * cols * width);
        byte[] indices = new byte[body.capacity()];
        body.get(0, indices);
        for (int i = 0; i < indices.length; i += width) {
            long index = 0;
            for (int b = 0; b < width; b++) {
                index = index << 8 | indices[i + b] & 0xff;
            }
            HuffmanFormat.check(index < values.length, i / width / rows);
        }
        return new IndexMapMatrix(rows, cols, values, indices);
    }

    /** The table of values, groups of columns, rows of groups, values of groups; then rows. */
    public static ByteBuffer write(CserMatrix cser, BitWriter head) {
        int[][] arrays = cser.arrays();
        ValueTable.write(cser.values(), head);
        writeDifferences(arrays[3], head);
        writeDifferences(arrays[2], head);
        for (int value : arrays[1]) {
            head.gamma(value);
        }
        int width = width(cser.rows());
        ByteBuffer body = ByteBuffer.allocate(arrays[0].length * width);
        writeRows(arrays[0], width, body);
        return body.flip();
    }

    /** Reads what was written of a CSER matrix of these sizes. */
    public static CserMatrix readCser(int rows, int cols, BitReader head, ByteBuffer body) {
        int width = width(rows);
        int entries = body.capacity() / width;
        float[] values = ValueTable.read(head, (long) rows * cols);
        int[] entry = readDifferences(head, cols, entries, "groups of a column");
        int[] group = readDifferences(head, entry[cols], entries, "rows of a group");
        exactly(body, (long) group[entry[cols]] * width);
        int[] valueOf = new int[entry[cols]];
        for (int g = 0; g < valueOf.length; g++) {
            valueOf[g] = head.gamma("value of a group", values.length - 1);
        }
        int[] rowOf = readRows(body, entries, width);
        for (int col = 0; col < cols; col++) {
            HuffmanFormat.check(group[entry[col + 1]] - group[entry[col]] <= rows, col);
            for (int g = entry[col]; g < entry[col + 1]; g++) {
                rising(rowOf, group[g], group[g + 1], rows, col);
            }
            // A row in two groups would have two weights.
            int[] all = Arrays.copyOfRange(rowOf, group[entry[col]], group[entry[col + 1]]);
            Arrays.sort(all);
            rising(all, 0, all.length, rows, col);
        }
        return new CserMatrix(rows, cols, values, rowOf, valueOf, group, entry);
    }

    private static int width(int n) {
        return Accounting.bitReq(n) / 8;
    }

    private static void exactly(ByteBuffer body, long bytes) {
        if (body.capacity() != bytes) {
            throw new CodingException("has " + body.capacity() + " bytes where its tables ask for " + bytes);
        }
    }

    private static void rising(int[] rowOf, int from, int to, int rows, int col) {
        int last = -1;
        for (int k = from; k < to; k++) {
            HuffmanFormat.check(rowOf[k] > last && rowOf[k] < rows, col);
            last = rowOf[k];
        }
    }

    private static void writeRows(int[] rowOf, int width, ByteBuffer body) {
        for (int row : rowOf) {
            for (int b = width - 1; b >= 0; b--) {
                body.put((byte) (row >>> 8 * b));
            }
        }
    }

    private static int[] readRows(ByteBuffer body, int n, int width) {
        int[] rowOf = new int[n];
        for (int k = 0; k < n; k++) {
            for (int b = 0; b < width; b++) {
                rowOf[k] = rowOf[k] << 8 | body.get(k * width + b) & 0xff;
            }
        }
        return rowOf;
    }

    private static void writeDifferences(int[] rising, BitWriter out) {
        for (int i = 1; i < rising.length; i++) {
            out.gamma(rising[i] - rising[i - 1]);
        }
    }

    private static int[] readDifferences(BitReader in, int n, int last, String what) {
        if (n > in.bitsLeft()) {
            throw new CodingException("is cut: " + n + " numbers have " + in.bitsLeft() + " bits");
        }
        int[] rising = new int[n + 1];
        for (int i = 1; i <= n; i++) {
            rising[i] = rising[i - 1] + in.gamma(what, last - rising[i - 1]);
        }
        return rising;
    }
}
