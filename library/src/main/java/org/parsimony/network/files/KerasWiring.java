package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;

/** How Keras writes which layers a layer of a graph reads, in its versions 2 and 3. */
final class KerasWiring {

    private KerasWiring() {}

    /** Names of layers in {@code ["a", 0, 0]}, in a list of such, or in one by names. */
    static List<String> ends(JsonElement json, String what) {
        List<String> names = new ArrayList<>();
        if (json instanceof JsonObject named) {
            named.asMap().values().forEach(each -> names.addAll(ends(each, what)));
        } else if (json instanceof JsonArray list
                && !list.isEmpty()
                && list.get(0).isJsonPrimitive()) {
            names.add(list.get(0).getAsString());
        } else if (json instanceof JsonArray list) {
            list.forEach(each -> names.addAll(ends(each, what)));
        }
        Require.that(!names.isEmpty(), "its %s are %s, but must name layers", what, KerasConfig.shown(json));
        return names;
    }

    /** Names of the layers that a layer reads, in order. */
    static List<String> reads(KerasConfig layer, JsonElement inbound) {
        Require.that(
                inbound instanceof JsonArray,
                "%s has inbound_nodes %s, but must have a list; save the network again with Keras",
                layer.full(),
                KerasConfig.shown(inbound));
        JsonArray uses = inbound.getAsJsonArray();
        Require.that(
                uses.size() <= 1,
                "%s is used %d times with the same weights, which is not supported; give each use a layer of its own",
                layer.full(),
                uses.size());
        List<String> names = new ArrayList<>();
        if (uses.size() == 1) {
            histories(uses.get(0), names);
            Require.that(
                    !names.isEmpty(),
                    "%s is applied to %s, where no layer is found; save the network again with Keras",
                    layer.full(),
                    KerasConfig.shown(uses.get(0)));
        }
        return names;
    }

    /** Keras 3 writes {@code "keras_history": [name, use, output]}, Keras 2 {@code [name, use, output, {…}]} itself. */
    private static void histories(JsonElement json, List<String> names) {
        if (json instanceof JsonObject object) {
            if (object.get("keras_history") instanceof JsonArray history
                    && !history.isEmpty()
                    && history.get(0).isJsonPrimitive()) {
                names.add(history.get(0).getAsString());
            } else {
                object.asMap().values().forEach(each -> histories(each, names));
            }
        } else if (json instanceof JsonArray list) {
            boolean old = list.size() >= 3
                    && list.get(0).isJsonPrimitive()
                    && list.get(0).getAsJsonPrimitive().isString()
                    && KerasConfig.whole(list.get(1)) != null;
            if (old) {
                names.add(list.get(0).getAsString());
            } else {
                list.forEach(each -> histories(each, names));
            }
        }
    }
}
