package org.parsimony.network;

import java.util.Locale;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;

/**
 * How well a network does on a split, of classes or of real values.
 *
 * @param accuracy of classes the share of samples whose most probable class is the right one, in [0, 1]; NaN of real values
 * @param loss of classes the mean cross-entropy of the right class, in nats; probabilities are floored at 1e-10; of real
 *     values the mean squared error, in squared units of the target
 * @param samples number of samples it was measured on
 * @param concordance of real values the share of the pairs of different true value that are told in their true order, ties
 *     counting half, in [0, 1] (Gönen and Heller, Biometrika 2005), NaN if all are equal; NaN of classes
 */
public record Score(double accuracy, double loss, int samples, double concordance) {

    private static final double FLOOR = 1e-10;

    /** Of classes. */
    public Score(double accuracy, double loss, int samples) {
        this(accuracy, loss, samples, Double.NaN);
    }

    /**
     * The score of predictions.
     *
     * @param probabilities {@code [samples × classes]}, row-major
     * @param labels the right class of each sample
     */
    public static Score of(float[] probabilities, int[] labels, int classes) {
        Require.that(
                probabilities.length == (long) labels.length * classes,
                "there are %d probabilities, but %d samples of %d classes have %d",
                probabilities.length,
                labels.length,
                classes,
                (long) labels.length * classes);
        int right = 0;
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            int offset = i * classes;
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (probabilities[offset + c] > probabilities[offset + best]) {
                    best = c;
                }
            }
            right += best == labels[i] ? 1 : 0;
            loss -= Math.log(Math.max(FLOOR, probabilities[offset + labels[i]]));
        }
        return new Score((double) right / labels.length, loss / labels.length, labels.length);
    }

    /**
     * The score of what was told of {@code samples}, of classes or of real values, as they are.
     *
     * @param told {@code [samples × outputs]}, row-major
     */
    public static Score of(float[] told, Samples samples) {
        if (!samples.isValued()) {
            return of(told, samples.labels(), samples.classes());
        }
        float[] truth = samples.targets();
        Require.that(
                told.length == truth.length && truth.length > 0,
                "%d values are told, but there are %d samples; there must be as many of both, at least one",
                told.length,
                truth.length);
        double squares = 0;
        for (int i = 0; i < truth.length; i++) {
            double off = truth[i] - (double) told[i];
            squares += off * off;
        }
        return new Score(Double.NaN, squares / truth.length, truth.length, Concordance.of(truth, told));
    }

    /** Whether it is of real values. */
    public boolean isValued() {
        return Double.isNaN(accuracy);
    }

    /** What epochs are chosen by, the higher the better: accuracy, or of real values the mean squared error, negative. */
    public double merit() {
        return isValued() ? -loss : accuracy;
    }

    /** What {@link #quality} is of: {@code accuracy} or {@code mean squared error}. */
    public String measure() {
        return isValued() ? "mean squared error" : "accuracy";
    }

    /** The accuracy as a share, or the mean squared error: what tables show under the head {@link #measure}. */
    public double shown() {
        return isValued() ? loss : accuracy;
    }

    /** The accuracy, {@code 97.13 %}, or the mean squared error, {@code 0.2612}. */
    public String quality() {
        return isValued()
                ? String.format(Locale.ROOT, "%.4f", loss)
                : String.format(Locale.ROOT, "%.2f %%", 100 * accuracy);
    }

    /** {@code accuracy 97.13 %, loss 0.1152, 10000 samples}, or {@code mean squared error 0.2612, concordance 0.8712, 5010 samples}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s, %s %.4f, %d %s",
                measure(),
                quality(),
                isValued() ? "concordance" : "loss",
                isValued() ? concordance : loss,
                samples,
                samples == 1 ? "sample" : "samples");
    }
}
