package org.parsimony.equilibrium;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.base.Require;
import org.parsimony.coding.DenseMatrix;

/**
 * A complete directed network as the paper's first author programmed it: inputs (the last one constantly 1), hidden units and
 * outputs, weights between all of them in both directions, none from a unit to itself and none into an input. States lie in
 * [0, 1] and follow
 *
 * <pre>s_j ← clip( s_j + dt (Σ_i s_i W_ij − s_j Σ_k W_jk) )        outputs also + dt β (y_j − s_j) when nudged</pre>
 *
 * A unit leaks by the sum of its own outgoing weights, which may be negative: then it feeds itself, and only the clip holds it.
 *
 * @param inputs number of inputs, the constant one counted
 * @param outputs the last so many units
 * @param weights W {@code [units × units]}, from row to column; shared, changed by training
 * @param leak what a unit loses
 */
public record DirectedNet(int inputs, int outputs, double[][] weights, Leak leak) {

    /** What a unit loses in each unit of time, as a share of its state. */
    public enum Leak {
        /** The sum of its outgoing weights: the paper's network. */
        OUTGOING,
        /** One: the asymmetric network that the paper compares with. */
        ONE
    }

    public DirectedNet {
        int units = weights.length;
        Require.between("inputs", inputs, 1, units - 1);
        Require.between("outputs", outputs, 1, units - inputs);
        for (int i = 0; i < units; i++) {
            Require.that(
                    weights[i].length == units, "row %d has %d weights, but must have %d", i, weights[i].length, units);
        }
        Require.oneOf("leak", leak, Leak.values());
    }

    /** Weights from a normal distribution with mean 0 and this deviation, where there may be weights. */
    public static DirectedNet drawn(
            int inputs, int hidden, int outputs, double deviation, Leak leak, SplittableRandom random) {
        int units = inputs + hidden + outputs;
        java.util.Random normal = new java.util.Random(random.nextLong());
        double[][] w = new double[units][units];
        for (int i = 0; i < units; i++) {
            for (int j = inputs; j < units; j++) {
                w[i][j] = i == j ? 0 : deviation * normal.nextGaussian();
            }
        }
        return new DirectedNet(inputs, outputs, w, leak);
    }

    /** Number of units. */
    public int units() {
        return weights.length;
    }

    /** Weights that may be other than zero. */
    public int free() {
        return (units() - inputs) * (units() - 1);
    }

    /** Of these those that are exactly zero. */
    public int zeros() {
        int zeros = 0;
        for (int i = 0; i < units(); i++) {
            for (int j = inputs; j < units(); j++) {
                zeros += i != j && weights[i][j] == 0 ? 1 : 0;
            }
        }
        return zeros;
    }

    /** An independent copy. */
    public DirectedNet copy() {
        return new DirectedNet(
                inputs, outputs, Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new), leak);
    }

    /** A copy in which this many of the weights that may be other than zero are zero: the smallest, the first of equal ones. */
    public DirectedNet pruned(int zeros) {
        Require.between("zeros", zeros, 0, free());
        DirectedNet copy = copy();
        Integer[] places = new Integer[free()];
        int n = 0;
        for (int i = 0; i < units(); i++) {
            for (int j = inputs; j < units(); j++) {
                if (i != j) {
                    places[n++] = i * units() + j;
                }
            }
        }
        Arrays.sort(places, java.util.Comparator.comparingDouble(p -> Math.abs(weights[p / units()][p % units()])));
        for (int p = 0; p < zeros; p++) {
            copy.weights[places[p] / units()][places[p] % units()] = 0;
        }
        return copy;
    }

    /** The weights into hidden units and outputs {@code [units × (hidden + outputs)]}, as codes take them. */
    public DenseMatrix matrix() {
        int columns = units() - inputs;
        float[] values = new float[units() * columns];
        for (int i = 0; i < units(); i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = (float) weights[i][inputs + j];
            }
        }
        return new DenseMatrix(units(), columns, values);
    }

    /** States to begin with: the inputs as they are, all other units uniformly from 0 to 0.1. */
    public double[] begin(double[] x, SplittableRandom random) {
        Require.that(x.length == inputs - 1, "a sample has %d values, but must have %d", x.length, inputs - 1);
        double[] s = new double[units()];
        System.arraycopy(x, 0, s, 0, x.length);
        s[inputs - 1] = 1;
        for (int j = inputs; j < s.length; j++) {
            s[j] = 0.1 * random.nextDouble();
        }
        return s;
    }

    /** Sums of outgoing weights, or ones: what {@link #step} takes. */
    double[] leaks() {
        double[] leaks = new double[units()];
        for (int i = 0; i < leaks.length; i++) {
            leaks[i] = leak == Leak.ONE ? 1 : Arrays.stream(weights[i]).sum();
        }
        return leaks;
    }

    /**
     * One step of all units, each from the old states.
     *
     * @param s states now
     * @param y targets of the outputs
     * @param beta 0 in the free phase
     * @param next the states after it
     */
    void step(double[] s, double[] y, double beta, double dt, double[] leaks, double[] next) {
        int units = s.length;
        System.arraycopy(s, 0, next, 0, inputs);
        Arrays.fill(next, inputs, units, 0);
        for (int i = 0; i < units; i++) {
            double from = s[i];
            if (from != 0) {
                double[] row = weights[i];
                for (int j = inputs; j < units; j++) {
                    next[j] += from * row[j];
                }
            }
        }
        for (int j = inputs; j < units; j++) {
            double moved = s[j] + dt * (next[j] - s[j] * leaks[j]);
            int out = j - units + outputs;
            moved += out < 0 ? 0 : dt * beta * (y[out] - s[j]);
            next[j] = Math.min(1, Math.max(0, moved));
        }
    }

    /** The states after so many free steps from {@code begin}. */
    public double[] settle(double[] begin, double dt, int steps) {
        double[] leaks = leaks();
        double[] none = new double[outputs];
        double[] s = begin.clone();
        double[] next = new double[s.length];
        for (int t = 0; t < steps; t++) {
            step(s, none, 0, dt, leaks, next);
            if (Arrays.equals(s, next)) {
                break; // to the last bit: so it stays
            }
            double[] swap = s;
            s = next;
            next = swap;
        }
        return s;
    }

    /**
     * Nudges and adds to {@code change} what the rule makes of it: (1/T) Σ_t s_i(t) (s_j(t) − s_j(t−1)) of the paper's network,
     * free s_i times (nudged − free s_j) / β of the asymmetric one.
     *
     * @return the states after the last step
     */
    double[] nudge(double[] free, double[] y, double beta, double dt, int steps, double[][] change) {
        double[] leaks = leaks();
        double[] s = free.clone();
        double[] next = new double[s.length];
        for (int t = 0; t < steps; t++) {
            step(s, y, beta, dt, leaks, next);
            if (Arrays.equals(s, next)) {
                break; // nothing moves any more, so nothing is added
            }
            if (leak == Leak.OUTGOING) {
                add(next, s, next, 1.0 / steps, change);
            }
            double[] swap = s;
            s = next;
            next = swap;
        }
        if (leak == Leak.ONE) {
            add(free, free, s, 1 / beta, change);
        }
        return s;
    }

    private void add(double[] from, double[] before, double[] after, double factor, double[][] change) {
        for (int j = inputs; j < from.length; j++) {
            double moved = factor * (after[j] - before[j]);
            if (moved != 0) {
                for (int i = 0; i < from.length; i++) {
                    change[i][j] += i == j ? 0 : from[i] * moved;
                }
            }
        }
    }
}
