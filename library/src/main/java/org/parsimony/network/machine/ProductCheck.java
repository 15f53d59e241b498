package org.parsimony.network.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether a BLAS multiplies right: products of awkward sizes (one, primes, one more than a vector or a block holds) against
 * three loops in double precision, each factor as it lies and transposed, the result overwritten and added to, and nothing
 * written beside it. Takes some milliseconds.
 */
final class ProductCheck {

    /** Rows, columns and inner terms. Small products take another way through OpenBLAS than those of over a million terms. */
    private static final int[][] SIZES = {
        {1, 1, 1},
        {1, 10, 300},
        {3, 5, 7},
        {2, 17, 33},
        {16, 16, 16},
        {17, 33, 9},
        {31, 1, 65},
        {49, 11, 130},
        {65, 63, 67},
        {13, 7, 1031},
        {67, 131, 121}
    };

    /** Of the distance that rounding explains: the sum of the terms' magnitudes times the unit in the last place. */
    private static final double SLACK = 4;

    private ProductCheck() {}

    /** The products of a BLAS, row-major, with distances between rows. */
    interface Products {

        /** {@code C ← alpha · A · B + beta · C} with A {@code [m × k]} and B {@code [k × n]}, transposed where said. */
        void single(
                boolean aTransposed,
                boolean bTransposed,
                int m,
                int n,
                int k,
                float alpha,
                float[] a,
                int aStride,
                float[] b,
                int bStride,
                float beta,
                float[] c,
                int cStride);

        /** The same in double precision. */
        void doubles(
                boolean aTransposed,
                boolean bTransposed,
                int m,
                int n,
                int k,
                double alpha,
                double[] a,
                int aStride,
                double[] b,
                int bStride,
                double beta,
                double[] c,
                int cStride);

        /** {@code y ← alpha · A · x + beta · y} with A {@code [m × n]} as it lies in memory, or of its transpose. */
        void vector(
                boolean transposed, int m, int n, float alpha, float[] a, int stride, float[] x, float beta, float[] y);

        /** {@code y ← x + y}. */
        void sum(float[] x, float[] y);
    }

    /** The first product that is wrong, in words; none if all are right. */
    static Optional<String> fault(Products products) {
        SplittableRandom random = new SplittableRandom(1);
        for (int[] size : SIZES) {
            Case matrices = new Case(size[0], size[1], size[2], random);
            float[] sum = transpose(matrices.a, size[0], size[2]);
            float[] right = plus(matrices.a, sum);
            products.sum(matrices.a, sum);
            if (!Arrays.equals(right, sum)) {
                return Optional.of("the sum of two vectors of " + sum.length + " is wrong");
            }
            for (int way = 0; way < 8; way++) {
                Optional<String> fault = matrices.fault(products, (way & 1) != 0, (way & 2) != 0, (way & 4) != 0);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private static float[] plus(float[] x, float[] y) {
        float[] sum = new float[x.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = x[i] + y[i];
        }
        return sum;
    }

    /** Two factors, what their product must be, and what rounding may do to it. */
    private static final class Case {

        private static final float ALPHA = 0.75f;
        private static final float BETA = -0.5f;
        /** Between the rows of a result lie values that no product may touch. */
        private static final int MARGIN = 3;

        private static final float UNTOUCHED = 12345;

        final int m;
        final int n;
        final int k;
        final float[] a;
        final float[] b;
        final float[] before;
        final double[] product;
        final double[] magnitude;

        Case(int m, int n, int k, SplittableRandom random) {
            this.m = m;
            this.n = n;
            this.k = k;
            a = values(m * k, random);
            b = values(k * n, random);
            before = values(m * n, random);
            product = new double[m * n];
            magnitude = new double[m * n];
            for (int i = 0; i < m; i++) {
                for (int l = 0; l < k; l++) {
                    addRow(a[i * k + l], l * n, i * n);
                }
            }
        }

        /** A method of its own, because it is called often enough to be compiled at once. */
        private void addRow(double factor, int from, int to) {
            for (int j = 0; j < n; j++) {
                double term = factor * b[from + j];
                product[to + j] += term;
                magnitude[to + j] += Math.abs(term);
            }
        }

        Optional<String> fault(Products products, boolean aTurned, boolean bTurned, boolean added) {
            float beta = added ? BETA : 0;
            float[] left = aTurned ? transpose(a, m, k) : a;
            float[] right = bTurned ? transpose(b, k, n) : b;
            int aStride = aTurned ? m : k;
            int bStride = bTurned ? k : n;
            int stride = n + MARGIN;
            float[] c = result(stride);
            products.single(aTurned, bTurned, m, n, k, ALPHA, left, aStride, right, bStride, beta, c, stride);
            String wrong = wrong(widened(c), stride, beta, Math.ulp(1f));
            if (wrong == null && aTurned == bTurned) {
                double[] d = widened(result(stride));
                products.doubles(
                        aTurned,
                        bTurned,
                        m,
                        n,
                        k,
                        ALPHA,
                        widened(left),
                        aStride,
                        widened(right),
                        bStride,
                        beta,
                        d,
                        stride);
                wrong = wrong(d, stride, beta, Math.ulp(1.0));
            }
            if (wrong == null && n == 1 && !bTurned) {
                float[] y = before.clone();
                products.vector(aTurned, aTurned ? k : m, aTurned ? m : k, ALPHA, left, aStride, b, beta, y);
                wrong = wrong(widened(y), 1, beta, Math.ulp(1f));
            }
            if (wrong == null) {
                return Optional.empty();
            }
            return Optional.of("the product [" + m + " × " + k + "] · [" + k + " × " + n + "]"
                    + (aTurned ? ", first factor transposed" : "")
                    + (bTurned ? ", second factor transposed" : "")
                    + (added ? ", added to the result" : "") + " " + wrong);
        }

        private float[] result(int stride) {
            float[] c = new float[m * stride];
            Arrays.fill(c, UNTOUCHED);
            for (int i = 0; i < m; i++) {
                System.arraycopy(before, i * n, c, i * stride, n);
            }
            return c;
        }

        private String wrong(double[] c, int stride, float beta, double ulp) {
            for (int at = 0; at < c.length; at++) {
                int row = at / stride;
                int column = at % stride;
                if (column >= n) {
                    if (c[at] != UNTOUCHED) {
                        return "writes beside row " + row + " of its result";
                    }
                    continue;
                }
                int i = row * n + column;
                double expected = ALPHA * product[i] + beta * before[i];
                double allowed = SLACK * ulp * (magnitude[i] + Math.abs(before[i])) * Math.max(2, Math.sqrt(k));
                if (!(Math.abs(c[at] - expected) <= allowed)) {
                    return String.format(
                            Locale.ROOT,
                            "is %.6g at row %d, column %d, but should be %.6g",
                            c[at],
                            row,
                            column,
                            expected);
                }
            }
            return null;
        }
    }

    private static float[] values(int n, SplittableRandom random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        return x;
    }

    private static float[] transpose(float[] x, int rows, int columns) {
        float[] turned = new float[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = x[i * columns + j];
            }
        }
        return turned;
    }

    private static double[] widened(float[] x) {
        double[] wide = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            wide[i] = x[i];
        }
        return wide;
    }
}
