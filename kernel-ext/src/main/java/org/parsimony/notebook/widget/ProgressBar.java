package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** How far something is, from 0 to 1. */
public final class ProgressBar extends Control<Double> {

    ProgressBar(Models models, String description) {
        super(models, "FloatProgress", "Progress", description, "value");
        put("min", 0.0);
        put("max", 1.0);
        begin(0.0);
    }

    @Override
    Double read(JsonElement state) {
        return state.getAsDouble();
    }

    @Override
    JsonElement write(Double value) {
        if (!(value >= 0 && value <= 1)) {
            throw refused(value, "a number from 0 to 1");
        }
        return new JsonPrimitive(value);
    }
}
