package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.files.KerasLayers.Signal;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * A Keras network whose layers form a graph, class {@code Functional} ({@code Model} before Keras 2.3), as
 * {@link Blueprint}: layer after layer, each once what it reads is there.
 */
final class KerasGraph {

    private static final Map<String, Op.Join> JOINS = Map.of(
            "Add", Op.Join.ADD,
            "Subtract", Op.Join.SUBTRACT,
            "Multiply", Op.Join.MULTIPLY,
            "Average", Op.Join.AVERAGE,
            "Maximum", Op.Join.LARGEST,
            "Concatenate", Op.Join.CONCAT);

    /** Kinds of layers that chains have not. */
    private static final Set<String> OWN =
            Set.of("DepthwiseConv2D", "SeparableConv2D", "ZeroPadding2D", "PReLU", "Reshape", "Rescaling");

    private final KerasFormat.Source source;
    private final Map<String, Signal> signals = new HashMap<>();
    /** By layer of Keras, the node that gives its values; nodes have the names of layers. */
    private final Map<String, String> given = new HashMap<>();

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Weights> weights = new HashMap<>();

    private KerasGraph(KerasFormat.Source source) {
        this.source = source;
    }

    /** Whether a network with this layer, though a chain, must be read as a graph. */
    static boolean needed(KerasConfig layer) {
        return OWN.contains(layer.kind())
                || KerasExpansion.isNetwork(layer)
                || layer.kind().equals("Conv2D") && layer.has("groups") && layer.count("groups") > 1;
    }

    /**
     * @param kind class of the network
     * @param config its settings
     * @param training Keras's {@code training_config}, or null; outputs trained "from logits" get the activation of the
     *     loss
     */
    static Model model(String kind, JsonElement config, String training, KerasFormat.Source source) {
        KerasExpansion expansion = KerasExpansion.of(kind, config);
        List<String> outputs = expansion.outputs();
        Require.that(outputs.size() == 1, "it has outputs %s, but must have one; leave the others out", outputs);
        KerasGraph graph = new KerasGraph(expansion.of(source));
        for (KerasExpansion.Use use : expansion.uses()) {
            String name = use.layer().name();
            graph.given.put(name, name);
            graph.signals.put(
                    name,
                    graph.layer(
                            use.layer(),
                            use.reads().stream().map(graph.given::get).toList()));
        }
        return graph.finish(expansion.inputs(), outputs.get(0), training);
    }

    private Signal layer(KerasConfig layer, List<String> from) {
        String kind = layer.kind();
        if (from.isEmpty()) {
            Require.that(kind.equals("InputLayer"), "%s reads nothing, but is no input", layer.full());
            return KerasLayers.input(null, layer);
        }
        if (JOINS.containsKey(kind)) {
            return join(layer, from);
        }
        Require.that(from.size() == 1, "%s reads %s, but takes one input", layer.full(), from);
        Signal in = signals.get(from.get(0));
        return switch (kind) {
            case "DepthwiseConv2D" -> depthwise(layer, from, in, "kernel");
            case "SeparableConv2D" -> separable(layer, from, in);
            case "ZeroPadding2D" -> zeros(layer, from, in);
            case "PReLU" -> slopes(layer, from, in);
            case "Reshape" -> reshape(layer, from, in);
            case "Rescaling" -> rescaled(layer, from, in);
            case "Conv2D" ->
                layer.has("groups") && layer.count("groups") > 1
                        ? grouped(layer, from, in, layer.count("groups"))
                        : plain(layer, from, in);
            default -> plain(layer, from, in);
        };
    }

    private Signal plain(KerasConfig layer, List<String> from, Signal in) {
        KerasLayers.Step step = KerasLayers.step(layer, source, in);
        if (step.layers().isEmpty()) {
            given.put(layer.name(), from.get(0));
            return in;
        }
        List<String> reads = from;
        for (int l = 0; l < step.layers().size(); l++) {
            String name = l == step.layers().size() - 1 ? layer.name() : layer.name() + "/" + l;
            nodes.add(new Node(name, new Op.Plain(step.layers().get(l)), reads));
            if (l == 0 && !step.weights().isEmpty()) {
                weights.put(name, step.weights().get(0));
            }
            reads = List.of(name);
        }
        return step.out();
    }

