package org.parsimony.network;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The concordance index (Gönen and Heller, Biometrika 2005). */
final class Concordance {

    private Concordance() {}

    /**
     * Share of the pairs of different true value that are predicted in their true order, ties counting half, in [0, 1]; NaN
     * if all true values are equal. It goes through the samples by rising truth and counts, in a Fenwick tree, predictions
     * seen so far that are lower. Complexity: O(n log n) for n samples.
     */
    static double of(float[] truth, float[] predicted) {
        float[] levels = predicted.clone();
        Arrays.sort(levels);
        int[] order = IntStream.range(0, truth.length)
                .boxed()
                .sorted(Comparator.comparing(i -> truth[i]))
                .mapToInt(i -> i)
                .toArray();
        long[] tree = new long[levels.length + 1];
        double ordered = 0;
        double pairs = 0;
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && truth[order[to]] == truth[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                int first = first(levels, predicted[order[i]]);
                int last = first(levels, Math.nextUp(predicted[order[i]]));
                ordered += (below(tree, first) + below(tree, last)) / 2.0;
            }
            pairs += (double) from * (to - from);
            for (int i = from; i < to; i++) {
                for (int node = first(levels, predicted[order[i]]) + 1; node < tree.length; node += node & -node) {
                    tree[node]++;
                }
            }
            from = to;
        }
        return ordered / pairs;
    }

    private static long below(long[] tree, int level) {
        long sum = 0;
        for (int node = level; node > 0; node -= node & -node) {
            sum += tree[node];
        }
        return sum;
    }

    /** The number of levels below {@code value}. */
    private static int first(float[] levels, float value) {
        int low = 0;
        int high = levels.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (levels[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
