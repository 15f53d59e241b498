package org.parsimony.sham;

import java.util.Arrays;
import org.parsimony.base.Require;

/** Weights as ascending distinct values with prefix sums of their powers, so that any interval's cost takes O(1). */
final class Sorted {

    /** Distinct, ascending. */
    final double[] x;
    /** At 3j: number, sum and sum of squares of the weights below place j, sums about {@link #centre}. */
    private final double[] sums;

    private final double centre;

    Sorted(float[] weights) {
        Require.atLeast("number of weights to quantise", weights.length, 1);
        float[] sorted = weights.clone();
        Arrays.sort(sorted);
        double mean = 0;
        for (float w : sorted) {
            Require.that(Float.isFinite(w), "weight %s is no number, but must be one; was training diverging?", w);
            mean += w / (double) sorted.length;
        }
        centre = mean;
        double[] distinct = new double[sorted.length];
        double[] s = new double[3 * (sorted.length + 1)];
        int n = 0;
        for (int i = 0; i < sorted.length; ) {
            int end = i;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                end++;
            }
            double value = sorted[i] - centre;
            int count = end - i;
            distinct[n] = sorted[i] + 0.0;
            s[3 * n + 3] = s[3 * n] + count;
            s[3 * n + 4] = s[3 * n + 1] + count * value;
            s[3 * n + 5] = s[3 * n + 2] + count * value * value;
            n++;
            i = end;
        }
        x = Arrays.copyOf(distinct, n);
        sums = Arrays.copyOf(s, 3 * n + 3);
    }

    /** Distinct values. */
    int size() {
        return x.length;
    }

    /** Weights in places {@code [from, to)}. */
    double count(int from, int to) {
        return sums[3 * to] - sums[3 * from];
    }

    double mean(int from, int to) {
        return centre + (sums[3 * to + 1] - sums[3 * from + 1]) / count(from, to);
    }

    /** Sum of squared differences from the mean of places {@code [from, to)}. */
    double cost(int from, int to) {
        double sum = sums[3 * to + 1] - sums[3 * from + 1];
        return sums[3 * to + 2] - sums[3 * from + 2] - sum * sum / count(from, to);
    }

    /** First place with a value above {@code limit}. */
    int above(double limit) {
        int place = Arrays.binarySearch(x, limit);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /** Bounds of {@code groups} groups of places with equal numbers of weights, as far as equal weights allow. */
    int[] equalCounts(int groups) {
        int[] bound = new int[groups + 1];
        double all = count(0, size());
        int place = 0;
        for (int g = 1; g <= groups; g++) {
            while (place < size() && count(0, place) < all * g / groups) {
                place++;
            }
            bound[g] = place;
        }
        return bound;
    }

    /** Bounds without those of empty groups. */
    static int[] withoutEmpty(int[] bound) {
        return Arrays.stream(bound).distinct().toArray();
    }

    /** Means between bounds, which rise. */
    double[] means(int[] bound) {
        double[] means = new double[bound.length - 1];
        for (int g = 0; g < means.length; g++) {
            means[g] = mean(bound[g], bound[g + 1]);
        }
        return means;
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
