package org.parsimony.equilibrium;

import java.util.Arrays;
import org.parsimony.base.Require;

/**
 * A chain of layers that settles: hidden units h_l = σ(W_l' h_{l-1} + b_l + W_{l+1} h_{l+1}) read the layer above as well as
 * the one below, with the same weights, σ the logistic function; classes are read out of the last hidden layer by a soft-max,
 * p = softmax(V' h + c), which does not feed back. The cost is the cross-entropy of p; nudging by β adds β V (y − p) to the
 * last hidden layer's input (Laborieux and others, 2021, arXiv 2006.03824, section 3.3, have this readout).
 *
 * <p>Layers are updated in turn. In the free phase each update minimises the energy
 * E = Σ_l (∫σ⁻¹ − b_l'h_l) − Σ_l h_{l-1}'W_l h_l in its layer, so E never rises. <b>With one hidden layer nothing feeds back in
 * the free phase, which is then a feed-forward pass exactly.</b>
 *
 * @param widths inputs, hidden layers (at least one), classes
 * @param weights by layer {@code [inputs × units]}, row-major, the readout last; shared, changed by training
 * @param bias by layer
 */
record LayeredNet(int[] widths, double[][] weights, double[][] bias) {

    /** Largest movement of a unit at which a phase ends. */
    private static final double STILL = 1e-9;

    LayeredNet {
        Require.that(
                widths.length >= 3,
                "the network has %d layers of weights, but must have a hidden layer that can settle and a readout",
                widths.length - 1);
    }

    int hidden() {
        return widths.length - 2;
    }

    int classes() {
        return widths[widths.length - 1];
    }

    /**
     * States of a batch.
     *
     * @param drive what the inputs send into the first hidden layer, which no phase changes {@code [n × units]}
     * @param hidden by hidden layer {@code [n × units]}
     * @param p class probabilities {@code [n × classes]}
     * @param sweeps updates of each layer until it stood still, or as many as allowed
     */
    record States(double[] drive, double[][] hidden, double[] p, int sweeps) {}

