package org.parsimony.coding.prototypes;

import java.util.Arrays;
import org.parsimony.coding.columns.Panels;

/** Y = XW on a {@link PrototypeCode}: every block is decoded once for all panels of vectors. */
final class PrototypeBatch {

    private final PrototypeCode code;
    private final Predictions predictions;
    private final double[] above;
    private final Panels panels;
    private final float[] y;
    private final double[] predicted;
    private int cluster = -1;

    private int[] rowOf = new int[1024];
    private double[] weights = new double[1024];
    private int[] place = new int[1024];
    private int n;

    PrototypeBatch(PrototypeCode code, Predictions predictions, double[] above, Panels panels, float[] y) {
        this.code = code;
        this.predictions = predictions;
        this.above = above;
        this.panels = panels;
        this.y = y;
        predicted = new double[panels.count * Panels.LANES];
    }

    void block(int block) {
        if (code.blockCluster[block] != cluster) {
            cluster = code.blockCluster[block];
            predict();
        }
        n = 0;
        long[] rows = code.places[cluster];
        code.walk(block, (k, i, rank) -> add(k, PrototypeCode.row(rows[i]), above[PrototypeCode.list(rows[i]) + rank]));
        int first = code.blockStart[block];
        int columns = code.blockStart[block + 1] - first;
        double[] sums = new double[columns * Panels.LANES];
        double[] out = new double[Panels.LANES];
        for (int panel = 0; panel < panels.count; panel++) {
            for (int k = 0; k < columns; k++) {
                System.arraycopy(predicted, panel * Panels.LANES, sums, k * Panels.LANES, Panels.LANES);
            }
            for (int from = 0; from < n; ) {
                int to = from + 1;
                while (to < n && place[to] == place[from]) {
                    to++;
                }
                int at = (place[from] - first) * Panels.LANES;
                System.arraycopy(sums, at, out, 0, Panels.LANES);
                panels.accumulate(panel, from, to, rowOf, weights, out);
                System.arraycopy(out, 0, sums, at, Panels.LANES);
                from = to;
            }
            store(panel, first, columns, sums);
        }
    }

    private void store(int panel, int first, int columns, double[] sums) {
        for (int lane = 0; lane < Panels.LANES && panel * Panels.LANES + lane < panels.batch(); lane++) {
            int row = (panel * Panels.LANES + lane) * code.cols;
            for (int k = 0; k < columns; k++) {
                y[row + code.order[first + k]] = (float) sums[k * Panels.LANES + lane];
            }
        }
    }

    private void predict() {
        int from = predictions.start[cluster];
        int to = predictions.start[cluster + 1];
        double[] out = new double[Panels.LANES];
        for (int panel = 0; panel < panels.count; panel++) {
            Arrays.fill(out, 0);
            panels.accumulate(panel, from, to, predictions.rowOf, predictions.weights, out);
            System.arraycopy(out, 0, predicted, panel * Panels.LANES, Panels.LANES);
        }
    }

    private void add(int column, int row, double weight) {
        if (n == rowOf.length) {
            rowOf = Arrays.copyOf(rowOf, 2 * n);
            weights = Arrays.copyOf(weights, 2 * n);
            place = Arrays.copyOf(place, 2 * n);
        }
        rowOf[n] = row;
        weights[n] = weight;
        place[n++] = column;
    }
}
