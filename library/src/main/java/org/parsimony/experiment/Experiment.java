package org.parsimony.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.base.Home;
import org.parsimony.base.Json;
import org.parsimony.base.Progress;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.experiment.running.Runner;
import org.parsimony.experiment.running.Sweep;
import org.parsimony.experiment.store.RunStore;

/**
 * The arms and grids of a paper as data: an entry of {@code papers/PAPER/experiments.json}. It is a list of recipes, each
 * an arm with a seed.
 *
 * <p>An entry has a {@code title}, {@code parameters} with their values at the paper's own protocol, {@code tiers} with
 * other values for {@code smoke} and {@code short}, the name of the {@code control} that arms are compared with, and {@code
 * arms}. Arms that are not on the terms of their control, see {@link Protocol}, are refused before anything runs, unless they
 * are marked {@code exempt} with the reason; an entry that compares without a control must say why ({@code uncontrolled}).
 * {@code method} names the arm of the paper's own method, {@code chance} those that choose at random. An arm has a {@code name}, {@code steps} ({@code {"method": …, "options": {…}}}), and may have {@code for}:
 * settings, each with the values that the arm is repeated for in every combination, and {@code each}: a list of settings
 * that go together. {@code $name} stands for a parameter's or setting's value,
 * {@code "Pr-$quantiser"} for a text with it. A step with {@code "if": "$epochs"} is left out where that is 0, false or
 * empty. {@code dataset}, {@code network}, {@code samples} and {@code seeds} are parameters that every entry has.
 */
public final class Experiment {

    private static final String FILE = "experiments.json";
    private static final String CONTROL = "control";
    private static final String UNCONTROLLED = "uncontrolled";
    private static final String EXEMPT = "exempt";
    private static final String CHANCE = "chance";
    private static final List<String> NEEDED = List.of("dataset", "network", "samples", "seeds");
    private static final Set<String> KEYS =
            Set.of("title", "parameters", "tiers", CONTROL, UNCONTROLLED, "method", CHANCE, "figures", "arms");
    private static final Set<String> ARM_KEYS =
            Set.of("name", "steps", "for", "each", "dataset", "network", "samples", EXEMPT);

    private final String paper;
    private final String name;
    private final Tier tier;
    private final SortedMap<String, Object> entry;
    private final SortedMap<String, Object> parameters;

    /**
     * One arm with one seed.
     *
     * @param arm its name and settings
     * @param recipe complete
     */
    public record Trial(Arm arm, Recipe recipe) {}

    private Experiment(
            String paper,
            String name,
            Tier tier,
            SortedMap<String, Object> entry,
            SortedMap<String, Object> parameters) {
        this.paper = paper;
        this.name = name;
        this.tier = tier;
        this.entry = entry;
        this.parameters = Collections.unmodifiableSortedMap(parameters);
    }

    /** The names of a paper's experiments, in the order of the alphabet. */
    public static List<String> names(String paper) {
        return List.copyOf(entries(paper).keySet());
    }

    /**
     * An experiment of a paper at a tier.
     *
     * @throws IllegalArgumentException if there is none of this name (the message lists those there are), or its entry is
     *     not as it must be
     */
    public static Experiment of(String paper, String name, Tier tier) {
        SortedMap<String, Object> entries = entries(paper);
        Require.that(
                entries.containsKey(name),
                "%s has no experiment \"%s\"; its experiments are %s",
                paper,
                name,
                entries.keySet());
        return of(paper, name, tier, map(paper + "/" + name, entries.get(name)));
    }

    static Experiment of(String paper, String name, Tier tier, SortedMap<String, Object> entry) {
        String what = paper + "/" + name;
        SortedMap<String, Object> parameters = new TreeMap<>(map(what + ": parameters", entry.get("parameters")));
        Object tiers = entry.getOrDefault("tiers", new TreeMap<>());
        Object own = map(what + ": tiers", tiers).get(tier.toString());
        if (own != null) {
            map(what + ": tier " + tier, own).forEach((key, value) -> {
                requireParameter(what, parameters, key);
                parameters.put(key, value);
            });
        }
        NEEDED.forEach(key -> requireParameter(what, parameters, key));
        requireKeys(what, entry, KEYS);
        requireControl(what, entry);
        return new Experiment(paper, name, tier, entry, parameters);
    }

    private static void requireKeys(String what, Map<String, ?> map, Set<String> keys) {
        for (String key : map.keySet()) {
            Require.that(keys.contains(key), "%s has no key \"%s\"; it may have %s", what, key, new TreeSet<>(keys));
        }
    }

    /** What compares has a control, or says why it has none. */
    private static void requireControl(String what, SortedMap<String, Object> entry) {
        List<Object> arms = list(what + ": arms", entry.get("arms"));
        boolean compares = arms.size() > 1
                || arms.stream()
                        .map(arm -> map("an arm of " + what, arm))
                        .anyMatch(arm -> arm.containsKey("for") || arm.containsKey("each"));
        boolean controlled = !text(entry, CONTROL).isBlank();
        Require.that(
                !compares || controlled || !text(entry, UNCONTROLLED).isBlank(),
                "%s compares arms, but names no \"%s\" that has the same training as they have; name one, or say why"
                        + " there is none (\"%s\": \"why\")",
                what,
                CONTROL,
                UNCONTROLLED);
        Require.that(
                !controlled || text(entry, UNCONTROLLED).isEmpty(),
                "%s has both \"%s\" and \"%s\", but must have one of them",
                what,
                CONTROL,
                UNCONTROLLED);
    }

