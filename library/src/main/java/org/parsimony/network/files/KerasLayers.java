package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
 * The layers of a Keras {@code Sequential} network, one by one, as {@link Architecture} and {@link Weights}.
 *
 * <p>Keras puts channels last: kernels are {@code [height × width × channels × filters]}, and flattening runs through the
 * channels of each pixel first. Kernels are turned, and what reads flattened images has its inputs put in order.
 */
final class KerasLayers {

    private static final Set<String> ACTIVATIONS =
            Set.of("relu", "relu6", "sigmoid", "tanh", "softmax", "softplus", "softsign", "selu", "elu", "swish");

    private final KerasFormat.Source source;
    private final boolean logits;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Weights> weights = new ArrayList<>();
    private Shape input;
    private Shape shape;
    /** By our place, the place in Keras's order of the flattened image; null if the orders are the same. */
    private int[] order;

    private KerasLayers(KerasFormat.Source source, boolean logits) {
        this.source = source;
        this.logits = logits;
    }

    /**
     * @param config Keras's {@code model_config}
     * @param training its {@code training_config}, or null; a last layer trained "from logits" gets its soft-max
     */
    static Model model(String config, String training, KerasFormat.Source source) {
        JsonObject root = JsonParser.parseString(config).getAsJsonObject();
        String kind = root.get("class_name").getAsString();
        Require.that(
                kind.equals("Sequential"),
                "its network is of class %s, but only Sequential is supported; rebuild a chain of layers as Sequential",
                kind);
        JsonElement inner = root.get("config");
        JsonArray list = inner.isJsonArray()
                ? inner.getAsJsonArray()
                : inner.getAsJsonObject().getAsJsonArray("layers");
        boolean logits = training != null && training.replace(" ", "").contains("\"from_logits\":true");
        KerasLayers keras = new KerasLayers(source, logits);
        keras.start(inner, list);
        for (int l = 0; l < list.size(); l++) {
            JsonObject layer = list.get(l).getAsJsonObject();
            keras.add(layer.get("class_name").getAsString(), layer.getAsJsonObject("config"), l == list.size() - 1);
        }
        return keras.finish();
    }

    private void start(JsonElement inner, JsonArray list) {
        Require.that(!list.isEmpty(), "its network has no layers");
        JsonObject first = list.get(0).getAsJsonObject().getAsJsonObject("config");
        JsonElement given = first.has("batch_input_shape") ? first.get("batch_input_shape") : first.get("batch_shape");
        if (given == null && inner.isJsonObject()) {
            given = inner.getAsJsonObject().get("build_input_shape");
        }
        Require.that(
                given != null && given.isJsonArray(),
                "its first layer states no input shape; add an Input layer and save again");
        int[] dims = new int[given.getAsJsonArray().size() - 1];
        for (int d = 0; d < dims.length; d++) {
            JsonElement side = given.getAsJsonArray().get(d + 1);
            Require.that(!side.isJsonNull(), "its input shape %s is open; state every side", given);
            dims[d] = side.getAsInt();
        }
        Require.that(
                dims.length >= 1 && dims.length <= 3, "its input shape is %s, but must be of vectors or images", given);
        input = dims.length == 1 ? Shape.of(dims) : Shape.of(dims.length == 3 ? dims[2] : 1, dims[0], dims[1]);
        shape = input;
    }

