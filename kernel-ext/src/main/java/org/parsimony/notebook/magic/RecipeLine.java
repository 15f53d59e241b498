package org.parsimony.notebook.magic;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Tier;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.report.MethodTables;

/** What may stand next in a line of a recipe. */
final class RecipeLine {

    private static final List<String> HEADS = List.of("dataset", "network", "seed", "tier");
    private static final String SAMPLES = "samples=";

    private RecipeLine() {}

    /**
     * Completions of a word.
     *
     * @param words before it in its line
     * @param prefix the word as far as it is typed
     */
    static List<String> complete(List<String> words, String prefix) {
        if (words.isEmpty()) {
            return starting(Stream.concat(HEADS.stream(), Methods.names().stream()), prefix);
        }
        return switch (words.get(0)) {
            case "dataset" -> starting(words.size() == 1 ? Datasets.names().stream() : Stream.of(SAMPLES), prefix);
            case "network" -> starting(words.size() == 1 ? Architectures.names().stream() : Stream.of(), prefix);
            case "tier" ->
                starting(words.size() == 1 ? Arrays.stream(Tier.values()).map(Tier::toString) : Stream.of(), prefix);
            case "seed" -> List.of();
            default ->
                Methods.all().stream()
                        .filter(method -> method.name().equals(words.get(0)))
                        .findFirst()
                        .map(method -> options(method, words, prefix))
                        .orElse(List.of());
        };
    }

    private static List<String> options(Method<?> method, List<String> words, String prefix) {
        RecordComponent[] components = method.options().getRecordComponents();
        int equals = prefix.indexOf('=');
        if (equals < 0) {
            return starting(
                    Arrays.stream(components)
                            .map(component -> component.getName() + "=")
                            .filter(option -> words.stream().noneMatch(word -> word.startsWith(option))),
                    prefix);
        }
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(prefix.substring(0, equals)))
                .flatMap(component -> values(method, component).map(value -> component.getName() + "=" + value))
                .filter(word -> word.startsWith(prefix))
                .toList();
    }

    /** The values that there are, or else the default, to be changed. */
    private static Stream<String> values(Method<?> method, RecordComponent component) {
        if (component.getType().isEnum() || component.getType() == boolean.class) {
            return Arrays.stream(MethodTables.range(component).split(", "));
        }
        Object usual = Records.write(Methods.defaults(method)).get(component.getName());
        String text = Records.text(Json.normal(usual));
        return text.isEmpty() ? Stream.of() : Stream.of(text);
    }

    private static List<String> starting(Stream<String> all, String prefix) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return all.filter(word -> word.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }
}
