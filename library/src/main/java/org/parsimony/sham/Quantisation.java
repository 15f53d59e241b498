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
    private static final int ITERATIONS = 300;
    private static final double GREATEST_LAMBDA = 10;
    /** From 10 down to 1e-9 within 1 % of the exponent's range: 23 / 2^12. */
    private static final int HALVINGS = 12;

    private Quantisation() {}

    /** PWS with the ends of k − 1 equally likely intervals. Unbiased: the mean over seeds of a weight is the weight. */
    public static Codebook pws(float[] weights, int k, long seed) {
        Require.atLeast("k", k, 2);
        float[] sorted = weights.clone();
        Arrays.sort(sorted);
        float[] grid = new float[k];
        for (int i = 0; i < k; i++) {
            grid[i] = (float) Pruning.percentile(sorted, 100.0 * i / (k - 1));
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
     * ECSQ: cells that minimise the mean of (w − c)² − λ ln p, with c a cell's mean and p its share of the weights, by
     * Lloyd-like iterations from 3k cells of equal numbers (Chou, Lookabaugh and Gray 1989). Where {@code lambda} leaves
     * more than {@code k} cells, the least greater one, within 1 %, that does not; where none does, k cells to start from.
     *
     * @param lambda in units of the weights' variance, at least 0
     */
    public static Codebook ecsq(float[] weights, int k, double lambda) {
        Require.atLeast("k", k, 2);
        Require.between("lambda", lambda, 0, 1e6);
        Sorted sorted = new Sorted(weights);
        double variance = sorted.cost(0, sorted.size()) / weights.length;
        int[] bound = cells(sorted, 3 * k, lambda * variance);
        if (bound.length - 1 > k) {
            // cells of equal numbers far apart never lose a weight to another: then k cells are what is left
            bound = cells(sorted, k, lambda * variance);
            double low = Math.max(lambda, 1e-9);
            double high = GREATEST_LAMBDA;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = Math.sqrt(low * high);
                int[] found = cells(sorted, 3 * k, middle * variance);
                if (found.length - 1 <= k) {
                    high = middle;
                    bound = found;
                } else {
                    low = middle;
                }
            }
        }
        return Codebook.cut(weights, sorted, bound);
    }

    /** Bounds of the cells that are left when nothing moves any more; {@code lambda} in the weights' unit squared. */
    private static int[] cells(Sorted sorted, int start, double lambda) {
        int[] bound = Sorted.withoutEmpty(sorted.equalCounts(start));
        for (int i = 0; i < ITERATIONS; i++) {
            int[] next = envelope(sorted, bound, lambda);
            if (Arrays.equals(next, bound)) {
                break;
            }
            bound = next;
        }
        return bound;
    }

    /**
     * One step: with the means and shares of the cells within {@code bound}, the cost of x in a cell is x² plus a line in
     * x, so the new cells are the pieces of the lines' lower envelope.
     */
    private static int[] envelope(Sorted sorted, int[] bound, double lambda) {
        int n = bound.length - 1;
        double[] centre = sorted.means(bound);
        double[] nats = new double[n];
        int[] stack = new int[n];
        double[] left = new double[n];
        int top = -1;
        for (int c = 0; c < n; c++) {
            nats[c] = -Math.log(sorted.count(bound[c], bound[c + 1]) / sorted.count(0, sorted.size()));
            double cross = Double.NEGATIVE_INFINITY;
            while (top >= 0) {
                int before = stack[top];
                cross = (centre[before] + centre[c]) / 2
                        + lambda * (nats[c] - nats[before]) / (2 * (centre[c] - centre[before]));
                if (cross > left[top]) {
                    break;
                }
                top--;
            }
            stack[++top] = c;
            left[top] = top == 0 ? Double.NEGATIVE_INFINITY : cross;
        }
        int[] next = new int[top + 2];
        for (int c = 1; c <= top; c++) {
            next[c] = sorted.above(left[c]);
        }
        next[top + 1] = sorted.size();
        return Sorted.withoutEmpty(next);
    }
}
