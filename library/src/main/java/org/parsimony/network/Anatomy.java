package org.parsimony.network;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;

/**
 * Where units and the weights that read from them lie in Deeplearning4j's parameter arrays: dense weights are
 * {@code [inputs × units]}, convolution weights {@code [filters × channels × height × width]}, everything else
 * one value for each unit, in the last dimension.
 */
final class Anatomy {

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private Anatomy() {}

    /** Whether layer {@code l} has weights of its own, so that its outputs are units. */
    static boolean hasUnits(MultiLayerNetwork network, int l) {
        return isWeighted(network.getLayer(l).conf().getLayer());
    }

    private static boolean isWeighted(Layer layer) {
        Class<?> kind = layer.getClass();
        return kind == DenseLayer.class || kind == ConvolutionLayer.class || kind == OutputLayer.class;
    }

    static void requireUnits(MultiLayerNetwork network, int layer) {
        Require.between("layer", layer, 0, network.getnLayers() - 1);
        Require.that(
                hasUnits(network, layer),
                "layer %d is a %s, which has no units of its own; layers with units are dense layers and convolutions",
                layer,
                name(network, layer));
    }

    /** The layer that reads what {@code layer}'s units say, through layers that keep each unit apart. */
    static int nextWithUnits(MultiLayerNetwork network, int layer) {
        requireUnits(network, layer);
        for (int l = layer + 1; l < network.getnLayers(); l++) {
            Layer between = network.getLayer(l).conf().getLayer();
            if (isWeighted(between)) {
                return l;
            }
            boolean keepsUnitsApart = between instanceof BatchNormalization
                    || between instanceof ActivationLayer
                    || between instanceof DropoutLayer
                    || between.getClass() == SubsamplingLayer.class;
            boolean ends = between instanceof LossLayer;
            Require.that(
                    keepsUnitsApart || ends,
                    "layer %d is a %s, through which surgery cannot follow the units of layer %d; it can through batch "
                            + "norm, activation, dropout and pooling",
                    l,
                    name(network, l),
                    layer);
        }
        throw new IllegalArgumentException(
                "layer " + layer + " gives the network's output; its units are the classes and must stay");
    }

    /** How many inputs of layer {@code next} read one unit of {@code layer}: 1, or height × width after flattening. */
    static int readersOfOneUnit(MultiLayerNetwork network, int layer, int next) {
        for (int l = layer + 1; l <= next; l++) {
            InputPreProcessor step = network.getLayerWiseConfigurations().getInputPreProcess(l);
            if (step instanceof CnnToFeedForwardPreProcessor flatten) {
                return Math.toIntExact(flatten.getInputHeight() * flatten.getInputWidth());
            }
            Require.that(
                    step == null,
                    "the input of layer %d passes a %s, through which surgery cannot follow units",
                    l,
                    step == null ? "" : step.getClass().getSimpleName());
        }
        return 1;
    }

    /** The entries of parameter {@code key} that belong to these units. */
    static INDArray selectUnits(INDArray parameter, String key, int[] units) {
        return select(parameter, unitDimension(parameter, key), units, null);
    }

    /** The weights that read from these inputs, those of input {@code k} times {@code factors[k]}. */
    static INDArray selectInputs(INDArray weights, int[] inputs, double[] factors) {
        return select(weights, inputDimension(weights), inputs, factors);
    }

    /** A copy of {@code parameter} with the entries of these units set to zero. */
    static INDArray withoutUnits(INDArray parameter, String key, int[] units) {
        return zeroed(parameter, unitDimension(parameter, key), units);
    }

    /** A copy of {@code weights} with those that read from these inputs set to zero. */
    static INDArray withoutInputs(INDArray weights, int[] inputs) {
        return zeroed(weights, inputDimension(weights), inputs);
    }

    /** For every input, whether a weight that reads from it is not zero. */
    static boolean[] readInputs(INDArray weights) {
        Slices slices = new Slices(weights, inputDimension(weights));
        boolean[] read = new boolean[slices.length];
        for (int i = 0; i < slices.values.length; i++) {
            read[i / slices.inner % slices.length] |= slices.values[i] != 0;
        }
        return read;
    }

    /** For every unit, the Euclidean norm of the weights that read it; {@code area} of them each. */
    static double[] readNorms(INDArray weights, int area) {
        Slices slices = new Slices(weights, inputDimension(weights));
        double[] squares = new double[slices.length / area];
        for (int i = 0; i < slices.values.length; i++) {
            squares[i / slices.inner % slices.length / area] += (double) slices.values[i] * slices.values[i];
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static int unitDimension(INDArray parameter, String key) {
        boolean convolution = key.equals(WEIGHTS) && parameter.rank() == 4;
        return convolution ? 0 : parameter.rank() - 1;
    }

    private static int inputDimension(INDArray weights) {
        return weights.rank() == 4 ? 1 : 0;
    }

    private static INDArray select(INDArray array, int dimension, int[] indices, double[] factors) {
        Slices from = new Slices(array, dimension);
        float[] to = new float[from.outer * indices.length * from.inner];
        for (int o = 0; o < from.outer; o++) {
            for (int k = 0; k < indices.length; k++) {
                float factor = factors == null ? 1 : (float) factors[k];
                int source = (o * from.length + indices[k]) * from.inner;
                int target = (o * indices.length + k) * from.inner;
                for (int i = 0; i < from.inner; i++) {
                    to[target + i] = factor * from.values[source + i];
                }
            }
        }
        long[] shape = array.shape().clone();
        shape[dimension] = indices.length;
        return Nd4j.create(to, shape, 'c');
    }

    private static INDArray zeroed(INDArray array, int dimension, int[] indices) {
        Slices slices = new Slices(array, dimension);
        for (int o = 0; o < slices.outer; o++) {
            for (int k : indices) {
                int start = (o * slices.length + k) * slices.inner;
                Arrays.fill(slices.values, start, start + slices.inner, 0);
            }
        }
        return Nd4j.create(slices.values, array.shape(), 'c');
    }

    /** An array's values as {@code [outer × length × inner]} around one dimension, copied, row-major. */
    private static final class Slices {
        final float[] values;
        final int outer;
        final int length;
        final int inner;

        Slices(INDArray array, int dimension) {
            long[] shape = array.shape();
            values = array.dup('c').data().asFloat();
            outer = (int) Arrays.stream(shape, 0, dimension).reduce(1, (a, b) -> a * b);
            length = (int) shape[dimension];
            inner = values.length / (outer * length);
        }
    }

    private static String name(MultiLayerNetwork network, int layer) {
        return network.getLayer(layer).conf().getLayer().getClass().getSimpleName();
    }
}
