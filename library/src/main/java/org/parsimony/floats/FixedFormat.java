package org.parsimony.floats;

import org.parsimony.base.Require;

/**
 * Fixed point, FI(L, R) of the paper (section 2.2): a sign and a multiple of 2^−R below 2^L. Sign and magnitude stand side
 * by side, and larger numbers saturate. As in the paper's example the sign is not among the L + R bits.
 *
 * @param left L, bits left of the point, from 0 to 24
 * @param right R, bits right of the point, from 0 to 24; L + R from 1 to 29, so that a weight times an activation is exact
 *     in 64-bit floats before it is rounded
 * @param rounding of what lies between two numbers
 */
public record FixedFormat(int left, int right, Rounding rounding) implements Precision {

    private static final int MOST = 29;

    public FixedFormat {
        Require.between("bits left of the point", left, 0, 24);
        Require.between("bits right of the point", right, 0, 24);
        Require.between("bits left and right of the point", left + right, 1, MOST);
        Require.oneOf("rounding", rounding, Rounding.values());
    }

    /** With truncation, as in the paper. */
    public FixedFormat(int left, int right) {
        this(left, right, Rounding.TOWARD_ZERO);
    }

    @Override
    public FixedFormat rounding(Rounding other) {
        return new FixedFormat(left, right, other);
    }

    /** {@inheritDoc} L + R, as the paper counts. */
    @Override
    public int bits() {
        return left + right;
    }

    @Override
    public double max() {
        return Math.scalb(1.0, left) - smallest();
    }

    @Override
    public double smallest() {
        return Math.scalb(1.0, -right);
    }

    @Override
    public double round(double x, double u) {
        double a = Math.abs(x);
        if (Double.isNaN(a)) {
            return x;
        }
        double max = max();
        double v = a >= max ? max : rounding.whole(Math.scalb(a, right), u) * smallest();
        return Math.copySign(v, x);
    }

    @Override
    public String text() {
        return "fi-" + left + "-" + right + (rounding == Rounding.TOWARD_ZERO ? "" : ":" + Precision.word(rounding));
    }
}
