package org.parsimony.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.network.graph.Op;

/** Networks of every kind that is exported, as they are and compressed, and samples for them. */
final class ExportNets {

    private static final String FILES = "/org/parsimony/network/files/";

    private ExportNets() {}

    /**
     * A network.
     *
     * @param shape of its samples where it does not state it; else empty
     */
    record Net(String name, Model model, int... shape) {

        Net(String name, Model model) {
            this(name, model, new int[0]);
        }

        /** The same net with other weights. */
        Net with(Model other) {
            return new Net(name, other, shape);
        }

        Map<String, Shape> inputs() {
            return Blueprint.of(model, shape).inputs();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Those of the folder of foreign networks only where it is there. */
    static List<Net> all() {
        List<Net> nets = new ArrayList<>();
        int n = 0;
        for (Model graph : GraphNets.all()) {
            int[] shape = graph.takesImages() ? GraphNets.samples(graph, 1, 1).shape() : new int[0];
            nets.add(new Net("graph " + n++, graph, shape));
        }
        nets.add(new Net("dense", TestNetworks.random("[12],dense 9 relu,dense 7 sigmoid nobias,dense 4 softmax")));
        nets.add(new Net(
                "norm", TestNetworks.random("[12],dense 9,batchnorm 0.001 0.9,activation relu,dense 4 softmax")));
        nets.add(new Net("log", TestNetworks.random("[12],dense 9,batchnorm 0.001 0.9 log,activation tanh,dense 4")));
        nets.add(new Net(
                "conv",
                TestNetworks.random("[2 11 10],conv 5 3x3 by 2x1 pad 1x2,batchnorm 0.001 0.9,activation relu,"
                        + "max 2x2 by 2x2,conv 6 2x2 dilated 2x2 same elu nobias,avg 3x2 pad 1x1 counted,flatten,"
                        + "dropout 0.5,dense 8 swish,dense 4 softmax")));
        nets.add(new Net(
                "same",
                TestNetworks.random("[2 9 10],conv 5 3x3 by 2x2 same relu6,max 3x3 by 2x2 same,avg 2x2 same,"
                        + "conv 3 4x4 same softsign,flatten,dense 4 sigmoid")));
        nets.add(new Net("grouped", grouped()));
        for (String function : List.of(
                "identity",
                "tanh",
                "relu6",
                "leakyrelu",
                "leakyrelu=0.3",
                "elu",
                "elu=0.5",
                "selu",
                "swish",
                "softplus",
                "softsign",
                "hardsigmoid",
                "hardtanh")) {
            nets.add(new Net(function, TestNetworks.random("[5],dense 6 " + function + ",dense 3 softmax")));
        }
        for (String file : List.of(
                "keras3/resnet.keras",
                "keras3/mobile.keras",
                "keras3/inception.h5",
                "keras3/two_inputs.keras",
                "keras3/seq_cnn.h5",
                "onnx/residual.onnx",
                "onnx/mobile.onnx")) {
            nets.add(new Net(file, Model.read(resource(file))));
        }
        for (String file : List.of("dl4j_mnist-model.zip", "lenet_sam783.h5", "cifar10_cnn_sagecodes.h5")) {
            TestNetworks.file(file).ifPresent(path -> nets.add(new Net(file, Model.read(path))));
        }
        return nets;
    }

    /** A convolution in two groups, as a blueprint has it. */
    private static Model grouped() {
        List<Node> nodes = List.of(
                node("stem", "conv 6 3x3 same relu", "x"),
                node("left", "subset 0 2", "stem"),
                node("a", "conv 4 3x2 by 2x1 relu", "left"),
                node("right", "subset 3 5", "stem"),
                node("b", "conv 4 3x2 by 2x1 relu", "right"),
                node("both", "concat", "a", "b"),
                node("flat", "flatten", "both"),
                node("classes", "dense 3 softmax", "flat"));
        Blueprint blueprint = new Blueprint(Map.of("x", Shape.of(2, 7, 6)), nodes);
        SplittableRandom random = new SplittableRandom(2);
        Map<String, Shape> shapes = blueprint.shapes();
        Map<String, Weights> weights = new HashMap<>();
        for (Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            float[] values = new float[size[0] * size[1]];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextDouble() - 0.5);
            }
            weights.put(node.name(), new Weights(size[0], size[1], values, new float[size[1]]));
        }
        return blueprint.model(weights);
    }

    private static Node node(String name, String words, String... reads) {
        return new Node(name, Op.parse(words), List.of(reads));
    }

    private static Path resource(String name) {
        try {
            return Path.of(ExportNets.class.getResource(FILES + name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Four of five weights of each layer masked, those that are left rounded to at most {@code k} values. */
    static Model compressed(Model model, int k) {
        Model copy = model.copy();
        for (int l = 0; l < copy.net().layers(); l++) {
            INDArray weights = copy.net().layer(l).paramTable().get("W");
            if (weights == null || weights.length() < 10) {
                continue;
            }
            float[] values = weights.dup('c').data().asFloat();
            float[] sizes = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                sizes[i] = Math.abs(values[i]);
            }
            Arrays.sort(sizes);
            float least = sizes[values.length * 4 / 5];
            float step = 2 * sizes[values.length - 1] / k;
            float[] mask = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                mask[i] = Math.abs(values[i]) >= least ? 1 : 0;
                values[i] = mask[i] * ((float) Math.floor(values[i] / step) + 0.5f) * step;
            }
            weights.assign(Nd4j.create(values, weights.shape(), 'c'));
            copy.mask(l, Nd4j.create(mask, weights.shape(), 'c'));
        }
        return copy;
    }

    /** Random samples that a network takes; those of several inputs stand side by side. */
    static Samples samples(Net net, int n) {
        Map<String, Shape> inputs = net.inputs();
        int[] shape = inputs.size() == 1
                ? inputs.values().iterator().next().toArray()
                : new int[] {inputs.values().stream().mapToInt(Shape::size).sum()};
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        SplittableRandom random = new SplittableRandom(n);
        float[] x = new float[n * size];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        return new Samples(x, new int[n], 2, shape);
    }

    /** What the network says of samples. */
    static float[] outputs(Model model, Samples samples) {
        return model.predict(samples, 0, samples.size()).dup('c').data().asFloat();
    }

    /** Where two lists of outputs differ most. */
    static double distance(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " outputs and " + b.length);
        }
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Float.isNaN(a[i] - b[i]) ? Double.POSITIVE_INFINITY : Math.abs(a[i] - b[i]));
        }
        return most;
    }
}
