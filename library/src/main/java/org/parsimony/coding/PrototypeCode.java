package org.parsimony.coding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A matrix of symbols coded against prototype columns: the decoder's side and the layout. {@link PrototypeEncoder}
 * writes it, {@link PrototypeMatrix} multiplies with it.
 *
 * <p>The <em>context</em> of a weight is the symbol that its column's prototype has in the same row (one context for
 * all where there are no prototypes). Each context ranks the symbols by their frequency in it; contexts whose ranks are
 * distributed alike form a <em>class</em> with one {@link Tokens} table. The rows of a cluster are sorted by class, so
 * that weights of one class follow one another and runs of predicted weights are long. A <em>block</em> is some columns
 * of one cluster, coded class by class, each class column by column; it can be decoded alone.
 *
 * <p>A block's bytes: four states of {@value AnsTable#LOG} bits that take turns, then each token's state bits and raw
 * bits. At its end all states are 0, which is checked when the code is read.
 */
final class PrototypeCode {

    static final int MAX_CLASSES = 16;
    static final int INTERLEAVED = 4;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    int rows;
    int cols;
    int alphabet;
    /** Clusters; one without prototypes. */
    int clusters;
    /** Symbols of the prototypes, column by column; null without. */
    int[] prototypes;
    /** Symbols ranked for each context: those of context v from listStart[v]. */
    int[] listStart;

    int[] list;
    int[] classOf;
    Tokens[] tokens;
    /** Column numbers, cluster by cluster. */
    int[] order;
    /** First place in {@link #order} of every block, and the end. */
    int[] blockStart;

    int[] blockCluster;
    int[] blockByte;
    /** The blocks, in memory or mapped from a file. */
    ByteBuffer stream;
    /** How {@link #prototypes} are coded; null without. */
    PrototypeCode nested;

    /** For each cluster: its rows sorted by class, the class ends, and the list of every sorted row's context. */
    int[][] sortedRows;

    int[][] classEnd;
    int[][] listOf;
    long[] tables;

    int blocks() {
        return blockCluster.length;
    }

    /** The size of everything. */
    long bits() {
        BitWriter head = new BitWriter();
        PrototypeFormat.writeHead(this, head);
        long bits = head.length();
        for (PrototypeCode code = this; code != null; code = code.nested) {
            bits += 8L * code.stream.capacity();
        }
        return bits;
    }

    /**
     * Derives what the file does not hold, and decodes every block once.
     *
     * @throws CodingException if a block cannot be decoded, or a weight lies outside of its context's list
     */
    void check() {
        for (int p = 0; prototypes != null && p < prototypes.length; p++) {
            int v = prototypes[p];
            if (listStart[v] == listStart[v + 1]) {
                throw new CodingException("has a prototype with symbol " + v + ", for which it has no list");
            }
        }
        if (prototypes == null && list.length == 0) {
            throw new CodingException("has no symbols");
        }
        derive();
        int[] listEnd = new int[list.length];
        for (int v = 0; v < classOf.length; v++) {
            Arrays.fill(listEnd, listStart[v], listStart[v + 1], listStart[v + 1]);
        }
        for (int block = 0; block < blocks(); block++) {
            int[] lists = listOf[blockCluster[block]];
            walk(block, (place, row, rank) -> {
                if (lists[row] + rank >= listEnd[lists[row]]) {
                    throw new CodingException("names a weight that its context does not have");
                }
            });
        }
    }

    /** Derives what the file does not hold. */
    void derive() {
        tables = new long[tokens.length * AnsTable.STATES];
        for (int c = 0; c < tokens.length; c++) {
            tokens[c].decoder(tables, c * AnsTable.STATES);
        }
        sortRows();
    }

