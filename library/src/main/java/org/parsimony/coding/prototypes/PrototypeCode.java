package org.parsimony.coding.prototypes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.entropy.BitWriter;

/**
 * A matrix of symbols coded against prototype columns: the decoder's side and the layout. {@link PrototypeEncoder}
 * writes it, {@link PrototypeMatrix} multiplies with it.
 *
 * <p>The <em>context</em> of a weight is the symbol that its column's prototype has in the same row (one context for
 * all where there are no prototypes). Each context ranks the symbols by their frequency in it; contexts whose ranks are
 * distributed alike form a <em>class</em> with one {@link Tokens} table. The rows of a cluster are sorted by class, so
 * that weights of one class follow one another and runs of predicted weights are long. A <em>block</em> is some columns
 * of one cluster, coded class by class, each class column by column; it can be decoded alone. Predicted weights after
 * the last exception of a class take no token. {@link TokenReader} says how the bytes of a block lie.
 */
final class PrototypeCode {

    static final int MAX_CLASSES = 16;

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
    /** Tokens of every class in every block, block by block. */
    int[] tokenCount;
    /** The blocks, in memory or mapped from a file. */
    ByteBuffer stream;
    /** How {@link #prototypes} are coded; null without. */
    PrototypeCode nested;

    /** For each cluster: its rows sorted by class, each with the list of its context in the upper half; the class ends. */
    long[][] places;

    int[][] classEnd;
    /** The decoder's table of every class. */
    long[][] tables;

    int blocks() {
        return blockCluster.length;
    }

    /** Look-ups of a product. */
    long lookUps() {
        return Arrays.stream(tokenCount).asLongStream().sum();
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
            long[] rows = places[blockCluster[block]];
            walk(block, (place, row, rank) -> {
                if (list(rows[row]) + rank >= listEnd[list(rows[row])]) {
                    throw new CodingException("names a weight that its context does not have");
                }
            });
        }
    }

    /** Derives what the file does not hold. */
    void derive() {
        tables = Arrays.stream(tokens).map(Tokens::decoder).toArray(long[][]::new);
        sortRows();
    }

    void sortRows() {
        places = new long[clusters][rows];
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
                places[p][place[v]++] = (long) listStart[v] << 32 | row;
            }
        }
    }

    /** The row of one of {@link #places}. */
    static int row(long place) {
        return (int) place;
    }

    /** Where the list of one of {@link #places} begins. */
    static int list(long place) {
        return (int) (place >>> 32);
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
        double[] wide = new double[rows];
        for (int row = 0; row < rows; row++) {
            wide[row] = x[row];
        }
        TokenReader in = new TokenReader();
        double predicted = 0;
        for (int block = from; block < to; block++) {
            if (block == from || blockCluster[block] != blockCluster[block - 1]) {
                predicted = predictions.dot(x, blockCluster[block]);
            }
            int first = blockStart[block];
            double[] sums = new double[blockStart[block + 1] - first];
            Arrays.fill(sums, predicted);
            addExceptions(in, block, wide, above, sums);
            for (int k = 0; k < sums.length; k++) {
                y[order[first + k]] = (float) sums[k];
            }
        }
    }

    private void addExceptions(TokenReader in, int block, double[] x, double[] above, double[] sums) {
        long[] rows = places[blockCluster[block]];
        int[] ends = classEnd[blockCluster[block]];
        in.open(stream, blockByte[block], blockByte[block + 1]);
        for (int c = 0, low = 0; c < ends.length; low = ends[c++]) {
            int left = tokenCount[block * ends.length + c];
            long place = low - 1 & 0xffffffffL;
            while (left > 0) {
                int n = Math.min(left, TokenReader.CHUNK);
                in.decode(tables[c], n);
                place = add(in, n, rows, low, ends[c], place, x, above, sums);
                left -= n;
            }
        }
    }

    /**
     * Adds exceptions of one class.
     *
     * @param place of the last weight before: its column in the upper half, its sorted row in the lower
     * @return the same for the last weight
     */
    private long add(
            TokenReader in,
            int n,
            long[] rows,
            int low,
            int high,
            long place,
            double[] x,
            double[] above,
            double[] sums) {
        long[] tokens = in.tokens;
        boolean sorted = prototypes != null;
        int column = (int) (place >> 32);
        int at = (int) place;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            long token = tokens[i];
            at += Tokens.advance(token);
            int rank = Tokens.rank(token);
            if (Tokens.hasRaw(token)) {
                long raw = in.raw(Tokens.rawBits(token));
                at += Tokens.run(token, raw);
                rank = Tokens.rank(token, raw);
            }
            if (at >= high) {
                sums[column] += sum;
                sum = 0;
                int columns = (at - low) / (high - low);
                at -= columns * (high - low);
                column += columns;
            }
            if (sorted) {
                long row = rows[at];
                sum += x[row(row)] * above[list(row) + rank];
            } else {
                sum += x[at] * above[rank];
            }
        }
        sums[column] += sum;
        return (long) column << 32 | at & 0xffffffffL;
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
        int[] ends = classEnd[blockCluster[block]];
        int first = blockStart[block];
        TokenReader in = new TokenReader();
        in.open(stream, blockByte[block], blockByte[block + 1]);
        for (int c = 0, low = 0; c < ends.length; low = ends[c++]) {
            int length = ends[c] - low;
            long weights = (long) length * (blockStart[block + 1] - first);
            int at = low - 1;
            int k = first;
            int left = tokenCount[block * ends.length + c];
            while (left > 0) {
                int n = Math.min(left, TokenReader.CHUNK);
                in.decode(tables[c], n);
                if (!in.hasRaw(0)) {
                    throw damaged(block);
                }
                for (int i = 0; i < n; i++) {
                    long token = in.tokens[i];
                    int bits = Tokens.rawBits(token);
                    if (!in.hasRaw(bits)) {
                        throw damaged(block);
                    }
                    long raw = in.raw(bits);
                    int advance = Tokens.advance(token) + Tokens.run(token, raw);
                    int rank = Tokens.rank(token, raw);
                    weights -= advance;
                    if (weights < 0) {
                        throw damaged(block);
                    }
                    at += advance;
                    while (at >= ends[c]) {
                        k++;
                        at -= length;
                    }
                    if (rank != 0) {
                        visitor.exception(k, at, rank);
                    }
                }
                left -= n;
            }
        }
        if (!in.atEnd()) {
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
            long[] cluster = places[blockCluster[block]];
            for (int k = blockStart[block]; k < blockStart[block + 1]; k++) {
                for (int i = 0; i < rows; i++) {
                    symbols[order[k] * rows + row(cluster[i])] = list[list(cluster[i])];
                }
            }
            walk(block, (k, i, rank) -> symbols[order[k] * rows + row(cluster[i])] = list[list(cluster[i]) + rank]);
        }
        return symbols;
    }
}
