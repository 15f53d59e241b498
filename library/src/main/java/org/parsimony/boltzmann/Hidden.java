package org.parsimony.boltzmann;

import java.util.SplittableRandom;
import org.parsimony.base.Require;

/** Hidden units, given visible ones. */
final class Hidden {

    /** So many hidden units are summed over at most: 4096 states. */
    static final int MOST_EXACT = 12;

    private Hidden() {}

    /**
     * States with weights.
     *
     * @param z by layer {@code [n × units]}
     * @param share of each state, in sum 1; null for the same for all
     */
    record Filled(double[][] z, double[] share, int n) {}

    /** Fills in the hidden units of {@code n} samples. */
    static Filled fill(
            BoltzmannMachine machine,
            double[] visible,
            Posterior posterior,
            int sweeps,
            int n,
            SplittableRandom random) {
        if (posterior == Posterior.EXACT) {
            return exact(machine, visible, n);
        }
        double[][] means = meanField(machine, visible, posterior == Posterior.GIBBS ? 1 : sweeps, n);
        if (posterior != Posterior.MEANS) {
            for (int l = 1; l < means.length; l++) {
                draw(means[l], random);
            }
        }
        if (posterior == Posterior.GIBBS) {
            for (int sweep = 0; sweep < sweeps; sweep++) {
                sweep(machine, means, n, random);
            }
        }
        return new Filled(means, null, n);
    }

    /** Means μ_i = σ(Σ_j W_ij μ_j + b_i), layer after layer, from ½; visible units as they are. */
    static double[][] meanField(BoltzmannMachine machine, double[] visible, int sweeps, int n) {
        double[][] z = BoltzmannMachine.states(machine, visible, n);
        for (int l = 1; l < z.length; l++) {
            java.util.Arrays.fill(z[l], 0.5);
        }
        for (int sweep = 0; sweep < sweeps; sweep++) {
            for (int l = 1; l < z.length; l++) {
                z[l] = machine.fields(z, l, n);
                for (int i = 0; i < z[l].length; i++) {
                    z[l][i] = BoltzmannMachine.logistic(z[l][i]);
                }
            }
        }
        return z;
    }

    /** Draws every hidden layer once, given the others. */
    static void sweep(BoltzmannMachine machine, double[][] z, int n, SplittableRandom random) {
        for (int l = 1; l < z.length; l++) {
            z[l] = drawn(machine, z, l, n, random);
        }
    }

    static double[] drawn(BoltzmannMachine machine, double[][] z, int l, int n, SplittableRandom random) {
        double[] a = machine.fields(z, l, n);
        for (int i = 0; i < a.length; i++) {
            a[i] = BoltzmannMachine.logistic(a[i]);
        }
        draw(a, random);
        return a;
    }

    private static void draw(double[] means, SplittableRandom random) {
        for (int i = 0; i < means.length; i++) {
            means[i] = random.nextDouble() < means[i] ? 1 : 0;
        }
    }

    private static Filled exact(BoltzmannMachine machine, double[] visible, int n) {
        int hidden = 0;
        for (int l = 1; l < machine.layers(); l++) {
            hidden += machine.widths()[l];
        }
        Require.that(
                hidden <= MOST_EXACT,
                "posterior = EXACT sums over all states of %d hidden units, but at most %d can be; take MEAN_FIELD",
                hidden,
                MOST_EXACT);
        int states = 1 << hidden;
        double[][] z = BoltzmannMachine.states(machine, new double[n * states * machine.widths()[0]], n * states);
        for (int s = 0; s < n * states; s++) {
            System.arraycopy(
                    visible, s / states * machine.widths()[0], z[0], s * machine.widths()[0], machine.widths()[0]);
            int bit = 0;
            for (int l = 1; l < z.length; l++) {
                for (int i = 0; i < machine.widths()[l]; i++) {
                    z[l][s * machine.widths()[l] + i] = s % states >> bit++ & 1;
                }
            }
        }
        double[] share = machine.energies(z, n * states);
        for (int s = 0; s < n; s++) {
            double least = Double.POSITIVE_INFINITY;
            for (int h = 0; h < states; h++) {
                least = Math.min(least, share[s * states + h]);
            }
            double sum = 0;
            for (int h = 0; h < states; h++) {
                share[s * states + h] = Math.exp(least - share[s * states + h]);
                sum += share[s * states + h];
            }
            for (int h = 0; h < states; h++) {
                share[s * states + h] /= sum * n;
            }
        }
        return new Filled(z, share, n * states);
    }
}
