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
        double t = new TDistribution(n - 1).inverseCumulativeProbability(0.975);
        return new Estimate(mean, sd, n, t * sd / Math.sqrt(n));
    }

    /** Least mean that the interval allows; the mean itself for fewer than two values. */
    public double low() {
        return mean - (n < 2 ? 0 : half);
    }

    /** Greatest mean that the interval allows; the mean itself for fewer than two values. */
    public double high() {
        return mean + (n < 2 ? 0 : half);
    }
}
