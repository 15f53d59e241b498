package org.parsimony.timing;

import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.parsimony.base.Require;

/**
 * How far predictions are from measurements, as nn-Meter counts it.
 *
 * @param rmse root of the mean squared difference, in the unit of the values
 * @param rmspe the same of relative differences, in percent of what was measured
 * @param within5 share that is at most 5 % off, in [0, 1]
 * @param within10 at most 10 %
 * @param within15 at most 15 %
 * @param spearman rank correlation, in [−1, 1]; equal values share a rank; NaN of one value, or if all are equal
 */
public record Errors(double rmse, double rmspe, double within5, double within10, double within15, double spearman) {

    /** @param predicted as many as {@code measured}, which are above 0 */
    public static Errors of(double[] measured, double[] predicted) {
        Require.that(
                measured.length == predicted.length && measured.length > 0,
                "there are %d measurements and %d predictions, but there must be as many of both, at least one",
                measured.length,
                predicted.length);
        double squares = 0;
        double relative = 0;
        int[] within = new int[3];
        for (int i = 0; i < measured.length; i++) {
            double off = Math.abs(predicted[i] - measured[i]);
            double share = off / Require.positive("measured latency", measured[i]);
            squares += off * off;
            relative += share * share;
            for (int w = 0; w < 3; w++) {
                within[w] += share <= 0.05 * (w + 1) ? 1 : 0;
            }
        }
        double n = measured.length;
        return new Errors(
                Math.sqrt(squares / n),
                100 * Math.sqrt(relative / n),
                within[0] / n,
                within[1] / n,
                within[2] / n,
                n < 2 ? Double.NaN : new SpearmansCorrelation().correlation(measured, predicted));
    }
}
