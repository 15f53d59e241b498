package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A line of text to type; it counts when the line is left or ended. */
public final class TextField extends Control<String> {

    TextField(Models models, String description, String value) {
        super(models, "Text", "Text", description, "value");
        put("continuous_update", false);
        begin(value);
    }

    @Override
    String read(JsonElement state) {
        return state.getAsString();
    }

    @Override
    JsonElement write(String value) {
        return new JsonPrimitive(value);
    }
}
