package org.parsimony.sham;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/** The quantisers beside k-means, each from an array of weights to the values they share. */
public final class Quantisation {

    /** The authors' search of UQ's step: from, by, to. */
    private static final double PUBLISHED_FROM = 1e-4;

    private static final double PUBLISHED_BY = 5e-4;
    private static final double PUBLISHED_TO = 1;

    private Quantisation() {}

    /** PWS with the ends of k − 1 equally likely intervals. Unbiased: the mean over seeds of a weight is the weight. */
    public static Codebook pws(float[] weights, int k, long seed) {
        Require.atLeast("k", k, 2);
        float[] sorted = weights.clone();
        Arrays.sort(sorted);
        float[] grid = new float[k];
        for (int i = 0; i < k; i++) {
            grid[i] = (float) percentile(sorted, 100.0 * i / (k - 1));
        }
        return pws(weights, Codebook.distinct(grid), seed);
    }

    /** Each weight becomes one of its neighbours in {@code grid}, which is ascending and encloses all weights. */
    static Codebook pws(float[] weights, float[] grid, long seed) {
        SplittableRandom random = Seeds.random(seed, "probabilistic sharing");
        int[] member = new int[weights.length];
        for (int i = 0; i < member.length; i++) {
            int place = Arrays.binarySearch(grid, weights[i] + 0f);
            if (place < 0) {
                int above = -place - 1;
                double low = grid[above - 1];
                place = random.nextDouble() * (grid[above] - low) < weights[i] - low ? above : above - 1;
            }
            member[i] = place;
        }
        return new Codebook(grid, member).used();
    }

    /**
     * UQ: weights become multiples of the least step that leaves at most {@code k} values, found within 0.1 %.
     * Complexity: O(n log n) and O(k log n) for each of some thousand steps.
     */
    public static Codebook uq(float[] weights, int k) {
        Require.atLeast("k", k, 2);
        Sorted sorted = new Sorted(weights);
        double widest = 2.001 * Math.max(Math.abs(sorted.x[0]), Math.abs(sorted.x[sorted.size() - 1]));
        if (widest == 0) {
            return Codebook.nearest(weights, new float[] {0});
        }
        double best = widest;
        int tooMany = 0;
        // the number of values falls with the step, but not steadily: look on until it is clearly too great
        for (double step = widest; tooMany <= 2 * k && step > widest * 1e-9; step *= 0.999) {
            tooMany = multiples(sorted, step, 2 * k + 1);
            best = tooMany <= k ? step : best;
        }
        return multiplesOf(weights, best);
    }

    /** UQ with the first step of the authors' search, from 0.0001 by 0.0005, that leaves at most {@code k} values. */
    public static Codebook uqAsPublished(float[] weights, int k) {
        Require.atLeast("k", k, 2);
        Sorted sorted = new Sorted(weights);
        double step = PUBLISHED_FROM;
        while (multiples(sorted, step, k) > k) {
            step += PUBLISHED_BY;
            Require.that(
                    step <= PUBLISHED_TO,
                    "no step up to %s leaves %d values; take a greater k or UQ's own search",
                    step,
                    k);
        }
        return multiplesOf(weights, step);
    }

    /** Distinct multiples of {@code step} that weights round to; counted no further than one above {@code most}. */
    private static int multiples(Sorted sorted, double step, int most) {
        int count = 0;
        for (int place = 0; place < sorted.size() && count <= most; count++) {
            double top = (Math.floor(sorted.x[place] / step + 0.5) + 0.5) * step;
            place = Math.max(place + 1, sorted.above(Math.nextDown(top)));
        }
        return count;
    }

    private static Codebook multiplesOf(float[] weights, double step) {
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) (Math.floor(weights[i] / step + 0.5) * step);
        }
        return Codebook.nearest(rounded, rounded);
    }

    /**
     * ECSQ: at most k cells that minimise the mean of (w − c)² − λ ln p, with c a cell's mean and p its share of the
     * weights: distortion and λ times entropy (Chou, Lookabaugh and Gray 1989). See {@link EntropyConstrained}.
     *
     * @param lambda in units of the weights' variance, at least 0; 0 is exact k-means
     */
    public static Codebook ecsq(float[] weights, int k, double lambda) {
        Require.atLeast("k", k, 2);
        Require.between("lambda", lambda, 0, 1e6);
        if (lambda == 0) {
            return KMeans.exact(weights, k);
        }
        Sorted sorted = new Sorted(weights);
        double variance = sorted.cost(0, sorted.size()) / weights.length;
        return Codebook.cut(weights, sorted, new EntropyConstrained(sorted, lambda * variance).cells(k));
    }

    /** Percentile {@code p} of ascending values, between neighbours linearly as NumPy's default does. */
    static double percentile(float[] ascending, double p) {
        Require.atLeast("number of weights", ascending.length, 1);
        Require.between("percentile", p, 0, 100);
        double place = p / 100 * (ascending.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (place - below) * ((double) ascending[above] - ascending[below]);
    }
}
