package org.parsimony.export.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.export.Groupings;
import org.parsimony.export.Groupings.Grouping;
import org.parsimony.export.Parts;
import org.parsimony.export.Turned;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.files.KerasOrder;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/** A network as layers of Keras, channels last: what {@code model_config} says, and each layer's arrays. */
final class KerasNetwork {

    private static final Map<Op.Join, String> JOINS = Map.of(
            Op.Join.ADD, "Add",
            Op.Join.SUBTRACT, "Subtract",
            Op.Join.MULTIPLY, "Multiply",
            Op.Join.AVERAGE, "Average",
            Op.Join.LARGEST, "Maximum",
            Op.Join.CONCAT, "Concatenate");
    /** Activations that Keras's versions 2 and 3 call the same and compute the same. */
    private static final Set<String> FUNCTIONS =
            Set.of("relu", "sigmoid", "tanh", "softmax", "softplus", "softsign", "selu", "swish", "elu");

    private final Parts parts;
    private final Map<String, Shape> shapes;
    private final Groupings groupings;
    private final List<KerasLayer> layers = new ArrayList<>();
    private final List<KerasLayer> inputs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** By node, the layer that gives its values. */
    private final Map<String, KerasLayer> given = new HashMap<>();
    /** By node, the order that Keras has its values in, where they are a vector. */
    private final Map<String, KerasOrder> orders = new HashMap<>();

    KerasNetwork(Parts parts) {
        this.parts = parts;
        shapes = parts.blueprint().shapes();
        groupings = new Groupings(parts.blueprint());
        parts.blueprint().inputs().forEach((name, shape) -> {
            KerasLayer input = KerasLayer.of(fresh(name), "InputLayer", shape, List.of());
            input.settings().add("batch_shape", input.batch());
            add(input);
            inputs.add(input);
            given.put(name, input);
            orders.put(name, KerasOrder.same(shape.size()));
        });
        for (Node node : parts.blueprint().nodes()) {
            if (!groupings.absorbs(node)) {
                given.put(node.name(), node(node));
            }
        }
        Node last = parts.blueprint().nodes().get(parts.blueprint().nodes().size() - 1);
        Require.that(
                orders.get(last.name()).isSame(),
                "node %s gives a flattened image, whose values Keras has in another order; end the network with a dense layer",
                last.text());
    }

    List<KerasLayer> layers() {
        return layers;
    }

    /** What {@code model_config} says. */
    JsonObject json() {
        JsonObject config = new JsonObject();
        config.addProperty("name", "network");
        config.addProperty("trainable", true);
        JsonArray list = new JsonArray();
        layers.forEach(layer -> list.add(layer.json()));
        config.add("layers", list);
        JsonArray from = new JsonArray();
        inputs.forEach(input -> from.add(input.history()));
        config.add("input_layers", inputs.size() == 1 ? from.get(0) : from);
        Node last = parts.blueprint().nodes().get(parts.blueprint().nodes().size() - 1);
        config.add("output_layers", given.get(last.name()).history());
        JsonObject json = new JsonObject();
        json.addProperty("class_name", "Functional");
        json.add("config", config);
        return json;
    }

