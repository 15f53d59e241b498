package org.parsimony.optinet;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Units in the order in which they should be kept.
 *
 * @param units that count, the best first
 * @param gains bits that each adds to those before it
 */
record Ranking(int[] units, double[] gains) {

    /** By falling entropy of their own. */
    static Ranking marginal(double[] bits, Redundancy redundancy) {
        int[] falling = IntStream.range(0, bits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -bits[unit]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] kept = new int[falling.length];
        int count = 0;
        for (int unit : falling) {
            if (!redundancy.of(unit, kept, count)) {
                kept[count++] = unit;
            }
        }
        int[] units = Arrays.copyOf(kept, count);
        return new Ranking(
                units, Arrays.stream(units).mapToDouble(unit -> bits[unit]).toArray());
    }

    /**
     * By what each adds to ½ log₂ det(I + C/σ²) over those before it. With L the Cholesky factor of C + σ²I over the
     * ranked units, unit j adds ½ log₂(d_j/σ²), d_j being what of its own variance and noise L leaves unexplained; the
     * unit with the greatest d_j comes next. O(units² · ranked).
     */
    static Ranking joint(double[][] covariance, double noise, Redundancy redundancy) {
        int n = covariance.length;
        double[] unexplained = new double[n];
        double[][] factor = new double[n][n];
        boolean[] done = new boolean[n];
        for (int i = 0; i < n; i++) {
            unexplained[i] = covariance[i][i] + noise;
        }
        int[] kept = new int[n];
        double[] gains = new double[n];
        int count = 0;
        for (int next = greatest(unexplained, done); next >= 0; next = greatest(unexplained, done)) {
            done[next] = true;
            if (redundancy.of(next, kept, count)) {
                continue;
            }
            double root = Math.sqrt(unexplained[next]);
            for (int i = 0; i < n; i++) {
                if (!done[i]) {
                    double rest = covariance[i][next];
                    for (int k = 0; k < count; k++) {
                        rest -= factor[i][k] * factor[next][k];
                    }
                    factor[i][count] = rest / root;
                    // What is left is never less than the noise but for rounding.
                    unexplained[i] = Math.max(noise, unexplained[i] - factor[i][count] * factor[i][count]);
                }
            }
            gains[count] = 0.5 * Math.log(unexplained[next] / noise) / Math.log(2);
            kept[count++] = next;
        }
        return new Ranking(Arrays.copyOf(kept, count), Arrays.copyOf(gains, count));
    }

    private static int greatest(double[] values, boolean[] done) {
        int best = -1;
        for (int i = 0; i < values.length; i++) {
            if (!done[i] && (best < 0 || values[i] > values[best])) {
                best = i;
            }
        }
        return best;
    }
}