    private Signal put(KerasConfig layer, Op op, List<String> from, KerasOrder order) {
        return put(
                layer,
                layer.name(),
                op,
                from,
                from.stream().map(name -> signals.get(name).shape()).toList(),
                order);
    }

    private Signal put(KerasConfig layer, String name, Op op, List<String> from, List<Shape> in, KerasOrder order) {
        try {
            Shape out = op.out(in);
            nodes.add(new Node(name, op, from));
            return new Signal(out, false, order == null ? KerasOrder.same(out.size()) : order);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(layer.full() + " cannot take " + in + ": " + e.getMessage(), e);
        }
    }

    private Signal join(KerasConfig layer, List<String> from) {
        Op.Join join = JOINS.get(layer.kind());
        List<Signal> in = from.stream().map(name -> signals.get(name)).toList();
        Require.that(
                in.stream().noneMatch(Signal::matrix),
                "%s stands on matrices, which is not supported; put Flatten before it",
                layer.full());
        List<KerasOrder> orders = in.stream().map(Signal::order).toList();
        KerasOrder order = orders.get(0);
        if (join == Op.Join.CONCAT) {
            Integer axis = layer.has("axis") ? KerasConfig.whole(layer.find("axis")) : Integer.valueOf(-1);
            int last = in.get(0).shape().image() ? 3 : 1;
            Require.that(
                    axis != null && (axis == -1 || axis == last),
                    "%s concatenates along axis %s, but only the last axis is supported",
                    layer.full(),
                    layer.find("axis"));
            order = KerasOrder.concatenated(orders);
        } else if (!in.get(0).shape().image()) {
            boolean same = orders.stream().allMatch(KerasOrder::isSame);
            Require.that(
                    same || orders.stream().distinct().count() == 1,
                    "%s joins a flattened image with a vector, which is not supported; put a Dense layer between",
                    layer.full());
        }
        return put(layer, join, from, in.get(0).shape().image() ? null : order);
    }

    private Signal depthwise(KerasConfig layer, List<String> from, Signal in, String kernel) {
        int multiplier = layer.count("depth_multiplier");
        Layers.Window window = KerasLayers.window(layer, layer.pair("kernel_size"), layer.pair("strides", 1, 1));
        boolean biased = layer.flag("use_bias", true);
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        String name = arrays.containsKey("depthwise_kernel") ? "depthwise_kernel" : kernel;
        Op.Depthwise op = new Op.Depthwise(multiplier, window, KerasLayers.activation(layer), biased);
        Signal out = put(layer, op, from, null);
        int channels = in.shape().channels();
        float[] bias = KerasArrays.bias(layer, arrays, channels * multiplier, biased);
        weights.put(layer.name(), kernels(layer, arrays, name, window, channels, multiplier, bias));
        return out;
    }

    private Signal rescaled(KerasConfig layer, List<String> from, Signal in) {
        double offset = layer.has("offset") ? layer.number("offset") : 0;
        return put(layer, new Op.Linear(layer.number("scale"), offset), from, orderOf(in));
    }

    private static KerasOrder orderOf(Signal in) {
        return in.shape().image() ? null : in.order();
    }