    /** A name that stands in paths, of its own. */
    private String fresh(String wanted) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_.-]", "_");
        String name = plain;
        for (int n = 2; !names.add(name); n++) {
            name = plain + "_" + n;
        }
        return name;
    }

    private KerasLayer add(KerasLayer layer) {
        layers.add(layer);
        return layer;
    }

    private static IllegalArgumentException refused(Node node, String why) {
        return new IllegalArgumentException(
                "node " + node.text() + " " + why + ", for which Keras has no layer; write .onnx instead");
    }

    private KerasLayer node(Node node) {
        String first = node.reads().get(0);
        KerasLayer in = given.get(first);
        Shape shape = shapes.get(first);
        Shape to = shapes.get(node.name());
        Op op = node.op();
        orders.put(node.name(), orderAfter(node, to));
        Grouping grouping = groupings.endingIn(node);
        if (grouping != null) {
            return grouped(node, grouping);
        } else if (op instanceof Op.Plain plain) {
            return layer(node, plain.layer(), in, shape, to);
        } else if (op instanceof Op.Depthwise depthwise) {
            Layers.Window window = depthwise.window();
            Weights weights = parts.weights().get(node.name());
            KerasLayer padded = padded(node, window, in, shape);
            KerasLayer layer = KerasLayer.of(fresh(node.name()), "DepthwiseConv2D", to, List.of(padded));
            layer.set("depth_multiplier", depthwise.multiplier());
            window(node, layer, window)
                    .array(
                            "kernel",
                            weights.values(),
                            window.height(),
                            window.width(),
                            shape.channels(),
                            depthwise.multiplier());
            return weighted(node, layer, depthwise.activation(), weights.bias());
        } else if (op instanceof Op.Zeros z) {
            return zeros(node.name(), in, to, z.top(), z.bottom(), z.left(), z.right());
        } else if (op instanceof Op.Slopes slopes) {
            return slopes(node, slopes, in, shape);
        } else if (op instanceof Op.Linear linear) {
            return add(KerasLayer.of(fresh(node.name()), "Rescaling", to, List.of(in))
                    .set("scale", linear.factor())
                    .set("offset", linear.amount()));
        } else if (op instanceof Op.Subset) {
            throw refused(node, "takes some of the channels");
        }
        List<KerasLayer> reads = node.reads().stream().map(given::get).toList();
        KerasLayer join = KerasLayer.of(fresh(node.name()), JOINS.get((Op.Join) op), to, reads);
        return add(op == Op.Join.CONCAT ? join.set("axis", -1) : join);
    }

    private KerasOrder orderAfter(Node node, Shape to) {
        List<KerasOrder> before = node.reads().stream().map(orders::get).toList();
        Shape shape = shapes.get(node.reads().get(0));
        Op op = node.op();
        if (to.image() || op instanceof Op.Plain plain && plain.layer() instanceof Layers.Dense) {
            return KerasOrder.same(to.size());
        } else if (shape.image()) {
            return KerasOrder.flattened(shape);
        } else if (op == Op.Join.CONCAT) {
            return KerasOrder.concatenated(before);
        }
        boolean alike = before.stream().allMatch(KerasOrder::isSame)
                || before.stream().distinct().count() == 1;
        if (!alike) {
            throw refused(node, "joins a flattened image with a vector");
        }
        return before.get(0);
    }

    /** Values of a vector in Keras's order, {@code width} of them for each place. */
    private static float[] ordered(float[] values, KerasOrder order, int width) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length / width; i++) {
            System.arraycopy(values, i * width, turned, order.place(i) * width, width);
        }
        return turned;
    }

    private KerasLayer layer(
            Node node, org.parsimony.network.Architecture.Layer layer, KerasLayer in, Shape shape, Shape to) {
        Weights weights = parts.weights().get(node.name());
        KerasOrder order = orders.get(node.reads().get(0));
        if (layer instanceof Layers.Dense dense) {
            KerasLayer keras =
                    KerasLayer.of(fresh(node.name()), "Dense", to, List.of(in)).set("units", dense.units());
            keras.array("kernel", ordered(weights.values(), order, weights.cols()), weights.rows(), weights.cols());
            return weighted(node, keras, dense.activation(), weights.bias());
        } else if (layer instanceof Layers.Convolution conv) {
            float[] kernel = channelsLast(weights, shape.channels());
            return convolution(node, conv, kernel, weights.bias(), in, shape, to, 1);
        } else if (layer instanceof Layers.Pooling pooling) {
            return pooling(node, pooling, in, shape, to);
        } else if (layer instanceof Layers.Flatten) {
            return shape.image() ? add(KerasLayer.of(fresh(node.name()), "Flatten", to, List.of(in))) : in;
        } else if (layer instanceof Layers.BatchNorm norm) {
            KerasLayer keras = KerasLayer.of(fresh(node.name()), "BatchNormalization", to, List.of(in))
                    .set("axis", -1)
                    .set("momentum", norm.decay())
                    .set("epsilon", norm.epsilon());
            String[] rows = {"gamma", "beta", "moving_mean", "moving_variance"};
            for (int row = 0; row < rows.length; row++) {
                float[] values = Turned.normRow(weights, row, norm.logarithm());
                keras.array(rows[row], shape.image() ? values : ordered(values, order, 1), values.length);
            }
            return add(keras);
        } else if (layer instanceof Layers.Dropout dropout) {
            return add(KerasLayer.of(fresh(node.name()), "Dropout", to, List.of(in))
                    .set("rate", dropout.rate()));
        }
        return activation(node, ((Layers.Activate) layer).activation(), in, node.name());
    }

    /** Kernels {@code [height × width × channels × filters]}. */
    private static float[] channelsLast(Weights weights, int channels) {
        int filters = weights.cols();
        int area = weights.rows() / channels;
        float[] kernel = new float[weights.values().length];
        for (int channel = 0; channel < channels; channel++) {
            for (int pixel = 0; pixel < area; pixel++) {
                System.arraycopy(
                        weights.values(),
                        (channel * area + pixel) * filters,
                        kernel,
                        (pixel * channels + channel) * filters,
                        filters);
            }
        }
        return kernel;
    }

    private KerasLayer convolution(
            Node node,
            Layers.Convolution conv,
            float[] kernel,
            float[] bias,
            KerasLayer in,
            Shape shape,
            Shape to,
            int groups) {
        Layers.Window window = conv.window();
        KerasLayer padded = padded(node, window, in, shape);
        KerasLayer keras = KerasLayer.of(fresh(node.name()), "Conv2D", to, List.of(padded))
                .set("filters", to.channels())
                .set("groups", groups);
        window(node, keras, window)
                .array("kernel", kernel, window.height(), window.width(), shape.channels() / groups, to.channels());
        return weighted(node, keras, conv.activation(), bias);
    }

    private KerasLayer grouped(Node concat, Grouping grouping) {
        Node first = grouping.parts().get(0);
        Layers.Convolution like = (Layers.Convolution) ((Op.Plain) first.op()).layer();
        int groups = grouping.parts().size();
        Shape shape = shapes.get(grouping.reads());
        int filters = like.filters();
        int rows = parts.weights().get(first.name()).rows();
        float[] kernel = new float[rows * filters * groups];
        float[] bias = new float[like.biased() ? filters * groups : 0];
        for (int g = 0; g < groups; g++) {
            Weights weights = parts.weights().get(grouping.parts().get(g).name());
            float[] own = channelsLast(weights, shape.channels() / groups);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(own, row * filters, kernel, (row * groups + g) * filters, filters);
            }
            System.arraycopy(weights.bias(), 0, bias, g * filters, weights.bias().length);
        }
        KerasLayer in = given.get(grouping.reads());
        return convolution(concat, like, kernel, bias, in, shape, shapes.get(concat.name()), groups);
    }

    /** Zeros that a window states, which Keras knows as a layer of their own. */
    private KerasLayer padded(Node node, Layers.Window window, KerasLayer in, Shape shape) {
        if (window.same() || window.padHeight() == 0 && window.padWidth() == 0) {
            return in;
        }
        int h = window.padHeight();
        int w = window.padWidth();
        Shape to = Shape.of(shape.channels(), shape.height() + 2 * h, shape.width() + 2 * w);
        return zeros(node.name() + "_pad", in, to, h, h, w, w);
    }

    private KerasLayer zeros(String name, KerasLayer in, Shape to, int top, int bottom, int left, int right) {
        JsonArray sides = new JsonArray();
        for (int[] pair : new int[][] {{top, bottom}, {left, right}}) {
            JsonArray one = new JsonArray();
            Arrays.stream(pair).forEach(one::add);
            sides.add(one);
        }
        KerasLayer keras = KerasLayer.of(fresh(name), "ZeroPadding2D", to, List.of(in));
        keras.settings().add("padding", sides);
        return add(keras);
    }

    private static KerasLayer window(Node node, KerasLayer keras, Layers.Window window) {
        boolean steps = window.stepHeight() != 1 || window.stepWidth() != 1;
        boolean dilated = window.dilationHeight() != 1 || window.dilationWidth() != 1;
        if (steps && dilated) {
            throw refused(node, "has both steps and dilation");
        }
        return keras.pair("kernel_size", window.height(), window.width())
                .pair("strides", window.stepHeight(), window.stepWidth())
                .pair("dilation_rate", window.dilationHeight(), window.dilationWidth())
                .set("padding", window.same() ? "same" : "valid");
    }

    private KerasLayer pooling(Node node, Layers.Pooling pooling, KerasLayer in, Shape shape, Shape to) {
        Layers.Window window = pooling.window();
        boolean zeros = window.padHeight() != 0 || window.padWidth() != 0;
        if (window.dilationHeight() != 1
                || window.dilationWidth() != 1
                || zeros && !(pooling.counted() && !pooling.max())
                || window.same() && pooling.counted() && !pooling.max()) {
            throw refused(node, "pools with dilation, or with zeros around that it does not count");
        }
        KerasLayer from = padded(node, window, in, shape);
        return add(KerasLayer.of(
                        fresh(node.name()), pooling.max() ? "MaxPooling2D" : "AveragePooling2D", to, List.of(from))
                .pair("pool_size", window.height(), window.width())
                .pair("strides", window.stepHeight(), window.stepWidth())
                .set("padding", window.same() ? "same" : "valid"));
    }

    private KerasLayer slopes(Node node, Op.Slopes slopes, KerasLayer in, Shape shape) {
        float[] values = parts.weights().get(node.name()).values();
        KerasLayer keras = KerasLayer.of(fresh(node.name()), "PReLU", shape, List.of(in));
        if (!shape.image()) {
            keras.array("alpha", ordered(values, orders.get(node.reads().get(0)), 1), values.length);
        } else if (slopes.eachChannel()) {
            keras.pair("shared_axes", 1, 2).array("alpha", values, 1, 1, values.length);
        } else {
            keras.array(
                    "alpha",
                    ordered(values, KerasOrder.flattened(shape), 1),
                    shape.height(),
                    shape.width(),
                    shape.channels());
        }
        return add(keras);
    }

    /** A layer with weights, its bias and its activation, which may be a layer of its own. */
    private KerasLayer weighted(Node node, KerasLayer keras, String activation, float[] bias) {
        boolean own = FUNCTIONS.contains(activation);
        keras.set("activation", own ? activation : "linear").set("use_bias", bias.length > 0);
        if (bias.length > 0) {
            keras.array("bias", bias, bias.length);
        }
        add(keras);
        return own ? keras : activation(node, activation, keras, node.name() + "_activation");
    }

    private KerasLayer activation(Node node, String activation, KerasLayer in, String wanted) {
        String[] words = activation.split("=");
        if (activation.equals("identity")) {
            return in;
        }
        boolean named = FUNCTIONS.contains(activation);
        String kind =
                switch (words[0]) {
                    case "relu6" -> "ReLU";
                    case "leakyrelu" -> "LeakyReLU";
                    case "elu" -> named ? "Activation" : "ELU";
                    default -> "Activation";
                };
        if (kind.equals("Activation") && !named) {
            throw refused(node, "has the activation " + activation);
        }
        KerasLayer keras = KerasLayer.of(fresh(wanted), kind, in.out(), List.of(in));
        return add(
                switch (kind) {
                    case "ReLU" -> keras.set("max_value", 6);
                    case "LeakyReLU" ->
                        keras.set("negative_slope", words.length > 1 ? Double.parseDouble(words[1]) : 0.01);
                    case "ELU" -> keras.set("alpha", Double.parseDouble(words[1]));
                    default -> keras.set("activation", activation);
                });
    }
}
