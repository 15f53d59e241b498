package org.parsimony.boltzmann;

import java.util.SplittableRandom;

/** Contrastive divergence (Hinton 2002): products of states with the data held, less those after a few free Gibbs sweeps. */
final class Contrast {

    private Contrast() {}

    /** As a gradient to descend; its value is the mean reconstruction error of the chain's end, in bits a sample. */
    static ProbabilityFlow of(BoltzmannMachine machine, Hidden.Filled data, int sweeps, SplittableRandom random) {
        int n = data.n();
        double[][] z = new double[data.z().length][];
        for (int l = 0; l < z.length; l++) {
            z[l] = data.z()[l].clone();
        }
        for (int sweep = 0; sweep < sweeps; sweep++) {
            z[0] = Hidden.drawn(machine, z, 0, n, random);
            Hidden.sweep(machine, z, n, random);
        }
        int layers = machine.layers();
        double[][] w = new double[layers - 1][];
        double[][] b = new double[layers][];
        for (int l = 0; l < layers; l++) {
            int units = machine.widths()[l];
            b[l] = new double[units];
            for (int i = 0; i < z[l].length; i++) {
                b[l][i % units] -= (data.z()[l][i] - z[l][i]) / n;
            }
            if (l + 1 < layers) {
                w[l] = new double[machine.weights()[l].length];
                ProbabilityFlow.product(data.z()[l], data.z()[l + 1], -1.0 / n, n, w[l]);
                ProbabilityFlow.product(z[l], z[l + 1], 1.0 / n, n, w[l]);
            }
        }
        double missed = 0;
        for (int i = 0; i < z[0].length; i++) {
            missed += Math.abs(z[0][i] - data.z()[0][i]) / n;
        }
        return new ProbabilityFlow(missed, w, b);
    }
}
