package org.parsimony.notebook.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The protocol's list of models with the attributes of each ({@code jupyterwidgetmodels}), and states held to it. */
final class ModelSchema {

    private static final String REFERENCE = "IPY_MODEL_";

    private final Map<String, JsonObject> models = new HashMap<>();

    ModelSchema(Path file) throws IOException {
        for (JsonElement model : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            models.put(
                    model.getAsJsonObject().getAsJsonObject("model").get("name").getAsString(),
                    model.getAsJsonObject());
        }
    }

    /**
     * Makes sure that this is a state of a model there is, or a part of one: every key an attribute, every value of its type.
     *
     * @param name of the model
     * @param binary keys whose values are buffers beside the state
     * @param named the name of the model that has an id; null for an unknown id
     */
    void check(String name, JsonObject state, Set<String> binary, UnaryOperator<String> named) {
        JsonObject model = models.get(name);
        assertNotNull(model, () -> "there is a model " + name);
        Map<String, JsonObject> attributes = new HashMap<>();
        for (JsonElement attribute : model.getAsJsonArray("attributes")) {
            attributes.put(attribute.getAsJsonObject().get("name").getAsString(), attribute.getAsJsonObject());
        }
        state.entrySet().forEach(entry -> {
            JsonObject attribute = attributes.get(entry.getKey());
            String place = name + "." + entry.getKey();
            assertNotNull(attribute, () -> place + " is an attribute");
            assertTrue(
                    isOf(attribute, entry.getValue(), named),
                    () -> place + " is " + entry.getValue() + ", but " + attribute);
        });
        for (String key : binary) {
            assertNotNull(attributes.get(key), () -> name + "." + key + " is an attribute");
            assertEquals("bytes", attributes.get(key).get("type").getAsString(), () -> name + "." + key);
        }
    }

    /** Makes sure that a whole state says which model and view it is of, as the protocol has them. */
    void checkWhole(JsonObject state, Set<String> binary, UnaryOperator<String> named) {
        String name = state.get("_model_name").getAsString();
        check(name, state, binary, named);
        for (String side : new String[] {"model", "view"}) {
            JsonObject right = models.get(name).getAsJsonObject(side);
            assertEquals(right.get("name"), state.get("_" + side + "_name"), name);
            assertEquals(right.get("module"), state.get("_" + side + "_module"), name);
            assertEquals(right.get("version"), state.get("_" + side + "_module_version"), name);
        }
    }

    private static boolean isOf(JsonObject attribute, JsonElement value, UnaryOperator<String> named) {
        if (value.isJsonNull()) {
            return attribute.has("allow_none") && attribute.get("allow_none").getAsBoolean();
        }
        if (attribute.has("enum") && !attribute.getAsJsonArray("enum").contains(value)) {
            return false;
        }
        return switch (attribute.get("type").getAsString()) {
            case "string" -> isText(value);
            case "bool" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "int" -> isNumber(value) && value.getAsDouble() == Math.rint(value.getAsDouble());
            case "float" -> isNumber(value) && Double.isFinite(value.getAsDouble());
            case "object" -> value.isJsonObject();
            case "reference" ->
                isText(value) && isReference(attribute.get("widget").getAsString(), value.getAsString(), named);
            case "array" ->
                value.isJsonArray() && areOf(attribute.getAsJsonObject("items"), value.getAsJsonArray(), named);
            default -> throw new AssertionError("no value of ours is of this type: " + attribute);
        };
    }

    private static boolean areOf(JsonObject items, JsonArray values, UnaryOperator<String> named) {
        boolean all = true;
        for (JsonElement value : values) {
            all &= items == null || isOf(items, value, named);
        }
        return all;
    }

    /** A style of a control may be that of its kind: the schema names the least that it must be. */
    private static boolean isReference(String kind, String text, UnaryOperator<String> named) {
        String name = text.startsWith(REFERENCE) ? named.apply(text.substring(REFERENCE.length())) : null;
        return name != null && (kind.equals("Widget") || name.equals(kind + "Model"));
    }

    private static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }
}