    /** A convolution of each part of the channels, and a concatenation, then the activation. */
    private Signal grouped(KerasConfig layer, List<String> from, Signal in, int groups) {
        int filters = layer.count("filters");
        int channels = in.shape().channels();
        Require.that(
                in.shape().image() && filters % groups == 0 && channels % groups == 0,
                "%s has %d groups, which do not share out %d channels and %d filters",
                layer.full(),
                groups,
                channels,
                filters);
        Layers.Window window = KerasLayers.window(layer, layer.pair("kernel_size"), layer.pair("strides", 1, 1));
        boolean biased = layer.flag("use_bias", true);
        String activation = KerasLayers.activation(layer);
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        int own = channels / groups;
        int area = window.height() * window.width();
        float[] kernel = KerasArrays.array(layer, arrays, "kernel", window.height(), window.width(), own, filters);
        float[] bias = KerasArrays.bias(layer, arrays, filters, biased);
        int each = filters / groups;
        List<String> parts = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            String part = layer.name() + "/group" + g;
            Op subset = new Op.Subset(g * own, (g + 1) * own - 1);
            Shape taken = put(layer, part + "/channels", subset, from, List.of(in.shape()), null)
                    .shape();
            Op conv = new Op.Plain(new Layers.Convolution(each, window, activation, biased));
            shapes.add(put(layer, part, conv, List.of(part + "/channels"), List.of(taken), null)
                    .shape());
            float[] turned = new float[own * area * each];
            for (int channel = 0; channel < own; channel++) {
                for (int pixel = 0; pixel < area; pixel++) {
                    int at = source.turned() ? area - 1 - pixel : pixel;
                    System.arraycopy(
                            kernel,
                            (at * own + channel) * filters + g * each,
                            turned,
                            (channel * area + pixel) * each,
                            each);
                }
            }
            float[] biases = biased ? Arrays.copyOfRange(bias, g * each, (g + 1) * each) : bias;
            weights.put(part, new Weights(own * area, each, turned, biases));
            parts.add(part);
        }
        return put(layer, layer.name(), Op.Join.CONCAT, parts, shapes, null);
    }

    private Weights kernels(
            KerasConfig layer,
            Map<String, KerasFormat.Array> arrays,
            String name,
            Layers.Window window,
            int channels,
            int multiplier,
            float[] bias) {
        float[] values = KerasArrays.array(layer, arrays, name, window.height(), window.width(), channels, multiplier);
        int all = channels * multiplier;
        return new Weights(window.height() * window.width(), all, values, bias);
    }

    /** A depthwise convolution without bias, then one of 1 × 1. */
    private Signal separable(KerasConfig layer, List<String> from, Signal in) {
        int multiplier = layer.count("depth_multiplier");
        int filters = layer.count("filters");
        Layers.Window window = KerasLayers.window(layer, layer.pair("kernel_size"), layer.pair("strides", 1, 1));
        boolean biased = layer.flag("use_bias", true);
        int channels = in.shape().channels();
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        Weights own = kernels(layer, arrays, "depthwise_kernel", window, channels, multiplier, new float[0]);
        String first = layer.name() + "/depthwise";
        Op depthwise = new Op.Depthwise(multiplier, window, KerasLayers.LINEAR, false);
        Signal between = put(layer, first, depthwise, from, List.of(in.shape()), null);
        weights.put(first, own);
        int[] one = {1, 1};
        Op point = new Op.Plain(new Layers.Convolution(
                filters, Layers.Window.of(one, one, false), KerasLayers.activation(layer), biased));
        Signal out = put(layer, layer.name(), point, List.of(first), List.of(between.shape()), null);
        int all = channels * multiplier;
        float[] kernel = KerasArrays.array(layer, arrays, "pointwise_kernel", 1, 1, all, filters);
        weights.put(layer.name(), new Weights(all, filters, kernel, KerasArrays.bias(layer, arrays, filters, biased)));
        return out;
    }

    private Signal zeros(KerasConfig layer, List<String> from, Signal in) {
        JsonElement given = layer.find("padding");
        List<Integer> sides = new ArrayList<>();
        sides(given, sides);
        Require.that(
                !sides.contains(null) && (sides.size() == 1 || sides.size() == 2 || sides.size() == 4),
                "%s has padding %s, but must have one, two or two times two numbers",
                layer.full(),
                KerasConfig.shown(given));
        int at = sides.size();
        Op op = new Op.Zeros(
                sides.get(0), sides.get(at == 4 ? 1 : 0), sides.get(at == 4 ? 2 : at - 1), sides.get(at - 1));
        Require.that(in.shape().image(), "%s stands on vectors, but takes images", layer.full());
        return put(layer, op, from, null);
    }

    private static void sides(JsonElement json, List<Integer> sides) {
        if (json instanceof JsonArray list) {
            list.forEach(each -> sides(each, sides));
        } else {
            sides.add(json == null ? null : KerasConfig.whole(json));
        }
    }

    private Signal slopes(KerasConfig layer, List<String> from, Signal in) {
        Shape shape = in.shape();
        List<Integer> shared = new ArrayList<>();
        if (layer.has("shared_axes")) {
            sides(layer.find("shared_axes"), shared);
        }
        boolean each = shape.image() && shared.size() == 2 && shared.containsAll(List.of(1, 2));
        Require.that(
                each || shared.isEmpty(),
                "%s shares its slopes along axes %s, but must share them over height and width, [1, 2], or not",
                layer.full(),
                shared);
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        int channels = shape.channels();
        float[] alpha = each
                ? KerasArrays.array(layer, arrays, "alpha", 1, 1, channels)
                : shape.image()
                        ? KerasArrays.array(layer, arrays, "alpha", shape.height(), shape.width(), channels)
                        : KerasArrays.array(layer, arrays, "alpha", channels);
        KerasOrder order = shape.image() && !each ? KerasOrder.flattened(shape) : in.order();
        float[] ours = new float[alpha.length];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = alpha[each ? i : order.place(i)];
        }
        Signal out = put(layer, new Op.Slopes(each), from, shape.image() ? null : in.order());
        weights.put(layer.name(), new Weights(1, ours.length, ours, new float[0]));
        return out;
    }

    /** A reshape that only flattens. */
    private Signal reshape(KerasConfig layer, List<String> from, Signal in) {
        List<Integer> sides = new ArrayList<>();
        sides(layer.find("target_shape"), sides);
        boolean flattens = sides.size() == 1
                && sides.get(0) != null
                && (sides.get(0) == -1 || sides.get(0) == in.shape().size());
        boolean pixel = sides.size() == 3
                && in.shape().area() == 1
                && List.of(1, 1, in.shape().channels()).equals(sides)
                && in.shape().image();
        Require.that(
                flattens || pixel,
                "%s makes %s of %s, but only a reshape to a vector is supported",
                layer.full(),
                sides,
                in.shape());
        if (pixel || !in.shape().image()) {
            given.put(layer.name(), from.get(0));
            return in;
        }
        return put(layer, new Op.Plain(new Layers.Flatten()), from, KerasOrder.flattened(in.shape()));
    }

    private Model finish(List<String> inputs, String output, String training) {
        Signal end = signals.get(output);
        Require.that(end != null && !nodes.isEmpty(), "its output is %s, which is no layer that reads another", output);
        Require.that(
                end.order().isSame() && !end.shape().image(),
                "its output is an image or a flattened one; only networks that end with classes are supported");
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String input : inputs) {
            Require.that(
                    signals.containsKey(input), "its input %s is none of its layers; save the network again", input);
            shapes.put(input, signals.get(input).shape());
        }
        Node last = nodes.get(nodes.size() - 1);
        Require.that(
                last.name().equals(given.get(output)),
                "layer \"%s\" gives the output, but %s comes after it; leave out what the output does not need",
                output,
                last.name());
        List<Layer> ending = new ArrayList<>();
        if (last.op() instanceof Op.Plain plain) {
            nodes.remove(last);
            ending.add(plain.layer());
        } else {
            ending.add(new Layers.Activate(KerasLayers.LINEAR));
        }
        KerasLoss.complete(ending, 0, KerasLoss.activation(training, end.shape().size()));
        boolean own = last.op() instanceof Op.Plain;
        List<String> reads = own ? last.reads() : List.of(last.name());
        for (int l = 0; l < ending.size(); l++) {
            String name = own && l == 0 ? last.name() : last.name() + "/output" + (l == 0 ? "" : l);
            nodes.add(new Node(name, new Op.Plain(ending.get(l)), reads));
            reads = List.of(name);
        }
        return new Blueprint(shapes, nodes).model(weights);
    }
}
