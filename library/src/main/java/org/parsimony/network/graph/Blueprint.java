package org.parsimony.network.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Constraints;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Net;

/**
 * What a graph computes, without its weights: the shapes of its inputs and its nodes in an order in which they can be
 * computed; the last gives the output. It is to graphs what {@link Architecture} is to chains.
 *
 * @param inputs shape of a sample by the inputs' names, in order
 * @param nodes the last is dense or an activation
 */
public record Blueprint(Map<String, Shape> inputs, List<Node> nodes) {

    private static final int MOST_NODES = 10_000;

    /**
     * One step.
     *
     * @param name of its own
     * @param op what it computes
     * @param reads names of inputs and earlier nodes
     */
    public record Node(String name, Op op, List<String> reads) {
        public Node {
            reads = List.copyOf(reads);
        }

        /** Name and words, for messages. */
        public String text() {
            return "\"" + name + "\" (" + op.text() + ")";
        }
    }

    public Blueprint {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        nodes = List.copyOf(nodes);
        Require.that(!inputs.isEmpty(), "the network has no input");
        Require.between("number of nodes", nodes.size(), 1, MOST_NODES);
        Set<String> known = new HashSet<>(inputs.keySet());
        Set<String> read = new HashSet<>();
        for (Node node : nodes) {
            for (String from : node.reads()) {
                Require.that(known.contains(from), "node %s reads \"%s\", which is not before it", node.text(), from);
                read.add(from);
            }
            Require.that(known.add(node.name()), "there are two nodes \"%s\"", node.name());
        }
        Node last = nodes.get(nodes.size() - 1);
        known.removeAll(read);
        Require.that(
                known.equals(Set.of(last.name())),
                "nothing reads %s, but only the last node, \"%s\", gives the output",
                known,
                last.name());
        Require.that(
                last.op() instanceof Op.Plain plain
                        && (plain.layer() instanceof Layers.Dense || plain.layer() instanceof Layers.Activate),
                "the last node is %s, but must be dense or an activation",
                last.text());
        shapes(inputs, nodes);
    }

    /**
     * The shapes of all inputs and of what every node gives, by name.
     *
     * @throws IllegalArgumentException if a node cannot take what reaches it, by name
     */
    public Map<String, Shape> shapes() {
        return shapes(inputs, nodes);
    }