    private static double logistic(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    /** x W + b of layer {@code l}, {@code [n × units]}. */
    double[] sums(double[] x, int l, int n) {
        int rows = widths[l];
        int cols = widths[l + 1];
        double[] w = weights[l];
        double[] y = new double[n * cols];
        for (int s = 0; s < n; s++) {
            System.arraycopy(bias[l], 0, y, s * cols, cols);
            for (int i = 0; i < rows; i++) {
                double xi = x[s * rows + i];
                if (xi != 0) {
                    for (int j = 0, from = i * cols, to = s * cols; j < cols; j++) {
                        y[to + j] += xi * w[from + j];
                    }
                }
            }
        }
        return y;
    }

    /** Adds {@code factor} · y W' of layer {@code l} to {@code sums} {@code [n × inputs of l]}. */
    private void addBack(double[] y, int l, double factor, int n, double[] sums) {
        int rows = widths[l];
        int cols = widths[l + 1];
        double[] w = weights[l];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double sum = 0;
                for (int j = 0, from = i * cols, at = s * cols; j < cols; j++) {
                    sum += w[from + j] * y[at + j];
                }
                sums[s * rows + i] += factor * sum;
            }
        }
    }

    /** One pass forward, nothing fed back: where the free phase begins. */
    States forward(double[] x, int n) {
        double[][] h = new double[hidden()][];
        double[] drive = sums(x, 0, n);
        for (int l = 0; l < h.length; l++) {
            h[l] = l == 0 ? drive.clone() : sums(h[l - 1], l, n);
            for (int i = 0; i < h[l].length; i++) {
                h[l][i] = logistic(h[l][i]);
            }
        }
        return new States(drive, h, readout(h[h.length - 1], n), 1);
    }

    private double[] readout(double[] h, int n) {
        double[] p = sums(h, hidden(), n);
        int classes = classes();
        for (int s = 0; s < n; s++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                most = Math.max(most, p[s * classes + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                p[s * classes + c] = Math.exp(p[s * classes + c] - most);
                sum += p[s * classes + c];
            }
            for (int c = 0; c < classes; c++) {
                p[s * classes + c] /= sum;
            }
        }
        return p;
    }

    /**
     * Settles from {@code from}.
     *
     * @param y targets {@code [n × classes]}; not looked at where {@code beta} is 0
     * @param most sweeps over the hidden layers
     */
    States settle(double[] y, double beta, States from, int most, int n) {
        double[] drive = from.drive();
        double[][] h = Arrays.stream(from.hidden()).map(double[]::clone).toArray(double[][]::new);
        int last = h.length - 1;
        int sweep = 0;
        double moved = Double.POSITIVE_INFINITY;
        while (sweep < most && moved > STILL) {
            sweep++;
            moved = 0;
            for (int l = 0; l <= last; l++) {
                double[] a = l == 0 ? drive.clone() : sums(h[l - 1], l, n);
                if (l < last) {
                    addBack(h[l + 1], l + 1, 1, n, a);
                } else if (beta != 0) {
                    addBack(missing(h[last], y, n), last + 1, beta, n, a);
                }
                for (int i = 0; i < a.length; i++) {
                    double next = logistic(a[i]);
                    moved = Math.max(moved, Math.abs(next - h[l][i]));
                    h[l][i] = next;
                }
            }
        }
        return new States(drive, h, readout(h[last], n), sweep);
    }

    /** y − p. */
    private double[] missing(double[] h, double[] y, int n) {
        double[] p = readout(h, n);
        for (int i = 0; i < p.length; i++) {
            p[i] = y[i] - p[i];
        }
        return p;
    }

    /** The free phase, from a forward pass. With one hidden layer it is that. */
    States free(double[] x, int most, int n) {
        States begin = forward(x, n);
        return hidden() == 1 ? begin : settle(null, 0, begin, most, n);
    }

    /** Mean cross-entropy in nats. */
    double cost(States states, double[] y, int n) {
        double cost = 0;
        for (int i = 0; i < y.length; i++) {
            cost -= y[i] == 0 ? 0 : y[i] * Math.log(Math.max(1e-300, states.p()[i]));
        }
        return cost / n;
    }

    /** E of the free phase for one sample's states, up to terms of the readout. */
    double energy(double[] x, double[][] h) {
        double energy = 0;
        for (int l = 0; l < h.length; l++) {
            double[] a = sums(l == 0 ? x : h[l - 1], l, 1);
            for (int j = 0; j < a.length; j++) {
                double s = h[l][j];
                energy += s * Math.log(s) + (1 - s) * Math.log(1 - s) - s * a[j];
            }
        }
        return energy;
    }

    /**
     * The direction in which the cost falls, as the method estimates it: contrasts of products of settled states over β, means
     * over the batch; of the readout, which does not settle, h (y − p)'.
     *
     * @param nudge β, above 0
     * @param into weights by layer, then biases; overwritten
     * @return the states of the free phase
     */
    States estimate(
            double[] x, double[] y, double nudge, Phases phases, int most, int n, double[][] into, double[][] biases) {
        States free = free(x, most, n);
        States up = settle(y, nudge, free, most, n);
        States down = phases == Phases.ONE_SIDED ? free : settle(y, -nudge, free, most, n);
        double width = (phases == Phases.ONE_SIDED ? nudge : 2 * nudge) * n;
        for (int l = 0; l < weights.length; l++) {
            Arrays.fill(into[l], 0);
            Arrays.fill(biases[l], 0);
        }
        for (int l = 0; l < hidden(); l++) {
            if (l == 0) {
                double[] contrast = new double[up.hidden()[0].length];
                for (int i = 0; i < contrast.length; i++) {
                    contrast[i] = up.hidden()[0][i] - down.hidden()[0][i];
                }
                product(x, contrast, l, 1 / width, n, into[l]);
            } else {
                product(up.hidden()[l - 1], up.hidden()[l], l, 1 / width, n, into[l]);
                product(down.hidden()[l - 1], down.hidden()[l], l, -1 / width, n, into[l]);
            }
            for (int i = 0; i < up.hidden()[l].length; i++) {
                biases[l][i % widths[l + 1]] += (up.hidden()[l][i] - down.hidden()[l][i]) / width;
            }
        }
        double[] top = free.hidden()[hidden() - 1];
        double[] missing = missing(top, y, n);
        product(top, missing, hidden(), 1.0 / n, n, into[hidden()]);
        for (int i = 0; i < missing.length; i++) {
            biases[hidden()][i % classes()] += missing[i] / n;
        }
        return free;
    }

    /** Adds factor · Σ_s x_s y_s'. */
    private void product(double[] x, double[] y, int l, double factor, int n, double[] into) {
        int rows = widths[l];
        int cols = widths[l + 1];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < rows; i++) {
                double xi = factor * x[s * rows + i];
                if (xi != 0) {
                    for (int j = 0, to = i * cols, at = s * cols; j < cols; j++) {
                        into[to + j] += xi * y[at + j];
                    }
                }
            }
        }
    }
}
