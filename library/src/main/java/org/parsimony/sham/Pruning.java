package org.parsimony.sham;

import java.util.Arrays;
import org.parsimony.base.Require;

/** Pruning by magnitude: weights up to a percentile of |w| go, those strictly greater stay. */
public final class Pruning {

    private Pruning() {}

    /**
     * The threshold: percentile {@code p} of |w|, between neighbours linearly as NumPy's default does. Complexity: O(n log n).
     *
     * @param p in percent, from 0 to 100
     */
    public static double threshold(float[] weights, double p) {
        float[] magnitudes = new float[weights.length];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(magnitudes);
        return percentile(magnitudes, p);
    }

    /** Which weights have a magnitude strictly above the threshold of {@code p}; all for p = 0. */
    public static boolean[] kept(float[] weights, double p) {
        double threshold = p == 0 ? -1 : threshold(weights, p);
        boolean[] kept = new boolean[weights.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Math.abs(weights[i]) > threshold;
        }
        return kept;
    }

    /** Percentile {@code p} of ascending values, between neighbours linearly. */
    static double percentile(float[] ascending, double p) {
        Require.atLeast("number of weights", ascending.length, 1);
        Require.between("percentile", p, 0, 100);
        double place = p / 100 * (ascending.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (place - below) * ((double) ascending[above] - ascending[below]);
    }
}
