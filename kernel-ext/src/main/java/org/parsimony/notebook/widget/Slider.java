package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A number between two others: whole numbers, real ones, or powers of ten. */
public final class Slider extends Control<Double> {

    private final Scale scale;
    private final double least;
    private final double most;

    /** How the numbers lie along it. */
    public enum Scale {
        /** Whole numbers. */
        WHOLE("Int"),
        /** Real numbers, a hundred steps. */
        LINEAR("Float"),
        /** Real numbers above 0, a hundred steps of equal ratio. */
        LOGARITHMIC("FloatLog");

        private final String kind;

        Scale(String kind) {
            this.kind = kind;
        }
    }

    Slider(Models models, String description, Scale scale, double least, double most, double value) {
        super(models, scale.kind + "Slider", scale.kind + "Slider", description, "value");
        this.scale = scale;
        this.least = least;
        this.most = most;
        if (!(least <= most) || scale == Scale.LOGARITHMIC && least <= 0) {
            throw refused(
                    least + " to " + most,
                    "a range from a lesser to a greater number" + (scale == Scale.LOGARITHMIC ? " above 0" : ""));
        }
        if (scale == Scale.LOGARITHMIC) {
            put("base", 10.0);
            put("min", Math.log10(least));
            put("max", Math.log10(most));
            put("step", Math.log10(most / least) / 100);
        } else {
            put("min", number(least));
            put("max", number(most));
            put("step", scale == Scale.WHOLE ? (Number) 1 : (Number) step(most - least));
            put("readout_format", scale == Scale.WHOLE ? "d" : ".3~g");
        }
        begin(value);
    }

    /** A hundredth of the range, rounded to 1, 2 or 5 times a power of ten, so that the steps are short numbers. */
    private static double step(double range) {
        double raw = range / 100;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double times = raw / power;
        return (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10) * power;
    }

    private Number number(double value) {
        if (scale == Scale.WHOLE) {
            return (int) value;
        }
        return value;
    }

    /** Its value as a whole number. */
    public int intValue() {
        return (int) Math.round(value());
    }

    /**
     * {@link #value(Object)} of a number, whole ones included.
     *
     * @throws IllegalArgumentException if it cannot have this value; the message says which it can
     */
    public void value(double value) {
        value(Double.valueOf(value));
    }

    @Override
    Double read(JsonElement state) {
        return Math.min(most, Math.max(least, state.getAsDouble()));
    }

    @Override
    JsonElement write(Double value) {
        if (!(value >= least && value <= most) || scale == Scale.WHOLE && value != Math.rint(value)) {
            throw refused(
                    value, (scale == Scale.WHOLE ? "a whole number" : "a number") + " from " + least + " to " + most);
        }
        return new JsonPrimitive(number(value));
    }

    @Override
    String text() {
        return description() + " = " + (scale == Scale.WHOLE ? (Object) intValue() : value());
    }
}
