package org.parsimony.pruning;

import java.util.List;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/** Adds the sub-gradient of {@code coefficient · Σ|w|} over the weights of some layers. */
record L1(List<LayerWeights> layers, double coefficient) implements Hook {

    @Override
    public void gradient(Training training) {
        float[] g = training.gradients();
        float[] w = training.weights();
        for (Parameter p : training.parameters()) {
            if (p.name().equals(LayerWeights.NAME) && layers.stream().anyMatch(layer -> layer.layer() == p.layer())) {
                for (int i = p.offset(); i < p.end(); i++) {
                    g[i] += (float) (coefficient * Math.signum(w[i]));
                }
            }
        }
    }
}
