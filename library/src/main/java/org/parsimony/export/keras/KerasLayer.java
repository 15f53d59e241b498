package org.parsimony.export.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.network.Architecture.Shape;

/**
 * A layer as Keras writes it: class, settings, what it reads, arrays by name in Keras's order.
 *
 * @param name of its own in the network
 * @param kind its class
 * @param out what leaves it
 * @param settings beside name and type
 * @param reads layers before it
 * @param arrays by short name
 */
record KerasLayer(
        String name,
        String kind,
        Shape out,
        JsonObject settings,
        List<KerasLayer> reads,
        Map<String, KerasLayer.Array> arrays) {

    /** Values, row-major, and sides. */
    record Array(float[] values, int... sides) {}

    static KerasLayer of(String name, String kind, Shape out, List<KerasLayer> reads) {
        return new KerasLayer(name, kind, out, new JsonObject(), reads, new LinkedHashMap<>());
    }

    KerasLayer set(String setting, Number value) {
        settings.addProperty(setting, value);
        return this;
    }

    KerasLayer set(String setting, String value) {
        settings.addProperty(setting, value);
        return this;
    }

    KerasLayer set(String setting, boolean value) {
        settings.addProperty(setting, value);
        return this;
    }

    KerasLayer pair(String setting, int first, int second) {
        JsonArray pair = new JsonArray();
        pair.add(first);
        pair.add(second);
        settings.add(setting, pair);
        return this;
    }

    KerasLayer array(String array, float[] values, int... sides) {
        arrays.put(array, new Array(values, sides));
        return this;
    }

    /** The shape of a batch: channels last, the number of samples open. */
    JsonArray batch() {
        JsonArray sides = new JsonArray();
        sides.add(JsonNull.INSTANCE);
        if (out.image()) {
            sides.add(out.height());
            sides.add(out.width());
        }
        sides.add(out.channels());
        return sides;
    }

    /** Its entry among the layers. */
    JsonObject json() {
        JsonObject config = new JsonObject();
        config.addProperty("name", name);
        config.addProperty("trainable", true);
        config.addProperty("dtype", "float32");
        settings.entrySet().forEach(setting -> config.add(setting.getKey(), setting.getValue()));
        JsonObject json = new JsonObject();
        json.addProperty("class_name", kind);
        json.add("config", config);
        json.addProperty("name", name);
        JsonArray inbound = new JsonArray();
        if (!reads.isEmpty()) {
            JsonArray tensors = new JsonArray();
            reads.forEach(read -> tensors.add(read.tensor()));
            JsonArray arguments = new JsonArray();
            arguments.add(reads.size() == 1 ? tensors.get(0) : tensors);
            JsonObject use = new JsonObject();
            use.add("args", arguments);
            use.add("kwargs", new JsonObject());
            inbound.add(use);
        }
        json.add("inbound_nodes", inbound);
        return json;
    }

    /** What another layer says that reads it. */
    private JsonObject tensor() {
        JsonObject config = new JsonObject();
        config.add("shape", batch());
        config.addProperty("dtype", "float32");
        config.add("keras_history", history());
        JsonObject tensor = new JsonObject();
        tensor.addProperty("class_name", "__keras_tensor__");
        tensor.add("config", config);
        return tensor;
    }

    /** Name, use, output. */
    JsonArray history() {
        JsonArray history = new JsonArray();
        history.add(new JsonPrimitive(name));
        history.add(0);
        history.add(0);
        return history;
    }
}