    private void add(String kind, JsonObject config, boolean last) {
        String name = config.get("name").getAsString();
        String full = kind + " \"" + name + "\"";
        JsonElement format = config.get("data_format");
        Require.that(
                format == null || format.isJsonNull() || format.getAsString().equals("channels_last"),
                "%s has its channels first; build the network with channels_last and save again",
                full);
        switch (kind) {
            case "InputLayer" -> {}
            case "Dense" -> dense(full, config, last);
            case "Conv2D" -> convolution(full, config);
            case "MaxPooling2D", "AveragePooling2D" ->
                put(
                        full,
                        new Layers.Pooling(
                                kind.startsWith("Max"),
                                window(
                                        config,
                                        "pool_size",
                                        config.get("strides").isJsonNull() ? "pool_size" : "strides"),
                                false));
            case "GlobalMaxPooling2D", "GlobalAveragePooling2D" -> {
                int[] all = {shape.height(), shape.width()};
                put(full, new Layers.Pooling(kind.contains("Max"), Layers.Window.of(all, all, false), false));
                put(full, new Layers.Flatten());
            }
            case "Flatten" -> flatten(full);
            case "Dropout" -> put(full, new Layers.Dropout(config.get("rate").getAsDouble()));
            case "BatchNormalization" -> batchNorm(full, config);
            case "Activation" -> put(full, new Layers.Activate(activation(full, config.get("activation"), false)));
            case "Softmax" -> put(full, new Layers.Activate("softmax"));
            case "ReLU" -> {
                plain(full, config, "max_value", "negative_slope", "threshold");
                put(full, new Layers.Activate("relu"));
            }
            case "LeakyReLU" -> {
                String slope = config.has("alpha") ? "alpha" : "negative_slope";
                put(full, new Layers.Activate("leakyrelu=" + config.get(slope).getAsDouble()));
            }
            default ->
                throw new IllegalArgumentException("layer " + full + " is not supported; there are Dense, Conv2D, "
                        + "MaxPooling2D, AveragePooling2D, their Global forms, Flatten, Dropout, BatchNormalization, "
                        + "Activation, ReLU, LeakyReLU, Softmax: leave it out or replace it, and save again");
        }
    }

