package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;

/**
 * One of several values, as a list to open or as buttons side by side.
 *
 * @param <T> type of the values
 */
public final class Choice<T> extends Control<T> {

    private final List<T> values;

    /** @param kind {@code Dropdown} or {@code ToggleButtons} */
    Choice(Models models, String kind, String description, List<T> values, T value) {
        super(models, kind, kind, description, "index");
        this.values = List.copyOf(values);
        JsonArray labels = new JsonArray();
        values.forEach(each -> labels.add(String.valueOf(each)));
        put("_options_labels", labels);
        begin(value);
    }

    /** What there is to choose from. */
    public List<T> values() {
        return values;
    }

    @Override
    T read(JsonElement state) {
        return state == null || state.isJsonNull() ? values.get(0) : values.get(state.getAsInt());
    }

    @Override
    JsonElement write(T value) {
        int index = values.indexOf(value);
        if (index < 0) {
            throw refused(value, "one of " + values);
        }
        return new JsonPrimitive(index);
    }
}
