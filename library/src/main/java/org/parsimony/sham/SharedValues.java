package org.parsimony.sham;

import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerHarm;
import org.parsimony.pruning.LayerWeights;

/**
 * Weight sharing as something that a layer bears or not: the amounts are numbers of shared values, the mildest the largest.
 *
 * @param quantiser that finds the values
 */
public record SharedValues(Quantiser quantiser) implements LayerHarm {

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
