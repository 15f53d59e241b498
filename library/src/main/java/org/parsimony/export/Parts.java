package org.parsimony.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * What every way out writes: what a network computes, and its weights.
 *
 * @param blueprint of the network without its powerless units
 * @param weights by node, in order, as {@link Weights} has them
 */
public record Parts(Blueprint blueprint, Map<String, Weights> weights) {

    public Parts {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * The parts of a network as it is.
     *
     * @param shape of a sample, {@code {channels, height, width}}, for graphs that do not state the size of their images
     * @throws IllegalArgumentException if it has a layer for which there are no words, by name
     */
    public static Parts of(Model model, int... shape) {
        Blueprint blueprint = Blueprint.of(model, shape);
        for (Blueprint.Node node : blueprint.nodes()) {
            Require.that(
                    !(node.op() instanceof Op.Embedding),
                    "%s makes values of tokens, which this format is not written with; write .zip or .pars",
                    node.text());
        }
        return new Parts(blueprint, blueprint.weights(model));
    }

    /** The network without the units that nothing reads; units that only such units read are gone too. */
    public static Model compacted(Model model) {
        Model result = model;
        long before;
        do {
            before = result.net().parameters();
            result = Surgery.compact(result);
        } while (result.net().parameters() < before);
        return result;
    }
}
