package org.parsimony.experiment;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;

/**
 * One step of a recipe: a method with options.
 *
 * @param method name of the method in the registry
 * @param options by name: numbers, texts, booleans, lists and maps of these
 */
public record Step(String method, SortedMap<String, Object> options) {

    @SuppressWarnings("unchecked")
    public Step {
        Require.text("method of a step", method);
        Require.that(options != null, "options of step %s are missing; {} takes the defaults", method);
        options = Collections.unmodifiableSortedMap((SortedMap<String, Object>) Json.normal(options));
        options.forEach(Step::finite);
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

    /** A step with a method's own options, defaults spelt out. */
    public static Step of(String method, Record options) {
        return new Step(method, Records.write(options)).complete();
    }

    /** A step with some options, the others at their defaults. */
    public static Step of(String method, Map<String, ?> options) {
        return new Step(method, new TreeMap<>(options)).complete();
    }

    /** A step with all options at their defaults. */
    public static Step of(String method) {
        return of(method, Map.of());
    }

    /**
     * This step with every option spelt out, so that it has the same id as one that names the defaults; options that came
     * {@linkplain Describe#later() later} are left out at their defaults.
     *
     * @throws IllegalArgumentException if there is no such method or option, or the method refuses a value
     */
    public Step complete() {
        Method<?> known = Methods.named(method);
        SortedMap<String, Object> whole = Records.write(Methods.options(known, options));
        SortedMap<String, Object> defaults = Records.write(Methods.defaults(known));
        for (RecordComponent component : known.options().getRecordComponents()) {
            Describe described = component.getAnnotation(Describe.class);
            String name = component.getName();
            if (described != null && described.later() && whole.get(name).equals(defaults.get(name))) {
                whole.remove(name);
            }
        }
        return new Step(method, whole);
    }
}
