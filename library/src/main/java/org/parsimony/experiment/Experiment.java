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
 * {@code method} names the arm of the paper's own method, {@code measure} what is compared where the row does not have it,
 * {@code chance} arms that choose at random. An arm has a {@code name}, {@code steps} ({@code {"method": …, "options": {…}}}), and may have {@code for}:
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
    private static final Set<String> KEYS = Set.of(
            "title", "parameters", "tiers", CONTROL, UNCONTROLLED, "method", "measure", CHANCE, "figures", "arms");
    private static final Set<String> ARM_KEYS =
            Set.of("name", "steps", "for", "each", "dataset", "network", "samples", EXEMPT);

    private final String paper;
    private final String name;
    private final Tier tier;
    private final Entry entry;
    private final SortedMap<String, Object> parameters;

    /**
     * One arm with one seed.
     *
     * @param arm its name and settings
     * @param recipe complete
     */
    public record Trial(Arm arm, Recipe recipe) {}

    private Experiment(String paper, String name, Tier tier, Entry entry, SortedMap<String, Object> parameters) {
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
        return of(paper, name, tier, new Entry(FILE, entries).map(name));
    }

    static Experiment of(String paper, String name, Tier tier, SortedMap<String, Object> map) {
        Entry entry = new Entry(paper + "/" + name, map);
        entry.requireKeys(KEYS);
        requireControl(entry);
        SortedMap<String, Object> parameters = new TreeMap<>(entry.map("parameters"));
        Entry tiers = new Entry(entry.what() + ": tiers", entry.map("tiers"));
        tiers.map(tier.toString()).forEach((key, value) -> {
            requireParameter(entry.what(), parameters, key);
            parameters.put(key, value);
        });
        NEEDED.forEach(key -> requireParameter(entry.what(), parameters, key));
        return new Experiment(paper, name, tier, entry, parameters);
    }

    /** What compares has a control, or says why it has none. */
    private static void requireControl(Entry entry) {
        List<Entry> arms = entry.entries("arms");
        boolean compares = arms.size() > 1 || arms.stream().anyMatch(arm -> arm.has("for") || arm.has("each"));
        boolean controlled = !entry.text(CONTROL).isBlank();
        Require.that(
                !compares || controlled || !entry.text(UNCONTROLLED).isBlank(),
                "%s compares arms, but names no \"%s\" that has the same training as they have; name one, or say why"
                        + " there is none (\"%s\": \"why\")",
                entry.what(),
                CONTROL,
                UNCONTROLLED);
        Require.that(
                !controlled || entry.text(UNCONTROLLED).isEmpty(),
                "%s has both \"%s\" and \"%s\", but must have one of them",
                entry.what(),
                CONTROL,
                UNCONTROLLED);
    }

    private static SortedMap<String, Object> entries(String paper) {
        Path file = Home.paper(paper).resolve(FILE);
        try {
            return Files.exists(file) ? Json.readObject(file.toString(), Files.readString(file)) : new TreeMap<>();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void requireParameter(String what, Map<String, ?> parameters, String key) {
        Require.that(
                parameters.containsKey(key),
                "%s has no parameter \"%s\"; its parameters are %s",
                what,
                key,
                parameters.keySet());
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
        return entry.has("title") ? entry.text("title") : name;
    }

    /** The arm that the others are compared with; empty for none. */
    public String control() {
        return entry.text(CONTROL);
    }

    /** Why there is no control; empty if there is one, or nothing is compared. */
    public String uncontrolled() {
        return entry.text(UNCONTROLLED);
    }

    /** The arm of the paper's own method, which others are also compared with; empty for none. */
    public String method() {
        return entry.text("method");
    }

    /**
     * What its arms are compared by, as a claim names it, {@code trace.test accuracy@row=1}, where that is not in the row;
     * empty for the row's own accuracy or error.
     */
    public String measure() {
        return entry.text("measure");
    }

    /** The arms that choose at random: a claim that they bear out too says little. */
    public List<String> chance() {
        return entry.list(CHANCE).stream().map(String::valueOf).toList();
    }

    /** Arms that are not on the terms of the control, by name, each with the reason. */
    public SortedMap<String, String> exempt() {
        SortedMap<String, String> reasons = new TreeMap<>();
        for (Entry arm : entry.entries("arms")) {
            if (arm.has(EXEMPT)) {
                Require.that(
                        !arm.text(EXEMPT).isBlank(),
                        "%s, arm %s is marked \"%s\", but must say why",
                        entry.what(),
                        arm.text("name"),
                        EXEMPT);
                for (SortedMap<String, Object> settings : grid(arm)) {
                    reasons.put(title(arm, values(settings)), arm.text(EXEMPT));
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
        return entry.entries("figures").stream().map(Entry::map).toList();
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
        requireParameter(entry.what(), parameters, parameter);
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
        requireParameter(entry.what(), parameters, parameter);
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
            Protocol.require(entry.what(), all, control(), exempt().keySet());
        }
        return List.copyOf(all);
    }

    private List<Trial> arms() {
        List<Trial> trials = new ArrayList<>();
        for (Entry arm : entry.entries("arms")) {
            arm.requireKeys(ARM_KEYS);
            for (SortedMap<String, Object> settings : grid(arm)) {
                SortedMap<String, Object> values = values(settings);
                String title = title(arm, values);
                try {
                    trials.add(new Trial(new Arm(title, settings), recipe(arm, values)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(entry.what() + ", arm " + title + ": " + e.getMessage(), e);
                }
            }
        }
        String control = control();
        Require.that(
                control.isEmpty()
                        || trials.stream().anyMatch(t -> t.arm().name().equals(control)),
                "%s has no arm \"%s\", which is to be its control",
                entry.what(),
                control);
        return trials;
    }

    private SortedMap<String, Object> values(SortedMap<String, Object> settings) {
        SortedMap<String, Object> values = new TreeMap<>(parameters);
        values.putAll(settings);
        return values;
    }

    private static String title(Entry arm, SortedMap<String, Object> values) {
        return String.valueOf(Placeholders.filled(arm.text("name"), values));
    }

    /** Every combination of the values that an arm is repeated for, the last setting fastest. */
    private List<SortedMap<String, Object>> grid(Entry arm) {
        List<SortedMap<String, Object>> grid = new ArrayList<>();
        arm.entries("each")
                .forEach(settings -> grid.add(settings.filled(parameters).map()));
        if (grid.isEmpty()) {
            grid.add(new TreeMap<>());
        }
        Entry repeated = new Entry(arm.what() + ", for", arm.map("for")).filled(parameters);
        for (String setting : repeated.map().keySet()) {
            List<SortedMap<String, Object>> shorter = List.copyOf(grid);
            grid.clear();
            for (SortedMap<String, Object> start : shorter) {
                for (Object value : repeated.list(setting)) {
                    SortedMap<String, Object> more = new TreeMap<>(start);
                    more.put(setting, value);
                    grid.add(more);
                }
            }
        }
        return grid;
    }

    private Recipe recipe(Entry arm, SortedMap<String, Object> values) {
        List<Object> steps = new ArrayList<>();
        for (Entry item : arm.entries("steps")) {
            SortedMap<String, Object> step = new TreeMap<>(item.map());
            Object wanted = item.has("if") ? Placeholders.filled(step.remove("if"), values) : Boolean.TRUE;
            if (!List.of(0L, false, "", List.of()).contains(wanted)) {
                steps.add(Placeholders.filled(step, values));
            }
        }
        SortedMap<String, Object> map = new TreeMap<>();
        for (String key : List.of("dataset", "network", "samples")) {
            map.put(key, Placeholders.filled(arm.map().getOrDefault(key, "$" + key), values));
        }
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
