package org.parsimony.transfer;

import org.parsimony.base.Require;
import org.parsimony.data.Samples;

/**
 * Histograms of gradients: features that nobody learned, for a teacher without a network. An image is divided into 4 × 4
 * cells; each pixel votes with the length of its gradient for the two of nine directions, 20° apart without sign, that are
 * nearest to its own; blocks of 2 × 2 cells are brought to length 1 (Dalal and Triggs, CVPR 2005). Of colours the channel with
 * the longest gradient votes.
 */
public final class Gradients {

    private static final int CELLS = 4;
    private static final int DIRECTIONS = 9;
    private static final int BLOCKS = CELLS - 1;
    private static final double SMALL = 1e-6;

    private Gradients() {}

    /**
     * Of every image 324 values.
     *
     * @throws IllegalArgumentException if the samples are no images of 4 × 4 pixels at least
     */
    public static Features of(Samples samples) {
        int[] shape = samples.shape();
        Require.that(
                shape.length == 3 && shape[1] >= CELLS && shape[2] >= CELLS,
                "samples have shape %s, but histograms of gradients need images [channels, height, width] of %d × %d pixels at"
                        + " least",
                java.util.Arrays.toString(shape),
                CELLS,
                CELLS);
        int width = BLOCKS * BLOCKS * 4 * DIRECTIONS;
        float[] all = new float[samples.size() * width];
        for (int i = 0; i < samples.size(); i++) {
            double[][] cells = cells(samples.features(), i * samples.inputs(), shape);
            int at = i * width;
            for (int block = 0; block < BLOCKS * BLOCKS; block++) {
                int corner = block / BLOCKS * CELLS + block % BLOCKS;
                int[] four = {corner, corner + 1, corner + CELLS, corner + CELLS + 1};
                double squares = SMALL;
                for (int cell : four) {
                    for (double votes : cells[cell]) {
                        squares += votes * votes;
                    }
                }
                for (int cell : four) {
                    for (double votes : cells[cell]) {
                        all[at++] = (float) (votes / Math.sqrt(squares));
                    }
                }
            }
        }
        return new Features(width, all);
    }

    private static double[][] cells(float[] x, int from, int[] shape) {
        int height = shape[1];
        int width = shape[2];
        double[][] cells = new double[CELLS * CELLS][DIRECTIONS];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                double dx = 0;
                double dy = 0;
                for (int channel = 0; channel < shape[0]; channel++) {
                    int plane = from + channel * height * width;
                    double h = x[plane + r * width + Math.min(width - 1, c + 1)]
                            - x[plane + r * width + Math.max(0, c - 1)];
                    double v = x[plane + Math.min(height - 1, r + 1) * width + c]
                            - x[plane + Math.max(0, r - 1) * width + c];
                    if (h * h + v * v > dx * dx + dy * dy) {
                        dx = h;
                        dy = v;
                    }
                }
                vote(cells[r * CELLS / height * CELLS + c * CELLS / width], dx, dy);
            }
        }
        return cells;
    }

    /** Shared between the two nearest directions, by nearness. */
    private static void vote(double[] histogram, double dx, double dy) {
        double angle = Math.atan2(dy, dx);
        double place = (angle < 0 ? angle + Math.PI : angle) / Math.PI * DIRECTIONS;
        int low = (int) Math.floor(place);
        double beyond = place - low;
        double length = Math.sqrt(dx * dx + dy * dy);
        histogram[low % DIRECTIONS] += length * (1 - beyond);
        histogram[(low + 1) % DIRECTIONS] += length * beyond;
    }
}
