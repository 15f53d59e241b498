package org.parsimony.optinet;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

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
    int[] kept(Model model, LayerEntropy entropy, int width, Samples probe, OptiNET.Options options, Context context) {
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
            case RANDOM ->
                IntStream.of(Seeds.permutation(entropy.units(), context.random("units of layer " + layer)))
                        .limit(width)
                        .sorted()
                        .toArray();
            case MAGNITUDE -> largest(model, layer, width);
        };
    }

    private static int[] largest(Model model, int layer, int width) {
        INDArray weights = model.network().getLayer(layer).getParam("W");
        double[] norms = (weights.rank() == 4 ? weights.norm2(1, 2, 3) : weights.norm2(0)).toDoubleVector();
        return IntStream.range(0, Surgery.units(model, layer))
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -norms[unit]))
                .limit(width)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
