package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** Text that a program changes, plain or HTML. */
public final class Words extends Control<String> {

    /** @param kind {@code Label} or {@code HTML} */
    Words(Models models, String kind, String value) {
        super(models, kind, kind, "", "value");
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

    @Override
    String text() {
        return value();
    }
}