    private static String text(Map<String, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static void requireParameter(String what, Map<String, ?> parameters, String key) {
        Require.that(
                parameters.containsKey(key),
                "%s has no parameter \"%s\"; its parameters are %s",
                what,
                key,
                parameters.keySet());
    }

    private static SortedMap<String, Object> entries(String paper) {
        Path file = Home.paper(paper).resolve(FILE);
        try {
            return Files.exists(file) ? Json.readObject(file.toString(), Files.readString(file)) : new TreeMap<>();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static SortedMap<String, Object> map(String what, Object value) {
        Require.that(value instanceof SortedMap, "%s is %s, but must be an object {…}", what, Json.write(value));
        return (SortedMap<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(String what, Object value) {
        Require.that(value instanceof List, "%s is %s, but must be a list […]", what, Json.write(value));
        return (List<Object>) value;
    }

    /** The folder in {@code papers/}. */
    public String paper() {
        return paper;
    }

    /** Its name in the paper's file. */
    public String name() {
        return name;
    }

    /** What a reader calls it. */
    public String title() {
        return String.valueOf(entry.getOrDefault("title", name));
    }

    /** The arm that the others are compared with; empty for none. */
    public String control() {
        return text(entry, CONTROL);
    }

    /** Why there is no control; empty if there is one, or nothing is compared. */
    public String uncontrolled() {
        return text(entry, UNCONTROLLED);
    }

    /** The arm of the paper's own method, which others are also compared with; empty for none. */
    public String method() {
        return text(entry, "method");
    }

    /** The arms that choose at random: a claim that they bear out too says little. */
    public List<String> chance() {
        return list(paper + "/" + name + ": chance", entry.getOrDefault(CHANCE, List.of())).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Arms that are not on the terms of the control, by name, each with the reason. */
    public SortedMap<String, String> exempt() {
        SortedMap<String, String> reasons = new TreeMap<>();
        for (Object item : list(name + ": arms", entry.get("arms"))) {
            SortedMap<String, Object> arm = map("an arm of " + paper + "/" + name, item);
            if (arm.containsKey(EXEMPT)) {
                Require.that(
                        !text(arm, EXEMPT).isBlank(),
                        "%s/%s, arm %s is marked \"%s\", but must say why",
                        paper,
                        name,
                        arm.get("name"),
                        EXEMPT);
                for (SortedMap<String, Object> settings : grid(arm)) {
                    SortedMap<String, Object> values = new TreeMap<>(parameters);
                    values.putAll(settings);
                    reasons.put(String.valueOf(Placeholders.filled(arm.get("name"), values)), text(arm, EXEMPT));
                }
            }
        }
        return reasons;
    }

    /**
     * The figures of its page, as data: each an object with a {@code kind} and what that kind asks for; none for the usual
     * one.
     */
    public List<SortedMap<String, Object>> figures() {
        List<SortedMap<String, Object>> figures = new ArrayList<>();
        for (Object item : list(paper + "/" + name + ": figures", entry.getOrDefault("figures", List.of()))) {
            figures.add(map("a figure of " + paper + "/" + name, item));
        }
        return figures;
    }

    /** Parameters by name, as they are now. */
    public SortedMap<String, Object> parameters() {
        return parameters;
    }

    /**
     * This experiment with another value of a parameter; for a list also a text with spaces or commas between.
     *
     * @throws IllegalArgumentException if there is no such parameter; the message lists those there are
     */
    public Experiment with(String parameter, Object value) {
        requireParameter(paper + "/" + name, parameters, parameter);
        SortedMap<String, Object> other = new TreeMap<>(parameters);
        boolean words = parameters.get(parameter) instanceof List && value instanceof String;
        other.put(parameter, words ? Records.plain(parameter, (String) value, List.class) : Json.normal(value));
        return new Experiment(paper, name, tier, entry, other);
    }

    /**
     * This experiment with another value of a parameter, as a person writes it.
     *
     * @throws IllegalArgumentException if there is no such parameter, or its value is a number and the text is none
     */
    public Experiment withText(String parameter, String text) {
        requireParameter(paper + "/" + name, parameters, parameter);
        Object now = parameters.get(parameter);
        return with(parameter, now instanceof List ? text : Records.plain(parameter, text, now.getClass()));
    }

    /** This experiment with all those values whose names are its parameters'; others are left alone. */
    public Experiment withKnown(Map<String, ?> values) {
        Experiment other = this;
        for (var value : values.entrySet()) {
            if (parameters.containsKey(value.getKey())) {
                other = other.with(value.getKey(), value.getValue());
            }
        }
        return other;
    }

    /**
     * Every arm with every seed from 1 on, the arms of one seed together; a recipe that two arms share is there twice.
     *
     * @throws IllegalArgumentException naming arm and step of what is no method, option or value, or in what an arm is not
     *     on the terms of its control, before anything runs
     */
    public List<Trial> trials() {
        Object seeds = parameters.get("seeds");
        Require.that(seeds instanceof Long n && n >= 1, "seeds is %s, but must be a whole number of at least 1", seeds);
        List<Trial> trials = arms();
        List<Trial> all = new ArrayList<>();
        for (long seed = 1; seed <= (Long) seeds; seed++) {
            for (Trial trial : trials) {
                all.add(new Trial(trial.arm(), trial.recipe().withSeed(seed)));
            }
        }
        if (!control().isEmpty()) {
            Protocol.require(paper + "/" + name, all, control(), exempt().keySet());
        }
        return List.copyOf(all);
    }

    private List<Trial> arms() {
        List<Trial> trials = new ArrayList<>();
        for (Object item : list(name + ": arms", entry.get("arms"))) {
            SortedMap<String, Object> arm = map("an arm of " + paper + "/" + name, item);
            requireKeys("an arm of " + paper + "/" + name, arm, ARM_KEYS);
            for (SortedMap<String, Object> settings : grid(arm)) {
                SortedMap<String, Object> values = new TreeMap<>(parameters);
                values.putAll(settings);
                String title = String.valueOf(Placeholders.filled(arm.get("name"), values));
                try {
                    trials.add(new Trial(new Arm(title, settings), recipe(arm, values)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            paper + "/" + name + ", arm " + title + ": " + e.getMessage(), e);
                }
            }
        }
        String control = control();
        Require.that(
                control.isEmpty()
                        || trials.stream().anyMatch(t -> t.arm().name().equals(control)),
                "%s/%s has no arm \"%s\", which is to be its control",
                paper,
                name,
                control);
        return trials;
    }

    /** Every combination of the values that an arm is repeated for, the last setting fastest. */
    private List<SortedMap<String, Object>> grid(SortedMap<String, Object> arm) {
        List<SortedMap<String, Object>> grid = new ArrayList<>();
        for (Object settings : list("each", arm.getOrDefault("each", List.of(new TreeMap<>())))) {
            grid.add(map("settings in each", Placeholders.filled(settings, parameters)));
        }
        for (var setting : map("for", arm.getOrDefault("for", new TreeMap<>())).entrySet()) {
            List<Object> values =
                    list("values of " + setting.getKey(), Placeholders.filled(setting.getValue(), parameters));
            List<SortedMap<String, Object>> longer = new ArrayList<>();
            for (SortedMap<String, Object> start : grid) {
                for (Object value : values) {
                    SortedMap<String, Object> more = new TreeMap<>(start);
                    more.put(setting.getKey(), value);
                    longer.add(more);
                }
            }
            grid = longer;
        }
        return grid;
    }

    private Recipe recipe(SortedMap<String, Object> arm, SortedMap<String, Object> values) {
        List<Object> steps = new ArrayList<>();
        for (Object item : list("steps", arm.get("steps"))) {
            SortedMap<String, Object> step = new TreeMap<>(map("a step", item));
            Object wanted = step.containsKey("if") ? Placeholders.filled(step.remove("if"), values) : Boolean.TRUE;
            if (!List.of(0L, false, "", List.of()).contains(wanted)) {
                steps.add(Placeholders.filled(step, values));
            }
        }
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("dataset", Placeholders.filled(arm.getOrDefault("dataset", "$dataset"), values));
        map.put("network", Placeholders.filled(arm.getOrDefault("network", "$network"), values));
        map.put("samples", Placeholders.filled(arm.getOrDefault("samples", "$samples"), values));
        map.put("tier", tier.toString());
        map.put("seed", 1L);
        map.put("steps", steps);
        return Recipe.fromMap(map).complete();
    }

    /**
     * Runs what the store lacks; each finished run is stored at once and filed under the paper.
     *
     * @param threads recipes side by side
     * @return a run for every trial, in their order
     * @throws IllegalStateException if a recipe fails; the message names the first, the others are in the store
     */
    public List<Run> run(RunStore store, Runner runner, int threads, Progress progress) {
        List<Trial> trials = trials();
        Set<Recipe> recipes = trials.stream().map(Trial::recipe).collect(Collectors.toCollection(LinkedHashSet::new));
        Sweep.Report report = new Sweep(store, runner::run, threads).run(List.copyOf(recipes), progress);
        Map<String, Run> runs = new LinkedHashMap<>();
        report.runs().forEach(run -> runs.put(run.id(), run));
        List<Run> own = new ArrayList<>();
        for (Trial trial : trials) {
            Run run = runs.get(trial.recipe().id());
            if (run != null) {
                own.add(run.as(trial.arm()));
                store.file(paper, run.as(trial.arm()));
            }
        }
        report.failures().stream().findFirst().ifPresent(failed -> {
            throw new IllegalStateException(failed.recipe() + " failed: " + failed.reason(), failed.error());
        });
        return List.copyOf(own);
    }
}
