package org.parsimony.experiment;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import org.parsimony.base.Require;

/**
 * What a recipe is called in a comparison: one of its arms, and the values of what the arm is repeated for. It is no part
 * of the recipe: two papers may call the same recipe by different names.
 *
 * @param name for example {@code "Pr-CWS"}
 * @param settings by name, for example {@code ratio -> 0.9, k -> 16}
 */
public record Arm(String name, SortedMap<String, Object> settings) {

    @SuppressWarnings("unchecked")
    public Arm {
        Require.text("name of an arm", name);
        settings = Collections.unmodifiableSortedMap((SortedMap<String, Object>) Json.normal(settings));
    }

    /** An arm without settings. */
    public Arm(String name) {
        this(name, new TreeMap<>());
    }

    /** The arm of a recipe that belongs to no comparison: its chain of methods. */
    public static Arm of(Recipe recipe) {
        return new Arm(recipe.chain());
    }

    /** This arm with one more setting. */
    public Arm with(String setting, Object value) {
        SortedMap<String, Object> more = new TreeMap<>(settings);
        more.put(setting, value);
        return new Arm(name, more);
    }

    /** The arm that {@code Records.write} wrote as a map. */
    public static Arm fromMap(Map<String, ?> map) {
        SortedMap<String, Object> settings = new TreeMap<>();
        if (map.get("settings") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> settings.put(String.valueOf(key), value));
        }
        return new Arm(String.valueOf(map.get("name")), settings);
    }
}
