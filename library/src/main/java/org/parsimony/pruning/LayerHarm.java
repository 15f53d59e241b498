package org.parsimony.pruning;

import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** What is done to one layer of a network, and to it alone, to see how much it bears. Nothing is trained. */
public interface LayerHarm {

    /** What an amount is: {@code "share of weights removed"}. */
    String amount();

    /** Whether it can be done to {@code layer}. */
    boolean suits(Model model, LayerWeights layer);

    /** A copy of {@code model} with this done to {@code layer}. */
    Model harmed(Model model, Dataset data, LayerWeights layer, double amount, Context context);

    /** The two that remove something, by magnitude. */
    enum Of implements LayerHarm {
        /** The share of the layer's weights, those of least magnitude. */
        SPARSITY("share of weights removed", Removal.Of.WEIGHT),
        /** The share of the layer's units, those whose weights have the least norm, with all that is tied to them. */
        UNITS("share of units removed", Removal.Of.UNIT);

        private final String amount;
        private final Removal.Of removal;

        Of(String amount, Removal.Of removal) {
            this.amount = amount;
            this.removal = removal;
        }

        @Override
        public String amount() {
            return amount;
        }

        @Override
        public boolean suits(Model model, LayerWeights layer) {
            return this == SPARSITY
                    || java.util.Arrays.stream(Surgery.layers(model)).anyMatch(l -> l == layer.layer());
        }

        @Override
        public Model harmed(Model model, Dataset data, LayerWeights layer, double share, Context context) {
            Pruning.Options options =
                    new Pruning.Options().remove(removal).layers(layer.layer()).ratio(share);
            return Pruning.run(Importance.MAGNITUDE, model, data, options, context)
                    .model();
        }
    }
}
