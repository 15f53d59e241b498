package org.parsimony.sham;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Score;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.WeightFigure;
import tech.tablesaw.api.Table;

/**
 * A quantised network.
 *
 * @param layers one entry for each chosen layer
 * @param validationBefore validation score of the network that was given
 * @param validation that of the quantised network, before fine-tuning
 */
public record Quantised(Change change, List<Layer> layers, Score validationBefore, Score validation)
        implements Outcome {

    /**
     * One quantised layer.
     *
     * @param nonzeros weights that are not zero
     * @param before distinct values before, zero included
     * @param values distinct values now, zero included
     * @param error root mean squared difference of the weights from what they were
     * @param entropy zero-order, bits a weight
     */
    public record Layer(LayerWeights layer, long nonzeros, int before, int values, double error, double entropy) {

        static Layer of(LayerWeights layer, float[] before, float[] after) {
            float[] distinct = Codebook.distinct(after);
            Codebook book = Codebook.nearest(after, distinct);
            long nonzeros = 0;
            for (float w : after) {
                nonzeros += w == 0 ? 0 : 1;
            }
            return new Layer(
                    layer,
                    nonzeros,
                    Codebook.distinct(before).length,
                    distinct.length,
                    Math.sqrt(book.distortion(before) / before.length),
                    book.entropy());
        }
    }

    /** One row a layer: nonzero weights, distinct values before and now, error of the weights, entropy. */
    @Override
    public Table trace() {
        return Rows.of(layers)
                .ints("layer", layer -> layer.layer().layer())
                .texts(
                        "shape",
                        layer -> layer.layer().inputs() + " × " + layer.layer().units())
                .longs("nonzeros", Layer::nonzeros)
                .ints("values before", Layer::before)
                .ints("values", Layer::values)
                .doubles("RMS error", Layer::error)
                .doubles("entropy, bits", Layer::entropy)
                .table("quantisation, layers");
    }

    /** Weights of the chosen layers before and after, on a logarithmic axis. */
    @Override
    public Chart<?, ?> figure() {
        return WeightFigure.of(
                change.data().title() + ", quantisation",
                change.start(),
                model(),
                layers.stream().map(Layer::layer).toList());
    }

    /** How many values are left in which layer, and what that costs before fine-tuning. */
    @Override
    public String verdict() {
        String where = layers.stream()
                .map(l -> String.format(
                        Locale.ROOT, "layer %d: %,d of %,d", l.layer().layer(), l.values(), l.before()))
                .collect(Collectors.joining(", "));
        if (layers.stream().allMatch(l -> l.error() == 0)) {
            return "no weight changed, for they had so few values already (" + where
                    + "); from now on equal ones stay equal";
        }
        return String.format(
                Locale.ROOT,
                "few distinct values are left, zero included (%s); validation %s %s before quantisation, %s before"
                        + " fine-tuning",
                where,
                validationBefore.measure(),
                validationBefore.quality(),
                validation.quality());
    }
}
