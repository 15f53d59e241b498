package org.parsimony.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.claims.Claim;
import org.parsimony.experiment.Run;

/**
 * A figure of a results page, as the entry of an experiment asks for it under {@code figures}:
 *
 * <ul>
 *   <li>{@code {"kind": "arms"}}: final test accuracy by arm, the figure of an entry that asks for none;
 *   <li>{@code {"kind": "against", "setting": "ratio", "metric": "accuracyAfter"}}: a metric against a setting of the arms,
 *       with what the paper states of it;
 *   <li>{@code {"kind": "pareto", "column": "bytesDisk.pars"}}: accuracy against a column of the row, with the Pareto
 *       front;
 *   <li>{@code {"kind": "steps", "x": "pruned", "y": "test accuracy before fine-tuning"}}: a column of the arms' own steps
 *       against another, where the steps are few enough to be kept with their run.
 * </ul>
 *
 * Each may have {@code where}, an object of settings and the values that the arms drawn must have; {@code metric}, a column
 * of the row, is {@code accuracyTuned} where it is not said.
 *
 * @param kind {@code arms}, {@code against}, {@code pareto} or {@code steps}
 * @param setting along the x axis of {@code against} and {@code steps}; empty for the others
 * @param column along the x axis of {@code pareto}; empty for the others
 * @param metric along the y axis
 * @param where settings that the arms drawn must have
 */
record Drawing(String kind, String setting, String column, String metric, SortedMap<String, Object> where) {

    static final String ARMS = "arms";
    private static final String AGAINST = "against";
    private static final String PARETO = "pareto";
    private static final String STEPS = "steps";
    private static final Map<String, Set<String>> KEYS = Map.of(
            ARMS, Set.of("where"),
            AGAINST, Set.of("setting", "metric", "where"),
            PARETO, Set.of("column", "metric", "where"),
            STEPS, Set.of("x", "y", "where"));
    private static final Map<String, String> NEEDED = Map.of(AGAINST, "setting", PARETO, "column", STEPS, "x");
    private static final String USUAL = "accuracyTuned";

    /**
     * @param figure of an experiment's entry
     * @throws IllegalArgumentException naming the key that it lacks or that no figure has
     */
    static Drawing of(Map<String, Object> figure) {
        String kind = String.valueOf(figure.get("kind"));
        Require.that(
                KEYS.containsKey(kind),
                "kind of a figure is \"%s\", but must be one of %s",
                kind,
                new TreeSet<>(KEYS.keySet()));
        for (String key : figure.keySet()) {
            Require.that(
                    key.equals("kind") || KEYS.get(kind).contains(key),
                    "a figure of the kind %s has no \"%s\"; it may have %s",
                    kind,
                    key,
                    new TreeSet<>(KEYS.get(kind)));
        }
        String needed = NEEDED.get(kind);
        Require.that(
                needed == null || figure.containsKey(needed), "a figure of the kind %s needs \"%s\"", kind, needed);
        SortedMap<String, Object> where = new TreeMap<>();
        if (figure.get("where") instanceof Map<?, ?> settings) {
            settings.forEach((key, value) -> where.put(String.valueOf(key), Json.normal(value)));
        }
        return new Drawing(
                kind,
                String.valueOf(figure.getOrDefault("setting", figure.getOrDefault("x", ""))),
                String.valueOf(figure.getOrDefault("column", "")),
                String.valueOf(figure.getOrDefault("metric", figure.getOrDefault("y", USUAL))),
                where);
    }

    /** What its file's name ends with. */
    String ending() {
        String of = where.isEmpty()
                ? ""
                : "-" + Records.text(List.copyOf(where.values())).replace(',', '-');
        return switch (kind) {
            case AGAINST -> "-" + metric + "-against-" + setting + of;
            case PARETO -> "-" + metric + "-pareto-" + column.replace('.', '-') + of;
            case STEPS -> "-" + metric.replace(' ', '-') + "-steps" + of;
            default -> of;
        };
    }

    /** What a reader is told who cannot see it. */
    String words() {
        return switch (kind) {
            case AGAINST -> Arms.words(metric) + " against " + Arms.words(setting);
            case PARETO -> Arms.words(metric) + " against " + Arms.words(column.replace('.', ' ')) + ", Pareto front";
            case STEPS -> metric + " against " + setting;
            default -> "accuracy by arm";
        };
    }

    /**
     * The chart, or nothing if no arm has what it shows.
     *
     * @param control arm that is drawn as a level line where it has not the setting along the axis; empty for none
     */
    Optional<Chart<?, ?>> chart(List<Run> runs, List<Claim> claims, String control) {
        List<Run> drawn = runs.stream()
                .filter(run -> where.entrySet().stream()
                        .allMatch(
                                wanted -> Objects.equals(run.arm().settings().get(wanted.getKey()), wanted.getValue())))
                .filter(this::isShown)
                .toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case AGAINST ->
                        AgainstOption.of(drawn, setting, metric, claims)
                                .beside(level(runs, control))
                                .figure("");
                    case PARETO -> Figures.pareto(drawn, column, metric);
                    case STEPS -> Figures.learningCurves(drawn, setting, metric);
                    default -> Figures.accuracyByMethod(drawn);
                });
    }

    private List<Run> level(List<Run> runs, String control) {
        return runs.stream()
                .filter(run -> run.arm().name().equals(control)
                        && run.arm().settings().isEmpty()
                        && run.measurement().columns().get(metric) instanceof Number value
                        && !Double.isNaN(value.doubleValue()))
                .toList();
    }

    private boolean isShown(Run run) {
        return switch (kind) {
            case AGAINST -> run.arm().settings().get(setting) instanceof Number;
            case PARETO -> run.measurement().columns().get(column) instanceof Number;
            case STEPS ->
                run.steps().stream().anyMatch(step -> step.table().columnNames().containsAll(List.of(setting, metric)));
            default -> true;
        };
    }
}
