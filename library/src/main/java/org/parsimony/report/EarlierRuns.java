package org.parsimony.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

/**
 * A paper's runs from before recipes had steps, {@code results/earlier/runs-1.jsonl}, beside the runs of today that succeed
 * them. Which arm succeeds which stands in {@code successors.jsonl} beside them, a line an arm; an earlier run belongs to the
 * first line that fits it.
 */
final class EarlierRuns {

    private static final String PERCENT = " %";

    private final Path folder;
    private final List<Earlier> earlier;
    private final List<Run> runs;

    /**
     * What of today succeeds an arm of then.
     *
     * @param method what the arm was called
     * @param when options that its runs must have had, which the others of this name had not
     * @param arm what it is called today; empty if it is no arm any more
     * @param network ending of the network's name that it had not then, {@code "+bn"}
     * @param options by today's name, that of then, with {@code " %"} behind it if it was in percent
     */
    private record Successor(
            String method,
            SortedMap<String, Object> when,
            String arm,
            String network,
            SortedMap<String, Object> options) {

        boolean fits(Earlier run) {
            return run.method().equals(method)
                    && when.entrySet().stream().allMatch(option -> option.getValue()
                            .equals(run.options().get(option.getKey())));
        }

        String title() {
            return method
                    + when.entrySet().stream()
                            .map(option -> ", " + Arms.words(option.getKey()) + " " + Records.text(option.getValue()))
                            .collect(Collectors.joining());
        }

        /** The run's options as they are called today. */
        SortedMap<String, Object> setting(Earlier run) {
            SortedMap<String, Object> setting = new TreeMap<>();
            options.forEach((today, then) -> {
                String name = String.valueOf(then);
                Object value = run.options().get(name.replace(PERCENT, ""));
                setting.put(today, name.endsWith(PERCENT) ? share(value) : value);
            });
            return setting;
        }

        private static Object share(Object percent) {
            return percent instanceof List<?> items
                    ? items.stream().map(Successor::share).toList()
                    : percent instanceof Number number ? Json.normal(number.doubleValue() / 100) : percent;
        }
    }

    /** A run of then. */
    private record Earlier(
            String method,
            String dataset,
            String network,
            String tier,
            SortedMap<String, Object> options,
            double accuracy) {

        static Earlier of(String line) {
            SortedMap<String, Object> run = Json.readObject("earlier run", line);
            Map<String, Object> recipe = object(run.get("recipe"));
            Object accuracy = object(run.get("measurement")).get("accuracyTuned");
            return new Earlier(
                    String.valueOf(recipe.get("method")),
                    String.valueOf(recipe.get("dataset")),
                    String.valueOf(recipe.get("network")),
                    String.valueOf(recipe.get("tier")),
                    object(recipe.get("options")),
                    accuracy instanceof Number number ? 100 * number.doubleValue() : Double.NaN);
        }

        @SuppressWarnings("unchecked")
        private static SortedMap<String, Object> object(Object value) {
            Require.that(value instanceof SortedMap, "an earlier run has %s, but must have an object", value);
            return (SortedMap<String, Object>) value;
        }
    }

    /** Runs of then that only their options and their seeds tell apart. */
    private record Group(Successor successor, String dataset, String network, String tier) {}

    /** One setting of a group, measured then and today; a list is empty where it was not. */
    private record Setting(List<Earlier> then, List<Run> today) {}

    private record Line(Group group, List<Setting> settings) {

        List<Setting> again() {
            return settings.stream()
                    .filter(setting -> !setting.today().isEmpty())
                    .toList();
        }

        double then() {
            return again().stream()
                    .flatMap(setting -> setting.then().stream())
                    .mapToDouble(Earlier::accuracy)
                    .average()
                    .orElse(Double.NaN);
        }

        double today() {
            return again().stream()
                    .flatMap(setting -> setting.today().stream())
                    .mapToDouble(Quality.ACCURACY::of)
                    .average()
                    .orElse(Double.NaN);
        }

        String tiers() {
            return again().stream()
                    .flatMap(setting -> setting.today().stream())
                    .map(run -> run.recipe().tier().toString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    private EarlierRuns(Path folder, List<Earlier> earlier, List<Run> runs) {
        this.folder = folder;
        this.earlier = earlier;
        this.runs = runs;
    }

    /** Those of a folder beside the paper's runs of today; nothing where there are none. */
    static Optional<EarlierRuns> of(Path folder, List<Run> runs) {
        Path file = folder.resolve("runs-1.jsonl");
        return Files.exists(file)
                ? Optional.of(new EarlierRuns(
                        folder, lines(file).stream().map(Earlier::of).toList(), runs))
                : Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    int size() {
        return earlier.size();
    }

    /** How many stand in a line of the table that has a successor, with a setting that was measured again. */
    long succeeded() {
        return compared().stream()
                .flatMap(line -> line.again().stream())
                .mapToLong(setting -> setting.then().size())
                .sum();
    }

    /**
     * One row for each arm of then on each data set and network: runs and settings, the arm of today, how many of the
     * settings were measured again, and the mean test accuracy of these, then and today.
     */
    Table table() {
        return Rows.of(compared())
                .texts("data", line -> line.group().dataset())
                .texts("network", line -> line.group().network())
                .texts("arm then", line -> line.group().successor().title())
                .texts("tier", line -> line.group().tier())
                .ints("runs", line -> line.settings().stream()
                        .mapToInt(setting -> setting.then().size())
                        .sum())
                .ints("settings", line -> line.settings().size())
                .ints("measured again", line -> line.again().size())
                .texts(
                        "arm today",
                        line -> line.again().isEmpty()
                                ? "none yet"
                                : line.group().successor().arm())
                .texts("tier today", Line::tiers)
                .doubles("accuracy of these then %", 2, Line::then)
                .doubles("today %", 2, Line::today)
                .table("earlier runs and those that succeed them");
    }

    private List<Line> compared() {
        Path file = folder.resolve("successors.jsonl");
        List<Successor> successors = lines(file).stream()
                .map(line -> Records.read(
                        file.getFileName().toString(),
                        Json.readObject("a line of " + file, line),
                        Successor.class,
                        new Successor("", new TreeMap<>(), "", "", new TreeMap<>())))
                .toList();
        Map<Group, Map<Object, List<Earlier>>> groups = new LinkedHashMap<>();
        for (Earlier run : earlier) {
            Successor successor = successors.stream()
                    .filter(each -> each.fits(run))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            file + " has no line for the runs of \"" + run.method() + "\"; add one"));
            groups.computeIfAbsent(
                            new Group(successor, run.dataset(), run.network(), run.tier()), g -> new LinkedHashMap<>())
                    .computeIfAbsent(successor.setting(run), s -> new ArrayList<>())
                    .add(run);
        }
        List<Line> compared = new ArrayList<>();
        groups.forEach((group, settings) -> compared.add(new Line(
                group,
                settings.values().stream()
                        .map(then -> new Setting(then, successors(group, then.get(0))))
                        .toList())));
        return compared;
    }

    private List<Run> successors(Group group, Earlier then) {
        Successor successor = group.successor();
        SortedMap<String, Object> setting = successor.setting(then);
        return runs.stream()
                .filter(run -> run.arm().name().equals(successor.arm()))
                .filter(run -> run.recipe().dataset().equals(group.dataset())
                        && run.recipe().network().equals(group.network() + successor.network()))
                .filter(run -> setting.entrySet().stream()
                        .allMatch(option -> Objects.equals(run.recipe().option(option.getKey()), option.getValue())))
                .toList();
    }
}
