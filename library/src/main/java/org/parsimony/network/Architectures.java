package org.parsimony.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.GraphArchitectures;
import org.parsimony.network.graph.TextArchitectures;
import org.parsimony.network.graph.Wiring;
import org.parsimony.network.weights.WeightsFile;

/**
 * The networks of the papers, freshly initialised from a seed.
 *
 * <p>Fully connected nets are written as their widths, {@code "784-300-100-10"}: inputs, hidden layers with ReLU, and
 * classes with soft-max. Weights start as He et al. (2015) recommend for ReLU, biases at zero; the loss is the
 * cross-entropy.
 * Batch norm keeps the running variance itself, not its logarithm, which training would drive to NaN for a unit whose
 * connections are all pruned.
 */
public final class Architectures {

    private static final String LENET_300 = "lenet-300-100";
    private static final String LENET_5 = "lenet5";
    private static final List<String> NAMES = List.of(LENET_300, LENET_5);
    private static final Pattern LENET_5_WIDTHS = Pattern.compile("lenet5(-\\d+){3,}");
    private static final Pattern WIDTHS = Pattern.compile("\\s*\\d+(-\\d+)+\\s*");
    private static final String NORMALISED = "+bn";
    private static final Pattern NORMALISED_WIDTHS = Pattern.compile("\\s*\\d+(-\\d+)+\\+bn\\s*");

    private Architectures() {}

    /** How networks are set up: the optimiser with its learning rate, and whether batch norm follows hidden layers. */
    public record Options(IUpdater optimiser, Normalisation normalisation) {

        /** What stands between a hidden layer's sums and its ReLU. */
        public enum Normalisation {
            NONE,
            BATCH
        }

        /** Adam with learning rate 0.001, no normalisation. */
        public Options() {
            this(new Adam(1e-3), Normalisation.NONE);
        }

        /** These options with another optimiser. */
        public Options optimiser(IUpdater other) {
            return new Options(other, normalisation);
        }

        /** These options with another normalisation. */
        public Options normalisation(Normalisation other) {
            return new Options(optimiser, other);
        }
    }

    /** A fully connected net from its widths as text, for example {@code "784-300-100-10"}. */
    public static Model mlp(String widths, long seed) {
        return mlp(widths(widths), seed, new Options());
    }

