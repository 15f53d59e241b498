package org.parsimony.coding.columns;

import java.util.Arrays;

/**
 * A batch of vectors in panels of {@value #LANES}: {@code [panel][row][lane]}, so that a weight meets its lanes at once.
 * Internal to the rooms of {@code coding}.
 */
public final class Panels {

    /** Vectors of a panel. */
    public static final int LANES = 8;

    /** Number of panels. */
    public final int count;

    final double[] values;
    private final int rows;
    private final int batch;

    /** @param x {@code [batch × rows]}, row-major */
    public Panels(float[] x, int rows, int batch) {
        this.rows = rows;
        this.batch = batch;
        count = (batch + LANES - 1) / LANES;
        values = new double[Math.multiplyExact(count * LANES, rows)];
        for (int vector = 0; vector < batch; vector++) {
            int at = vector / LANES * rows * LANES + vector % LANES;
            for (int row = 0; row < rows; row++) {
                values[at + row * LANES] = x[vector * rows + row];
            }
        }
    }

    /** Writes one column of y, {@code [batch × cols]}, from the list of the column's weights. */
    void column(int col, int n, int[] rowOf, float[] weights, float[] y, int cols) {
        double[] exact = new double[n];
        for (int k = 0; k < n; k++) {
            exact[k] = weights[k];
        }
        double[] out = new double[LANES];
        for (int panel = 0; panel < count; panel++) {
            Arrays.fill(out, 0);
            accumulate(panel, 0, n, rowOf, exact, out);
            for (int lane = 0; lane < LANES && panel * LANES + lane < batch; lane++) {
                y[(panel * LANES + lane) * cols + col] = (float) out[lane];
            }
        }
    }

    /** {@code out[lane] += Σ weight · x[lane]} over entries {@code from} to {@code to} of a list. */
    public void accumulate(int panel, int from, int to, int[] rowOf, double[] weights, double[] out) {
        double[] x = values;
        int base = panel * rows * LANES;
        double a = out[0];
        double b = out[1];
        double c = out[2];
        double d = out[3];
        double e = out[4];
        double f = out[5];
        double g = out[6];
        double h = out[7];
        for (int k = from; k < to; k++) {
            int at = base + rowOf[k] * LANES;
            double w = weights[k];
            a += w * x[at];
            b += w * x[at + 1];
            c += w * x[at + 2];
            d += w * x[at + 3];
            e += w * x[at + 4];
            f += w * x[at + 5];
            g += w * x[at + 6];
            h += w * x[at + 7];
        }
        out[0] = a;
        out[1] = b;
        out[2] = c;
        out[3] = d;
        out[4] = e;
        out[5] = f;
        out[6] = g;
        out[7] = h;
    }

    /** Number of vectors. */
    public int batch() {
        return batch;
    }
}
