package org.parsimony.network;

import java.util.Locale;
import org.parsimony.base.Require;

/**
 * How well a network does on a split.
 *
 * @param accuracy share of samples whose most probable class is the right one, in [0, 1]
 * @param loss mean cross-entropy of the right class, in nats; probabilities are floored at 1e-10
 * @param samples number of samples it was measured on
 */
public record Score(double accuracy, double loss, int samples) {

    private static final double FLOOR = 1e-10;

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

    /** {@code accuracy 97.13 %, loss 0.1152, 10000 samples}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "accuracy %.2f %%, loss %.4f, %d %s",
                100 * accuracy,
                loss,
                samples,
                samples == 1 ? "sample" : "samples");
    }
}