    private void put(String full, Layer layer) {
        try {
            shape = layer.out(shape);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + full + " cannot take " + shape + ": " + e.getMessage(), e);
        }
        layers.add(layer);
    }

    private void dense(String full, JsonObject config, boolean last) {
        int units = config.get("units").getAsInt();
        String activation = activation(full, config.get("activation"), last && logits && units > 1);
        boolean biased = config.get("use_bias").getAsBoolean();
        Map<String, KerasFormat.Array> arrays = source.arrays(config.get("name").getAsString());
        int inputs = shape.size();
        float[] kernel = array(full, arrays, "kernel", inputs, units);
        if (order != null) {
            float[] turned = new float[kernel.length];
            for (int row = 0; row < inputs; row++) {
                System.arraycopy(kernel, order[row] * units, turned, row * units, units);
            }
            kernel = turned;
        }
        put(full, new Layers.Dense(units, activation, biased));
        weights.add(new Weights(inputs, units, kernel, bias(full, arrays, units, biased)));
        order = null;
    }

    private void convolution(String full, JsonObject config) {
        plain(full, config, "groups");
        int filters = config.get("filters").getAsInt();
        boolean biased = config.get("use_bias").getAsBoolean();
        Layers.Window window = window(config, "kernel_size", "strides");
        Map<String, KerasFormat.Array> arrays = source.arrays(config.get("name").getAsString());
        int channels = shape.channels();
        int area = window.height() * window.width();
        float[] kernel = array(full, arrays, "kernel", window.height(), window.width(), channels, filters);
        float[] turned = new float[kernel.length];
        for (int pixel = 0; pixel < area; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(
                        kernel,
                        (pixel * channels + channel) * filters,
                        turned,
                        (channel * area + pixel) * filters,
                        filters);
            }
        }
        put(full, new Layers.Convolution(filters, window, activation(full, config.get("activation"), false), biased));
        weights.add(new Weights(channels * area, filters, turned, bias(full, arrays, filters, biased)));
    }

    private void flatten(String full) {
        if (shape.channels() > 1 && shape.area() > 1) {
            order = new int[shape.size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = i % shape.area() * shape.channels() + i / shape.area();
            }
        }
        put(full, new Layers.Flatten());
    }

    private void batchNorm(String full, JsonObject config) {
        JsonElement axis = config.get("axis");
        int along = axis.isJsonArray() ? axis.getAsJsonArray().get(0).getAsInt() : axis.getAsInt();
        Require.that(
                along == -1 || along == (shape.image() ? 3 : 1),
                "layer %s normalises along axis %d, but only the last axis is supported",
                full,
                along);
        int channels = shape.channels();
        Map<String, KerasFormat.Array> arrays = source.arrays(config.get("name").getAsString());
        float[] rows = new float[4 * channels];
        Arrays.fill(rows, 0, channels, 1);
        String[] names = {"gamma", "beta", "moving_mean", "moving_variance"};
        for (int row = 0; row < 4; row++) {
            boolean left = row == 0 && !config.get("scale").getAsBoolean()
                    || row == 1 && !config.get("center").getAsBoolean();
            if (!left) {
                float[] values = array(full, arrays, names[row], channels);
                for (int c = 0; c < channels; c++) {
                    rows[row * channels + c] = values[order == null ? c : order[c]];
                }
            }
        }
        put(
                full,
                new Layers.BatchNorm(
                        config.get("epsilon").getAsDouble(),
                        config.get("momentum").getAsDouble(),
                        false));
        weights.add(new Weights(4, channels, rows, new float[0]));
    }

    private Model finish() {
        Layer last = layers.get(layers.size() - 1);
        if (!(last instanceof Layers.Dense || last instanceof Layers.Activate)) {
            layers.add(new Layers.Activate("identity"));
        }
        Require.that(
                order == null && !shape.image(),
                "its output is an image or a flattened one; only networks that end with classes are supported");
        return new Architecture(input, layers).model(weights);
    }

    private static float[] bias(String full, Map<String, KerasFormat.Array> arrays, int units, boolean biased) {
        return biased ? array(full, arrays, "bias", units) : new float[0];
    }

    private static float[] array(String full, Map<String, KerasFormat.Array> arrays, String name, int... shape) {
        KerasFormat.Array array = arrays.get(name);
        Require.that(array != null, "layer %s has no %s", full, name);
        Require.that(
                Arrays.equals(array.shape(), shape),
                "layer %s has a %s of shape %s, but must have %s",
                full,
                name,
                Arrays.toString(array.shape()),
                Arrays.toString(shape));
        return array.values();
    }

    /** Refuses settings that are not their defaults: null, 0, or 1 for groups. */
    private static void plain(String full, JsonObject config, String... settings) {
        for (String setting : settings) {
            JsonElement value = config.get(setting);
            boolean usual =
                    value == null || value.isJsonNull() || value.getAsDouble() == (setting.equals("groups") ? 1 : 0);
            Require.that(usual, "layer %s has %s %s, which is not supported", full, setting, value);
        }
    }

    private static Layers.Window window(JsonObject config, String size, String step) {
        int[] dilation = config.has("dilation_rate") ? pair(config.get("dilation_rate")) : new int[] {1, 1};
        int[] sides = pair(config.get(size));
        int[] steps = pair(config.get(step));
        String padding = config.get("padding").getAsString();
        Require.that(
                padding.equals("same") || padding.equals("valid"),
                "padding is \"%s\", but must be valid or same",
                padding);
        return new Layers.Window(
                sides[0], sides[1], steps[0], steps[1], 0, 0, dilation[0], dilation[1], padding.equals("same"));
    }

    private static int[] pair(JsonElement sides) {
        JsonArray pair = sides.getAsJsonArray();
        return new int[] {pair.get(0).getAsInt(), pair.get(1).getAsInt()};
    }

    private static String activation(String full, JsonElement named, boolean softmax) {
        String name = named == null || named.isJsonNull()
                ? "linear"
                : named.isJsonPrimitive() ? named.getAsString() : named.toString();
        if (name.equals("linear")) {
            return softmax ? "softmax" : "identity";
        }
        String ours = name.equals("silu") ? "swish" : name;
        Require.that(
                ACTIVATIONS.contains(ours),
                "layer %s has activation %s, which is not supported; there are linear and %s",
                full,
                name,
                ACTIVATIONS.stream().sorted().toList());
        return ours;
    }
}
