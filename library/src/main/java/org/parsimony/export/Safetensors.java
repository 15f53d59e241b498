package org.parsimony.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * Weights as {@code .safetensors}: eight bytes of length, a JSON head, raw arrays. Arrays have PyTorch's names and orders,
 * {@code LAYER.weight [outputs × inputs]} or {@code [filters × channels × height × width]}; {@code __metadata__} holds the
 * network itself, so that {@code Model.read} takes the file without being told an architecture. Compressed, an array of at
 * most 256 distinct values is a {@code .table} of floats and {@code .indices} of a byte.
 */
final class Safetensors {

    /** Key of the network's blueprint in {@code __metadata__}. */
    private static final String NETWORK = "network";

    private static final int TABLE = 256;

    private final JsonObject head = new JsonObject();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final boolean compressed;

    private Safetensors(boolean compressed) {
        this.compressed = compressed;
    }

    static byte[] bytes(Parts parts, boolean compressed) {
        Safetensors file = new Safetensors(compressed);
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt");
        metadata.addProperty(NETWORK, parts.blueprint().toJson());
        file.head.add("__metadata__", metadata);
        Map<String, Shape> shapes = parts.blueprint().shapes();
        for (Node node : parts.blueprint().parametrised()) {
            Shape in = Blueprint.reaching(node, shapes).get(0);
            file.layer(node, in, parts.weights().get(node.name()));
        }
        byte[] json = file.head.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        byte[] whole = Arrays.copyOf(json, padded);
        Arrays.fill(whole, json.length, padded, (byte) ' ');
        ByteBuffer out = ByteBuffer.allocate(8 + padded + file.data.size()).order(ByteOrder.LITTLE_ENDIAN);
        return out.putLong(padded).put(whole).put(file.data.toByteArray()).array();
    }

    private void layer(Node node, Shape in, Weights weights) {
        String name = node.name();
        if (node.op() instanceof Op.Plain plain && plain.layer() instanceof Layers.BatchNorm norm) {
            String[] rows = {"weight", "bias", "running_mean", "running_var"};
            for (int row = 0; row < rows.length; row++) {
                float[] values = Turned.normRow(weights, row, norm.logarithm());
                array(name + "." + rows[row], values, values.length);
            }
            return;
        }
        if (node.op() instanceof Op.Slopes) {
            array(name + ".weight", weights.values(), weights.cols());
            return;
        }
        array(name + ".weight", Turned.filtersFirst(weights), sides(node.op(), in, weights));
        if (weights.bias().length > 0) {
            array(name + ".bias", weights.bias(), weights.bias().length);
        }
    }

    private static int[] sides(Op op, Shape in, Weights weights) {
        if (op instanceof Op.Depthwise depthwise) {
            Layers.Window window = depthwise.window();
            return new int[] {weights.cols(), 1, window.height(), window.width()};
        }
        return op instanceof Op.Plain plain && plain.layer() instanceof Layers.Convolution conv
                ? new int[] {
                    weights.cols(),
                    in.channels(),
                    conv.window().height(),
                    conv.window().width()
                }
                : new int[] {weights.cols(), weights.rows()};
    }

    private void array(String name, float[] values, int... sides) {
        TreeSet<Float> distinct = new TreeSet<>();
        for (int i = 0; compressed && i < values.length && distinct.size() <= TABLE; i++) {
            distinct.add(values[i]);
        }
        if (!compressed || distinct.size() > TABLE || 4 * distinct.size() + values.length >= 4 * values.length) {
            put(name, "F32", floats(values), sides);
            return;
        }
        float[] table = new float[distinct.size()];
        Map<Float, Integer> places = new LinkedHashMap<>();
        for (float value : distinct) {
            table[places.size()] = value;
            places.put(value, places.size());
        }
        byte[] indices = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            indices[i] = places.get(values[i]).byteValue();
        }
        put(name + ".table", "F32", floats(table), table.length);
        put(name + ".indices", "U8", indices, sides);
    }

    private static byte[] floats(float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return raw.array();
    }

    private void put(String name, String type, byte[] content, int... sides) {
        JsonObject entry = new JsonObject();
        entry.addProperty("dtype", type);
        JsonArray shape = new JsonArray();
        Arrays.stream(sides).forEach(shape::add);
        entry.add("shape", shape);
        JsonArray offsets = new JsonArray();
        offsets.add(data.size());
        data.writeBytes(content);
        offsets.add(data.size());
        entry.add("data_offsets", offsets);
        head.add(name, entry);
    }
}
