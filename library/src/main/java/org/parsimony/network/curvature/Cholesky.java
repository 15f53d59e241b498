package org.parsimony.network.curvature;

/**
 * Cholesky factors, in blocks of which all but the diagonal is products. Not LAPACK's: the triangular solvers that OpenBLAS
 * 0.3.19 has for AVX-512 give wrong results, and only its products are checked before they are used.
 */
final class Cholesky {

    private static final int BLOCK = 48;

    private Cholesky() {}

    /**
     * L⁻¹ of the factorisation LLᵀ, lower triangular, {@code [n × n]}, row-major.
     *
     * @param matrix symmetric, {@code [n × n]}, of which the lower triangle is read
     * @throws ArithmeticException if it is not positive definite, or has a value that is not finite
     */
    static double[] inverseFactor(int n, double[] matrix) {
        double[] factor = matrix.clone();
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            eliminate(n, factor, from, to);
            takeFromRest(n, factor, from, to);
        }
        return invert(n, factor);
    }

    /** The columns of one block of L: the triangle on the diagonal, and what stands below it. */
    private static void eliminate(int n, double[] a, int from, int to) {
        for (int i = from; i < n; i++) {
            for (int j = from; j < Math.min(i, to); j++) {
                a[i * n + j] = (a[i * n + j] - dot(a, i * n, j * n, from, j)) / a[j * n + j];
            }
            if (i < to) {
                double square = a[i * n + i] - dot(a, i * n, i * n, from, i);
                if (!(square > 0) || square == Double.POSITIVE_INFINITY) {
                    throw new ArithmeticException("a factor of " + n + " × " + n
                            + " has no Cholesky factor: it is singular or has a value that is not finite (row " + i
                            + "); take more damping, or look for weights or samples that are not finite");
                }
                a[i * n + i] = Math.sqrt(square);
            }
        }
    }

    private static double dot(double[] a, int x, int y, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += a[x + k] * a[y + k];
        }
        return sum;
    }

    /** What a block's columns contribute to the columns behind it. */
    private static void takeFromRest(int n, double[] a, int from, int to) {
        int rows = n - to;
        int width = to - from;
        if (rows == 0) {
            return;
        }
        double[] panel = new double[rows * width];
        double[] turned = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < width; k++) {
                double value = a[(to + i) * n + from + k];
                panel[i * width + k] = value;
                turned[k * rows + i] = value;
            }
        }
        double[] product = SquareMatrix.multiply(rows, rows, width, 1, panel, width, false, turned, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j++) {
                a[(to + i) * n + to + j] -= product[i * rows + j];
            }
        }
    }

    /** The inverse of the lower triangle, block row by block row. */
    private static double[] invert(int n, double[] factor) {
        double[] inverse = new double[n * n];
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            double[] left = new double[(to - from) * from];
            for (int i = from; i < to; i++) {
                System.arraycopy(factor, i * n, left, (i - from) * from, from);
                inverse[i * n + i] = 1;
            }
            double[] product = SquareMatrix.multiply(to - from, from, from, -1, left, from, false, inverse, n);
            for (int i = from; i < to; i++) {
                System.arraycopy(product, (i - from) * from, inverse, i * n, from);
            }
            substitute(n, factor, inverse, from, to);
        }
        return inverse;
    }

    /** Solves with the triangle on the diagonal for the rows of a block. */
    private static void substitute(int n, double[] factor, double[] rows, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int k = from; k < i; k++) {
                double weight = factor[i * n + k];
                for (int j = 0; j <= k; j++) {
                    rows[i * n + j] -= weight * rows[k * n + j];
                }
            }
            for (int j = 0; j <= i; j++) {
                rows[i * n + j] /= factor[i * n + i];
            }
        }
    }
}
