package org.parsimony.network.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Layers;

/**
 * The activation that a loss "from logits" applies inside itself, so that the network's outputs are probabilities only
 * with it: sigmoid of each output for the binary losses, soft-max over all for the categorical ones.
 */
final class KerasLoss {

    private static final Map<String, String> ACTIVATIONS = Map.of(
            "BinaryCrossentropy", "sigmoid",
            "BinaryFocalCrossentropy", "sigmoid",
            "CategoricalCrossentropy", "softmax",
            "CategoricalFocalCrossentropy", "softmax",
            "SparseCategoricalCrossentropy", "softmax");

    private KerasLoss() {}

    /**
     * The activation that goes on outputs without one.
     *
     * @param training Keras's {@code training_config}, or null
     * @param outputs of the network
     * @return null if the loss takes the outputs as they are
     * @throws IllegalArgumentException if the loss works on logits in a way that is not known
     */
    static String activation(String training, int outputs) {
        JsonObject loss = training == null ? null : loss(parsed(training));
        if (loss == null) {
            return null;
        }
        JsonElement logits = loss.getAsJsonObject("config").get("from_logits");
        if (logits == null || !logits.isJsonPrimitive() || !logits.getAsBoolean()) {
            return null;
        }
        String kind = loss.get("class_name").getAsString();
        String activation = ACTIVATIONS.get(kind);
        Require.that(
                activation != null,
                "its loss %s works on logits, but which activation makes probabilities of them is not known; end the "
                        + "network with that activation, and save again",
                kind);
        Require.that(
                outputs > 1 || activation.equals("sigmoid"),
                "its loss %s works on the logits of several classes, but the network has one output; train with "
                        + "BinaryCrossentropy, or give the last layer an output for each class",
                kind);
        return activation;
    }

    private static JsonElement parsed(String training) {
        try {
            return JsonParser.parseString(training);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("its training_config is no JSON: " + e.getMessage(), e);
        }
    }

    /** The one loss, which may stand in a list or under the name of its output; null if there is none with settings. */
    private static JsonObject loss(JsonElement training) {
        JsonElement at = training.isJsonObject() ? training.getAsJsonObject().get("loss") : null;
        while (at != null) {
            if (at.isJsonArray() && at.getAsJsonArray().size() == 1) {
                at = at.getAsJsonArray().get(0);
            } else if (at.isJsonObject() && at.getAsJsonObject().has("class_name")) {
                JsonObject loss = at.getAsJsonObject();
                return loss.get("config") instanceof JsonObject
                                && loss.get("class_name").isJsonPrimitive()
                        ? loss
                        : null;
            } else if (at.isJsonObject() && at.getAsJsonObject().size() == 1) {
                at = at.getAsJsonObject().asMap().values().iterator().next();
            } else {
                return null;
            }
        }
        return null;
    }

    /** Puts the activation of a loss "from logits", if there is one, on layer {@code end}; makes the last one an output. */
    static void complete(List<Layer> layers, int end, String activation) {
        Layer last = layers.get(end);
        if (last instanceof Layers.Dense dense && dense.activation().equals(KerasLayers.LINEAR) && activation != null) {
            layers.set(end, new Layers.Dense(dense.units(), activation, dense.biased()));
        } else if (last instanceof Layers.Activate linear
                && linear.activation().equals(KerasLayers.LINEAR)
                && activation != null) {
            layers.set(end, new Layers.Activate(activation));
        } else if (activation != null && !(last instanceof Layers.Dense || last instanceof Layers.Activate)) {
            layers.add(end + 1, new Layers.Activate(activation));
        }
        last = layers.get(layers.size() - 1);
        if (!(last instanceof Layers.Dense || last instanceof Layers.Activate)) {
            layers.add(new Layers.Activate(KerasLayers.LINEAR));
        }
    }
}
