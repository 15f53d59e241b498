package org.parsimony.boltzmann;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

/** Chains of dense layers as machines, and back. */
final class Layered {

    private Layered() {}

    /** Inputs and hidden layers. Throws IllegalArgumentException as {@link Boltzmann#run} says. */
    static int[] widths(Model start) {
        Require.that(!start.isGraph(), "the network is a graph of layers, but must be a chain such as 784-64-32-10");
        Require.that(
                start.constraints().isEmpty(),
                "the network has masks or shared values, which a machine does not keep; prune after it");
        Architecture architecture = Architecture.of(start);
        List<Architecture.Layer> layers = architecture.layers();
        Require.between("hidden layers", layers.size() - 1, 1, 2);
        int[] widths = new int[layers.size()];
        widths[0] = architecture.input().size();
        for (int l = 0; l < layers.size(); l++) {
            Require.that(
                    layers.get(l) instanceof Layers.Dense dense && dense.biased(),
                    "layer %d is \"%s\", but must be dense with biases",
                    l,
                    layers.get(l).text());
            if (l + 1 < widths.length) {
                widths[l + 1] = ((Layers.Dense) layers.get(l)).units();
            }
        }
        return widths;
    }

    /** The chain with the machine's weights below its classifier, hidden units logistic. */
    static Model begun(Model start, BoltzmannMachine machine) {
        Architecture architecture = Architecture.of(start);
        List<Architecture.Weights> before = architecture.weights(start);
        List<Architecture.Layer> layers = new ArrayList<>();
        List<Architecture.Weights> weights = new ArrayList<>();
        for (int l = 0; l < before.size(); l++) {
            if (l + 1 == before.size()) {
                layers.add(architecture.layers().get(l));
                weights.add(before.get(l));
            } else {
                layers.add(new Layers.Dense(machine.widths()[l + 1], "sigmoid", true));
                weights.add(new Architecture.Weights(
                        machine.widths()[l],
                        machine.widths()[l + 1],
                        floats(machine.weights()[l]),
                        floats(machine.bias()[l + 1])));
            }
        }
        return new Architecture(architecture.input(), layers).model(weights);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
