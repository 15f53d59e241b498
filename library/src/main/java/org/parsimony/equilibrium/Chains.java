package org.parsimony.equilibrium;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

/** Chains of dense layers as networks that settle, and back. */
final class Chains {

    private Chains() {}

    /**
     * The weights of {@code model}, whose activations are not looked at but for the last one.
     *
     * @throws IllegalArgumentException if it is no chain of dense layers with biases and a soft-max at its end, or has shared
     *     values
     */
    static LayeredNet read(Model model) {
        Require.that(!model.isGraph(), "the network is a graph of layers, but only a chain of dense ones can settle");
        Require.that(
                model.constraints().ties().isEmpty(),
                "the network has shared values, which this training would part; quantise after it");
        Architecture architecture = Architecture.of(model);
        List<Architecture.Layer> layers = architecture.layers();
        int[] widths = new int[layers.size() + 1];
        widths[0] = architecture.input().size();
        for (int l = 0; l < layers.size(); l++) {
            boolean last = l == layers.size() - 1;
            Require.that(
                    layers.get(l) instanceof Layers.Dense dense
                            && dense.biased()
                            && (!last || dense.activation().equals("softmax")),
                    "layer %d is \"%s\", but must be dense with biases%s; take a network such as 64-30-10",
                    l,
                    layers.get(l).text(),
                    last ? " and a soft-max" : "");
            widths[l + 1] = ((Layers.Dense) layers.get(l)).units();
        }
        List<Architecture.Weights> weights = architecture.weights(model);
        double[][] w = new double[layers.size()][];
        double[][] b = new double[layers.size()][];
        for (int l = 0; l < w.length; l++) {
            w[l] = doubles(weights.get(l).values());
            b[l] = doubles(weights.get(l).bias());
        }
        return new LayeredNet(widths, w, b);
    }

    /** By layer true where a weight is held at zero. */
    static boolean[][] masked(Model model, LayeredNet net) {
        boolean[][] masked = new boolean[net.weights().length][];
        for (int l = 0; l < masked.length; l++) {
            masked[l] = new boolean[net.weights()[l].length];
            INDArray mask = model.masks().get(l);
            if (mask != null) {
                float[] ones = mask.dup('c').data().asFloat();
                for (int i = 0; i < ones.length; i++) {
                    masked[l][i] = ones[i] == 0;
                }
            }
        }
        return masked;
    }

    /** A chain with logistic hidden units, these weights and the constraints of {@code start}. */
    static Model write(LayeredNet net, Model start) {
        List<Architecture.Layer> layers = new ArrayList<>();
        List<Architecture.Weights> weights = new ArrayList<>();
        int last = net.weights().length - 1;
        for (int l = 0; l <= last; l++) {
            int units = net.widths()[l + 1];
            layers.add(new Layers.Dense(units, l == last ? "softmax" : "sigmoid", true));
            weights.add(
                    new Architecture.Weights(net.widths()[l], units, floats(net.weights()[l]), floats(net.bias()[l])));
        }
        Model chain = new Architecture(Architecture.Shape.of(net.widths()[0]), layers).model(weights);
        Model model = chain.with(start.constraints());
        model.applyMasks();
        return model;
    }

    /** Holds every weight that is zero at zero from now on. */
    static void holdZeros(Model model) {
        for (int l = 0; l < model.net().layers(); l++) {
            INDArray w = model.net().layer(l).getParam("W");
            float[] values = w.dup('c').data().asFloat();
            boolean any = false;
            for (int i = 0; i < values.length; i++) {
                any |= values[i] == 0;
                values[i] = values[i] == 0 ? 0 : 1;
            }
            if (any) {
                model.mask(l, Nd4j.create(values, w.shape(), 'c'));
            }
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
