package org.parsimony.boltzmann;

import java.util.stream.IntStream;
import org.parsimony.base.Require;

/** What can be summed up: the partition function and likelihoods of machines whose first hidden layer is narrow. */
public final class Exact {

    /** So many units of the first hidden layer are summed over at most. */
    public static final int MOST_UNITS = 20;

    private Exact() {}

    /**
     * log Z: every state of the first hidden layer, the layers on both sides of it summed out. Complexity: 2^units times the
     * couplings.
     *
     * @throws IllegalArgumentException if it has more than {@link #MOST_UNITS} units, or the machine more than two hidden layers
     */
    public static double logZ(BoltzmannMachine machine) {
        int units = machine.widths()[1];
        Require.between("units of the first hidden layer, to be summed over,", units, 1, MOST_UNITS);
        return logSum(IntStream.range(0, 1 << units)
                .mapToDouble(state -> {
                    double[] h = new double[units];
                    for (int i = 0; i < units; i++) {
                        h[i] = state >> i & 1;
                    }
                    return marginal(machine, h, 1);
                })
                .toArray());
    }

    /**
     * log Σ exp(−βE) over all layers but the first hidden one.
     *
     * @param h states of the first hidden layer
     */
    static double marginal(BoltzmannMachine machine, double[] h, double beta) {
        Require.between("layers of a machine whose marginal is asked for", machine.layers(), 2, 3);
        double log = 0;
        for (int i = 0; i < h.length; i++) {
            log += beta * h[i] * machine.bias()[1][i];
        }
        double[] down = machine.bias()[0].clone();
        machine.down(h, 0, 1, down);
        for (double a : down) {
            log += BoltzmannMachine.softplus(beta * a);
        }
        if (machine.layers() == 3) {
            double[] up = machine.bias()[2].clone();
            machine.up(h, 1, 1, up);
            for (double a : up) {
                log += BoltzmannMachine.softplus(beta * a);
            }
        }
        return log;
    }

    /**
     * log p(v), exactly, by all states of the first hidden layer; the upper one is summed out.
     *
     * @param visible {@code [n × visible]}
     */
    public static double[] logLikelihood(BoltzmannMachine machine, double[] visible, int n) {
        int units = machine.widths()[1];
        double logZ = logZ(machine);
        double[] log = new double[n];
        for (int s = 0; s < n; s++) {
            int sample = s;
            double[] v = java.util.Arrays.copyOfRange(visible, s * machine.widths()[0], (s + 1) * machine.widths()[0]);
            double own = 0;
            for (int i = 0; i < v.length; i++) {
                own += v[i] * machine.bias()[0][i];
            }
            double[] field = machine.bias()[1].clone();
            machine.up(v, 0, 1, field);
            if (machine.layers() == 2) {
                for (double a : field) {
                    own += BoltzmannMachine.softplus(a);
                }
                log[sample] = own - logZ;
            } else {
                log[sample] = own
                        + logSum(IntStream.range(0, 1 << units)
                                .mapToDouble(state -> {
                                    double term = 0;
                                    double[] h = new double[units];
                                    for (int i = 0; i < units; i++) {
                                        h[i] = state >> i & 1;
                                        term += h[i] * field[i];
                                    }
                                    double[] up = machine.bias()[2].clone();
                                    machine.up(h, 1, 1, up);
                                    for (double a : up) {
                                        term += BoltzmannMachine.softplus(a);
                                    }
                                    return term;
                                })
                                .toArray())
                        - logZ;
            }
        }
        return log;
    }

    static double logSum(double[] logs) {
        double most = java.util.Arrays.stream(logs).max().orElseThrow();
        return most
                + Math.log(java.util.Arrays.stream(logs)
                        .map(log -> Math.exp(log - most))
                        .sum());
    }
}
