package org.parsimony.network.curvature;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** A curvature written out, by Apache Commons Math: the slow reference of the others. */
public record DenseCurvature(RealMatrix matrix) implements Curvature {

    /** Of these rows. */
    public DenseCurvature(double[][] matrix) {
        this(new Array2DRowRealMatrix(matrix));
    }

    /** {@code I · damping + XᵀX / n} of drawn X. */
    public static DenseCurvature random(int d, int n, double damping, SplittableRandom random) {
        return ofGradients(uniform(n * d, random), d, damping);
    }

    /** {@code damping · I + XᵀX / n}. */
    public static DenseCurvature ofGradients(double[] x, int d, double damping) {
        int n = x.length / d;
        double[][] h = new double[d][d];
        for (int i = 0; i < d; i++) {
            h[i][i] = damping;
            for (int j = 0; j < d; j++) {
                for (int s = 0; s < n; s++) {
                    h[i][j] += x[s * d + i] * x[s * d + j] / n;
                }
            }
        }
        return new DenseCurvature(h);
    }

    /** Numbers from −1 to 1. */
    public static double[] uniform(int n, SplittableRandom random) {
        return random.doubles(n, -1, 1).toArray();
    }

    /** The inverse, written out. */
    public RealMatrix inverse() {
        return new LUDecomposition(matrix).getSolver().getInverse();
    }

    @Override
    public int size() {
        return matrix.getRowDimension();
    }

    @Override
    public double[] times(double[] v) {
        return matrix.operate(v);
    }

    @Override
    public double[] inverseTimes(double[] v) {
        return inverse().operate(v);
    }

    @Override
    public double[] inverseDiagonal() {
        RealMatrix inverse = inverse();
        double[] diagonal = new double[size()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = inverse.getEntry(i, i);
        }
        return diagonal;
    }
}
