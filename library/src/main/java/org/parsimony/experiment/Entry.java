package org.parsimony.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.parsimony.base.Json;
import org.parsimony.base.Require;

/**
 * An object of a file that people write, whose values are asked for by the type that they must have; what is missing is empty.
 *
 * @param what it is, for messages: {@code optinet/comparison}
 * @param map its values by name
 */
record Entry(String what, SortedMap<String, Object> map) {

    boolean has(String key) {
        return map.containsKey(key);
    }

    String text(String key) {
        return has(key) ? String.valueOf(map.get(key)) : "";
    }

    SortedMap<String, Object> map(String key) {
        return has(key) ? object(what + ": " + key, map.get(key)) : new TreeMap<>();
    }

    List<?> list(String key) {
        Object value = map.getOrDefault(key, List.of());
        Require.that(value instanceof List, "%s: %s is %s, but must be a list […]", what, key, Json.write(value));
        return (List<?>) value;
    }

    /** A list of objects. */
    List<Entry> entries(String key) {
        List<?> items = list(key);
        return IntStream.range(0, items.size())
                .mapToObj(i -> {
                    String name = what + ": " + key + ", number " + (i + 1);
                    return new Entry(name, object(name, items.get(i)));
                })
                .toList();
    }

    /** This entry with every {@code $name} replaced. */
    Entry filled(Map<String, Object> values) {
        return new Entry(what, object(what, Placeholders.filled(map, values)));
    }

    void requireKeys(Set<String> known) {
        for (String key : map.keySet()) {
            Require.that(known.contains(key), "%s has no key \"%s\"; it may have %s", what, key, new TreeSet<>(known));
        }
    }

    @SuppressWarnings("unchecked")
    private static SortedMap<String, Object> object(String what, Object value) {
        Require.that(value instanceof SortedMap, "%s is %s, but must be an object {…}", what, Json.write(value));
        return (SortedMap<String, Object>) value;
    }
}
