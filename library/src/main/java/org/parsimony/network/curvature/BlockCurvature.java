package org.parsimony.network.curvature;

import org.parsimony.base.Require;

/**
 * {@code damping · I + XᵀX / n}, the empirical Fisher information of a whole layer from n gradients, the rows of X. Its
 * inverse is exact. With fewer gradients than the d weights it is {@code (I − Xᵀ (n · damping · I + XXᵀ)⁻¹ X) / damping},
 * which is what the recursion over the samples of Singh and Alistarh, WoodFisher, NeurIPS 2020, equation 7, ends with, in
 * whatever order they come; only a matrix of {@code [n × n]} is inverted. With more the matrix itself is, because that
 * formula would be a small difference of large terms. Memory 8 n d bytes; n² d for the diagonal of the inverse, n d for a
 * product.
 */
public final class BlockCurvature implements Curvature {

    private final int n;
    private final int d;
    private final double damping;
    private final double[] x;
    /** Of {@code n · damping · I + XXᵀ}, or, if d is not above n, of the curvature. */
    private final SquareMatrix inverse;

    private final boolean whole;

    /**
     * @param gradients {@code [n × weights]}, row-major; shared, read-only
     * @param weights d, at least 1
     * @param damping above 0
     * @throws ArithmeticException if a gradient is not finite
     */
    public BlockCurvature(double[] gradients, int weights, double damping) {
        Require.atLeast("weights", weights, 1);
        Require.positive("damping", damping);
        Require.that(
                gradients.length > 0 && gradients.length % weights == 0,
                "there are %d values, but gradients of %d weights need a multiple of that",
                gradients.length,
                weights);
        this.n = gradients.length / weights;
        this.d = weights;
        this.damping = damping;
        this.x = gradients;
        this.whole = d <= n;
        this.inverse = (whole
                        ? SquareMatrix.gram(d, x, 1.0 / n).plus(damping)
                        : SquareMatrix.outer(n, x).plus(n * damping))
                .inverse();
    }

    @Override
    public int size() {
        return d;
    }

    /** {@code X v}. */
    private double[] onto(double[] v) {
        double[] out = new double[n];
        for (int s = 0; s < n; s++) {
            double sum = 0;
            for (int k = 0; k < d; k++) {
                sum += x[s * d + k] * v[k];
            }
            out[s] = sum;
        }
        return out;
    }

    /** {@code first · v + scale · Xᵀ u}. */
    private double[] back(double first, double[] v, double scale, double[] u) {
        double[] out = new double[d];
        for (int k = 0; k < d; k++) {
            out[k] = first * v[k];
        }
        for (int s = 0; s < n; s++) {
            double factor = scale * u[s];
            for (int k = 0; k < d; k++) {
                out[k] += factor * x[s * d + k];
            }
        }
        return out;
    }

    @Override
    public double[] times(double[] v) {
        return back(damping, v, 1.0 / n, onto(v));
    }

    @Override
    public double[] inverseTimes(double[] v) {
        if (whole) {
            return inverse.before(v, 1);
        }
        return back(1 / damping, v, -1 / damping, inverse.before(onto(v), 1));
    }

    @Override
    public double[] inverseDiagonal() {
        if (whole) {
            return inverse.diagonal();
        }
        double[] half = inverse.before(x, d);
        double[] diagonal = new double[d];
        for (int s = 0; s < n; s++) {
            for (int k = 0; k < d; k++) {
                diagonal[k] += x[s * d + k] * half[s * d + k];
            }
        }
        for (int k = 0; k < d; k++) {
            diagonal[k] = (1 - diagonal[k]) / damping;
        }
        return diagonal;
    }
}
