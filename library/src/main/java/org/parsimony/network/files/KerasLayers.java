package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

/**
 * The layers of a Keras {@code Sequential} network, one by one, as {@link Architecture} and {@link Weights}; for those of a
 * graph {@link KerasGraph} asks, layer by layer.
 *
 * <p>Keras puts channels last: kernels are {@code [height × width × channels × filters]}, and flattening runs through the
 * channels of each pixel first. Kernels are turned, and what reads flattened images has its inputs put in order.
 */
final class KerasLayers {

    private static final Set<String> ACTIVATIONS =
            Set.of("relu", "relu6", "sigmoid", "tanh", "softmax", "softplus", "softsign", "selu", "elu", "swish");
    static final String LINEAR = "identity";

    private final KerasFormat.Source source;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Weights> weights = new ArrayList<>();
    private Shape input;
    private Shape shape;
    /** Whether what comes next is a matrix for each sample, which Keras does not take for an image. */
    private boolean matrix;
    /** Keras's order of the values, where these are vectors. */
    private KerasOrder order = new KerasOrder(List.of());

    private KerasLayers(KerasFormat.Source source) {
        this.source = source;
    }

    /**
     * What passes between layers of a graph.
     *
     * @param shape as we have it
     * @param matrix whether it is a matrix for each sample, which Keras does not take for an image
     * @param order Keras's order of its values, if it is a vector
     */
    record Signal(Shape shape, boolean matrix, KerasOrder order) {}

    /** What one layer of a graph became: steps, one after the other, the parameters of those that have some, its signal. */
    record Step(List<Layer> layers, List<Weights> weights, Signal out) {}

    /** One layer of a graph that is also one of chains. */
    static Step step(KerasConfig layer, KerasFormat.Source source, Signal in) {
        KerasLayers keras = new KerasLayers(source);
        keras.shape = in.shape();
        keras.matrix = in.matrix();
        keras.order = in.order();
        keras.add(layer);
        return new Step(keras.layers, keras.weights, new Signal(keras.shape, keras.matrix, keras.order));
    }

    /** What an input layer, or the first layer of a chain, says of a sample. */
    static Signal input(JsonElement inner, KerasConfig first) {
        KerasLayers keras = new KerasLayers(null);
        keras.start(inner, first);
        return new Signal(keras.shape, keras.matrix, KerasOrder.same(keras.shape.size()));
    }

    /**
     * @param config Keras's {@code model_config}
     * @param training its {@code training_config}, or null; outputs trained "from logits" get the activation of the loss
     */
    static Model model(String config, String training, KerasFormat.Source source) {
        JsonObject root = root(config);
        JsonElement named = root.get("class_name");
        String kind = named != null && named.isJsonPrimitive() ? named.getAsString() : String.valueOf(named);
        Require.that(
                KerasExpansion.NETWORKS.contains(kind),
                "its network is of class %s, but only Sequential and Functional are supported; rebuild it as one of them",
                kind);
        if (!kind.equals("Sequential")) {
            return KerasGraph.model(kind, root.get("config"), training, source);
        }
        JsonElement inner = root.get("config");
        JsonElement list = inner instanceof JsonObject object ? object.get("layers") : inner;
        Require.that(
                list instanceof JsonArray array && !array.isEmpty(),
                "its model_config lists no layers; save the whole network again");
        KerasLayers keras = new KerasLayers(source);
        List<KerasConfig> all = new ArrayList<>();
        for (JsonElement layer : list.getAsJsonArray()) {
            all.add(KerasConfig.of(all.size() + 1, layer));
        }
        if (all.stream().anyMatch(KerasGraph::needed)) {
            return KerasGraph.model(kind, inner, training, source);
        }
        keras.start(inner, all.get(0));
        all.forEach(keras::add);
        return keras.finish(training);
    }

    private static JsonObject root(String config) {
        try {
            JsonElement root = JsonParser.parseString(config);
            Require.that(root.isJsonObject(), "its model_config is %s, but must be an object", KerasConfig.shown(root));
            return root.getAsJsonObject();
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("its model_config is no JSON: " + e.getMessage(), e);
        }
    }

