package org.parsimony.network.curvature;

import org.parsimony.base.Require;

/**
 * {@code (G + √damping · I) ⊗ (A + √damping · I)} over weights {@code [units × inputs]}, unit after unit: A the second moment
 * of what goes into the layer, G that of the loss's derivatives with respect to what its units sum up. The block of the
 * Fisher information is the mean of {@code ggᵀ ⊗ aaᵀ}; the factors are the Kronecker product of the means. With A and G
 * zero it is {@code damping · I}.
 *
 * <p>The damping of the factors leaves the cross terms {@code √damping (A ⊗ I + I ⊗ G)}: it is not {@code damping · I} on
 * their product. Complexity: {@code inputs³ + units³} once, {@code units · inputs · (units + inputs)} for a product.
 *
 * <p>J. Martens and R. Grosse, Optimizing Neural Networks with Kronecker-factored Approximate Curvature, ICML 2015, sections
 * 3.1 and 6.3 (with π = 1).
 */
public final class KroneckerCurvature implements Curvature {

    private final double damping;
    private final SquareMatrix outer;
    private final SquareMatrix inner;
    private final SquareMatrix outerInverse;
    private final SquareMatrix innerInverse;

    /**
     * @param outer G, {@code [units × units]}; A where the weights lie {@code [inputs × units]}
     * @param inner A, {@code [inputs × inputs]}; then G
     * @param damping above 0
     * @throws ArithmeticException if a value is not finite
     */
    public KroneckerCurvature(SquareMatrix outer, SquareMatrix inner, double damping) {
        this.damping = Require.positive("damping", damping);
        this.outer = outer.plus(Math.sqrt(damping));
        this.inner = inner.plus(Math.sqrt(damping));
        this.outerInverse = this.outer.inverse();
        this.innerInverse = this.inner.inverse();
    }

    private KroneckerCurvature(KroneckerCurvature other, SquareMatrix inner) {
        this.damping = other.damping;
        this.outer = other.outer;
        this.inner = inner.plus(Math.sqrt(damping));
        this.outerInverse = other.outerInverse;
        this.innerInverse = this.inner.inverse();
    }

    /** With another inner factor; the outer one is not inverted again. */
    public KroneckerCurvature withInner(SquareMatrix other) {
        return new KroneckerCurvature(this, other);
    }

    @Override
    public int size() {
        return outer.size() * inner.size();
    }

    @Override
    public double[] times(double[] v) {
        return outer.before(inner.after(v, outer.size()), inner.size());
    }

    @Override
    public double[] inverseTimes(double[] v) {
        return outerInverse.before(innerInverse.after(v, outer.size()), inner.size());
    }

    @Override
    public double[] inverseDiagonal() {
        double[] g = outerInverse.diagonal();
        double[] a = innerInverse.diagonal();
        double[] diagonal = new double[g.length * a.length];
        for (int o = 0; o < g.length; o++) {
            for (int i = 0; i < a.length; i++) {
                diagonal[o * a.length + i] = g[o] * a[i];
            }
        }
        return diagonal;
    }
}
