package org.parsimony.sham;

import java.util.Arrays;
import java.util.Locale;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.sensitivity.LayerHarm;

/**
 * Weight sharing as something that a layer bears or not: the amounts are numbers of shared values, the mildest the largest.
 *
 * @param quantiser that finds the values
 */
public record SharedValues(Quantiser quantiser) implements LayerHarm {

    /** k-means finds the values. */
    public SharedValues() {
        this(Quantiser.CWS);
    }

    @Override
    public String word() {
        return "k";
    }

    @Override
    public double[] usual() {
        return new double[] {64, 32, 16, 8, 4, 2};
    }

    @Override
    public String step(int[] layers, double[] amounts) {
        return "quantise quantiser=" + quantiser.name().toLowerCase(Locale.ROOT) + " layers="
                + LayerHarm.list(Arrays.stream(layers).asDoubleStream().toArray()) + " k=" + LayerHarm.list(amounts);
    }

    @Override
    public String amount() {
        return "k, number of shared values";
    }

    @Override
    public boolean suits(Model model, LayerWeights layer) {
        return layer.size() > 1;
    }

    @Override
    public Model harmed(Model model, Dataset data, LayerWeights layer, double k, Context context) {
        Quantise.Options options =
                new Quantise.Options().quantiser(quantiser).k((int) k).layers(layer.layer());
        return Quantise.run(model, data, options, context).model();
    }
}
