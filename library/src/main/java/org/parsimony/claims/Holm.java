package org.parsimony.claims;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction where one table holds many tests: adjusted p-values that keep the chance of even one false finding among
 * all of them below the level at which they are read (Holm, Scandinavian Journal of Statistics 6, 1979).
 */
public final class Holm {

    private Holm() {}

    /**
     * Adjusted p-values, in the order given: the i-th smallest of m is multiplied by m − i + 1, is no smaller than those before
     * it, and at most 1. NaN stands for a test that was not made, and stays.
     */
    public static double[] adjusted(double... p) {
        int[] order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = p.clone();
        double most = 0;
        for (int rank = 0; rank < order.length; rank++) {
            most = Math.max(most, Math.min(1, (order.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = most;
        }
        return adjusted;
    }
}
