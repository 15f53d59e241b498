package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import org.parsimony.base.Require;

/**
 * What one layer says of itself. Keras 1's names are read as Keras 2's and 3's, its order of the sides of a kernel too;
 * every error names the layer, the setting, and what stands there.
 *
 * @param full the layer as errors name it: {@code layer 2, Dense "out"}
 * @param kind class of the layer by its name since Keras 2
 * @param json its settings
 */
record KerasConfig(String full, String kind, JsonObject json) {

    /** Setting since Keras 2, and what Keras 1 called it. */
    private static final Map<String, String> KERAS_1 = Map.of(
            "units", "output_dim",
            "filters", "nb_filter",
            "padding", "border_mode",
            "use_bias", "bias",
            "strides", "subsample",
            "rate", "p",
            "data_format", "dim_ordering");

    private static final Map<String, String> ORDERS = Map.of("tf", "channels_last", "th", "channels_first");

    /**
     * @param place of the layer in the network, from 1
     * @throws IllegalArgumentException if it is no layer with a class, settings and a name
     */
    static KerasConfig of(int place, JsonElement layer) {
        JsonObject entry = layer instanceof JsonObject object ? object : new JsonObject();
        JsonElement named = entry.get("class_name");
        JsonElement settings = entry.get("config");
        boolean whole = named instanceof JsonPrimitive && settings instanceof JsonObject;
        Require.that(whole, "layer %d is %s, but must have class_name and config", place, shown(layer));
        JsonObject json = settings.getAsJsonObject();
        String kind = named.getAsString();
        JsonElement registered = entry.get("registered_name");
        boolean own = registered != null && registered.isJsonPrimitive();
        Require.that(
                !own || !registered.getAsString().contains(">"),
                "layer %d is of the class %s of somebody's own, which is not supported; replace it by one of Keras's",
                place,
                own ? registered.getAsString() : "");
        String bare = "layer " + place + ", " + kind;
        String name = new KerasConfig(bare, kind, json).text("name", null);
        return new KerasConfig(bare + " \"" + name + "\"", kind.equals("Convolution2D") ? "Conv2D" : kind, json);
    }

    /** Name of the layer. */
    String name() {
        return text("name", null);
    }

    /** The same layer under another name. */
    KerasConfig called(String name) {
        if (name.equals(name())) {
            return this;
        }
        JsonObject renamed = json.deepCopy();
        renamed.addProperty("name", name);
        return new KerasConfig(full, kind, renamed);
    }

    /** Whether the setting is there and not null. */
    boolean has(String setting) {
        return find(setting) != null;
    }

    /** The setting, or null if it is not there or null. */
    JsonElement find(String setting) {
        JsonElement value = json.get(setting);
        if (value == null && KERAS_1.containsKey(setting)) {
            value = json.get(KERAS_1.get(setting));
        }
        return value == null || value.isJsonNull() ? null : value;
    }

    private JsonElement get(String setting) {
        JsonElement value = find(setting);
        Require.that(value != null, "%s has no setting \"%s\"; save the network again with Keras", full, setting);
        return value;
    }

    /** A whole number above 0. */
    int count(String setting) {
        JsonElement value = get(setting);
        return count(setting, value, value);
    }

    private int count(String setting, JsonElement whole, JsonElement value) {
        Integer count = whole(value);
        Require.that(
                count != null && count >= 1,
                "%s has %s %s, but must have whole numbers from 1 on",
                full,
                setting,
                shown(whole));
        return count;
    }

    /** The whole number that {@code value} is, or null if it is none. */
    static Integer whole(JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            return null;
        }
        double number = value.getAsDouble();
        return number == (int) number ? (int) number : null;
    }

    /** A number. */
    double number(String setting) {
        JsonElement value = get(setting);
        Require.that(
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber(),
                "%s has %s %s, but must have a number",
                full,
                setting,
                shown(value));
        return value.getAsDouble();
    }

    /** Whether the setting is true; {@code usual} if it is not there. */
    boolean flag(String setting, boolean usual) {
        JsonElement value = find(setting);
        Require.that(
                value == null
                        || value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean(),
                "%s has %s %s, but must have true or false",
                full,
                setting,
                value == null ? "" : shown(value));
        return value == null ? usual : value.getAsBoolean();
    }

    /** A word; {@code usual} if it is not there, which is an error if that is null. */
    String text(String setting, String usual) {
        JsonElement value = usual == null ? get(setting) : find(setting);
        Require.that(
                value == null
                        || value.isJsonPrimitive() && value.getAsJsonPrimitive().isString(),
                "%s has %s %s, but must have a word",
                full,
                setting,
                value == null ? "" : shown(value));
        return value == null ? usual : value.getAsString();
    }

    /** {@code channels_last} or {@code channels_first}. */
    String order() {
        String order = text("data_format", "channels_last");
        return ORDERS.getOrDefault(order, order);
    }

    /** Height and width; both are {@code usual} if the setting is not there. */
    int[] pair(String setting, int... usual) {
        JsonElement value = find(setting);
        if (value == null && setting.equals("kernel_size") && has("nb_row")) {
            return new int[] {count("nb_row"), count("nb_col")};
        }
        if (value == null && usual.length == 2) {
            return usual;
        }
        JsonElement given = get(setting);
        if (given.isJsonPrimitive()) {
            int side = count(setting);
            return new int[] {side, side};
        }
        Require.that(
                given.isJsonArray() && given.getAsJsonArray().size() == 2,
                "%s has %s %s, but must have height and width",
                full,
                setting,
                shown(given));
        JsonArray sides = given.getAsJsonArray();
        return new int[] {count(setting, given, sides.get(0)), count(setting, given, sides.get(1))};
    }

    /** Refuses a setting that is there with another value than null or {@code usual}. */
    void plain(String setting, double usual) {
        JsonElement value = find(setting);
        boolean same = value == null
                || value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() && value.getAsDouble() == usual;
        Require.that(
                same,
                "%s has %s %s, which is not supported; only %s is",
                full,
                setting,
                value == null ? "" : shown(value),
                usual == Math.rint(usual) ? Long.toString((long) usual) : Double.toString(usual));
    }

    /** JSON, shortened. */
    static String shown(JsonElement json) {
        String text = String.valueOf(json);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
