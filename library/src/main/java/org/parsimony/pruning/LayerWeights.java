package org.parsimony.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Wiring;

/**
 * Where the weights of one layer stand, unit after unit as the training engine has them: {@code [units × inputs]}, the
 * weights into one unit side by side. A record of places, which reads and writes any model of this shape.
 *
 * @param layer index in the network
 * @param inputs of a unit: of a filter channels · height · width
 * @param units neurons or filters; kernels of a depthwise convolution
 * @param depthwise whether it is a depthwise convolution
 */
public record LayerWeights(int layer, int inputs, int units, boolean depthwise) {

    /** Deeplearning4j's name of a layer's weights. */
    public static final String NAME = "W";

    /** Which kinds of layers, where they are not named one by one. */
    public enum Kinds {
        /** Dense layers, the output layer among them. */
        DENSE,
        /** Convolutions too, depthwise ones among them. */
        ALL
    }

    /**
     * The chosen layers of {@code model}, in order.
     *
     * @param indices of layers with weights; none means all of {@code kinds}
     * @throws IllegalArgumentException if an index is of no layer with weights, or comes twice, or if there is no layer of
     *     these kinds; the message says which layers there are
     */
    public static List<LayerWeights> chosen(Model model, int[] indices, Kinds kinds) {
        List<LayerWeights> all = new ArrayList<>();
        for (int l = 0; l < model.net().layers(); l++) {
            var conf = model.net().conf(l);
            boolean dense = conf instanceof DenseLayer || conf instanceof OutputLayer;
            boolean depthwise = conf instanceof DepthwiseConvolution2D;
            boolean own = Wiring.makesUnits(conf) || depthwise;
            if (own && (dense || kinds == Kinds.ALL || indices.length > 0)) {
                INDArray w = model.net().layer(l).getParam(NAME);
                int units = (int) (depthwise ? w.size(2) * w.size(3) : w.size(w.rank() == 4 ? 0 : 1));
                all.add(new LayerWeights(l, (int) (w.length() / units), units, depthwise));
            }
        }
        int[] weighted = all.stream().mapToInt(LayerWeights::layer).toArray();
        if (indices.length == 0) {
            Require.that(
                    !all.isEmpty(),
                    "the network has no layer of kinds = %s; take kinds = ALL or another network",
                    kinds);
            return List.copyOf(all);
        }
        int[] sorted = indices.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            Require.that(
                    Arrays.binarySearch(weighted, sorted[i]) >= 0 && (i == 0 || sorted[i] != sorted[i - 1]),
                    "layers has %d%s, but must have indices of layers with weights, each once; these are %s",
                    sorted[i],
                    i > 0 && sorted[i] == sorted[i - 1] ? " twice" : "",
                    Arrays.toString(weighted));
        }
        return all.stream()
                .filter(layer -> Arrays.binarySearch(sorted, layer.layer()) >= 0)
                .toList();
    }

    /** Weights. */
    public int size() {
        return inputs * units;
    }

    private INDArray array(Model model) {
        return model.net().layer(layer).getParam(NAME);
    }

    /** The layer's array with its units first, as a view. */
    private INDArray unitsFirst(INDArray array) {
        return depthwise ? array.permute(2, 3, 0, 1) : array.rank() == 4 ? array : array.transpose();
    }

    /** The layer's weights. */
    public float[] read(Model model) {
        return flat(array(model));
    }

    /** An array of the shape of the layer's weights in this order. */
    public float[] flat(INDArray array) {
        return unitsFirst(array).dup('c').data().asFloat();
    }

    /** Values in this order as an array of the shape of the layer's weights. */
    public INDArray shaped(Model model, float[] values) {
        INDArray shaped = array(model).ulike();
        unitsFirst(shaped).assign(Nd4j.create(values, unitsFirst(shaped).shape(), 'c'));
        return shaped;
    }

    /** Sets the layer's weights. */
    public void write(Model model, float[] values) {
        array(model).assign(shaped(model, values));
    }

    /** For every weight whether a mask holds it at zero. */
    public boolean[] masked(Model model) {
        INDArray mask = model.masks().get(layer);
        boolean[] masked = new boolean[size()];
        if (mask != null) {
            float[] ones = flat(mask);
            for (int i = 0; i < masked.length; i++) {
                masked[i] = ones[i] == 0;
            }
        }
        return masked;
    }

    /** Holds these weights of {@code model} at zero from now on; they are nobody's shared value any more. */
    public void mask(Model model, boolean[] removed) {
        float[] ones = new float[removed.length];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = removed[i] ? 0 : 1;
        }
        INDArray mask = shaped(model, ones);
        model.mask(layer, mask);
        untie(model);
    }

    /** Takes masked weights out of the shared values of their layer, so that their gradients count no longer. */
    void untie(Model model) {
        INDArray ties = model.constraints().ties().get(layer);
        INDArray mask = model.masks().get(layer);
        if (ties != null && mask != null) {
            model.tie(layer, ties.add(1).muli(mask).subi(1));
        }
    }
}
