package org.parsimony.annealing.cost;

import java.util.Arrays;
import org.parsimony.network.Statistics;

/** What one stage computes under the current mask. */
final class StageState {

    final Stage stage;
    /** Whether batch norm here takes its statistics from the images. */
    final boolean measured;
    /** Weights {@code [units × inputs]} with zeros where the mask removes them. */
    final float[] effective;
    /** Number of each unit's weights that are not removed. */
    final int[] active;

    final Scaling scaling;
    /** Sums before batch norm: {@code [tile][unit][image]}. */
    final float[][][] sums;
    /** What the next stage reads, {@code [tile][unit][image]}; null for the last stage. */
    final float[][][] outputs;

    StageState(Stage stage, Statistics statistics, int tiles, boolean last) {
        this.stage = stage;
        this.measured = stage.norm() != null && statistics == Statistics.BATCH;
        this.effective = stage.weights().clone();
        this.active = new int[stage.units()];
        this.scaling = new Scaling(stage);
        this.sums = new float[tiles][stage.units()][Tiles.SIZE];
        this.outputs = last ? null : new float[tiles][stage.units()][Tiles.SIZE];
        if (stage.norm() != null && !measured) {
            for (int u = 0; u < stage.units(); u++) {
                scaling.set(u, stage.norm().mean()[u], stage.norm().variance()[u]);
            }
        }
    }

    /** Keeps the weights that {@code mask} (of the shape of DL4J's weights, {@code [inputs × units]}) keeps. */
    void mask(float[] mask) {
        int units = stage.units();
        int inputs = stage.inputs();
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < inputs; i++) {
                effective[u * inputs + i] = mask == null || mask[i * units + u] != 0 ? weight(u, i) : 0;
            }
        }
        countActive();
    }

    private void countActive() {
        Arrays.fill(active, 0);
        for (int k = 0; k < effective.length; k++) {
            active[k / stage.inputs()] += effective[k] != 0 ? 1 : 0;
        }
    }

    /** The weight of unit {@code u} for input {@code i}, kept or not. */
    float weight(int u, int i) {
        return stage.weights()[u * stage.inputs() + i];
    }

    /** Removes a weight that is kept, or brings one back. */
    void flip(int u, int i) {
        int k = u * stage.inputs() + i;
        boolean was = effective[k] != 0;
        effective[k] = was ? 0 : stage.weights()[k];
        active[u] += (effective[k] != 0 ? 1 : 0) - (was ? 1 : 0);
    }

    /** Whether what comes out differs from the sums. */
    boolean isActive() {
        return stage.norm() != null || stage.rectified();
    }
}
