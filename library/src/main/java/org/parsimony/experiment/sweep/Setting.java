package org.parsimony.experiment.sweep;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.base.Records;

/**
 * One value for each choice of a sweep.
 *
 * @param number its place among the settings tried, from 1
 * @param words of each choice the value as it is written, in the order of the choices
 * @param values by the name of the choice, numbers as numbers
 */
public record Setting(int number, List<String> words, SortedMap<String, Object> values) {

    static Setting of(int number, List<SweepPlan.Choice> choices, List<String> words) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            values.put(choices.get(i).name(), Records.plain(choices.get(i).name(), words.get(i), Object.class));
        }
        return new Setting(number, List.copyOf(words), values);
    }

    /** {@code k 8, ratio 0.7}. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? "the recipe as it is"
                : values.entrySet().stream()
                        .map(value -> value.getKey() + " " + Records.text(value.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
