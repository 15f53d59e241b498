package org.parsimony.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Require;

/**
 * Everything the result of a run depends on, as a value: two equal recipes give the same bytes.
 *
 * <p>A recipe is written as canonical JSON (sorted keys, no spaces, one spelling for a number: 1, 1.0 and 1e0 are the
 * same), and the SHA-256 of that text names the run. The library's version is not part of it: a new version does not
 * rename the runs of the old one, it stands beside the result, in {@link Provenance}.
 *
 * @param method name of the method, for example {@code "optinet"} or {@code "random removal"}
 * @param dataset registry name of the data set, for example {@code "mnist"}
 * @param network architecture the method starts from, for example {@code "784-300-100-10"} or {@code "lenet5"}
 * @param tier sizes of the protocol
 * @param seed the one seed that all random decisions derive from
 * @param options the method's own options by name: numbers, texts, booleans, lists and maps of these; never
 *     {@code seed}
 */
public record Recipe(
        String method, String dataset, String network, Tier tier, long seed, SortedMap<String, Object> options) {

    private static final String SEED = "seed";

    @SuppressWarnings("unchecked")
    public Recipe {
        Require.text("method of the recipe", method);
        Require.text("data set of the recipe", dataset);
        Require.text("network of the recipe", network);
        Require.that(tier != null, "tier of the recipe is empty, but must be one of smoke, short, paper");
        Require.that(
                !options.containsKey(SEED),
                "the options of the recipe hold a seed, but the seed stands in the recipe itself; move it there");
        options = Collections.unmodifiableSortedMap((SortedMap<String, Object>) Json.normal(options));
        options.forEach(Recipe::finite);
    }

    private static void finite(String option, Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException("option " + option + " is " + number + ", but must be a finite number");
        }
        if (value instanceof Iterable<?> items) {
            items.forEach(item -> finite(option, item));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> finite(option + "." + key, item));
        }
    }

    /**
     * The recipe of a method with its options; a component {@code seed} of the options becomes the seed of the recipe.
     *
     * @throws IllegalArgumentException if the options have no seed; then use the canonical constructor
     */
    public static Recipe of(String method, String dataset, String network, Tier tier, Record options) {
        SortedMap<String, Object> map = Records.write(options);
        Object seed = map.remove(SEED);
        Require.that(
                seed instanceof Long,
                "%s has no component seed, but must have one",
                options.getClass().getName());
        return new Recipe(method, dataset, network, tier, (Long) seed, map);
    }

    /** This recipe with all components of {@code options}, defaults too, and with their seed if they have one. */
    public Recipe withOptions(Record options) {
        SortedMap<String, Object> map = Records.write(options);
        Object seed = map.remove(SEED);
        return new Recipe(method, dataset, network, tier, seed instanceof Long s ? s : this.seed, map);
    }

    /** This recipe with one option set to another value. */
    public Recipe withOption(String name, Object value) {
        SortedMap<String, Object> map = new TreeMap<>(options);
        map.put(name, value);
        return new Recipe(method, dataset, network, tier, seed, map);
    }

    /** This recipe with another seed. */
    public Recipe withSeed(long seed) {
        return new Recipe(method, dataset, network, tier, seed, options);
    }

    /**
     * The options as the method's own record. An option that is missing takes the default of the record's no-argument
     * constructor; a component {@code seed} takes the seed of the recipe.
     *
     * @throws IllegalArgumentException for an option that the record does not know (the message lists those it knows),
     *     for a value of the wrong type, and whatever the record's constructor refuses
     */
    public <R extends Record> R optionsAs(Class<R> type) {
        SortedMap<String, Object> map = new TreeMap<>(options);
        for (var component : type.getRecordComponents()) {
            if (component.getName().equals(SEED)) {
                map.put(SEED, seed);
            }
        }
        return Records.read("options of " + method, map, type, Records.defaults(type));
    }

    /**
     * This recipe with every option of the method spelt out. A recipe written by hand may leave defaults away; complete
     * it before it is run, so that it has the same id as one that names them.
     */
    public Recipe complete(Class<? extends Record> type) {
        return withOptions(optionsAs(type));
    }

    /** Canonical JSON. */
    public String json() {
        return Json.write(Records.write(this));
    }

    /**
     * Reads a recipe; {@code options} may be missing, every other key must be there.
     *
     * @throws IllegalArgumentException for text that is not JSON, and for an unknown, doubled, missing or ill-typed key
     */
    public static Recipe fromJson(String json) {
        return fromMap(Json.readObject("recipe", json));
    }

    static Recipe fromMap(SortedMap<String, Object> map) {
        map.putIfAbsent("options", new TreeMap<>());
        return Records.read("recipe", map, Recipe.class, null);
    }

    /** Reads a recipe from a file of JSON. */
    public static Recipe read(Path file) throws IOException {
        try {
            return fromJson(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the canonical JSON, 64 hexadecimal digits: the name of the run. */
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json().getBytes(StandardCharsets.UTF_8));
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
        return method + " on " + dataset + ", " + network + ", " + tier + ", seed " + seed + " (" + shortId() + ")";
    }
}