    /**
     * A fully connected net.
     *
     * @param widths inputs, hidden units layer by layer, classes: at least two numbers, each at least 1
     * @param seed of the initial weights
     */
    public static Model mlp(int[] widths, long seed, Options options) {
        Backend.tame();
        Require.atLeast("number of widths", widths.length, 2);
        for (int width : widths) {
            Require.atLeast("width in " + text(widths), width, 1);
        }
        var list = start(seed, options).list();
        for (int l = 1; l < widths.length - 1; l++) {
            boolean normalised = options.normalisation() == Options.Normalisation.BATCH;
            list.layer(new DenseLayer.Builder()
                    .nIn(widths[l - 1])
                    .nOut(widths[l])
                    .activation(normalised ? Activation.IDENTITY : Activation.RELU)
                    .build());
            if (normalised) {
                list.layer(new BatchNormalization.Builder()
                        .nIn(widths[l])
                        .nOut(widths[l])
                        .useLogStd(false)
                        .build());
                list.layer(new ActivationLayer(Activation.RELU));
            }
        }
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(widths[widths.length - 2])
                .nOut(widths[widths.length - 1])
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .build());
        return initialised(list.build());
    }

    /**
     * A fully connected net in which batch norm and ReLU follow every layer, the output layer too, before the soft-max:
     * {@code "784-32-16-10+bn"} (the net of Kuo et al., Entropy 2022, 24(3), 348). Weights start uniformly within
     * ±1/√inputs; biases, which batch norm cancels, at zero. Adam with learning rate 0.001.
     *
     * @param widths inputs, hidden units layer by layer, classes: at least two numbers, each at least 1
     * @param seed of the initial weights
     */
    public static Model normalised(int[] widths, long seed) {
        Backend.tame();
        Require.atLeast("number of widths", widths.length, 2);
        for (int width : widths) {
            Require.atLeast("width in " + text(widths), width, 1);
        }
        var list = start(seed, new Options()).weightInit(WeightInit.UNIFORM).list();
        for (int l = 1; l < widths.length; l++) {
            list.layer(new DenseLayer.Builder()
                    .nIn(widths[l - 1])
                    .nOut(widths[l])
                    .activation(Activation.IDENTITY)
                    .build());
            list.layer(new BatchNormalization.Builder()
                    .nIn(widths[l])
                    .nOut(widths[l])
                    .useLogStd(false)
                    .build());
            list.layer(new ActivationLayer(Activation.RELU));
        }
        list.layer(new LossLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build());
        return initialised(list.build());
    }

    /**
     * LeNet-5 in the form that the compression literature uses (Caffe's): two 5×5 convolutions without padding, each
     * followed by 2×2 max pooling, then dense layers.
     *
     * @param channels of the input
     * @param side height and width of the input, at least 16
     * @param widths filters of both convolutions, units of every hidden layer (at least one), classes; {@code {20, 50,
     *     500, 10}} in the literature, {@code {6, 16, 120, 84, 10}} with the widths of 1998
     */
    public static Model lenet5(int channels, int side, int[] widths, long seed, Options options) {
        Backend.tame();
        Require.that(
                widths.length >= 4,
                "LeNet-5 has at least 4 widths (two convolutions, hidden layers, classes), but %d were given: %s",
                widths.length,
                text(widths));
        Require.atLeast("height and width of LeNet-5's input", side, 16);
        var list = start(seed, options).list();
        for (int l = 0; l < 2; l++) {
            list.layer(new ConvolutionLayer.Builder(5, 5)
                    .nOut(widths[l])
                    .activation(Activation.RELU)
                    .build());
            list.layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                            .build());
        }
        for (int l = 2; l < widths.length - 1; l++) {
            list.layer(new DenseLayer.Builder()
                    .nOut(widths[l])
                    .activation(Activation.RELU)
                    .build());
        }
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(widths[widths.length - 1])
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .build());
        list.setInputType(InputType.convolutional(side, side, channels));
        return initialised(list.build());
    }

    /**
     * The network that a parameter names, for samples of {@code data}: widths ({@code "784-300-100-10"}), with {@code
     * "+bn"} those of a {@linkplain #normalised normalised} net; a name, {@code "lenet-300-100"} or {@code "lenet5"}, with
     * the inputs and classes of {@code data}; {@code "lenet5-6-16-120-84"} with other widths; a graph, {@code "resnet20"},
     * {@code "mobilenet-8-16-16-32"} or {@code "inception"} ({@link GraphArchitectures}); one of texts, {@code "deepdta"} ({@link
     * TextArchitectures}); the path of a file that {@link
     * Model#read} reads; or of one of weights alone, with one of the others that they are for, {@code
     * "weights.npz:architecture=lenet5"}. Images go into a fully connected net as they are: the model flattens them itself.
     *
     * @param seed of the initial weights; those of a file are its own
     * @throws IllegalArgumentException if there is no such network, or its inputs or outputs do not fit {@code data}
     */
    public static Model resolve(String network, Dataset data, long seed) {
        Require.text("network", network);
        int[] shape = data.train().shape();
        Model model;
        WeightsFile weights = WeightsFile.parse(network);
        if (weights != null) {
            Require.that(
                    known(network),
                    "network is %s, but there is no file %s, or no architecture %s; it must be one of %s, or widths",
                    network,
                    weights.file(),
                    weights.architecture(),
                    String.join(", ", NAMES));
            model = weights.into(resolve(weights.architecture(), data, seed), shape.length == 3 ? shape : new int[0]);
        } else if (network.equals(LENET_300)) {
            model = mlp(data.inputs() + "-300-100-" + data.outputs(), seed);
        } else if (network.equals(LENET_5) || LENET_5_WIDTHS.matcher(network).matches()) {
            Require.that(
                    shape.length == 3 && shape[1] == shape[2],
                    "network %s takes square images, but %s has samples of shape %s",
                    network,
                    data.name(),
                    Arrays.toString(shape));
            String widths = network.equals(LENET_5) ? "20-50-500" : network.substring(LENET_5.length() + 1);
            model = lenet5(shape[0], shape[1], widths(widths + "-" + data.outputs()), seed, new Options());
        } else if (TextArchitectures.knows(network)) {
            model = TextArchitectures.of(network, data, seed);
        } else if (GraphArchitectures.knows(network)) {
            model = GraphArchitectures.of(network, Shape.of(shape), data.outputs())
                    .drawn(seed);
        } else if (WIDTHS.matcher(network).matches()) {
            model = mlp(network, seed);
        } else if (NORMALISED_WIDTHS.matcher(network).matches()) {
            model = normalised(widths(network.substring(0, network.indexOf('+'))), seed);
        } else {
            Require.that(
                    known(network),
                    "network \"%s\" is no file, no list of widths such as 784-300-100-10, 784-32-16-10+bn or"
                            + " mobilenet-8-16-16-32, and none of %s",
                    network,
                    String.join(", ", names()));
            model = Model.read(Path.of(network));
        }
        requireFit(network, model, data);
        return model;
    }

    /** The names of networks that {@link #resolve} knows beside widths and files. */
    public static List<String> names() {
        return Stream.of(NAMES, GraphArchitectures.names(), List.of(TextArchitectures.NAME))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether {@link #resolve} knows what {@code network} means: widths, a name, or a file that exists. */
    public static boolean known(String network) {
        WeightsFile weights = WeightsFile.parse(network);
        if (weights != null) {
            return Files.isRegularFile(weights.file()) && known(weights.architecture());
        }
        return NAMES.contains(network)
                || GraphArchitectures.knows(network)
                || TextArchitectures.knows(network)
                || LENET_5_WIDTHS.matcher(network).matches()
                || WIDTHS.matcher(network).matches()
                || NORMALISED_WIDTHS.matcher(network).matches()
                || Files.isRegularFile(Path.of(network));
    }

    /**
     * What recipes call a network: the text itself, or of a file its name and the first 12 digits of its content's
     * SHA-256, {@code "net.h5@3a7bd3e2360a"}, so that neither its folder nor another file of this name is taken for it.
     */
    public static String name(String network) {
        WeightsFile weights = WeightsFile.parse(network);
        if (weights != null && Files.isRegularFile(weights.file())) {
            return weights.named(name(weights.file().toString()));
        }
        Path file = Path.of(network);
        if (!Files.isRegularFile(file)) {
            return network;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return file.getFileName() + "@" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Throws IllegalArgumentException unless the samples of {@code data} can go in and its targets come out. */
    private static void requireFit(String network, Model model, Dataset data) {
        int[] shape = data.train().shape();
        Blueprint blueprint = Blueprint.of(model, shape.length == 3 ? shape : new int[0]);
        Shape given = Shape.of(shape);
        List<Blueprint.Node> nodes = blueprint.nodes();
        Blueprint.Node last = nodes.get(nodes.size() - 1);
        int outputs = blueprint.shapes().get(last.name()).size();
        boolean probabilities =
                last.op().text().contains("softmax") || last.op().text().contains("sigmoid");
        Require.that(
                blueprint.takes(given) && outputs == data.outputs() && !(data.isValued() && probabilities),
                "network %s takes samples of %s and tells %d %s, but %s has samples of %s and %s",
                network,
                blueprint.inputs().values().stream().map(Shape::toString).collect(Collectors.joining(" and ")),
                outputs,
                probabilities ? "classes" : "values",
                data.name(),
                given,
                data.isValued() ? "a real value for each" : data.classes() + " classes");
    }

    /** The numbers of {@code "784-300-100-10"}. */
    public static int[] widths(String text) {
        try {
            return Arrays.stream(text.trim().split("-"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "network \"" + text + "\" is not a list of widths; write for example 784-300-100-10", e);
        }
    }

    /**
     * A network as text: its widths, {@code "+bn"} if batch norm follows every layer with weights, and {@code "graph "}
     * before it if it is a graph.
     */
    public static String text(Model model) {
        if (model.isGraph()) {
            return "graph " + text(widths(model));
        }
        MultiLayerNetwork network = model.network();
        boolean normalised = IntStream.range(0, network.getnLayers())
                .filter(l -> Wiring.makesUnits(model.net().conf(l)))
                .allMatch(l -> l + 1 < network.getnLayers()
                        && network.getLayer(l + 1).conf().getLayer() instanceof BatchNormalization);
        return text(widths(model)) + (normalised ? NORMALISED : "");
    }

    /** Widths as text: {@code "784-300-100-10"}. */
    public static String text(int[] widths) {
        return Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining("-"));
    }

    /**
     * The widths of a network: inputs (channels for a convolution), then the units or filters of every layer with
     * weights.
     */
    public static int[] widths(Model model) {
        var layers = IntStream.range(0, model.net().layers())
                .mapToObj(model.net()::conf)
                .filter(layer -> layer instanceof FeedForwardLayer
                        && !(layer instanceof BatchNormalization)
                        && !(layer instanceof LossLayer))
                .map(layer -> (FeedForwardLayer) layer)
                .toList();
        return IntStream.concat(
                        IntStream.of((int) layers.get(0).getNIn()),
                        layers.stream().mapToInt(layer -> (int) layer.getNOut()))
                .toArray();
    }

    private static NeuralNetConfiguration.Builder start(long seed, Options options) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(options.optimiser())
                .weightInit(WeightInit.RELU);
    }

    private static Model initialised(org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new Model(network);
    }
}
