package org.parsimony.network.fused.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Parameters;
import org.parsimony.network.fused.Unsupported;
import org.parsimony.network.fused.compute.OffHeap;
import org.parsimony.network.fused.compute.Signal;

/** Reads a network's configuration and puts the layers together; throws {@link Unsupported} where it cannot. */
public final class Assembly {

    /** A piece of work and the network's layer it belongs to. */
    public record Step(int layer, Layer work) {}

    /** All parameters with their gradients. */
    public final Parameters parameters;

    public final List<Step> steps = new ArrayList<>();
    /** What leaves each layer of the network. */
    public final List<Signal> outputs = new ArrayList<>();

    private final List<Signal> signals = new ArrayList<>();
    /** Where samples go in. */
    public final Signal input;

    private final int maxSamples;
    private final long seed;
    public final OffHeap.Memory memory = new OffHeap.Memory();
    private OffHeap ones;
    private int onesLength;
    private int layer;
    private String name;
    /** Whether no layer so far has parameters, so that nobody needs the derivatives. */
    private boolean first = true;

    /**
     * Puts the layers of a network together.
     *
     * @param shape of a sample
     * @throws Unsupported naming the layer that the engine has not
     */
    public Assembly(Model model, int[] shape, Fused.Options options) {
        MultiLayerNetwork network = model.network();
        MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
        check(network, conf);
        maxSamples = options.batchSize();
        seed = options.seed();
        parameters = new Parameters(model, options.hooks());
        input = input(shape, conf.getInputPreProcess(0));
        Signal signal = input;
        for (layer = 0; layer < network.getnLayers(); layer++) {
            NeuralNetConfiguration layerConf = conf.getConf(layer);
            name = "layer " + layer + " (" + layerConf.getLayer().getLayerName() + ")";
            signal = preprocess(conf.getInputPreProcess(layer), signal);
            signal = add(layerConf.getLayer(), signal);
            outputs.add(signal);
        }
        require(
                steps.get(steps.size() - 1).work() instanceof Loss,
                "the last layer, which is neither an output nor a loss layer");
    }

    /** Whether the first layer reads the gathered samples where OpenBLAS does. */
    public boolean gathersOutside() {
        return steps.get(0).work() instanceof Dense;
    }

    private static void check(MultiLayerNetwork network, MultiLayerConfiguration conf) {
        require(network.params() != null && network.numParams() > 0, "its missing parameters");
        require(network.params().dataType() == DataType.FLOAT, "parameters that are not 32-bit floats");
        require(conf.getBackpropType() == BackpropType.Standard, "truncated back-propagation through time");
        require(network.getListeners().isEmpty(), "its training listeners");
        for (NeuralNetConfiguration layer : conf.getConfs()) {
            String name = layer.getLayer().getLayerName();
            require(
                    layer.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                            && layer.getStepFunction() == null,
                    "an optimisation algorithm other than stochastic gradient descent");
            var constraints = layer.getLayer().getConstraints();
            require(constraints == null || constraints.isEmpty(), "a constraint on layer " + name);
            if (layer.getLayer() instanceof BaseLayer base) {
                var normalization = base.getGradientNormalization();
                require(base.getWeightNoise() == null, "weight noise in layer " + name);
                require(
                        normalization == null || normalization == GradientNormalization.None,
                        "gradient normalisation in layer " + name);
            }
        }
    }

    private Signal input(int[] shape, InputPreProcessor before) {
        if (before instanceof FeedForwardToCnnPreProcessor planes) {
            return signal(
                    (int) planes.getNumChannels(),
                    (int) planes.getInputHeight(),
                    (int) planes.getInputWidth(),
                    maxSamples,
                    true);
        }
        return shape.length == 3
                ? signal(shape[0], shape[1], shape[2], maxSamples, true)
                : signal(Arrays.stream(shape).reduce(1, (a, b) -> a * b), 1, 1, maxSamples, true);
    }

    private Signal preprocess(InputPreProcessor before, Signal in) {
        boolean nothing = before == null || before instanceof FeedForwardToCnnPreProcessor && layer == 0;
        if (nothing) {
            return in;
        }
        require(before instanceof CnnToFeedForwardPreProcessor, "the preprocessor " + before);
        if (in.sampleMajor) {
            return in;
        }
        Signal out = signal(in.units, in.height, in.width, maxSamples, true);
        return put(new Flatten(in, out), out);
    }

