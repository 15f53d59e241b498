package org.parsimony.network.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * An ONNX graph as {@link Blueprint}: its signals, each with the node that gives it. {@link OnnxOperators} says what each
 * operator becomes, {@link OnnxConstants} what is known beforehand.
 */
final class OnnxGraph {

    /** A signal that flows in use: the node of the blueprint that gives it, and its shape. */
    record Signal(String node, Shape shape) {}

    /** Values of coded weights that a file of any size may hold, and so many more for each of its bytes. */
    private static final long SMALL = 1 << 20;

    private static final long DECODED = 64;

    final OnnxConstants constants;
    /** Version of the operators. */
    final long version;

    private final Map<String, Signal> signals = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Weights> weights = new HashMap<>();

    private OnnxGraph(GraphProto graph, long version) {
        constants = new OnnxConstants(graph.getInitializerList(), SMALL + DECODED * (long) graph.getSerializedSize());
        this.version = version;
        for (NodeProto node : graph.getNodeList()) {
            node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        graph.getOutputList().forEach(output -> uses.merge(output.getName(), 1, Integer::sum));
    }

    /** Throws IllegalArgumentException naming the operator that is not known, or what does not fit. */
    static Model model(ModelProto model) {
        Require.that(model.hasGraph() && model.getGraph().getNodeCount() > 0, "it has no graph of operators");
        long version = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(set -> set.getVersion())
                .findFirst()
                .orElse(1);
        GraphProto proto = model.getGraph();
        OnnxGraph graph = new OnnxGraph(proto, version);
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (ValueInfoProto input : proto.getInputList()) {
            if (!graph.constants.has(input.getName())) {
                Shape shape = shape(input);
                inputs.put(input.getName(), shape);
                graph.signals.put(input.getName(), new Signal(input.getName(), shape));
            }
        }
        for (NodeProto node : proto.getNodeList()) {
            graph.add(new OnnxNode(node));
        }
        Require.that(
                proto.getOutputCount() == 1,
                "it has outputs %s, but must have one; leave the others out",
                proto.getOutputList().stream().map(ValueInfoProto::getName).toList());
        return graph.finish(inputs, proto.getOutput(0).getName());
    }

    /** A sample's shape: that of the input without its first side. */
    private static Shape shape(ValueInfoProto input) {
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        int rank = shape.getDimCount();
        Require.that(
                rank == 2 || rank == 4,
                "its input \"%s\" has %d sides, but must have 2 (samples, values) or 4 (samples, channels, height, width)",
                input.getName(),
                rank);
        int[] sides = new int[rank - 1];
        for (int d = 1; d < rank; d++) {
            long side = shape.getDim(d).getDimValue();
            Require.that(
                    side >= 1 && side <= Integer.MAX_VALUE,
                    "its input \"%s\" leaves side %d open; export it with every side but the first one stated",
                    input.getName(),
                    d);
            sides[d - 1] = (int) side;
        }
        return Shape.of(sides);
    }

    private void add(OnnxNode node) {
        Signal first = signals.get(node.input(0));
        if (!constants.fold(node, first == null ? null : first.shape())) {
            for (int i = 0; i < node.inputs().size(); i++) {
                String input = node.input(i);
                if (input != null && !constants.has(input) && !signals.containsKey(input)) {
                    throw node.refused("reads \"%s\", which nothing before it gives", input);
                }
            }
            new OnnxOperators(this, node).add();
        }
    }

    /** The signal of this name, or null if it is a constant. */
    Signal signal(String name) {
        return signals.get(name);
    }

    /** The signal that a node reads at place {@code i}. */
    Signal signal(OnnxNode node, int i) {
        Signal signal = signals.get(node.input(i));
        if (signal == null) {
            throw node.refused("reads a constant at place %d, where this can only follow samples", i);
        }
        return signal;
    }

    /** The constant that a node reads at place {@code i}. */
    OnnxTensor constant(OnnxNode node, int i) {
        OnnxTensor constant = constants.get(node.input(i));
        if (constant == null) {
            throw node.refused(
                    "has no constant at place %d; weights must be initialisers or constants, not computed", i);
        }
        return constant;
    }

    /** Whether one node alone reads a value. */
    boolean readOnce(String value) {
        return uses.getOrDefault(value, 0) == 1;
    }

    /** Adds a step of a node and gives its signal. */
    Signal step(OnnxNode node, String name, Op op, Weights own, List<Signal> in) {
        List<Shape> shapes = in.stream().map(Signal::shape).toList();
        try {
            Shape out = op.out(shapes);
            nodes.add(new Node(name, op, in.stream().map(Signal::node).toList()));
            if (own != null) {
                weights.put(name, own);
            }
            return new Signal(name, out);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(node.full() + " cannot take " + shapes + ": " + e.getMessage(), e);
        }
    }

    /** Says which signal a value is. */
    void give(String value, Signal signal) {
        signals.put(value, signal);
    }

    /** The node of this name as it stands. */
    Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Weights of a node, or null. */
    Weights weights(String name) {
        return weights.get(name);
    }

    /** Puts another node, of the same inputs, with other weights in the place of one. */
    void replace(Node node, Op op, Weights own) {
        nodes.set(nodes.indexOf(node), new Node(node.name(), op, node.reads()));
        weights.put(node.name(), own);
    }

    private Model finish(Map<String, Shape> inputs, String output) {
        Signal end = signals.get(output);
        Require.that(end != null, "nothing gives its output \"%s\"", output);
        if (end.shape().image() && end.shape().area() == 1) {
            nodes.add(new Node(output + "/flat", new Op.Plain(new Layers.Flatten()), List.of(end.node())));
            end = new Signal(output + "/flat", Shape.of(end.shape().channels()));
        }
        Require.that(
                !end.shape().image(),
                "its output \"%s\" is an image of %s; only networks that end with classes are supported",
                output,
                end.shape());
        Node last = node(end.node());
        boolean ends = last != null
                && last.op() instanceof Op.Plain plain
                && (plain.layer() instanceof Layers.Dense || plain.layer() instanceof Layers.Activate);
        boolean readOn =
                last != null && nodes.stream().anyMatch(node -> node.reads().contains(last.name()));
        if (!ends || readOn) {
            String name = output + "/output";
            nodes.add(new Node(name, new Op.Plain(new Layers.Activate("identity")), List.of(end.node())));
            end = new Signal(name, end.shape());
        }
        Set<String> needed = new HashSet<>(Set.of(end.node()));
        List<Node> kept = new ArrayList<>();
        for (int n = nodes.size() - 1; n >= 0; n--) {
            if (needed.contains(nodes.get(n).name())) {
                kept.add(0, nodes.get(n));
                needed.addAll(nodes.get(n).reads());
            }
        }
        inputs.keySet().retainAll(needed);
        weights.keySet().retainAll(needed);
        return new Blueprint(inputs, kept).model(weights);
    }
}
