package org.parsimony.annealing.cost;

import java.util.Arrays;

/** Mean and variance of one unit over all images, gathered tile by tile about a value near the mean. */
final class Moments {

    /** Below this share of the mean square about the chosen value, the variance would be mostly rounding. */
    private static final double TRUSTED = 0.1;

    private final float[] first = new float[Tiles.SIZE];
    private final float[] second = new float[Tiles.SIZE];
    private float about;
    private double mean;
    private double variance;
    private boolean precise;

    /** Starts anew. */
    void about(float value) {
        about = value;
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }

    void add(float[] column, int n) {
        Kernels.addMoments(first, second, column, about, n);
    }

    /** Closes the sums over {@code images} values. */
    void finish(int images) {
        double shift = Kernels.sum(first, Tiles.SIZE) / images;
        double square = Kernels.sum(second, Tiles.SIZE) / images;
        mean = about + shift;
        variance = Math.max(0, square - shift * shift);
        precise = variance >= TRUSTED * square;
    }

    double mean() {
        return mean;
    }

    /** Biased, as batch norm takes it. */
    double variance() {
        return variance;
    }

    /** Whether the variance is good; if not, gather once more about {@link #mean()}. */
    boolean isPrecise() {
        return precise;
    }
}