    void sortRows() {
        sortedRows = new int[clusters][rows];
        listOf = new int[clusters][rows];
        classEnd = new int[clusters][tokens.length];
        int contexts = classOf.length;
        int[] place = new int[contexts + 1];
        int[] byClass = contextsByClass();
        for (int p = 0; p < clusters; p++) {
            int[] count = new int[contexts];
            for (int row = 0; row < rows; row++) {
                count[context(p, row)]++;
            }
            int at = 0;
            for (int v : byClass) {
                place[v] = at;
                at += count[v];
                classEnd[p][classOf[v]] = at;
            }
            for (int c = 1; c < tokens.length; c++) {
                classEnd[p][c] = Math.max(classEnd[p][c], classEnd[p][c - 1]);
            }
            for (int row = 0; row < rows; row++) {
                int v = context(p, row);
                sortedRows[p][place[v]] = row;
                listOf[p][place[v]++] = listStart[v];
            }
        }
    }

    private int[] contextsByClass() {
        int[] sorted = new int[classOf.length];
        int at = 0;
        for (int c = 0; c < tokens.length; c++) {
            for (int v = 0; v < sorted.length; v++) {
                if (classOf[v] == c) {
                    sorted[at++] = v;
                }
            }
        }
        return sorted;
    }

    private int context(int cluster, int row) {
        return prototypes == null ? 0 : prototypes[cluster * rows + row];
    }

    /**
     * Multiplies one vector with blocks {@code from} to {@code to}: y of a column is what its prototype predicts, and
     * for every exception x of its row times what the weight is above its prediction. Sums are double, so that what a
     * prototype adds and the exceptions take away again leaves nothing.
     *
     * @param predictions the prototypes' weights
     * @param above the weight of every list entry less its prediction
     */
    void dot(float[] x, float[] y, Predictions predictions, double[] above, int from, int to) {
        double[] sorted = new double[rows];
        int cluster = -1;
        double predicted = 0;
        for (int block = from; block < to; block++) {
            if (blockCluster[block] != cluster) {
                cluster = blockCluster[block];
                predicted = predictions.dot(x, cluster);
                int[] order = sortedRows[cluster];
                for (int i = 0; i < sorted.length; i++) {
                    sorted[i] = x[order[i]];
                }
            }
            dotBlock(block, sorted, predicted, above, y);
        }
    }

    private void dotBlock(int block, double[] x, double predicted, double[] above, float[] y) {
        byte[] bytes = bytes(block);
        long[] table = tables;
        int[] lists = listOf[blockCluster[block]];
        int[] ends = classEnd[blockCluster[block]];
        int first = blockStart[block];
        double[] sums = new double[blockStart[block + 1] - first];
        Arrays.fill(sums, predicted);
        long states = (long) LONG.get(bytes, 0);
        int s0 = (int) (states >>> 52);
        int s1 = (int) (states >>> 40) & 4095;
        int s2 = (int) (states >>> 28) & 4095;
        int s3 = (int) (states >>> 16) & 4095;
        int bit = 12 * INTERLEAVED;
        for (int c = 0, low = 0; c < ends.length; low = ends[c++]) {
            int high = ends[c];
            int offset = c << AnsTable.LOG;
            int next = low;
            int k = low == high ? sums.length : 0;
            double sum = 0;
            while (k < sums.length) {
                long token = table[offset + s0];
                s0 = s1;
                s1 = s2;
                s2 = s3;
                long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
                s3 = ((int) token >>> 6 & 4095) + (int) (ahead >>> 1 >>> ~token);
                bit += (int) token & 63;
                int rank = (int) (token >>> 35) & 0xffff;
                if (token < 0) {
                    int raw = (int) (token >>> 56) & 31;
                    rank = rank << raw | (int) (ahead << token >>> 1 >>> 63 - raw);
                    bit += raw;
                }
                next += (int) (token >>> 18) & 0x1ffff;
                if (next < high) {
                    sum += x[next - 1] * above[lists[next - 1] + rank];
                    continue;
                }
                while (next > high && k < sums.length) {
                    sums[k++] += sum;
                    sum = 0;
                    next -= high - low;
                }
                if (k < sums.length) {
                    sum += x[next - 1] * above[lists[next - 1] + rank];
                    if (next == high) {
                        sums[k++] += sum;
                        sum = 0;
                        next = low;
                    }
                }
            }
        }
        for (int k = 0; k < sums.length; k++) {
            y[order[first + k]] = (float) sums[k];
        }
    }

