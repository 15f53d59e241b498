package org.parsimony.notebook.kernel.assist;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Describe;

/** What the options of a method mean, in the words that the record itself carries, and their defaults. */
final class Options {

    private Options() {}

    /** What one component means, its default included; null if the class is no record that says so. */
    static String meaning(Class<?> type, String component) {
        if (type == null || !type.isRecord()) {
            return null;
        }
        for (RecordComponent each : type.getRecordComponents()) {
            if (each.getName().equals(component) && each.isAnnotationPresent(Describe.class)) {
                return each.getAnnotation(Describe.class).value() + "; default " + defaultOf(type, each);
            }
        }
        return null;
    }

    /** A line for each component that says what it means. */
    static List<String> meanings(Class<?> type) {
        List<String> lines = new ArrayList<>();
        if (type != null && type.isRecord()) {
            for (RecordComponent each : type.getRecordComponents()) {
                String meaning = meaning(type, each.getName());
                if (meaning != null) {
                    lines.add(each.getName() + ": " + meaning);
                }
            }
        }
        return lines;
    }

    private static String defaultOf(Class<?> type, RecordComponent component) {
        try {
            Object defaults = type.getDeclaredConstructor().newInstance();
            return String.valueOf(component.getAccessor().invoke(defaults));
        } catch (ReflectiveOperationException e) {
            return "none"; // without such a constructor every component must be given
        }
    }
}
