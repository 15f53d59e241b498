package org.parsimony.boltzmann;

import java.util.Random;
import java.util.stream.IntStream;

/** A machine of nine units summed up state by state, straight from the definitions: the slow reference. */
final class Enumerated {

    static final int[] WIDTHS = {4, 3, 2};
    static final int UNITS = 9;
    static final int STATES = 512;

    final double[][] w = new double[UNITS][UNITS];
    final double[] b = new double[UNITS];

    /** Only neighbouring layers are connected. */
    static BoltzmannMachine example() {
        double[][] w = {new double[12], new double[6]};
        double[][] b = {new double[4], new double[3], new double[2]};
        int[] first = {0, 4, 7};
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < WIDTHS[l]; i++) {
                for (int j = 0; j < WIDTHS[l + 1]; j++) {
                    w[l][i * WIDTHS[l + 1] + j] = 0.1 * ((7 * (first[l] + i) + 3 * (first[l + 1] + j)) % 11 - 5);
                }
            }
        }
        for (int l = 0; l < 3; l++) {
            for (int i = 0; i < WIDTHS[l]; i++) {
                b[l][i] = 0.1 * (2 * (first[l] + i) % 5 - 2);
            }
        }
        return new BoltzmannMachine(WIDTHS.clone(), w, b);
    }

    Enumerated(BoltzmannMachine machine) {
        int[] first = {0, 4, 7};
        for (int l = 0; l < 3; l++) {
            for (int i = 0; i < WIDTHS[l]; i++) {
                b[first[l] + i] = machine.bias()[l][i];
                for (int j = 0; l < 2 && j < WIDTHS[l + 1]; j++) {
                    w[first[l] + i][first[l + 1] + j] = machine.weights()[l][i * WIDTHS[l + 1] + j];
                    w[first[l + 1] + j][first[l] + i] = machine.weights()[l][i * WIDTHS[l + 1] + j];
                }
            }
        }
    }

    /** Connections within hidden layers too. */
    Enumerated dense(Random random) {
        for (int i = 4; i < UNITS; i++) {
            for (int j = 4; j < i; j++) {
                w[i][j] = random.nextGaussian();
                w[j][i] = w[i][j];
            }
        }
        return this;
    }

    static int bit(int state, int unit) {
        return state >> unit & 1;
    }

    double energy(int state) {
        double energy = 0;
        for (int i = 0; i < UNITS; i++) {
            energy -= b[i] * bit(state, i);
            for (int j = 0; j < i; j++) {
                energy -= w[i][j] * bit(state, i) * bit(state, j);
            }
        }
        return energy;
    }

    double z() {
        return IntStream.range(0, STATES).mapToDouble(s -> Math.exp(-energy(s))).sum();
    }

    double probability(int visible) {
        return IntStream.range(0, 32)
                        .mapToDouble(h -> Math.exp(-energy(visible | h << 4)))
                        .sum()
                / z();
    }

    double posterior(int visible, int hidden) {
        double sum = IntStream.range(0, 32)
                .mapToDouble(h -> Math.exp(-energy(visible | h << 4)))
                .sum();
        return Math.exp(-energy(visible | hidden << 4)) / sum;
    }

    /** k_i(z), from two energies. */
    double flow(int state, int unit) {
        return Math.exp((energy(state) - energy(state ^ 1 << unit)) / 2);
    }

    /** ∂k_i(z) / ∂W_ij. */
    double slope(int state, int unit, int other) {
        return (1 - 2 * bit(state, unit)) * bit(state, other) * flow(state, unit) / 2;
    }
}
