package org.parsimony.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;

/**
 * What a network costs.
 *
 * <p>Parameters are the trainable ones (batch norm's running statistics are not counted). MACs are the
 * multiply-accumulates of dense layers and convolutions for one sample; biases, batch norm, pooling and activations are
 * not counted. Nonzero counts leave out weights that are exactly zero. Bytes are those of 32-bit floats.
 *
 * @param layers one entry for every layer with weights, in order
 * @param inputs number of input values of one sample
 */
public record Cost(List<LayerCost> layers, long inputs) {

    private static final int FLOAT_BYTES = 4;

    /**
     * One layer.
     *
     * @param index in the network
     * @param kind {@code "dense"}, {@code "convolution"}, {@code "depthwise convolution"}, {@code "batch norm"},
     *     {@code "prelu"} or {@code "embedding"}
     * @param units neurons or filters
     * @param parameters trainable parameters
     * @param nonzeros trainable parameters that are not zero
     * @param macsDense multiply-accumulates for one sample
     * @param macsNonzero the same without those by a zero weight
     * @param activations output values for one sample
     */
    public record LayerCost(
            int index,
            String kind,
            long units,
            long parameters,
            long nonzeros,
            long macsDense,
            long macsNonzero,
            long activations) {}

    /**
     * Counts the cost of {@code model}.
     *
     * @param shape of one sample: {@code {inputs}} or {@code {channels, height, width}}
     */
    public static Cost of(Model model, int... shape) {
        Net net = model.net();
        boolean images = model.takesImages();
        Require.that(
                !images || shape.length == 3,
                "a network of convolutions needs samples of shape [channels, height, width], but they have shape %s",
                Arrays.toString(shape));
        long inputs = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        InputType type = images ? InputType.convolutional(shape[1], shape[2], shape[0]) : InputType.feedForward(inputs);
        List<InputType> types = net.outputTypes(type);
        List<LayerCost> layers = new ArrayList<>();
        for (int l = 0; l < net.layers(); l++) {
            if (net.conf(l) instanceof BaseLayer weighted && net.layer(l).numParams() > 0) {
                layers.add(layer(net, l, weighted, types.get(l)));
            }
        }
        return new Cost(List.copyOf(layers), inputs);
    }

    private static LayerCost layer(Net net, int l, BaseLayer conf, InputType output) {
        boolean norm = conf instanceof BatchNormalization;
        boolean slopes = conf instanceof PReLULayer;
        long parameters = 0;
        long nonzeros = 0;
        for (var entry : net.layer(l).paramTable().entrySet()) {
            boolean statistics =
                    norm && !entry.getKey().equals("gamma") && !entry.getKey().equals("beta");
            if (!statistics) {
                parameters += entry.getValue().length();
                nonzeros += nonzeros(entry.getValue());
            }
        }
        long macs = 0;
        long macsNonzero = 0;
        // a token's row is looked up, not multiplied
        boolean embedding = conf instanceof EmbeddingSequenceLayer;
        INDArray weights = norm || slopes || embedding ? null : net.layer(l).getParam(Anatomy.WEIGHTS);
        if (weights != null) {
            long positions =
                    output instanceof InputType.InputTypeConvolutional map ? map.getHeight() * map.getWidth() : 1;
            macs = weights.length() * positions;
            macsNonzero = nonzeros(weights) * positions;
        }
        long values = output.arrayElementsPerExample();
        long units = slopes
                ? output instanceof InputType.InputTypeConvolutional map ? map.getChannels() : values
                : ((FeedForwardLayer) conf).getNOut();
        return new LayerCost(l, kind(conf), units, parameters, nonzeros, macs, macsNonzero, values);
    }

    private static String kind(BaseLayer conf) {
        if (conf instanceof DepthwiseConvolution2D) {
            return "depthwise convolution";
        }
        if (conf instanceof PReLULayer) {
            return "prelu";
        }
        if (conf instanceof EmbeddingSequenceLayer) {
            return "embedding";
        }
        return conf instanceof BatchNormalization
                ? "batch norm"
                : conf instanceof ConvolutionLayer ? "convolution" : "dense";
    }

    private static long nonzeros(INDArray array) {
        long count = 0;
        for (float value : array.dup().data().asFloat()) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }

    /** Trainable parameters. */
    public long parameters() {
        return layers.stream().mapToLong(LayerCost::parameters).sum();
    }

    /** Trainable parameters that are not zero. */
    public long nonzeros() {
        return layers.stream().mapToLong(LayerCost::nonzeros).sum();
    }

    /** Multiply-accumulates for one sample. */
    public long macsDense() {
        return layers.stream().mapToLong(LayerCost::macsDense).sum();
    }

    /** Multiply-accumulates for one sample, without those by a zero weight. */
    public long macsNonzero() {
        return layers.stream().mapToLong(LayerCost::macsNonzero).sum();
    }

    /** Bytes of the parameters as 32-bit floats. */
    public long bytes() {
        return FLOAT_BYTES * parameters();
    }

    /** Activations of one sample: its inputs and every layer's outputs. */
    public long activations() {
        return inputs + layers.stream().mapToLong(LayerCost::activations).sum();
    }

    /**
     * Modelled bytes of memory while training: 4 · ((2 + s)·P + B·(n₀ + 2·Σ nₗ)), that is weights, gradients and s
     * optimiser values for each of P parameters, and for each of B samples of a batch the inputs n₀, the activations nₗ
     * and their gradients. Buffers of data and framework are not counted.
     *
     * @param batchSize samples of a batch
     * @param optimiser tells s: 0 for SGD, 1 with momentum and for RMSProp, 2 for Adam
     */
    public long trainingMemory(int batchSize, IUpdater optimiser) {
        Require.atLeast("batchSize", batchSize, 1);
        long activations = inputs + 2 * (activations() - inputs);
        return FLOAT_BYTES * ((2 + optimiser.stateSize(1)) * parameters() + batchSize * activations);
    }

    /**
     * Time of one forward pass.
     *
     * @param median seconds
     * @param lower quartile in seconds
     * @param upper quartile in seconds
     */
    public record Latency(double median, double lower, double upper) {}

    /**
     * Measures the forward pass of one batch on one thread: 20 passes to warm up, then {@code repeats} that count.
     *
     * @param samples whose first {@code batchSize} are used
     * @param repeats at least 4
     */
    public static Latency latency(Model model, Samples samples, int batchSize, int repeats) {
        Backend.tame();
        Require.between("batchSize", batchSize, 1, samples.size());
        Require.atLeast("repeats", repeats, 4);
        INDArray batch = model.fitted(samples).x(0, batchSize);
        double[] seconds = new double[repeats];
        for (int r = -20; r < repeats; r++) {
            long start = System.nanoTime();
            model.net().output(batch);
            if (r >= 0) {
                seconds[r] = (System.nanoTime() - start) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        return new Latency(seconds[repeats / 2], seconds[repeats / 4], seconds[3 * repeats / 4]);
    }
}
