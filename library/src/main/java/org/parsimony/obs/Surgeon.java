package org.parsimony.obs;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.curvature.Curvature;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;

/**
 * The surgeon's importance: {@code w_q² / (2 [H⁻¹]_qq)}, what the mean loss rises at least, to second order, if weight q goes
 * and the others of its layer make up for it. It is in nats, so weights of different layers compare. What they become when
 * many go is {@link Update}'s.
 *
 * <p>B. Hassibi and D. Stork, Second order derivatives for network pruning: optimal brain surgeon, NeurIPS 1992, equation 5.
 *
 * @param fisher how much of the curvature is kept
 * @param update what the others become
 * @param damping added to the curvature's diagonal, above 0; as it grows, the importance becomes magnitude
 */
public record Surgeon(Fisher fisher, Update update, double damping) implements Importance {

    public Surgeon {
        Require.oneOf("fisher", fisher, Fisher.values());
        Require.oneOf("update", update, Update.values());
        Require.positive("damping", damping);
    }

    @Override
    public List<float[]> scores(Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
        List<float[]> scores = new ArrayList<>();
        for (LayerWeights layer : layers) {
            double[] inverse =
                    fisher.of(model, data, layer, samples, damping, context).inverseDiagonal();
            float[] w = layer.read(model);
            for (int i = 0; i < w.length; i++) {
                w[i] = (float) ((double) w[i] * w[i] / (2 * inverse[i]));
            }
            scores.add(w);
        }
        return scores;
    }

    @Override
    public void makeUp(
            Model model, Dataset data, List<LayerWeights> layers, List<boolean[]> out, int samples, Context context) {
        if (update == Update.NONE || fisher == Fisher.DIAGONAL) {
            return; // the masks alone do it
        }
        List<float[]> changed = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            Curvature curvature = fisher.of(model, data, layers.get(l), samples, damping, context);
            float[] now = layers.get(l).read(model);
            double[] w = new double[now.length];
            for (int i = 0; i < w.length; i++) {
                w[i] = now[i];
            }
            update.apply(curvature, w, out.get(l));
            for (int i = 0; i < w.length; i++) {
                now[i] = (float) w[i];
            }
            changed.add(now);
        }
        // all curvatures are those of the network as it was
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).write(model, changed.get(l));
            model.constraints().ties().remove(layers.get(l).layer());
        }
    }
}