    /** A block, and eight bytes more, so that the decoder may look ahead. */
    private byte[] bytes(int block) {
        int n = blockByte[block + 1] - blockByte[block];
        byte[] bytes = new byte[n + 8];
        stream.get(blockByte[block], bytes, 0, n);
        return bytes;
    }

    /** What {@link #walk} finds where a weight is not the predicted one. */
    interface Visitor {
        /**
         * @param place of the column in {@link #order}
         * @param row sorted, in the order of the cluster
         * @param rank in the list of its context
         */
        void exception(int place, int row, int rank);
    }

    /**
     * Decodes one block with every step checked.
     *
     * @throws CodingException if it does not end where and how it must
     */
    void walk(int block, Visitor visitor) {
        int cluster = blockCluster[block];
        int[] lists = listOf[cluster];
        int first = blockStart[block];
        int n = blockStart[block + 1] - first;
        long end = 8L * (blockByte[block + 1] - blockByte[block]);
        byte[] bytes = bytes(block);
        int[] states = new int[INTERLEAVED];
        long packed = (long) LONG.get(bytes, 0);
        for (int i = 0; i < INTERLEAVED; i++) {
            states[i] = (int) (packed >>> 52 - 12 * i) & 4095;
        }
        long bit = 48;
        int turn = 0;
        int low = 0;
        for (int c = 0; c < tokens.length; c++) {
            int high = classEnd[cluster][c];
            int length = high - low;
            long left = (long) length * n;
            int at = low;
            int k = first;
            while (left > 0) {
                long e = tables[(c << AnsTable.LOG) + states[turn]];
                int bits = (int) e & 63;
                int raw = (int) (e >>> 56) & 31;
                if (bit + bits + raw > end) {
                    throw damaged(block);
                }
                long ahead = (long) LONG.get(bytes, (int) (bit >>> 3)) << (bit & 7);
                states[turn] = ((int) e >>> 6 & 4095) + (int) (ahead >>> 1 >>> 63 - bits);
                turn = turn + 1 & INTERLEAVED - 1;
                int rank = (int) (e >>> 35) & 0xffff;
                rank = rank << raw | (int) (ahead << bits >>> 1 >>> 63 - raw);
                bit += bits + raw;
                int steps = (int) (e >>> 18) & 0x1ffff;
                left -= steps;
                if (left < 0) {
                    break;
                }
                at += steps - 1;
                while (at >= high) {
                    k++;
                    at -= length;
                }
                if (rank != 0) {
                    visitor.exception(k, at, rank);
                }
                at++;
            }
            low = high;
        }
        if (end - bit >= 8 || Arrays.stream(states).anyMatch(s -> s != 0)) {
            throw damaged(block);
        }
    }

    private static CodingException damaged(int block) {
        return new CodingException("is damaged in block " + block + "; write it again from its source");
    }

    /** All symbols, column by column. */
    int[] symbols() {
        int[] symbols = new int[rows * cols];
        for (int block = 0; block < blocks(); block++) {
            int cluster = blockCluster[block];
            for (int k = blockStart[block]; k < blockStart[block + 1]; k++) {
                for (int i = 0; i < rows; i++) {
                    symbols[order[k] * rows + sortedRows[cluster][i]] = list[listOf[cluster][i]];
                }
            }
            walk(
                    block,
                    (k, i, rank) ->
                            symbols[order[k] * rows + sortedRows[cluster][i]] = list[listOf[cluster][i] + rank]);
        }
        return symbols;
    }
}
