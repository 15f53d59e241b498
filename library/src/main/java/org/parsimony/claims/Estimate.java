package org.parsimony.claims;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over independent repeats, with what is needed to judge it.
 *
 * @param mean of the values that were measured
 * @param sd sample standard deviation; NaN for fewer than two values
 * @param n number of values that were measured
 * @param half half width of the 95 % confidence interval of the mean by Student's t; NaN for fewer than two values
 */
public record Estimate(double mean, double sd, int n, double half) {

    /** The estimate from these values; NaN stands for a value that was not measured. */
    public static Estimate of(double... values) {
        double[] measured = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        int n = measured.length;
        double mean = Arrays.stream(measured).average().orElse(Double.NaN);
        if (n < 2) {
            return new Estimate(mean, Double.NaN, n, Double.NaN);
        }
        double squares =
                Arrays.stream(measured).map(v -> (v - mean) * (v - mean)).sum();
        double sd = Math.sqrt(squares / (n - 1));
        return stated(mean, sd, n);
    }

    /**
     * The estimate that a mean, a standard deviation and a number of repeats make, as others state them.
     *
     * @param sd NaN if it is not stated, and then there is no interval
     */
    public static Estimate stated(double mean, double sd, int n) {
        double half = n < 2 ? Double.NaN : quantile(n) * sd / Math.sqrt(n);
        return new Estimate(mean, sd, n, half);
    }

    /** Student's t of n values that 2.5 % lie above. */
    private static double quantile(int n) {
        return new TDistribution(n - 1).inverseCumulativeProbability(0.975);
    }

    /**
     * Two-sided p-value of Student's test that the mean is 0, from 0 to 1; of values that are all equal 1 if they are 0 and
     * else 0; NaN for fewer than two values.
     */
    public double p() {
        if (n < 2) {
            return Double.NaN;
        }
        if (sd == 0) {
            return mean == 0 ? 1 : 0;
        }
        double t = Math.abs(mean) / (sd / Math.sqrt(n));
        return 2 * (1 - new TDistribution(n - 1).cumulativeProbability(t));
    }

    /** {@link #half} as a figure draws it: 0 for fewer than two values. */
    public double bar() {
        return n < 2 ? 0 : half;
    }

    /** Least mean that the interval allows; the mean itself for fewer than two values. */
    public double low() {
        return mean - bar();
    }

    /** Greatest mean that the interval allows; the mean itself for fewer than two values. */
    public double high() {
        return mean + bar();
    }
}
