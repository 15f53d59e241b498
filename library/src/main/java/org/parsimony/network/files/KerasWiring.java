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

    /**
     * What a layer gave.
     *
     * @param use the layer's use, from 0
     * @param output the output of that use, from 0
     */
    record End(String layer, int use, int output) {

        @Override
        public String toString() {
            return layer;
        }
    }

    /** What {@code ["a", 0, 0]}, a list of such, or one by names says. */
    static List<End> ends(JsonElement json, String what) {
        List<End> ends = new ArrayList<>();
        if (json instanceof JsonObject named) {
            named.asMap().values().forEach(each -> ends.addAll(ends(each, what)));
        } else if (json instanceof JsonArray list
                && !list.isEmpty()
                && list.get(0).isJsonPrimitive()) {
            ends.add(end(list));
        } else if (json instanceof JsonArray list) {
            list.forEach(each -> ends.addAll(ends(each, what)));
        }
        Require.that(!ends.isEmpty(), "its %s are %s, but must name layers", what, KerasConfig.shown(json));
        return ends;
    }

    private static End end(JsonArray list) {
        return new End(list.get(0).getAsString(), number(list, 1), number(list, 2));
    }

    private static int number(JsonArray list, int at) {
        Integer number = at < list.size() ? KerasConfig.whole(list.get(at)) : Integer.valueOf(0);
        Require.that(number != null, "%s names no output of a layer", KerasConfig.shown(list));
        return number;
    }

    /** By use of a layer, what it reads, in order. */
    static List<List<End>> uses(KerasConfig layer, JsonElement inbound) {
        Require.that(
                inbound instanceof JsonArray,
                "%s has inbound_nodes %s, but must have a list; save the network again with Keras",
                layer.full(),
                KerasConfig.shown(inbound));
        List<List<End>> uses = new ArrayList<>();
        for (JsonElement use : inbound.getAsJsonArray()) {
            List<End> ends = new ArrayList<>();
            histories(use, ends);
            Require.that(
                    !ends.isEmpty(),
                    "%s is applied to %s, where no layer is found; save the network again with Keras",
                    layer.full(),
                    KerasConfig.shown(use));
            uses.add(ends);
        }
        return uses;
    }

    /** Keras 3 writes {@code "keras_history": [name, use, output]}, Keras 2 {@code [name, use, output, {…}]} itself. */
    private static void histories(JsonElement json, List<End> ends) {
        if (json instanceof JsonObject object) {
            if (object.get("keras_history") instanceof JsonArray history
                    && !history.isEmpty()
                    && history.get(0).isJsonPrimitive()) {
                ends.add(end(history));
            } else {
                object.asMap().values().forEach(each -> histories(each, ends));
            }
        } else if (json instanceof JsonArray list) {
            boolean old = list.size() >= 3
                    && list.get(0).isJsonPrimitive()
                    && list.get(0).getAsJsonPrimitive().isString()
                    && KerasConfig.whole(list.get(1)) != null;
            if (old) {
                ends.add(end(list));
            } else {
                list.forEach(each -> histories(each, ends));
            }
        }
    }
}
