package org.parsimony.obs;

import org.parsimony.network.curvature.Curvature;

/** What the weights that stay become when others go. Of a curvature H and weights w, Q being those that go. */
public enum Update {
    /** They stay as they are. */
    NONE {
        @Override
        void apply(Curvature curvature, double[] w, boolean[] out) {
            zero(w, out);
        }
    },
    /**
     * What each weight alone would ask for, added up: {@code δ = − Σ_Q w_q / [H⁻¹]_qq · H⁻¹ e_q}. The weights that go do not
     * know of each other: of many that are alike the others make up several times.
     *
     * <p>S. P. Singh and D. Alistarh, WoodFisher, NeurIPS 2020, equation 6.
     */
    SUM {
        @Override
        void apply(Curvature curvature, double[] w, boolean[] out) {
            double[] diagonal = curvature.inverseDiagonal();
            double[] asked = new double[w.length];
            for (int q = 0; q < w.length; q++) {
                asked[q] = out[q] ? w[q] / diagonal[q] : 0;
            }
            double[] delta = curvature.inverseTimes(asked);
            for (int i = 0; i < w.length; i++) {
                w[i] -= delta[i];
            }
            zero(w, out);
        }
    },
    /**
     * The least rise of the loss with all of Q gone: {@code H_SS δ_S = H_SQ w_Q} over the weights S that stay, by conjugate
     * gradients from the better of the two others. Each of at most {@value #STEPS} steps is a product with H and lowers the
     * rise, so it is never above theirs.
     */
    JOINT {
        @Override
        void apply(Curvature curvature, double[] w, boolean[] out) {
            double[] none = w.clone();
            NONE.apply(curvature, none, out);
            double[] best = w.clone();
            SUM.apply(curvature, best, out);
            if (rise(curvature, w, none) < rise(curvature, w, best)) {
                best = none;
            }
            descend(curvature, w, best, out);
            System.arraycopy(best, 0, w, 0, w.length);
        }
    };

    private static final int STEPS = 500;
    /** Share of the residual's first length at which it counts as zero. */
    private static final double TOLERANCE = 1e-8;

    /**
     * Sets the weights that go to zero and the others to what makes up for them.
     *
     * @param w weights, changed
     * @param out which go
     */
    abstract void apply(Curvature curvature, double[] w, boolean[] out);

    /** ½ δᵀHδ from {@code before} to {@code after}, in nats: what the loss rises to second order. */
    static double rise(Curvature curvature, double[] before, double[] after) {
        double[] delta = new double[before.length];
        for (int i = 0; i < delta.length; i++) {
            delta[i] = after[i] - before[i];
        }
        return dot(delta, curvature.times(delta)) / 2;
    }

    private static void zero(double[] w, boolean[] out) {
        for (int i = 0; i < w.length; i++) {
            w[i] = out[i] ? 0 : w[i];
        }
    }

    /** Conjugate gradients on the rise over the weights that stay; {@code x} is changed. */
    private static void descend(Curvature curvature, double[] w, double[] x, boolean[] out) {
        double[] delta = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            delta[i] = w[i] - x[i];
        }
        double[] residual = curvature.times(delta);
        zero(residual, out);
        double[] direction = residual.clone();
        double length = dot(residual, residual);
        double enough = length * TOLERANCE * TOLERANCE;
        for (int step = 0; step < STEPS && length > enough; step++) {
            double[] product = curvature.times(direction);
            double rate = length / dot(direction, product);
            double next = 0;
            for (int i = 0; i < x.length; i++) {
                if (!out[i]) {
                    x[i] += rate * direction[i];
                    residual[i] -= rate * product[i];
                    next += residual[i] * residual[i];
                }
            }
            for (int i = 0; i < x.length; i++) {
                direction[i] = residual[i] + next / length * direction[i];
            }
            length = next;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
