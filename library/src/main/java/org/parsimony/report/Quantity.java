package org.parsimony.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.parsimony.claims.Estimate;

/**
 * How a metric is written: its name for people, a unit, a factor that brings it to that unit, and how many decimals.
 *
 * @param factor values are multiplied by it
 */
record Quantity(String name, String unit, double factor, int decimals) {

    private static final Map<String, String> ON_AXES = Map.of(
            "accuracy tuned", "test accuracy",
            "accuracy after", "test accuracy before fine-tuning",
            "accuracy before", "test accuracy of the dense baseline",
            "loss tuned", "test loss",
            "bytes disk pars", "whole file");

    /** From the metric's name and the size of its values: per cent, bytes with a prefix, seconds with a prefix, … */
    static Quantity of(String metric, double[] values) {
        double most = Arrays.stream(values)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        String words = words(metric);
        if (metric.toLowerCase(Locale.ROOT).contains("accuracy")) {
            return new Quantity(words, "%", 100, 2);
        }
        if (metric.startsWith("bytes") || metric.equals("trainingMemory")) {
            return scaled(words, "B", most, new String[] {"", "k", "M", "G"}, 1);
        }
        if (metric.startsWith("latency") || metric.equals("seconds")) {
            return most >= 1 || most == 0
                    ? new Quantity(words, "s", 1, 1)
                    : scaled(words, "s", most * 1e6, new String[] {"µ", "m"}, 1e6);
        }
        if (metric.startsWith("macs") || metric.equals("parameters") || metric.equals("nonzeros")) {
            return scaled(words, "", most, new String[] {"", "k", "M", "G"}, 1);
        }
        int decimals = most == 0 || most >= 100 ? 1 : (int) Math.max(0, 3 - Math.floor(Math.log10(most)));
        return new Quantity(words, "", 1, decimals);
    }

    private static Quantity scaled(String words, String unit, double most, String[] prefixes, double base) {
        int prefix = 0;
        double factor = base;
        while (prefix + 1 < prefixes.length && most >= 1000) {
            most /= 1000;
            factor /= 1000;
            prefix++;
        }
        return new Quantity(words, prefixes[prefix] + unit, factor, factor == 1 ? 0 : most >= 100 ? 1 : 2);
    }

    /** {@code accuracyTuned} as {@code accuracy tuned}, {@code bytesDisk.ham} as {@code bytes disk ham}. */
    private static String words(String metric) {
        return metric.replaceAll("([a-z])([A-Z])", "$1 $2").replace('.', ' ').toLowerCase(Locale.ROOT);
    }

    String heading() {
        return unit.isEmpty() ? name : name + " [" + unit + "]";
    }

    /** For an axis: {@code whole file, kB}. */
    String axis() {
        String words = ON_AXES.getOrDefault(name, name);
        return unit.isEmpty() ? words : words + ", " + unit;
    }

    String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value * factor);
    }

    String cell(Estimate sample) {
        boolean spread = sample.n() >= 2 && sample.sd() > 0;
        return spread ? number(sample.mean()) + " ± " + number(sample.half()) : number(sample.mean());
    }
}
