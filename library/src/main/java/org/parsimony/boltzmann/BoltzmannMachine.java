package org.parsimony.boltzmann;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.base.Require;

/**
 * A deep Boltzmann machine: units 0 or 1 in layers, the visible one first, neighbouring layers connected, the same weight both
 * ways. E(z) = −Σ_l z_l' W_l z_{l+1} − Σ_l b_l' z_l; with two layers it is a restricted Boltzmann machine.
 *
 * @param widths units of the layers, at least two layers
 * @param weights W_l {@code [units of l × units of l + 1]}, row-major; shared, changed by training
 * @param bias b_l by layer
 */
public record BoltzmannMachine(int[] widths, double[][] weights, double[][] bias) {

    public BoltzmannMachine {
        Require.atLeast("layers of the machine", widths.length, 2);
        for (int l = 0; l < widths.length; l++) {
            Require.atLeast("units of layer " + l, widths[l], 1);
            Require.that(
                    bias[l].length == widths[l]
                            && (l + 1 == widths.length || weights[l].length == widths[l] * widths[l + 1]),
                    "layer %d has %d units, but %d biases or weights that do not fit",
                    l,
                    widths[l],
                    bias[l].length);
        }
    }

    /**
     * Normal weights, hidden biases zero; visible biases log-odds of how often each unit is 1 in {@code data}, with one sample
     * more of either kind.
     *
     * @param data {@code [samples × visible]}, zeros and ones
     */
    public static BoltzmannMachine drawn(int[] widths, double deviation, double[] data, SplittableRandom random) {
        java.util.Random normal = new java.util.Random(random.nextLong());
        double[][] w = new double[widths.length - 1][];
        double[][] b = new double[widths.length][];
        for (int l = 0; l < widths.length; l++) {
            b[l] = new double[widths[l]];
            if (l + 1 < widths.length) {
                w[l] = new double[widths[l] * widths[l + 1]];
                for (int i = 0; i < w[l].length; i++) {
                    w[l][i] = deviation * normal.nextGaussian();
                }
            }
        }
        int samples = data.length / widths[0];
        for (int i = 0; i < widths[0]; i++) {
            double ones = 1;
            for (int s = 0; s < samples; s++) {
                ones += data[s * widths[0] + i];
            }
            b[0][i] = Math.log(ones / (samples + 2 - ones));
        }
        return new BoltzmannMachine(widths.clone(), w, b);
    }

    /** An independent copy. */
    public BoltzmannMachine copy() {
        return new BoltzmannMachine(
                widths.clone(),
                Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new),
                Arrays.stream(bias).map(double[]::clone).toArray(double[][]::new));
    }

    /** Layers, the visible one counted. */
    public int layers() {
        return widths.length;
    }

    /** Couplings that are not zero. */
    public long nonzeros() {
        return Arrays.stream(weights)
                .flatMapToDouble(Arrays::stream)
                .filter(w -> w != 0)
                .count();
    }

    /** Couplings. */
    public long couplings() {
        return Arrays.stream(weights).mapToLong(w -> w.length).sum();
    }

    /** States of a batch, one array {@code [n × units]} for each layer; values in between are means. */
    static double[][] states(BoltzmannMachine machine, double[] visible, int n) {
        double[][] z = new double[machine.layers()][];
        z[0] = visible;
        for (int l = 1; l < z.length; l++) {
            z[l] = new double[n * machine.widths()[l]];
        }
        return z;
    }

    /** What the rest sends into each unit of layer {@code l}, its bias included {@code [n × units]}. */
    double[] fields(double[][] z, int l, int n) {
        int units = widths[l];
        double[] a = new double[n * units];
        for (int s = 0; s < n; s++) {
            System.arraycopy(bias[l], 0, a, s * units, units);
        }
        if (l > 0) {
            up(z[l - 1], l - 1, n, a);
        }
        if (l + 1 < widths.length) {
            down(z[l + 1], l, n, a);
        }
        return a;
    }

    /** Adds z W_l. */
    void up(double[] z, int l, int n, double[] to) {
        int rows = widths[l];
        int cols = widths[l + 1];
        double[] w = weights[l];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double on = z[s * rows + i];
                if (on != 0) {
                    for (int j = 0, from = i * cols, at = s * cols; j < cols; j++) {
                        to[at + j] += on * w[from + j];
                    }
                }
            }
        }
    }

    /** Adds z W_l'. */
    void down(double[] z, int l, int n, double[] to) {
        int rows = widths[l];
        int cols = widths[l + 1];
        double[] w = weights[l];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double sum = 0;
                for (int j = 0, from = i * cols, at = s * cols; j < cols; j++) {
                    sum += w[from + j] * z[at + j];
                }
                to[s * rows + i] += sum;
            }
        }
    }

    /** E of each sample. */
    double[] energies(double[][] z, int n) {
        double[] energy = new double[n];
        for (int l = 0; l < widths.length; l++) {
            double[] a = new double[n * widths[l]];
            for (int s = 0; s < n; s++) {
                System.arraycopy(bias[l], 0, a, s * widths[l], widths[l]);
            }
            if (l > 0) {
                up(z[l - 1], l - 1, n, a);
            }
            for (int i = 0; i < a.length; i++) {
                energy[i / widths[l]] -= a[i] * z[l][i];
            }
        }
        return energy;
    }

    static double logistic(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    static double softplus(double a) {
        return a > 30 ? a : Math.log1p(Math.exp(a));
    }
}
