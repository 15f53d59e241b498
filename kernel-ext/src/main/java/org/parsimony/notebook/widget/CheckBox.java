package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** Yes or no. */
public final class CheckBox extends Control<Boolean> {

    CheckBox(Models models, String description, boolean value) {
        super(models, "Checkbox", "Checkbox", description, "value");
        put("indent", false);
        begin(value);
    }

    @Override
    Boolean read(JsonElement state) {
        return state.getAsBoolean();
    }

    @Override
    JsonElement write(Boolean value) {
        return new JsonPrimitive(value);
    }
}
