package org.parsimony.network.graph;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.data.Samples;
import org.parsimony.network.Backend;
import org.parsimony.network.Model;

/** Small graphs of every kind that surgery must follow, with random parameters everywhere, and samples for them. */
public final class GraphNets {

    private static final int CLASSES = 4;

    private GraphNets() {}

    /** All of them. */
    public static List<Model> all() {
        return List.of(residual(), mobile(), inception(), gated(), mixed(), twoInputs(), skipping());
    }

    private static GraphBuilder start(String... inputs) {
        Backend.tame();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs(inputs);
    }

    private static Layer conv(int filters, int side, int stride, Activation activation) {
        return new ConvolutionLayer.Builder(side, side)
                .nOut(filters)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .activation(activation)
                .build();
    }

    private static Layer depthwise(int multiplier, int stride) {
        return new DepthwiseConvolution2D.Builder(3, 3)
                .depthMultiplier(multiplier)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static Layer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    private static Layer norm() {
        return new BatchNormalization.Builder().build();
    }

    private static Layer dense(int units, Activation activation) {
        return new DenseLayer.Builder().nOut(units).activation(activation).build();
    }

    private static Layer classes() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static ElementWiseVertex add() {
        return new ElementWiseVertex(ElementWiseVertex.Op.Add);
    }

    /** Additions: units of a stem, a branch and a strided shortcut are tied. */
    static Model residual() {
        return model(
                start("x")
                        .addLayer("stem", conv(6, 3, 1, Activation.IDENTITY), "x")
                        .addLayer("stem_n", norm(), "stem")
                        .addLayer("stem_r", relu(), "stem_n")
                        .addLayer("a", conv(6, 3, 1, Activation.IDENTITY), "stem_r")
                        .addLayer("a_n", norm(), "a")
                        .addVertex("sum", add(), "stem_r", "a_n")
                        .addLayer("sum_r", relu(), "sum")
                        .addLayer("b", conv(5, 3, 2, Activation.SIGMOID), "sum_r")
                        .addLayer("c", conv(7, 3, 1, Activation.IDENTITY), "b")
                        .addLayer("short", conv(7, 1, 2, Activation.IDENTITY), "sum_r")
                        .addVertex("sum2", add(), "c", "short")
                        .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "sum2")
                        .addLayer("out", classes(), "pool"),
                2,
                8);
    }

    /** Depthwise convolutions, one that doubles its channels, padding, flattening. */
    static Model mobile() {
        return model(
                start("x")
                        .addLayer("stem", conv(5, 3, 1, Activation.RELU6), "x")
                        .addLayer("d", depthwise(2, 1), "stem")
                        .addLayer("d_n", norm(), "d")
                        .addLayer("point", conv(6, 1, 1, Activation.TANH), "d_n")
                        .addLayer("pad", new ZeroPaddingLayer.Builder(0, 1, 0, 1).build(), "point")
                        .addLayer("e", depthwise(1, 2), "pad")
                        .addLayer("h", dense(9, Activation.RELU), "e")
                        .addLayer("out", classes(), "h"),
                2,
                8);
    }

    /** Concatenation of three branches, one of them pooled, then flattened. */
    static Model inception() {
        return model(
                start("x")
                        .addLayer("stem", conv(5, 3, 1, Activation.RELU), "x")
                        .addLayer("a", conv(3, 1, 1, Activation.RELU), "stem")
                        .addLayer("b", conv(4, 3, 1, Activation.SIGMOID), "stem")
                        .addLayer(
                                "p",
                                new SubsamplingLayer.Builder(
                                                SubsamplingLayer.PoolingType.MAX, new int[] {3, 3}, new int[] {1, 1})
                                        .convolutionMode(ConvolutionMode.Same)
                                        .build(),
                                "stem")
                        .addVertex("cat", new MergeVertex(), "a", "p", "b")
                        .addLayer("cat_n", norm(), "cat")
                        .addLayer("h", dense(6, Activation.RELU), "cat_n")
                        .addLayer("out", classes(), "h"),
                2,
                6);
    }

