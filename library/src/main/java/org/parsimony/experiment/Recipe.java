package org.parsimony.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;

/**
 * Everything the result of a run depends on, as a value: two equal recipes give the same bytes. It names data, a network
 * to start from, and the steps in order.
 *
 * <p>A recipe is written as canonical JSON (sorted keys, no spaces, one spelling for a number: 1, 1.0 and 1e0 are the
 * same), and the SHA-256 of that text names the run. The library's version is not part of it: a new version does not
 * rename the runs of the old one, it stands beside the result, in {@link Provenance}.
 *
 * <p>By hand the same is {@code data.limited(samples, all, all, seed)}, {@code Architectures.resolve(network, data, seed)},
 * and each step's {@code X.run(model, data, options, new Context(seed).at(place))}, places counted from 0.
 *
 * @param dataset name of the data set, for example {@code "mnist"}
 * @param samples most training samples, drawn with the seed; 0 for all
 * @param network what the steps start from, for example {@code "784-300-100-10"} or {@code "lenet5"}
 * @param tier what its sizes are called
 * @param seed the one seed that all random decisions derive from
 * @param steps at least one
 */
public record Recipe(String dataset, int samples, String network, Tier tier, long seed, List<Step> steps) {

    public Recipe {
        Require.text("data set of the recipe", dataset);
        Require.atLeast("samples of the recipe", samples, 0);
        Require.text("network of the recipe", network);
        Require.that(tier != null, "tier of the recipe is empty, but must be one of smoke, short, paper");
        Require.that(steps != null && !steps.isEmpty(), "steps of the recipe are none, but there must be at least one");
        steps = List.copyOf(steps);
    }

    /** A recipe of no size in particular, seed 1, all training samples. */
    public static Recipe of(String dataset, String network, Step... steps) {
        return new Recipe(dataset, 0, network, Tier.SHORT, 1, List.of(steps));
    }

    /** This recipe on another data set. */
    public Recipe withDataset(String other) {
        return new Recipe(other, samples, network, tier, seed, steps);
    }

    /** This recipe with at most so many training samples; 0 for all. */
    public Recipe withSamples(int other) {
        return new Recipe(dataset, other, network, tier, seed, steps);
    }

    /** This recipe from another network. */
    public Recipe withNetwork(String other) {
        return new Recipe(dataset, samples, other, tier, seed, steps);
    }

    /** This recipe under another tier. */
    public Recipe withTier(Tier other) {
        return new Recipe(dataset, samples, network, other, seed, steps);
    }

    /** This recipe with another seed. */
    public Recipe withSeed(long other) {
        return new Recipe(dataset, samples, network, tier, other, steps);
    }

    /** The recipe of the first {@code count} steps. */
    public Recipe prefix(int count) {
        return new Recipe(dataset, samples, network, tier, seed, steps.subList(0, count));
    }

    /**
     * This recipe with every option of every step spelt out. A recipe written by hand may leave defaults away; complete
     * it before it is run, so that it has the same id as one that names them.
     *
     * @throws IllegalArgumentException naming the step whose method, option or value there is not
     */
    public Recipe complete() {
        List<Step> whole = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            try {
                whole.add(steps.get(i).complete());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("step " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Recipe(dataset, samples, network, tier, seed, whole);
    }

    /** The names of the steps' methods in order, {@code "train → magnitude → quantise → code"}. */
    public String chain() {
        return steps.stream().map(Step::method).collect(Collectors.joining(" → "));
    }

    /** Whether a step is of this method. */
    public boolean has(String method) {
        return steps.stream().anyMatch(step -> step.method().equals(method));
    }

    /** The value of an option in the last step that has it; null if none has. */
    public Object option(String name) {
        Object value = null;
        for (Step step : steps) {
            value = step.options().containsKey(name) ? step.options().get(name) : value;
        }
        return value;
    }

    /** Canonical JSON. */
    public String json() {
        return Json.write(Records.write(this));
    }

    /**
     * Reads a recipe; a step's {@code options}, and {@code samples}, {@code tier} and {@code seed}, may be missing.
     *
     * @throws IllegalArgumentException for text that is not JSON, and for an unknown, doubled, missing or ill-typed key
     */
    public static Recipe fromJson(String json) {
        return fromMap(Json.readObject("recipe", json));
    }

    static Recipe fromMap(SortedMap<String, Object> map) {
        SortedMap<String, Object> whole = new TreeMap<>(map);
        whole.putIfAbsent("samples", 0L);
        whole.putIfAbsent("tier", Tier.SHORT.toString());
        whole.putIfAbsent("seed", 1L);
        if (whole.get("steps") instanceof List<?> steps) {
            whole.put("steps", steps.stream().map(Recipe::withOptions).toList());
        }
        return Records.read("recipe", whole, Recipe.class, null);
    }

    private static Object withOptions(Object step) {
        if (step instanceof Map<?, ?> map && !map.containsKey("options")) {
            SortedMap<String, Object> whole = new TreeMap<>();
            map.forEach((key, value) -> whole.put(String.valueOf(key), value));
            whole.put("options", new TreeMap<>());
            return whole;
        }
        return step;
    }

    /**
     * Reads a recipe from a file: JSON, or lines as {@link RecipeText} has them, and completes it.
     *
     * @throws IllegalArgumentException naming the file and what in it is no recipe
     */
    public static Recipe read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            return (text.stripLeading().startsWith("{") ? fromJson(text) : RecipeText.read(text)).complete();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the canonical JSON, 64 hexadecimal digits: the name of the run. */
    public String id() {
        return sha256(json());
    }

    /** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The first 12 digits of the {@link #id()}, for people. */
    public String shortId() {
        return id().substring(0, 12);
    }

    @Override
    public String toString() {
        return chain() + " on " + dataset + ", " + network + ", " + tier + ", seed " + seed + " (" + shortId() + ")";
    }
}