    private static Map<String, Shape> shapes(Map<String, Shape> inputs, List<Node> nodes) {
        Map<String, Shape> shapes = new LinkedHashMap<>(inputs);
        for (Node node : nodes) {
            List<Shape> in = node.reads().stream().map(shapes::get).toList();
            try {
                shapes.put(node.name(), node.op().out(in));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        "node " + node.text() + " cannot take " + in + ": " + e.getMessage(), e);
            }
        }
        return shapes;
    }

    /**
     * The same for inputs of other shapes; images may be larger than {@link #inputs} where no flattening fixes their size.
     */
    public Map<String, Shape> shapes(Map<String, Shape> given) {
        return shapes(given, nodes);
    }

    /** The shapes that reach a node. */
    public static List<Shape> reaching(Node node, Map<String, Shape> shapes) {
        return node.reads().stream().map(shapes::get).toList();
    }

    /** Nodes with weights, in order. */
    public List<Node> parametrised() {
        Map<String, Shape> shapes = shapes();
        return nodes.stream()
                .filter(node -> node.op().weights(reaching(node, shapes)).length > 0)
                .toList();
    }

    /** Values of a sample, of all inputs side by side. */
    public int inputSize() {
        return inputs.values().stream().mapToInt(Shape::size).reduce(0, Math::addExact);
    }

    /**
     * Of a network, chain or graph. Nodes with weights have the names of its layers.
     *
     * @param shape of a sample, for graphs whose only input does not state it: {@code {channels, height, width}}
     * @throws IllegalArgumentException if it has a layer or a vertex for which there are no words, by name
     */
    public static Blueprint of(Model model, int... shape) {
        return model.isGraph() ? GraphReading.blueprint(model.net(), shape) : of(Architecture.of(model));
    }

    /** Of a chain; its layers with weights have the names that they have in a network. */
    public static Blueprint of(Architecture architecture) {
        List<Node> nodes = new ArrayList<>();
        String before = "input";
        int layer = 0;
        for (Architecture.Layer each : architecture.layers()) {
            String name = each instanceof Layers.Flatten ? "flatten " + nodes.size() : "layer " + layer++;
            nodes.add(new Node(name, new Op.Plain(each), List.of(before)));
            before = name;
        }
        return new Blueprint(Map.of("input", architecture.input()), nodes);
    }

    /** The chain that it is. Throws IllegalArgumentException if it is a graph. */
    public Architecture architecture() {
        Require.that(isChain(), "the network is a graph, but this needs a chain of layers");
        return new Architecture(
                inputs.values().iterator().next(),
                nodes.stream().map(node -> ((Op.Plain) node.op()).layer()).toList());
    }

    /** The parameters of {@code model}, which this is the blueprint of, by node, in order. */
    public Map<String, Weights> weights(Model model) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        if (model.isGraph()) {
            Map<String, Shape> shapes = shapes();
            for (Node node : parametrised()) {
                int[] size = node.op().weights(reaching(node, shapes));
                weights.put(node.name(), GraphReading.weights(model.graph().getLayer(node.name()), node.op(), size));
            }
        } else {
            var all = architecture().weights(model).iterator();
            parametrised().forEach(node -> weights.put(node.name(), all.next()));
        }
        return weights;
    }

    /**
     * Whether samples of this shape can go in: as many values as it takes or, for images into a network of images, maps that
     * every layer has weights for.
     */
    public boolean takes(Shape samples) {
        Map.Entry<String, Shape> first = inputs.entrySet().iterator().next();
        boolean images = first.getValue().image();
        Shape in = images || !samples.image() ? samples : Shape.of(samples.size());
        if (inputs.size() > 1 || !images) {
            return inputSize() == in.size();
        }
        try {
            Map<String, Shape> here = shapes(Map.of(first.getKey(), in));
            Map<String, Shape> there = shapes();
            return parametrised().stream()
                    .allMatch(node -> Arrays.equals(
                            node.op().weights(reaching(node, here)), node.op().weights(reaching(node, there))));
        } catch (IllegalArgumentException e) {
            return false; // maps that a layer cannot be laid over
        }
    }

    /** Whether it is a chain of layers, one after the other. */
    public boolean isChain() {
        String before = inputs.keySet().iterator().next();
        for (Node node : nodes) {
            if (!(node.op() instanceof Op.Plain) || !node.reads().equals(List.of(before))) {
                return false;
            }
            before = node.name();
        }
        return inputs.size() == 1;
    }

    /**
     * A network of it, ready for Adam with learning rate 0.001: a chain where it is one, else a graph.
     *
     * @param weights by node
     */
    public Model model(Map<String, Weights> weights) {
        check(weights);
        if (isChain()) {
            return architecture()
                    .model(nodes.stream()
                            .filter(node -> weights.containsKey(node.name()))
                            .map(node -> weights.get(node.name()))
                            .toList());
        }
        return new Model(GraphBuilding.graph(this, weights, Map.of()));
    }

    /**
     * A network of a graph with fresh weights, ready for Adam with learning rate 0.001: weights as He et al. (2015) recommend
     * for ReLU, biases and shifts at zero, scales and variances at one.
     */
    public Model drawn(long seed) {
        return drawn(seed, Map.of());
    }

    /**
     * The same with weights that are drawn otherwise.
     *
     * @param initial how, by node; others as {@link #drawn(long)} says
     */
    public Model drawn(long seed, Map<String, IWeightInit> initial) {
        Require.that(!isChain(), "the network is a chain of layers; only graphs are drawn");
        return new Model(Net.of(GraphBuilding.graph(this, Map.of(), initial)).drawn(seed), new Constraints());
    }

    private void check(Map<String, Weights> weights) {
        Map<String, Shape> shapes = shapes();
        for (Node node : nodes) {
            int[] size = node.op().weights(reaching(node, shapes));
            Weights given = weights.get(node.name());
            if (size.length == 0) {
                Require.that(given == null, "node %s has weights, but takes none", node.text());
                continue;
            }
            int biases = node.op().biased() ? size[1] : 0;
            Require.that(given != null, "node %s has no weights", node.text());
            Require.that(
                    given.rows() == size[0] && given.cols() == size[1] && given.bias().length == biases,
                    "node %s has weights %d × %d and %d biases, but takes %d × %d and %d",
                    node.text(),
                    given.rows(),
                    given.cols(),
                    given.bias().length,
                    size[0],
                    size[1],
                    biases);
        }
    }

    /** JSON without spaces but those of the nodes' words. */
    public String toJson() {
        JsonObject json = new JsonObject();
        JsonObject shapes = new JsonObject();
        inputs.forEach((name, shape) -> {
            JsonArray sides = new JsonArray();
            for (int side : shape.toArray()) {
                sides.add(side);
            }
            shapes.add(name, sides);
        });
        json.add("inputs", shapes);
        JsonArray list = new JsonArray();
        for (Node node : nodes) {
            JsonArray entry = new JsonArray();
            entry.add(node.name());
            entry.add(node.op().text());
            node.reads().forEach(entry::add);
            list.add(entry);
        }
        json.add("nodes", list);
        return json.toString();
    }

    /**
     * Reads {@link #toJson()}.
     *
     * @throws IllegalArgumentException if it is something else, computes what is not known, or does not fit together
     */
    public static Blueprint parse(String json) {
        try {
            JsonObject object = JsonParser.parseString(json).getAsJsonObject();
            Map<String, Shape> inputs = new LinkedHashMap<>();
            object.getAsJsonObject("inputs")
                    .entrySet()
                    .forEach(entry -> inputs.put(
                            entry.getKey(),
                            Shape.of(entry.getValue().getAsJsonArray().asList().stream()
                                    .mapToInt(JsonElement::getAsInt)
                                    .toArray())));
            JsonArray list = object.getAsJsonArray("nodes");
            Require.between("number of nodes", list.size(), 1, MOST_NODES);
            List<Node> nodes = new ArrayList<>();
            for (JsonElement each : list) {
                List<String> words = each.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList();
                Require.that(words.size() >= 3, "a node has a name, what it computes and what it reads, not %s", words);
                nodes.add(new Node(words.get(0), Op.parse(words.get(1)), words.subList(2, words.size())));
            }
            return new Blueprint(inputs, nodes);
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IllegalArgumentException("it is no JSON of a graph: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return isChain()
                ? architecture().toString()
                : inputs.values() + ": "
                        + String.join(
                                ", ",
                                nodes.stream().map(node -> node.op().text()).toList());
    }
}