    private void start(JsonElement inner, KerasConfig first) {
        JsonElement given =
                first.has("batch_input_shape") ? first.find("batch_input_shape") : first.find("batch_shape");
        if (given == null && inner instanceof JsonObject object) {
            given = object.get("build_input_shape");
        }
        Require.that(
                given != null && given.isJsonArray(),
                "its first layer states no input shape; add an Input layer and save again");
        JsonArray sides = given.getAsJsonArray();
        Require.that(
                sides.size() >= 2 && sides.size() <= 4,
                "its input shape is %s, but must be of vectors or images: [null, inputs] or "
                        + "[null, height, width, channels]",
                given);
        int[] dims = new int[sides.size() - 1];
        for (int d = 0; d < dims.length; d++) {
            JsonElement side = sides.get(d + 1);
            Require.that(!side.isJsonNull(), "its input shape %s is open; state every side and save again", given);
            Integer whole = KerasConfig.whole(side);
            Require.that(whole != null && whole >= 1, "its input shape %s must have sides of 1 or more", given);
            dims[d] = whole;
        }
        input = dims.length == 1 ? Shape.of(dims) : Shape.of(dims.length == 3 ? dims[2] : 1, dims[0], dims[1]);
        shape = input;
        matrix = dims.length == 2;
    }

    private void add(KerasConfig layer) {
        String kind = layer.kind();
        Require.that(
                layer.order().equals("channels_last"),
                "%s has data_format %s; build the network with channels_last and save again",
                layer.full(),
                layer.order());
        Require.that(
                !matrix
                        || Set.of("InputLayer", "Flatten", "Dropout", "ReLU", "LeakyReLU", "ELU")
                                .contains(kind),
                "%s stands on matrices of %d × %d, where Keras works along the last axis, which is not supported; put "
                        + "Flatten before it, or give images a third side for their channels",
                layer.full(),
                shape.height(),
                shape.width());
        switch (kind) {
            case "InputLayer" -> {}
            case "Dense" -> dense(layer);
            case "Conv2D" -> convolution(layer);
            case "MaxPooling2D", "AveragePooling2D" -> pooling(layer);
            case "GlobalMaxPooling2D", "GlobalAveragePooling2D" -> {
                int[] all = {shape.height(), shape.width()};
                put(layer, new Layers.Pooling(kind.contains("Max"), Layers.Window.of(all, all, false), false));
                if (!layer.flag("keepdims", false)) {
                    flatten(layer);
                }
            }
            case "Flatten" -> flatten(layer);
            case "Dropout" -> put(layer, new Layers.Dropout(layer.number("rate")));
            case "BatchNormalization" -> batchNorm(layer);
            case "Activation" -> put(layer, new Layers.Activate(activation(layer)));
            case "Softmax" -> {
                layer.plain("axis", -1);
                put(layer, new Layers.Activate("softmax"));
            }
            case "ELU" -> put(layer, new Layers.Activate("elu=" + layer.number("alpha")));
            case "ReLU" -> put(layer, new Layers.Activate(rectifier(layer)));
            case "LeakyReLU" -> {
                String slope = layer.has("alpha") ? "alpha" : "negative_slope";
                put(layer, new Layers.Activate("leakyrelu=" + layer.number(slope)));
            }
            default ->
                throw new IllegalArgumentException(layer.full() + " is not supported; there are Dense, Conv2D, "
                        + "MaxPooling2D, AveragePooling2D, their Global forms, Flatten, Dropout, BatchNormalization, "
                        + "Activation, ReLU, LeakyReLU, ELU, Softmax: leave it out or replace it, and save again");
        }
    }

    private void put(KerasConfig layer, Layer ours) {
        try {
            shape = ours.out(shape);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(layer.full() + " cannot take " + shape + ": " + e.getMessage(), e);
        }
        layers.add(ours);
    }

    private void dense(KerasConfig layer) {
        Require.that(
                !shape.image(),
                "%s stands on images of %d × %d with %d channels, where Keras works along the last axis, which is not "
                        + "supported; put Flatten before it",
                layer.full(),
                shape.height(),
                shape.width(),
                shape.channels());
        int units = layer.count("units");
        String activation = activation(layer);
        boolean biased = layer.flag("use_bias", true);
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        int inputs = shape.size();
        float[] kernel = KerasArrays.array(layer, arrays, "kernel", inputs, units);
        if (!order.isSame()) {
            float[] turned = new float[kernel.length];
            for (int row = 0; row < inputs; row++) {
                System.arraycopy(kernel, order.place(row) * units, turned, row * units, units);
            }
            kernel = turned;
        }
        put(layer, new Layers.Dense(units, activation, biased));
        weights.add(new Weights(inputs, units, kernel, KerasArrays.bias(layer, arrays, units, biased)));
        order = KerasOrder.same(units);
    }

