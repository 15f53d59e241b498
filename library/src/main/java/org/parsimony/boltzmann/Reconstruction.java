package org.parsimony.boltzmann;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.knowm.xchart.HeatMapChart;
import org.parsimony.base.Require;
import org.parsimony.method.Context;

/**
 * Images with some of their pixels lost, and what a machine makes of them: the pixels that are left are held, the others and all
 * hidden units are means that sweep until they stand still.
 *
 * @param side height and width of an image
 * @param original {@code [images × pixels]}
 * @param given the same with lost pixels ½
 * @param restored means, those of lost pixels the machine's
 * @param wrong share of the lost pixels that are on the wrong side of ½
 * @param guess the same of a machine without couplings: by the visible biases alone
 */
public record Reconstruction(
        int side, double[][] original, double[][] given, double[][] restored, double wrong, double guess) {

    private static final int SWEEPS = 50;

    /** Which pixels are lost. */
    public enum Loss {
        /** The lower half. */
        LOWER_HALF,
        /** Half of them, at random. */
        HALF_AT_RANDOM
    }

    /**
     * Restores images.
     *
     * @param visible {@code [images × pixels]}, zeros and ones, square
     */
    public static Reconstruction of(BoltzmannMachine machine, double[] visible, Loss loss, Context context) {
        int pixels = machine.widths()[0];
        int side = (int) Math.round(Math.sqrt(pixels));
        Require.that(side * side == pixels, "images have %d pixels, but must be square", pixels);
        int n = visible.length / pixels;
        SplittableRandom random = context.random("lost pixels");
        boolean[] lost = new boolean[visible.length];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = loss == Loss.LOWER_HALF ? i % pixels >= pixels / 2 : random.nextBoolean();
        }
        double[] given = visible.clone();
        for (int i = 0; i < given.length; i++) {
            given[i] = lost[i] ? 0.5 : given[i];
        }
        double[] begin = given.clone();
        for (int i = 0; i < begin.length; i++) {
            // by its bias alone, for most pixels of most images are 0 and as many halves would drown what is left
            begin[i] = lost[i] ? BoltzmannMachine.logistic(machine.bias()[0][i % pixels]) : visible[i];
        }
        double[][] z = Hidden.meanField(machine, begin, 1, n);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int l = 1; l < z.length; l++) {
                z[l] = means(machine, z, l, n);
            }
            double[] v = means(machine, z, 0, n);
            for (int i = 0; i < v.length; i++) {
                z[0][i] = lost[i] ? v[i] : visible[i];
            }
        }
        int count = 0;
        int wrong = 0;
        int guess = 0;
        for (int i = 0; i < lost.length; i++) {
            if (lost[i]) {
                count++;
                wrong += z[0][i] > 0.5 == visible[i] > 0.5 ? 0 : 1;
                guess += machine.bias()[0][i % pixels] > 0 == visible[i] > 0.5 ? 0 : 1;
            }
        }
        return new Reconstruction(
                side,
                rows(visible, n),
                rows(given, n),
                rows(z[0], n),
                (double) wrong / Math.max(1, count),
                (double) guess / Math.max(1, count));
    }

    private static double[] means(BoltzmannMachine machine, double[][] z, int l, int n) {
        double[] a = machine.fields(z, l, n);
        for (int i = 0; i < a.length; i++) {
            a[i] = BoltzmannMachine.logistic(a[i]);
        }
        return a;
    }

    private static double[][] rows(double[] flat, int n) {
        double[][] rows = new double[n][];
        for (int s = 0; s < n; s++) {
            rows[s] = Arrays.copyOfRange(flat, s * flat.length / n, (s + 1) * flat.length / n);
        }
        return rows;
    }

    /** Share of visible units on the wrong side of ½ after one pass up and down, nothing lost; of the first 500 samples. */
    static double missed(BoltzmannMachine machine, double[] visible, int samples) {
        int n = Math.min(500, samples);
        double[] v = Arrays.copyOf(visible, n * machine.widths()[0]);
        double[][] z = Hidden.meanField(machine, v, 5, n);
        double[] back = means(machine, z, 0, n);
        int wrong = 0;
        for (int i = 0; i < back.length; i++) {
            wrong += back[i] > 0.5 == v[i] > 0.5 ? 0 : 1;
        }
        return (double) wrong / back.length;
    }

    /** Three rows: originals, what was given, what the machine made of it. */
    public HeatMapChart figure() {
        List<double[][]> rows = new ArrayList<>(List.of(original, given, restored));
        return Pictures.of("original, given, restored", rows, side);
    }
}
