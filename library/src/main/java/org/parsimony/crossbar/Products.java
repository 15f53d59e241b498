package org.parsimony.crossbar;

import java.util.Arrays;

/**
 * Products of one array's weights {@code [outputs × inputs]} with the columns of a matrix, in floats. Rows are copied into arrays
 * of their own before they are added up: only where every index is the same do compilers use vector instructions.
 */
final class Products {

    private static final int TOGETHER = 4;

    private Products() {}

    /** y = W x for x {@code [inputs × columns]}, y {@code [outputs × columns]}; zeros of a single column cost nothing. */
    static void forward(float[] w, int outputs, int inputs, float[] x, int columns, float[] y) {
        if (columns == 1) {
            single(w, outputs, inputs, x, y);
            return;
        }
        float[][] rows = rows(x, inputs, columns);
        for (int i = 0; i < outputs; i++) {
            float[] sums = new float[columns];
            int at = i * inputs;
            for (int j = 0; j < rows.length; j += TOGETHER) {
                add(
                        sums,
                        w[at + j],
                        rows[j],
                        weight(w, at, j + 1, inputs),
                        rows[j + 1],
                        weight(w, at, j + 2, inputs),
                        rows[j + 2],
                        weight(w, at, j + 3, inputs),
                        rows[j + 3]);
            }
            System.arraycopy(sums, 0, y, i * columns, columns);
        }
    }

    private static float weight(float[] w, int from, int j, int inputs) {
        return j < inputs ? w[from + j] : 0;
    }

    private static void single(float[] w, int outputs, int inputs, float[] x, float[] y) {
        int[] at = new int[inputs];
        float[] values = new float[inputs];
        int n = 0;
        for (int j = 0; j < inputs; j++) {
            if (x[j] != 0) {
                at[n] = j;
                values[n++] = x[j];
            }
        }
        for (int i = 0; i < outputs; i++) {
            int from = i * inputs;
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int k = 0;
            for (; k + 3 < n; k += 4) {
                a += w[from + at[k]] * values[k];
                b += w[from + at[k + 1]] * values[k + 1];
                c += w[from + at[k + 2]] * values[k + 2];
                d += w[from + at[k + 3]] * values[k + 3];
            }
            for (; k < n; k++) {
                a += w[from + at[k]] * values[k];
            }
            y[i] = (a + b) + (c + d);
        }
    }

    /** z = W' d for d {@code [outputs × columns]} but for its last rows, z {@code [rows × columns]} with rows ≤ inputs. */
    static void backward(float[] w, int outputs, int inputs, int rows, float[] d, int columns, float[] z) {
        if (columns == 1) {
            // rows of W, of which a column of d is the factor
            float[][] some = new float[TOGETHER][rows];
            float[] factors = new float[TOGETHER];
            float[] sums = new float[rows];
            int n = 0;
            for (int i = 0; i < outputs; i++) {
                if (d[i] != 0) {
                    System.arraycopy(w, i * inputs, some[n], 0, rows);
                    factors[n++] = d[i];
                }
                if (n == TOGETHER || i == outputs - 1 && n > 0) {
                    Arrays.fill(factors, n, TOGETHER, 0);
                    add(sums, factors[0], some[0], factors[1], some[1], factors[2], some[2], factors[3], some[3]);
                    n = 0;
                }
            }
            System.arraycopy(sums, 0, z, 0, rows);
            return;
        }
        float[][] errors = rows(d, outputs, columns);
        for (int j = 0; j < rows; j++) {
            float[] sums = new float[columns];
            for (int i = 0; i < errors.length; i += TOGETHER) {
                add(
                        sums,
                        w[i * inputs + j],
                        errors[i],
                        i + 1 < outputs ? w[(i + 1) * inputs + j] : 0,
                        errors[i + 1],
                        i + 2 < outputs ? w[(i + 2) * inputs + j] : 0,
                        errors[i + 2],
                        i + 3 < outputs ? w[(i + 3) * inputs + j] : 0,
                        errors[i + 3]);
            }
            System.arraycopy(sums, 0, z, j * columns, columns);
        }
    }

    /** Adds {@code rate} · d x' to w for x {@code [inputs × columns]}, d {@code [outputs × columns]}. */
    static void outer(float[] w, int outputs, int inputs, float rate, float[] x, float[] d, int columns) {
        int[] at = new int[columns];
        float[] values = new float[columns];
        for (int i = 0; i < outputs; i++) {
            int n = 0;
            for (int c = 0; c < columns; c++) {
                if (d[i * columns + c] != 0) {
                    values[n] = rate * d[i * columns + c];
                    at[n++] = c;
                }
            }
            for (int j = 0; n > 0 && j < inputs; j++) {
                float sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += values[k] * x[j * columns + at[k]];
                }
                w[i * inputs + j] += sum;
            }
        }
    }

    /** The rows of a matrix, and rows of zeros up to a multiple of {@link #TOGETHER}. */
    private static float[][] rows(float[] matrix, int rows, int columns) {
        float[][] apart = new float[(rows + TOGETHER - 1) / TOGETHER * TOGETHER][];
        for (int r = 0; r < apart.length; r++) {
            apart[r] = r < rows ? Arrays.copyOfRange(matrix, r * columns, (r + 1) * columns) : new float[columns];
        }
        return apart;
    }

    /** Adds four rows to {@code y}. */
    private static void add(
            float[] y, float a, float[] x0, float b, float[] x1, float c, float[] x2, float d, float[] x3) {
        for (int k = 0; k < y.length; k++) {
            y[k] += (a * x0[k] + b * x1[k]) + (c * x2[k] + d * x3[k]);
        }
    }
}