    private void convolution(KerasConfig layer) {
        layer.plain("groups", 1);
        int filters = layer.count("filters");
        boolean biased = layer.flag("use_bias", true);
        Layers.Window window = window(layer, layer.pair("kernel_size"), layer.pair("strides", 1, 1));
        String activation = activation(layer);
        Require.that(
                !activation.equals("softmax"),
                "%s has a soft-max over the channels of each pixel, which is not supported; put it after Flatten",
                layer.full());
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        int channels = shape.channels();
        int area = window.height() * window.width();
        float[] kernel = KerasArrays.array(layer, arrays, "kernel", window.height(), window.width(), channels, filters);
        float[] turned = new float[kernel.length];
        for (int pixel = 0; pixel < area; pixel++) {
            int from = source.turned() ? area - 1 - pixel : pixel;
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(
                        kernel,
                        (from * channels + channel) * filters,
                        turned,
                        (channel * area + pixel) * filters,
                        filters);
            }
        }
        put(layer, new Layers.Convolution(filters, window, activation, biased));
        weights.add(new Weights(channels * area, filters, turned, KerasArrays.bias(layer, arrays, filters, biased)));
    }

    private void pooling(KerasConfig layer) {
        int[] size = layer.pair("pool_size");
        put(
                layer,
                new Layers.Pooling(
                        layer.kind().startsWith("Max"), window(layer, size, layer.pair("strides", size)), false));
    }

    private void flatten(KerasConfig layer) {
        if (shape.image()) {
            order = KerasOrder.flattened(shape);
        }
        put(layer, new Layers.Flatten());
        matrix = false;
    }

    private void batchNorm(KerasConfig layer) {
        layer.plain("mode", 0);
        JsonElement axis = layer.find("axis");
        if (axis instanceof JsonArray list && list.size() == 1) {
            axis = list.get(0);
        }
        Integer along = axis == null ? Integer.valueOf(-1) : KerasConfig.whole(axis);
        Require.that(
                along != null && (along == -1 || along == (shape.image() ? 3 : 1)),
                "%s normalises along axis %s, but only the last axis is supported",
                layer.full(),
                axis);
        int channels = shape.channels();
        Map<String, KerasFormat.Array> arrays = source.arrays(layer.name());
        String[] names = {"gamma", "beta", "moving_mean", "moving_variance"};
        float[][] read = new float[names.length][];
        for (int row = 0; row < names.length; row++) {
            boolean left = row == 0 && !layer.flag("scale", true) || row == 1 && !layer.flag("center", true);
            read[row] = left ? null : KerasArrays.array(layer, arrays, names[row], channels);
        }
        float[] rows = new float[names.length * channels];
        Arrays.fill(rows, 0, channels, 1);
        for (int i = 0; i < rows.length; i++) {
            float[] values = read[i / channels];
            rows[i] = values == null ? rows[i] : values[shape.image() ? i % channels : order.place(i % channels)];
        }
        put(layer, new Layers.BatchNorm(layer.number("epsilon"), layer.number("momentum"), false));
        weights.add(new Weights(4, channels, rows, new float[0]));
    }

    private Model finish(String training) {
        Require.that(!layers.isEmpty(), "its network has no layers but its input");
        Require.that(
                order.isSame() && !shape.image(),
                "its output is an image or a flattened one; only networks that end with classes are supported");
        int end = layers.size() - 1;
        while (end > 0 && layers.get(end) instanceof Layers.Dropout) {
            end--;
        }
        KerasLoss.complete(layers, end, KerasLoss.activation(training, shape.size()));
        return new Architecture(input, layers).model(weights);
    }

    static Layers.Window window(KerasConfig layer, int[] sides, int[] steps) {
        int[] dilation = layer.pair("dilation_rate", 1, 1);
        String padding = layer.text("padding", "valid");
        Require.that(
                padding.equals("same") || padding.equals("valid"),
                "%s has padding \"%s\", but must have valid or same",
                layer.full(),
                padding);
        return new Layers.Window(
                sides[0], sides[1], steps[0], steps[1], 0, 0, dilation[0], dilation[1], padding.equals("same"));
    }

    private static String rectifier(KerasConfig layer) {
        layer.plain("threshold", 0);
        if (!layer.has("max_value")) {
            double slope = layer.has("negative_slope") ? layer.number("negative_slope") : 0;
            return slope == 0 ? "relu" : "leakyrelu=" + slope;
        }
        layer.plain("max_value", 6);
        layer.plain("negative_slope", 0);
        return "relu6";
    }

    /** A name, or from Keras 3 on an object of the class "function" with the name as its settings. */
    static String activation(KerasConfig layer) {
        JsonElement named = layer.find("activation");
        if (named instanceof JsonObject object && object.get("config") instanceof JsonPrimitive function) {
            named = function;
        }
        String name =
                named == null ? "linear" : named.isJsonPrimitive() ? named.getAsString() : KerasConfig.shown(named);
        if (name.equals("linear")) {
            return LINEAR;
        }
        String ours = name.equals("silu") ? "swish" : name;
        Require.that(
                ACTIVATIONS.contains(ours),
                "%s has activation %s, which is not supported; there are linear and %s",
                layer.full(),
                name,
                ACTIVATIONS.stream().sorted().toList());
        return ours;
    }
}
