package org.parsimony.network.fused;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.parsimony.network.Model;

/** Reads a network's configuration and puts the layers together; throws {@link Unsupported} where it cannot. */
final class Assembly {

    private final Model model;
    private final int maxSamples;
    final Parameters parameters;
    final List<Layer> layers = new ArrayList<>();
    final Signal input;
    private final OffHeap ones;
    /** Whether no layer so far has parameters, so that nobody needs the derivatives. */
    private boolean first = true;

    Assembly(Model model, int[] shape, int maxSamples) {
        this.model = model;
        this.maxSamples = maxSamples;
        MultiLayerNetwork network = model.network();
        MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
        check(network, conf);
        parameters = new Parameters(model);
        ones = new OffHeap(maxSamples);
        float[] one = new float[maxSamples];
        java.util.Arrays.fill(one, 1);
        ones.write(one, 0, maxSamples);
        input = shape.length == 3
                ? new Signal(shape[0], shape[1], shape[2], maxSamples, true)
                : new Signal(shape[0], 1, 1, maxSamples, true);
        Signal signal = input;
        for (int i = 0; i < network.getnLayers(); i++) {
            signal = add(i, conf.getConf(i), conf.getInputPreProcess(i), signal);
        }
        if (!(layers.get(layers.size() - 1) instanceof Loss)) {
            throw new Unsupported("the last layer, which is not an output or loss layer");
        }
    }

    private static void check(MultiLayerNetwork network, MultiLayerConfiguration conf) {
        require(network.params().dataType() == DataType.FLOAT, "parameters that are not 32-bit floats");
        require(conf.getBackpropType() == BackpropType.Standard, "truncated back-propagation through time");
        require(network.getListeners().isEmpty(), "its training listeners");
        for (NeuralNetConfiguration layer : conf.getConfs()) {
            require(
                    layer.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                            && layer.getStepFunction() == null,
                    "an optimisation algorithm other than stochastic gradient descent");
            var constraints = layer.getLayer().getConstraints();
            require(constraints == null || constraints.isEmpty(), "a constraint on layer " + name(layer));
            if (layer.getLayer() instanceof BaseLayer base) {
                require(base.getWeightNoise() == null, "weight noise in layer " + name(layer));
                require(
                        base.getGradientNormalization() == null
                                || base.getGradientNormalization() == GradientNormalization.None,
                        "gradient normalisation in layer " + name(layer));
            }
        }
    }

    private Signal add(int i, NeuralNetConfiguration conf, InputPreProcessor before, Signal in) {
        var layer = conf.getLayer();
        require(before == null, "the preprocessor " + before);
        require(layer.getIDropout() == null, "dropout in layer " + name(conf));
        if (layer.getClass() == DenseLayer.class) {
            DenseLayer dense = (DenseLayer) layer;
            require(!dense.hasLayerNorm(), "layer norm in layer " + name(conf));
            return dense(i, (int) dense.getNOut(), activation(dense.getActivationFn(), conf), in);
        } else if (layer.getClass() == OutputLayer.class) {
            OutputLayer output = (OutputLayer) layer;
            Signal logits = dense(i, (int) output.getNOut(), new Activation.Identity(), in);
            layers.add(Loss.of(output.getLossFn(), output.getActivationFn(), logits));
            return logits;
        }
        throw new Unsupported(
                "layer " + name(conf) + " of type " + layer.getClass().getSimpleName());
    }

    private Signal dense(int i, int units, Activation activation, Signal in) {
        Signal out = new Signal(units, 1, 1, maxSamples, false);
        Parameter weights = parameters.find(i, "W");
        require(weights.columns() == in.perSample(), "layer " + i + ", whose inputs are not what reaches it");
        layers.add(new Dense(in, out, activation, parameters, weights, parameters.find(i, "b"), first, ones));
        first = false;
        return out;
    }

    private static Activation activation(IActivation function, NeuralNetConfiguration conf) {
        Activation activation = Activation.of(function);
        require(activation != null, "the activation " + function + " of layer " + name(conf));
        return activation;
    }

    private static String name(NeuralNetConfiguration conf) {
        return conf.getLayer().getLayerName();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Unsupported(otherwise);
        }
    }
}
