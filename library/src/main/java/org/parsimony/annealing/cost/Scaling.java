package org.parsimony.annealing.cost;

/**
 * Batch norm of each unit of one stage as scale · (sum - center) + shift. The center is subtracted first because a unit
 * that hardly varies has a great scale, before which sums and mean must not lose their difference to rounding.
 */
final class Scaling {

    private final Stage stage;
    private final float[] center;
    private final float[] scale;
    private final float[] shift;

    Scaling(Stage stage) {
        this.stage = stage;
        this.center = new float[stage.units()];
        this.scale = Kernels.filled(stage.units(), 1);
        this.shift = new float[stage.units()];
    }

    /** Sets one unit's statistics. */
    void set(int unit, double mean, double variance) {
        Stage.Norm norm = stage.norm();
        double s = norm.gamma()[unit] / Math.sqrt(variance + norm.epsilon());
        center[unit] = (float) mean;
        scale[unit] = (float) s;
        shift[unit] = (float) (norm.beta()[unit] + s * (center[unit] - mean));
    }

    /** Takes one unit's statistics from another scaling of the same stage. */
    void set(int unit, Scaling other) {
        center[unit] = other.center[unit];
        scale[unit] = other.scale[unit];
        shift[unit] = other.shift[unit];
    }

    /** The mean of one unit, rounded. */
    float center(int unit) {
        return center[unit];
    }

    /** What comes out of the stage for one unit and tile. */
    void activate(float[] out, float[] sums, int unit, int n) {
        if (stage.norm() == null) {
            System.arraycopy(sums, 0, out, 0, n);
            if (stage.rectified()) {
                Kernels.rectify(out, n);
            }
        } else if (stage.rectified()) {
            Kernels.affineRectified(out, sums, center[unit], scale[unit], shift[unit], n);
        } else {
            Kernels.affine(out, sums, center[unit], scale[unit], shift[unit], n);
        }
    }
}