    /** A gate over channels, as squeeze and excitation has it, and a hard swish of shift, relu6 and scale. */
    static Model gated() {
        var whole = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {6, 6}, new int[] {6, 6});
        return randomised(new ComputationGraph(start("x")
                .addLayer("stem", sized(conv(6, 3, 1, Activation.IDENTITY), 2), "x")
                .addVertex("shift", new ShiftVertex(3), "stem")
                .addLayer("six", new ActivationLayer(Activation.RELU6), "shift")
                .addVertex("sixth", new ScaleVertex(1 / 6.0), "six")
                .addVertex("swish", new ElementWiseVertex(ElementWiseVertex.Op.Product), "stem", "sixth")
                .addLayer("squeeze", whole.build(), "swish")
                .addLayer("narrow", sized(conv(3, 1, 1, Activation.RELU), 6), "squeeze")
                .addLayer("gate", sized(conv(6, 1, 1, Activation.SIGMOID), 3), "narrow")
                .addVertex("gated", new ElementWiseVertex(ElementWiseVertex.Op.Product), "swish", "gate")
                .addLayer("h", sized(dense(5, Activation.RELU), 6 * 36), "gated")
                .inputPreProcessor("h", new CnnToFeedForwardPreProcessor(6, 6, 6))
                .addLayer("out", sized(classes(), 5), "h")
                .setOutputs("out")
                .build()));
    }

    /** A concatenation added to one layer, a convolution in two groups by subsets, slopes for each channel. */
    static Model mixed() {
        var builder = start("x")
                .addLayer("a", sized(conv(3, 3, 1, Activation.IDENTITY), 2), "x")
                .addLayer("b", sized(conv(4, 3, 1, Activation.RELU), 2), "x")
                .addLayer("c", sized(conv(7, 1, 1, Activation.IDENTITY), 2), "x")
                .addVertex("cat", new MergeVertex(), "a", "b")
                .addVertex("sum", add(), "cat", "c")
                .addLayer("slopes", new PReLULayer.Builder().inputShape(7, 6, 6).build(), "sum")
                .addLayer("d", sized(conv(6, 1, 1, Activation.RELU), 7), "slopes")
                .addVertex("first", new SubsetVertex(0, 2), "d")
                .addVertex("last", new SubsetVertex(3, 5), "d")
                .addLayer("e", sized(conv(2, 3, 1, Activation.SIGMOID), 3), "first")
                .addLayer("f", sized(conv(3, 3, 1, Activation.IDENTITY), 3), "last")
                .addVertex("both", new MergeVertex(), "e", "f")
                .addLayer("out", sized(classes(), 5 * 36), "both")
                .inputPreProcessor("out", new CnnToFeedForwardPreProcessor(6, 6, 5))
                .setOutputs("out");
        return randomised(new ComputationGraph(builder.build()));
    }

    private static Layer sized(Layer layer, int inputs) {
        ((org.deeplearning4j.nn.conf.layers.FeedForwardLayer) layer).setNIn(inputs);
        return layer;
    }

    /** A vector of 3 and an image of 1 × 4 × 4, given side by side. */
    static Model twoInputs() {
        var builder = start("table", "scan")
                .addLayer("t", sized(dense(5, Activation.TANH), 3), "table")
                .addLayer("s", sized(conv(4, 3, 1, Activation.ELU), 1), "scan")
                .inputPreProcessor("s", new FeedForwardToCnnPreProcessor(4, 4, 1))
                .addVertex(
                        "flat",
                        new org.deeplearning4j.nn.conf.graph.PreprocessorVertex(
                                new CnnToFeedForwardPreProcessor(4, 4, 4)),
                        "s")
                .addVertex("cat", new MergeVertex(), "t", "flat")
                .addLayer("h", sized(dense(6, Activation.IDENTITY), 69), "cat")
                .addLayer(
                        "slopes",
                        new PReLULayer.Builder().nIn(6).nOut(6).inputShape(6).build(),
                        "h")
                .addLayer("out", sized(classes(), 6), "slopes")
                .setOutputs("out");
        return randomised(new ComputationGraph(builder.build()));
    }

    /** Dense layers with a connection that skips two, and the input beside features. */
    static Model skipping() {
        return randomised(new ComputationGraph(start("x")
                .addLayer("a", dense(6, Activation.SIGMOID), "x")
                .addLayer("b", dense(5, Activation.RELU), "a")
                .addLayer("c", dense(6, Activation.TANH), "b")
                .addVertex("sum", add(), "a", "c")
                .addVertex("cat", new MergeVertex(), "x", "sum")
                .addLayer("out", classes(), "cat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(7))
                .build()));
    }

    private static Model model(GraphBuilder builder, int channels, int side) {
        return randomised(new ComputationGraph(builder.setOutputs("out")
                .setInputTypes(InputType.convolutional(side, side, channels))
                .build()));
    }

    private static Model randomised(ComputationGraph graph) {
        graph.init();
        SplittableRandom random = new SplittableRandom(graph.numParams());
        for (int l = 0; l < graph.getNumLayers(); l++) {
            for (var entry : graph.getLayer(l).paramTable().entrySet()) {
                INDArray array = entry.getValue();
                float[] values = new float[(int) array.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float)
                            (entry.getKey().equals("var") ? 0.5 + random.nextDouble() : random.nextDouble() - 0.5);
                }
                array.assign(Nd4j.create(values, array.shape(), 'c'));
            }
        }
        return new Model(graph);
    }

    /** Random samples that {@code model} takes. */
    public static Samples samples(Model model, int n, long seed) {
        int[] shape = model.isGraph() && model.graph().getNumInputArrays() == 2
                ? new int[] {19}
                : model.takesImages() ? new int[] {2, side(model), side(model)} : new int[] {7};
        int size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[n * size];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % CLASSES;
            for (int k = 0; k < size; k++) {
                x[i * size + k] = (float) (random.nextDouble() + (k % CLASSES == labels[i] ? 0.5 : 0));
            }
        }
        return new Samples(x, labels, CLASSES, shape);
    }

    private static int side(Model model) {
        boolean large = model.graph().getVertex("pool") != null || model.graph().getVertex("pad") != null;
        return large ? 8 : 6;
    }
}
