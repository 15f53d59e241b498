package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

/** Two numbers between two others: a range within a range. */
public final class RangeSlider extends Control<RangeSlider.Range> {

    private final double least;
    private final double most;

    /**
     * What lies between two numbers.
     *
     * @param from the lesser
     * @param to the greater
     */
    public record Range(double from, double to) {}

    RangeSlider(Models models, String description, double least, double most) {
        super(models, "FloatRangeSlider", "FloatRangeSlider", description, "value");
        this.least = least;
        this.most = most;
        put("min", least);
        put("max", most);
        put("step", (most - least) / 100);
        put("readout_format", ".3~g");
        begin(new Range(least, most));
    }

    @Override
    Range read(JsonElement state) {
        JsonArray both = state.getAsJsonArray();
        return new Range(both.get(0).getAsDouble(), both.get(1).getAsDouble());
    }

    @Override
    JsonElement write(Range value) {
        if (!(least <= value.from() && value.from() <= value.to() && value.to() <= most)) {
            throw refused(value.from() + " to " + value.to(), "a range within " + least + " to " + most);
        }
        JsonArray both = new JsonArray();
        both.add(value.from());
        both.add(value.to());
        return both;
    }
}
