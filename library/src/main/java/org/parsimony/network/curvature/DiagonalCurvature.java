package org.parsimony.network.curvature;

import org.parsimony.base.Require;

/**
 * {@code diag(h) + damping · I}. Every operation takes O(d).
 *
 * @param values h, each at least 0; shared, read-only
 * @param damping above 0
 */
public record DiagonalCurvature(double[] values, double damping) implements Curvature {

    public DiagonalCurvature {
        Require.positive("damping", damping);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public double[] times(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = (values[i] + damping) * v[i];
        }
        return out;
    }

    @Override
    public double[] inverseTimes(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = v[i] / (values[i] + damping);
        }
        return out;
    }

    @Override
    public double[] inverseDiagonal() {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = 1 / (values[i] + damping);
        }
        return out;
    }
}
