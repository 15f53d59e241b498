package org.parsimony.deepdta;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.parsimony.base.Require;

/**
 * How well affinities are predicted.
 *
 * @param meanSquaredError in squared units of the affinity
 * @param concordance share of the pairs of different true affinity that are predicted in their true order, ties counting
 *     half, in [0, 1] (Gönen and Heller, Biometrika 2005); NaN if all are equal
 */
public record AffinityScore(double meanSquaredError, double concordance) {

    /** Complexity: O(n log n) for n pairs. */
    public static AffinityScore of(float[] truth, float[] predicted) {
        Require.that(
                truth.length == predicted.length && truth.length > 0,
                "there are %d affinities and %d predictions, but must be as many of both, at least one",
                truth.length,
                predicted.length);
        double squares = 0;
        for (int i = 0; i < truth.length; i++) {
            squares += Math.pow(truth[i] - (double) predicted[i], 2);
        }
        return new AffinityScore(squares / truth.length, concordance(truth, predicted));
    }

    /** Goes through the pairs by rising truth and counts, in a Fenwick tree, predictions seen so far that are lower. */
    private static double concordance(float[] truth, float[] predicted) {
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
