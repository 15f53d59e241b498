package org.parsimony.coding.prototypes;

/**
 * Gives prototypes in one row after another the symbol under which their clusters are shortest. Sums of code lengths go through the symbols
 * in the order in which they first stand in the cluster's columns. Not for several threads.
 */
final class Settling {

    private final float[] lengths;
    private final int alphabet;
    private final MarkedWeights marked;
    private final int[] member;
    private final int[] place;
    private final int[][] clusters;

    private final int[] end;
    /** The places of the marked weights of a row, cluster by cluster. */
    private final int[] byCluster;

    private final int[] counts;
    private final int[] seen;
    private int distinct;

    /**
     * @param lengths code length of symbol s where the prototype has v, at {@code v * alphabet + s}, each at least 0
     * @param member the cluster of every column
     * @param place of every column in its cluster
     * @param clusters their columns, ascending
     */
    Settling(float[] lengths, int alphabet, MarkedWeights marked, int[] member, int[] place, int[][] clusters) {
        this.lengths = lengths;
        this.alphabet = alphabet;
        this.marked = marked;
        this.member = member;
        this.place = place;
        this.clusters = clusters;
        end = new int[clusters.length + 1];
        byCluster = new int[member.length];
        counts = new int[alphabet];
        seen = new int[alphabet];
    }

    /** @param prototypes those of cluster p in this row at {@code row * clusters + p}; what has no column stays */
    void settle(int row, int[] prototypes) {
        int from = marked.rowStart(row);
        int to = marked.rowStart(row + 1);
        java.util.Arrays.fill(end, 0);
        for (int i = from; i < to; i++) {
            end[member[marked.colAt(i)] + 1]++;
        }
        for (int p = 0; p < clusters.length; p++) {
            end[p + 1] += end[p];
        }
        for (int i = from; i < to; i++) {
            byCluster[end[member[marked.colAt(i)]]++] = i;
        }
        int low = 0;
        for (int p = 0; p < clusters.length; p++) {
            int high = end[p];
            if (clusters[p].length > 0) {
                prototypes[row * clusters.length + p] =
                        low == high ? marked.mode : shortest(low, high, clusters[p].length);
            }
            low = high;
        }
    }

    private int shortest(int low, int high, int columns) {
        distinct = 0;
        boolean unmarked = false;
        for (int i = low; i < high; i++) {
            if (!unmarked && place[marked.colAt(byCluster[i])] != i - low) {
                unmarked = true;
                see(marked.mode, columns - (high - low));
            }
            see(marked.symbolAt(byCluster[i]), 1);
        }
        if (!unmarked && columns > high - low) {
            see(marked.mode, columns - (high - low));
        }
        int best = seen[0];
        float least = Float.POSITIVE_INFINITY;
        int most = counts[marked.mode];
        for (int k = 0; k < distinct; k++) {
            int v = seen[k] * alphabet;
            // a sum of lengths is no less than any of them
            if (most * lengths[v + marked.mode] < least) {
                float sum = 0;
                for (int i = 0; i < distinct && sum < least; i++) {
                    sum += counts[seen[i]] * lengths[v + seen[i]];
                }
                if (sum < least) {
                    least = sum;
                    best = seen[k];
                }
            }
        }
        for (int i = 0; i < distinct; i++) {
            counts[seen[i]] = 0;
        }
        return best;
    }

    private void see(int symbol, int times) {
        if (counts[symbol] == 0) {
            seen[distinct++] = symbol;
        }
        counts[symbol] += times;
    }
}
