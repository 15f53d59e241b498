package org.parsimony.splitting;

import java.util.List;
import org.parsimony.splitting.eigen.Ends;

/**
 * Into what a unit is split. With λ the least and μ the greatest eigenvalue of its splitting matrix S, a split into
 * offspring of weights w_i and displacements εδ_i, with Σ w_i = 1, Σ w_i δ_i = 0, ‖δ_i‖ ≤ 1 and Σ |w_i| ≤ c, changes the
 * loss by ε²/2 · G + O(ε³), G = Σ w_i δ_iᵀ S δ_i; each scheme takes the least G it can reach.
 *
 * <p>At ε = 0 every scheme leaves the function as it was: the next layer reads the share w_i of what it read.
 */
public enum Scheme {
    /** Two halves moved along ± the eigenvector of λ: G = min(0, λ). */
    POSITIVE_PAIR,
    /** The better of the positive pair and a pair of weights (c + 1)/2 and −(c − 1)/2: G = min(0, λ, −(c − 1)/(c + 1) μ). */
    SIGNED_PAIR,
    /** At most three offspring: G = min(0, (c + 1)/2 λ, −(c − 1)/2 μ), or the mixture of both where that is less. */
    SIGNED_TRIPLET,
    /** At most four offspring: G = (c + 1)/2 min(0, λ) − (c − 1)/2 max(0, μ), the least that any number can reach. */
    SIGNED_QUARTET;

    /**
     * One of the units that a unit becomes.
     *
     * @param weight share of what the next layer read from the unit that it reads from this one
     * @param direction δ, of length at most 1
     */
    public record Offspring(double weight, double[] direction) {}

    /**
     * A split of one unit.
     *
     * @param gain G, below 0 if the loss falls
     * @param offspring at least two; empty if no split lowers the loss
     */
    public record Plan(double gain, List<Offspring> offspring) {

        static final Plan NONE = new Plan(0, List.of());

        /** Units that the layer gains. */
        public int added() {
            return Math.max(0, offspring.size() - 1);
        }
    }

    /** Whether it needs the greatest eigenvalue too. */
    public boolean isSigned() {
        return this != POSITIVE_PAIR;
    }

    /**
     * The best split of this scheme.
     *
     * @param ends both ends of the spectrum of the unit's splitting matrix
     * @param mass c = Σ |w_i|, at least 1; not looked at by {@link #POSITIVE_PAIR}
     */
    public Plan of(Ends ends, double mass) {
        double low = Math.min(0, ends.least());
        double high = Math.max(0, ends.greatest());
        double positive = (mass + 1) / 2;
        double negative = (mass - 1) / 2;
        double[] v = ends.leastVector();
        double[] u = ends.greatestVector();
        double[] still = new double[v.length];
        Plan pair =
                low == 0 ? Plan.NONE : new Plan(low, List.of(new Offspring(0.5, v), new Offspring(0.5, scaled(v, -1))));
        double ratio = negative / positive;
        if (this == POSITIVE_PAIR) {
            return pair;
        } else if (this == SIGNED_PAIR) {
            return ratio * high <= -pair.gain()
                    ? pair
                    : new Plan(
                            -ratio * high,
                            List.of(new Offspring(positive, scaled(u, ratio)), new Offspring(-negative, u)));
        } else if (mass == 1) {
            return pair;
        }
        Plan down = new Plan(
                positive * low,
                List.of(
                        new Offspring(positive / 2, v),
                        new Offspring(positive / 2, scaled(v, -1)),
                        new Offspring(-negative, still)));
        Plan up = new Plan(
                -negative * high,
                List.of(
                        new Offspring(-negative / 2, u),
                        new Offspring(-negative / 2, scaled(u, -1)),
                        new Offspring(positive, still)));
        if (low == 0 || high == 0) {
            return low == 0 && high == 0 ? Plan.NONE : high == 0 ? down : up;
        }
        if (this == SIGNED_QUARTET) {
            return new Plan(
                    down.gain() + up.gain(),
                    List.of(
                            new Offspring(positive / 2, v),
                            new Offspring(positive / 2, scaled(v, -1)),
                            new Offspring(-negative / 2, u),
                            new Offspring(-negative / 2, scaled(u, -1))));
        }
        double rest = Math.sqrt(1 - ratio * ratio);
        double mixture = positive * rest * rest * low - ratio * high;
        if (mixture < Math.min(down.gain(), up.gain())) {
            return new Plan(
                    mixture,
                    List.of(
                            new Offspring(positive / 2, sum(v, rest, u, ratio)),
                            new Offspring(positive / 2, sum(v, -rest, u, ratio)),
                            new Offspring(-negative, u)));
        }
        return down.gain() <= up.gain() ? down : up;
    }

    private static double[] scaled(double[] vector, double factor) {
        return sum(vector, factor, vector, 0);
    }

    private static double[] sum(double[] a, double x, double[] b, double y) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = x * a[i] + y * b[i];
        }
        return sum;
    }
}
