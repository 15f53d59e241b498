package org.parsimony.network.curvature;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import org.parsimony.base.Require;
import org.parsimony.network.Backend;

/**
 * A symmetric matrix in doubles.
 *
 * @param size rows and columns, at least 1
 * @param values {@code [size × size]}, row-major; shared, read-only
 */
public record SquareMatrix(int size, double[] values) {

    public SquareMatrix {
        Require.atLeast("size", size, 1);
        Require.that(
                values.length == (long) size * size,
                "there are %d values, but a matrix of %d rows needs the square of that",
                values.length,
                size);
    }

    /** The identity times {@code value}. */
    public static SquareMatrix scaled(int size, double value) {
        return new SquareMatrix(size, new double[size * size]).plus(value);
    }

    /**
     * {@code scale · XᵀX}.
     *
     * @param rows X, {@code [n × size]}, row-major
     */
    public static SquareMatrix gram(int size, double[] rows, double scale) {
        double[] values = multiply(size, size, rows.length / size, scale, rows, size, true, rows, size);
        return new SquareMatrix(size, values);
    }

    /**
     * {@code XXᵀ}.
     *
     * @param rows X, {@code [size × n]}, row-major
     */
    public static SquareMatrix outer(int size, double[] rows) {
        int n = rows.length / size;
        double[] columns = new double[rows.length];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < n; k++) {
                columns[k * size + i] = rows[i * n + k];
            }
        }
        return gram(size, columns, 1);
    }

    /** This and {@code value} on the diagonal. */
    public SquareMatrix plus(double value) {
        double[] sum = values.clone();
        for (int i = 0; i < size; i++) {
            sum[i * size + i] += value;
        }
        return new SquareMatrix(size, sum);
    }

    /** The diagonal. */
    public double[] diagonal() {
        double[] diagonal = new double[size];
        for (int i = 0; i < size; i++) {
            diagonal[i] = values[i * size + i];
        }
        return diagonal;
    }

    /**
     * The inverse by a Cholesky factor, in O(size³).
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    public SquareMatrix inverse() {
        double[] root = Cholesky.inverseFactor(size, values);
        double[] inverse = multiply(size, size, size, 1, root, size, true, root, size);
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                inverse[i * size + j] = inverse[j * size + i];
            }
        }
        return new SquareMatrix(size, inverse);
    }

    /** {@code this · right}, of {@code [size × columns]}, both row-major. */
    public double[] before(double[] right, int columns) {
        return multiply(size, columns, size, 1, values, size, false, right, columns);
    }

    /** {@code left · this}, of {@code [rows × size]}, both row-major. */
    public double[] after(double[] left, int rows) {
        return multiply(rows, size, size, 1, left, size, false, values, size);
    }

    static double[] multiply(
            int m, int n, int k, double scale, double[] a, int aStride, boolean aTransposed, double[] b, int bStride) {
        Backend.tame();
        double[] c = new double[m * n];
        if (k > 0) {
            cblas_dgemm(
                    CblasRowMajor,
                    aTransposed ? CblasTrans : CblasNoTrans,
                    CblasNoTrans,
                    m,
                    n,
                    k,
                    scale,
                    a,
                    aStride,
                    b,
                    bStride,
                    0,
                    c,
                    n);
        }
        return c;
    }
}
