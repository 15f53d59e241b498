package org.parsimony.notebook.bench;

import java.util.Arrays;
import java.util.Locale;
import org.parsimony.base.Require;

/**
 * A median with the interval that holds the true one, whatever the distribution: two of the sorted values, as far from the
 * ends as 95 % of certainty allows. Of five values no two are as certain; then it is all of them (93.8 %).
 *
 * @param median of the values
 * @param low lower end of the interval
 * @param high upper end
 * @param certainty that the interval holds the median of the distribution, from 0 to 1
 */
record Spread(double median, double low, double high, double certainty) {

    private static final double WANTED = 0.95;

    /** Of at least one value. */
    static Spread of(double[] values) {
        Require.that(values.length > 0, "a median needs at least one value");
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        double term = Math.pow(0.5, n); // the chance that no value lies below the median
        double outside = 2 * term;
        int from = 0;
        for (int k = 1; 2 * k < n; k++) {
            term *= (double) (n - k + 1) / k;
            if (1 - outside - 2 * term < WANTED) {
                break;
            }
            outside += 2 * term;
            from = k;
        }
        return new Spread(median, sorted[from], sorted[n - 1 - from], Math.max(0, 1 - outside));
    }

    /** Of the quotients of values that were measured in the same round. */
    static Spread ofRatios(double[] values, double[] references) {
        double[] ratios = new double[values.length];
        Arrays.setAll(ratios, i -> values[i] / references[i]);
        return of(ratios);
    }

    /** {@code 2.61 (2.50–2.75)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median, low, high);
    }
}
