package org.parsimony.boltzmann;

import java.util.Arrays;

/**
 * The objective and its gradient. The flow out of a state z through the flip of bit i is
 * k_i = exp((E(z) − E(z with i flipped)) / 2) = exp((1 − 2z_i) a_i / 2), a_i what the rest sends into i; K is the sum over bits,
 * the mean over samples, and ∂K/∂W_ij = ½ (r_i z_j + r_j z_i) with r_i = (1 − 2z_i) k_i. Of means μ_i,
 * k_i = μ_i e^(−a_i/2) + (1 − μ_i) e^(a_i/2), r_i = −μ_i e^(−a_i/2) + (1 − μ_i) e^(a_i/2), which is the same where μ_i is 0 or 1.
 *
 * @param value K
 * @param weights ∂K/∂W_l by layer
 * @param bias ∂K/∂b_l by layer
 */
public record ProbabilityFlow(double value, double[][] weights, double[][] bias) {

    /**
     * Of states with weights.
     *
     * @param z by layer {@code [n × units]}
     * @param share weight of each state, in sum 1; null for the same for all
     * @param clip largest exponent; the gradient is that of the flow with its exponent held there
     */
    static ProbabilityFlow of(BoltzmannMachine machine, double[][] z, double[] share, Flips flips, double clip, int n) {
        int layers = machine.layers();
        double[][] r = new double[layers][];
        double value = 0;
        for (int l = 0; l < layers; l++) {
            int units = machine.widths()[l];
            r[l] = new double[n * units];
            if (l > 0 && flips == Flips.VISIBLE) {
                continue;
            }
            double[] a = machine.fields(z, l, n);
            for (int i = 0; i < a.length; i++) {
                double weight = share == null ? 1.0 / n : share[i / units];
                double half = Math.max(-clip, Math.min(clip, a[i] / 2));
                double grow = Math.exp(half);
                double off = z[l][i] / grow;
                double on = (1 - z[l][i]) * grow;
                value += weight * (off + on);
                r[l][i] = weight * (on - off);
            }
        }
        double[][] w = new double[layers - 1][];
        double[][] b = new double[layers][];
        for (int l = 0; l < layers; l++) {
            int units = machine.widths()[l];
            b[l] = new double[units];
            for (int i = 0; i < r[l].length; i++) {
                b[l][i % units] += r[l][i] / 2;
            }
            if (l + 1 < layers) {
                w[l] = new double[machine.weights()[l].length];
                product(r[l], z[l + 1], 0.5, n, w[l]);
                product(z[l], r[l + 1], 0.5, n, w[l]);
            }
        }
        return new ProbabilityFlow(value, w, b);
    }

    /** Adds factor · Σ_s x_s y_s'. */
    static void product(double[] x, double[] y, double factor, int n, double[] to) {
        int rows = x.length / n;
        int cols = y.length / n;
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double on = factor * x[s * rows + i];
                if (on != 0) {
                    for (int j = 0, at = i * cols, from = s * cols; j < cols; j++) {
                        to[at + j] += on * y[from + j];
                    }
                }
            }
        }
    }

    /** Whether all of it are numbers. */
    boolean isFinite() {
        return Double.isFinite(value)
                && Arrays.stream(weights).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }
}
