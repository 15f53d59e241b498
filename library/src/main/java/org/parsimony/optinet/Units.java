package org.parsimony.optinet;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Removal;

/**
 * Which units of a layer are kept at the width that OptiNET found for it: its own choice, and those that an ablation sets
 * beside it at equal widths.
 */
public enum Units {
    /** The highest-ranked ones by the measure that found the width: OptiNET. */
    ENTROPY,
    /** Those whose own entropy is greatest, whatever the others say. */
    MARGINAL,
    /** Chosen at random. */
    RANDOM,
    /** Those with the greatest Euclidean norm of incoming weights. */
    MAGNITUDE;

    /** The {@code width} units of {@code entropy}'s layer to keep, in the layer's order. */
    int[] kept(
            Model model,
            LayerEntropy entropy,
            int width,
            Dataset data,
            Samples probe,
            OptiNET.Options options,
            Context context) {
        int layer = entropy.layer();
        return switch (this) {
            case ENTROPY -> entropy.best(width);
            case MARGINAL ->
                LayerEntropy.of(
                                model,
                                layer,
                                probe,
                                LayerEntropy.Measure.MARGINAL,
                                options.bins(),
                                options.maxCorrelation(),
                                context.progress())
                        .best(width);
            case RANDOM -> greatest(Importance.RANDOM, model, layer, width, data, context);
            case MAGNITUDE -> greatest(Importance.MAGNITUDE, model, layer, width, data, context);
        };
    }

    private static int[] greatest(
            Importance importance, Model model, int layer, int width, Dataset data, Context context) {
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[] {layer}, LayerWeights.Kinds.ALL);
        Context own = context.within("units of layer " + layer);
        float[] weights = importance.scores(model, data, layers, 1, own).get(0);
        double[] scores = Removal.Of.UNIT.scores(layers.get(0), weights, importance);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -scores[unit]))
                .limit(width)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
