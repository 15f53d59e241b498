package org.parsimony.network.texts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * A network as this package computes it.
 *
 * @param texts the branches, in the order in which their features stand side by side
 * @param places of each branch's text among the values of a sample
 * @param dense the dense layers, the last with one unit and without a function
 */
record TextPlan(List<Text> texts, List<Integer> places, List<Dense> dense) {

    private static final int CONVOLUTIONS = 3;
    private static final String RELU = "relu";

    /**
     * A branch.
     *
     * @param layers names of the embedding and of the convolutions
     * @param tokens how many there are, the padding 0 among them
     * @param length of every text, padding included
     * @param kernel width of each convolution
     * @param embedding values for a token
     * @param filters of each convolution
     */
    record Text(List<String> layers, int tokens, int length, int kernel, int embedding, List<Integer> filters) {}

    /**
     * A dense layer.
     *
     * @param layer its name
     * @param units its outputs
     * @param dropout share of the outputs that a training step leaves out
     */
    record Dense(String layer, int units, double dropout) {}

    /** The plan of {@code model}. Throws IllegalArgumentException, naming what is otherwise, if it is no such network. */
    static TextPlan of(Model model) {
        Require.that(model.isGraph(), "the network is a chain of layers");
        TextPlan plan = new Reading(Blueprint.of(model)).plan();
        String last = plan.dense.get(plan.dense.size() - 1).layer;
        OutputLayer output = (OutputLayer) model.graph().getLayer(last).conf().getLayer();
        Require.that(output.getLossFn() instanceof LossMSE, "the loss is %s", output.getLossFn());
        return plan;
    }

    /** From each input to the output, along what is read by one node each. */
    private static final class Reading {

        private final Blueprint blueprint;
        private final Map<String, List<Blueprint.Node>> readers = new HashMap<>();
        private final Map<String, Shape> shapes;

        Reading(Blueprint blueprint) {
            this.blueprint = blueprint;
            shapes = blueprint.shapes();
            for (Blueprint.Node node : blueprint.nodes()) {
                node.reads().forEach(read -> readers.computeIfAbsent(read, name -> new ArrayList<>())
                        .add(node));
            }
        }

        private Blueprint.Node after(String name) {
            List<Blueprint.Node> all = readers.getOrDefault(name, List.of());
            Require.that(all.size() == 1, "\"%s\" is read by %d nodes", name, all.size());
            return all.get(0);
        }

        /** What the next node computes if it is of that kind. */
        private static <L> L layer(Blueprint.Node node, Class<L> kind) {
            Object op = node.op() instanceof Op.Plain plain ? plain.layer() : node.op();
            Require.that(kind.isInstance(op), "%s is no %s", node.text(), kind.getSimpleName());
            return kind.cast(op);
        }

        TextPlan plan() {
            Map<String, Text> branches = new HashMap<>();
            Map<String, Integer> starts = new HashMap<>();
            Blueprint.Node joined = null;
            int place = 0;
            for (var input : blueprint.inputs().entrySet()) {
                List<Blueprint.Node> road = new ArrayList<>();
                Text text = branch(input.getKey(), input.getValue(), road);
                Blueprint.Node end = road.get(road.size() - 1);
                joined = after(end.name());
                branches.put(end.name(), text);
                starts.put(end.name(), place);
                place += input.getValue().size();
            }
            Require.that(joined.op() == Op.Join.CONCAT, "%s joins the branches", joined.text());
            Require.that(branches.keySet().containsAll(joined.reads()), "%s reads more than branches", joined.text());
            return new TextPlan(
                    joined.reads().stream().map(branches::get).toList(),
                    joined.reads().stream().map(starts::get).toList(),
                    dense(joined));
        }

        private Text branch(String input, Shape shape, List<Blueprint.Node> road) {
            Require.that(!shape.image(), "input \"%s\" is an image", input);
            Blueprint.Node node = after(input);
            road.add(node);
            Op.Embedding embedding = layer(node, Op.Embedding.class);
            List<String> layers = new ArrayList<>(List.of(node.name()));
            List<Integer> filters = new ArrayList<>();
            int kernel = 0;
            for (int l = 0; l < CONVOLUTIONS; l++) {
                node = after(node.name());
                Layers.Convolution convolution = layer(node, Layers.Convolution.class);
                kernel = l == 0 ? convolution.window().height() : kernel;
                Layers.Window valid = Layers.Window.of(new int[] {kernel, 1}, new int[] {1, 1}, false);
                Require.that(
                        convolution.window().equals(valid)
                                && convolution.activation().equals(RELU)
                                && convolution.biased(),
                        "%s is another convolution",
                        node.text());
                layers.add(node.name());
                filters.add(convolution.filters());
            }
            int windows = shapes.get(node.name()).height();
            node = after(node.name());
            Layers.Pooling pooling = layer(node, Layers.Pooling.class);
            Require.that(
                    pooling.max()
                            && pooling.window()
                                    .equals(Layers.Window.of(new int[] {windows, 1}, new int[] {1, 1}, false)),
                    "%s is no maximum of all windows",
                    node.text());
            node = after(node.name());
            layer(node, Layers.Flatten.class);
            road.add(node);
            return new Text(layers, embedding.tokens(), shape.size(), kernel, embedding.size(), filters);
        }

        private List<Dense> dense(Blueprint.Node from) {
            List<Dense> layers = new ArrayList<>();
            String output = blueprint.nodes().get(blueprint.nodes().size() - 1).name();
            Blueprint.Node node = from;
            while (!node.name().equals(output)) {
                node = after(node.name());
                if (node.op() instanceof Op.Plain plain
                        && plain.layer() instanceof Layers.Dropout dropout
                        && !layers.isEmpty()
                        && layers.get(layers.size() - 1).dropout == 0) {
                    Dense last = layers.remove(layers.size() - 1);
                    layers.add(new Dense(last.layer, last.units, dropout.rate()));
                    continue;
                }
                Layers.Dense dense = layer(node, Layers.Dense.class);
                boolean last = node.name().equals(output);
                Require.that(
                        dense.biased()
                                && dense.activation().equals(last ? Layers.IDENTITY : RELU)
                                && (!last || dense.units() == 1),
                        "%s is another dense layer",
                        node.text());
                layers.add(new Dense(node.name(), dense.units(), 0));
            }
            return layers;
        }
    }
}