    private Signal add(org.deeplearning4j.nn.conf.layers.Layer conf, Signal before) {
        Signal in = before;
        if (conf.getClass() == SubsamplingLayer.class) {
            return pooling((SubsamplingLayer) conf, in);
        }
        if (conf.getIDropout() != null) {
            in = dropout(conf.getIDropout(), in);
        }
        if (conf.getClass() == DropoutLayer.class) {
            return in;
        } else if (conf.getClass() == DenseLayer.class) {
            DenseLayer dense = (DenseLayer) conf;
            require(!dense.hasLayerNorm(), "layer norm in " + name);
            return dense((int) dense.getNOut(), activation(dense.getActivationFn()), in);
        } else if (conf.getClass() == ConvolutionLayer.class) {
            return convolution((ConvolutionLayer) conf, in);
        } else if (conf.getClass() == BatchNormalization.class) {
            return batchNorm((BatchNormalization) conf, in);
        } else if (conf.getClass() == ActivationLayer.class) {
            Signal out = signal(in.units, in.height, in.width, maxSamples, in.sampleMajor);
            return put(new Elementwise(in, out, activation(((ActivationLayer) conf).getActivationFn())), out);
        } else if (conf.getClass() == OutputLayer.class) {
            OutputLayer output = (OutputLayer) conf;
            Signal logits = dense((int) output.getNOut(), new Activation.Identity(), in);
            return put(new Loss(output.getLossFn(), output.getActivationFn(), logits), logits);
        } else if (conf.getClass() == LossLayer.class) {
            LossLayer loss = (LossLayer) conf;
            require(!in.sampleMajor && in.height * in.width == 1, "a loss on planes in " + name);
            return put(new Loss(loss.getLossFn(), loss.getActivationFn(), in), in);
        }
        throw new Unsupported(name + " of type " + conf.getClass().getSimpleName());
    }

    private Signal signal(int units, int height, int width, int maxSamples, boolean sampleMajor) {
        Signal signal = new Signal(memory, units, height, width, maxSamples, sampleMajor);
        signals.add(signal);
        return signal;
    }

    /** Makes room for a backward pass. */
    public void learn() {
        signals.forEach(Signal::learn);
    }

    private Signal put(Layer work, Signal out) {
        steps.add(new Step(layer, work));
        return out;
    }

    private Signal dense(int units, Activation activation, Signal in) {
        Signal out = signal(units, 1, 1, maxSamples, false);
        Parameter weights = parameters.find(layer, "W");
        require(
                weights.columns() == in.perSample(),
                name + ", which has " + weights.columns() + " inputs but receives " + in.perSample());
        Parameter bias = parameters.find(layer, "b");
        boolean gathered = steps.isEmpty();
        Layer dense = new Dense(in, out, activation, parameters, weights, bias, first, gathered, ones(maxSamples));
        first = false;
        return put(dense, out);
    }

    private Signal convolution(ConvolutionLayer conf, Signal in) {
        require(conf.getCnn2dDataFormat() == CNN2DFormat.NCHW, "channels last in " + name);
        require(conf.getKernelSize().length == 2, "a convolution that is not two-dimensional in " + name);
        Window window = Window.of(
                in,
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode());
        Signal out = signal((int) conf.getNOut(), window.outHeight(), window.outWidth(), maxSamples, false);
        Parameter weights = parameters.find(layer, "W");
        require(weights.columns() == in.units * window.kernel(), name + ", whose kernels do not fit what reaches it");
        Layer convolution = new Convolution(
                in,
                out,
                window,
                activation(conf.getActivationFn()),
                parameters,
                weights,
                parameters.find(layer, "b"),
                first,
                ones(maxSamples * window.positions()));
        first = false;
        return put(convolution, out);
    }

    private Signal pooling(SubsamplingLayer conf, Signal in) {
        require(conf.getCnn2dDataFormat() == CNN2DFormat.NCHW, "channels last in " + name);
        boolean max = conf.getPoolingType() == PoolingType.MAX;
        require(max || conf.getPoolingType() == PoolingType.AVG, conf.getPoolingType() + " pooling in " + name);
        require(!in.sampleMajor, "pooling of the input in " + name);
        Window window = Window.of(
                in,
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode());
        Signal out = signal(in.units, window.outHeight(), window.outWidth(), maxSamples, false);
        return put(new Pooling(in, out, window, max, conf.isAvgPoolIncludePadInDivisor()), out);
    }

    private Signal batchNorm(BatchNormalization conf, Signal in) {
        require(conf.getCnn2DFormat() == CNN2DFormat.NCHW || in.height * in.width == 1, "channels last in " + name);
        require(!in.sampleMajor, "batch norm of the input in " + name);
        require(
                !conf.isLockGammaBeta() || conf.getGamma() == 1 && conf.getBeta() == 0,
                "locked gamma and beta other than 1 and 0 in " + name);
        Signal out = signal(in.units, in.height, in.width, maxSamples, in.sampleMajor);
        first = false;
        return put(new BatchNorm(in, out, conf, parameters, layer), out);
    }

    private Signal dropout(IDropout conf, Signal in) {
        require(
                conf.getClass() == org.deeplearning4j.nn.conf.dropout.Dropout.class,
                conf.getClass().getSimpleName() + " in " + name);
        Signal out = signal(in.units, in.height, in.width, maxSamples, in.sampleMajor);
        return put(new Dropout(in, out, (org.deeplearning4j.nn.conf.dropout.Dropout) conf, layer, seed), out);
    }

    private Activation activation(IActivation function) {
        Activation activation = Activation.of(function);
        require(activation != null, "the activation " + function + " of " + name);
        return activation;
    }

    private OffHeap ones(int length) {
        if (length > onesLength) {
            float[] one = new float[length];
            Arrays.fill(one, 1);
            ones = memory.take(length);
            ones.write(one, 0, length);
            onesLength = length;
        }
        return ones;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Unsupported(otherwise);
        }
    }
}
