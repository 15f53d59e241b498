package org.parsimony.dynhp;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Wiring;

/**
 * The importance of units by their weights: ‖into the unit‖₂ · ‖what reads it‖₂, over all layers that make and read it. Where
 * batch norm follows, the scale γ stands for the norm of the weights into the unit, which it makes meaningless. Divided by the
 * layer's mean, so that layers can be compared.
 */
final class UnitNorms {

    private UnitNorms() {}

    /**
     * By layer, a score for each unit; infinite for units that must stay.
     *
     * @param gone by layer, units that are powerless and do not count
     */
    static Map<Integer, double[]> of(Model model, Map<Integer, boolean[]> gone) {
        Map<Integer, double[]> scores = new TreeMap<>();
        for (int layer : Surgery.layers(model)) {
            double[] read = Surgery.readNorms(model, layer);
            double[] squares = new double[read.length];
            for (int maker : Surgery.tied(model, layer)) {
                int[] places = Surgery.counterparts(model, layer, maker);
                double[] own = into(model, maker);
                for (int unit = 0; unit < squares.length; unit++) {
                    squares[unit] += places[unit] < 0 ? 0 : own[places[unit]] * own[places[unit]];
                }
            }
            double[] score = new double[read.length];
            Arrays.setAll(score, unit -> Math.sqrt(squares[unit]) * read[unit]);
            double mean = IntStream.range(0, score.length)
                    .filter(unit -> !gone.get(layer)[unit] && Double.isFinite(score[unit]))
                    .mapToDouble(unit -> score[unit])
                    .average()
                    .orElse(1);
            for (int unit = 0; unit < score.length; unit++) {
                score[unit] = Double.isNaN(score[unit]) || Double.isInfinite(read[unit])
                        ? Double.POSITIVE_INFINITY
                        : mean > 0 ? score[unit] / mean : 0;
            }
            scores.put(layer, score);
        }
        return scores;
    }

    /** Of each unit of a layer the norm of the weights into it, or the scale of the batch norm that follows. */
    private static double[] into(Model model, int layer) {
        Wiring wiring = model.net().wiring();
        for (int n = 0; n < wiring.nodes().size(); n++) {
            if (wiring.nodes().get(n).layer() == layer) {
                for (int reader : wiring.readers(n)) {
                    Wiring.Node node = wiring.nodes().get(reader);
                    INDArray scale = node.conf() instanceof BatchNormalization
                            ? model.net().layer(node.layer()).getParam("gamma")
                            : null;
                    if (scale != null) {
                        return scale.dup().data().asDouble();
                    }
                }
            }
        }
        INDArray weights = model.net().layer(layer).getParam("W");
        INDArray norms = weights.rank() == 4 ? weights.norm2(1, 2, 3) : weights.norm2(0);
        return norms.dup().data().asDouble();
    }
}
