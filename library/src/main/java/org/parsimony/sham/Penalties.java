package org.parsimony.sham;

import java.util.List;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/** What pruning adds to gradients: an L1 penalty on the chosen layers' weights, and biases that stay where they are. */
record Penalties(List<Weights> layers, double l1, Sham.Biases biases) implements Hook {

    @Override
    public void gradient(Training training) {
        float[] g = training.gradients();
        float[] w = training.weights();
        for (Parameter p : training.parameters()) {
            boolean penalised =
                    l1 > 0 && p.name().equals("W") && layers.stream().anyMatch(layer -> layer.layer() == p.layer());
            if (penalised) {
                for (int i = p.offset(); i < p.end(); i++) {
                    g[i] += (float) (l1 * Math.signum(w[i]));
                }
            }
            if (biases == Sham.Biases.REMOVE && p.name().equals("b")) {
                java.util.Arrays.fill(g, p.offset(), p.end(), 0);
            }
        }
    }
}
