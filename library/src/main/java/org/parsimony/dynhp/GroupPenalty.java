package org.parsimony.dynhp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Groups.Group;
import org.parsimony.network.training.GroupLasso;

/**
 * The group lasso on the units that may go, λ · Σ √g · ‖w_unit‖₂. λ is set once, so that the penalty is a share r of loss and
 * penalty together: λ = r·L / ((1 − r)·R₀), as PruneTrain's code does (Lym and others, SC 2019). The √g are those of the dense
 * network throughout: a removal then changes nothing for the units that stay.
 *
 * @param lambda λ
 * @param roots by layer, √g of the dense network
 */
record GroupPenalty(double lambda, Map<Integer, Double> roots) {

    /**
     * The penalty for a dense network.
     *
     * @param loss of it, in nats
     * @param share r of the penalty, from 0 to below 1
     */
    static GroupPenalty of(Model model, double loss, double share) {
        Map<Integer, Double> roots = new TreeMap<>();
        double sum = 0;
        for (Group group : Surgery.groups(model)) {
            for (int layer : group.layers()) {
                double root = Math.sqrt(weightsOfAUnit(model, layer));
                if (roots.put(layer, root) == null) {
                    INDArray weights = weights(model, layer);
                    INDArray norms = weights.rank() == 4 ? weights.norm2(1, 2, 3) : weights.norm2(0);
                    sum += root * norms.sumNumber().doubleValue();
                }
            }
        }
        return new GroupPenalty(sum == 0 ? 0 : share * loss / ((1 - share) * sum), roots);
    }

    private static INDArray weights(Model model, int layer) {
        return model.net().layer(layer).getParam("W");
    }

    private static double weightsOfAUnit(Model model, int layer) {
        return (double) weights(model, layer).length() / Surgery.units(model, layer);
    }

    /** Puts the penalty beside those that the layers have. */
    void on(Model model) {
        roots.forEach((layer, root) -> {
            double coefficient = lambda * root / Math.sqrt(weightsOfAUnit(model, layer));
            List<Regularization> all = new ArrayList<>(penalties(model, layer));
            all.add(new GroupLasso(coefficient, Surgery.units(model, layer)));
            conf(model, layer).setRegularization(all);
        });
    }

    /** Takes away what {@link #on} put there. */
    void off(Model model) {
        roots.keySet().forEach(layer -> {
            List<Regularization> all = penalties(model, layer);
            conf(model, layer).setRegularization(new ArrayList<>(all.subList(0, all.size() - 1)));
        });
    }

    private static List<Regularization> penalties(Model model, int layer) {
        List<Regularization> all = conf(model, layer).getRegularization();
        return all == null ? List.of() : all;
    }

    private static BaseLayer conf(Model model, int layer) {
        return (BaseLayer) model.net().conf(layer);
    }
}
