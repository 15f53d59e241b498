package org.parsimony.annealing.cost;

import java.util.Arrays;

/** Soft-max and cross-entropy of one tile: log Σ exp(logit) - logit of the right class, never below 0. */
final class CrossEntropy {

    /** Whether no logit is below 0, so that none is further below the greatest than that is above 0. */
    private final boolean rectified;

    private final float[] top = new float[Tiles.SIZE];
    private final float[] right = new float[Tiles.SIZE];
    private final float[] sum = new float[Tiles.SIZE];

    CrossEntropy(boolean rectified) {
        this.rectified = rectified;
    }

    /**
     * The summed loss of one tile.
     *
     * @param logits one column a class
     * @param runs the places of each class's images, see {@link Tiles#runs()}
     * @param n images in the tile
     */
    double total(float[][] logits, int[] runs, int n) {
        prepare(logits, runs, n);
        return Kernels.sum(right, n) + Kernels.sumOfLogarithms(sum, n, logits.length);
    }

    /** Every image's loss. */
    void each(float[] losses, float[][] logits, int[] runs, int n) {
        prepare(logits, runs, n);
        for (int i = 0; i < n; i++) {
            losses[i] = (float) (right[i] + Math.log(sum[i]));
        }
    }

    /** Leaves top - right logit in {@code right} and Σ exp(logit - top), at least 1, in {@code sum}. */
    private void prepare(float[][] logits, int[] runs, int n) {
        System.arraycopy(logits[0], 0, top, 0, n);
        for (int c = 1; c < logits.length; c++) {
            Kernels.raise(top, logits[c], n);
        }
        Arrays.fill(sum, 0, n, 0);
        boolean near = rectified && Kernels.greatest(top, right, n) < -Kernels.NEAR;
        for (int c = 0; c < logits.length; c++) {
            if (near) {
                Kernels.addExpNear(sum, logits[c], top, n);
            } else {
                Kernels.addExp(sum, logits[c], top, n);
            }
            System.arraycopy(logits[c], runs[c], right, runs[c], runs[c + 1] - runs[c]);
        }
        Kernels.subtract(right, top, right, n);
    }
}
