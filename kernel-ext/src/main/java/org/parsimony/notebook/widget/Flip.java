package org.parsimony.notebook.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Values by position, of which one is seen at a time: a slider made of what it shows, which moves without a kernel and
 * without a script, in a saved notebook and in an exported page.
 *
 * @param title what the positions are values of
 * @param labels of the positions, in order
 * @param values what each shows
 */
public record Flip(String title, List<String> labels, List<Object> values) {

    public Flip {
        if (labels.isEmpty() || labels.size() != values.size()) {
            throw new IllegalArgumentException("flip has " + labels.size() + " labels and " + values.size()
                    + " values, but must have as many of both and at least one");
        }
        labels = List.copyOf(labels);
        values = List.copyOf(values);
    }

    /** Of a map from positions to values, in its order. */
    static Flip of(String title, Map<?, ?> byPosition) {
        return new Flip(
                title,
                byPosition.keySet().stream().map(String::valueOf).toList(),
                new ArrayList<>(byPosition.values()));
    }

    /** Of what {@code value} gives for each position. */
    static <P> Flip of(String title, Iterable<P> positions, Function<? super P, ?> value) {
        List<String> labels = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (P position : positions) {
            labels.add(String.valueOf(position));
            values.add(value.apply(position));
        }
        return new Flip(title, labels, values);
    }
}
