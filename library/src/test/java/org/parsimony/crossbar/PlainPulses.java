package org.parsimony.crossbar;

import java.util.Random;

/** The update as it is told: slot by slot, crossing by crossing, step by step. The slow reference of the packed one. */
final class PlainPulses {

    private PlainPulses() {}

    /**
     * The change of weights that start at zero and have no bounds, in mean steps, {@code [outputs × inputs]}.
     *
     * @param spread of a step from coincidence to coincidence, share of the step
     */
    static double[] update(
            Pulses pulses, double spread, float[] x, int inputs, float[] d, int outputs, int columns, Random random) {
        double[] change = new double[outputs * inputs];
        for (int c = 0; c < columns; c++) {
            double largestX = 0;
            double largestD = 0;
            for (int j = 0; j < inputs; j++) {
                largestX = Math.max(largestX, Math.abs(x[j * columns + c]));
            }
            for (int i = 0; i < outputs; i++) {
                largestD = Math.max(largestD, Math.abs(d[i * columns + c]));
            }
            Pulses.Factors factors = pulses.factors(largestX, largestD);
            for (int slot = 0; slot < pulses.slots(); slot++) {
                boolean[] onInput = new boolean[inputs];
                boolean[] onError = new boolean[outputs];
                for (int j = 0; j < inputs; j++) {
                    onInput[j] = random.nextDouble() < factors.ofInput(x[j * columns + c]);
                }
                for (int i = 0; i < outputs; i++) {
                    onError[i] = random.nextDouble() < factors.ofError(d[i * columns + c]);
                }
                for (int i = 0; i < outputs; i++) {
                    for (int j = 0; j < inputs; j++) {
                        if (onError[i] && onInput[j]) {
                            double sign = Math.signum(x[j * columns + c]) * Math.signum(d[i * columns + c]);
                            change[i * inputs + j] += sign * (1 + spread * random.nextGaussian());
                        }
                    }
                }
            }
        }
        return change;
    }
}
