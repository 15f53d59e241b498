package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.parsimony.base.Records;
import org.parsimony.base.Require;

/** {@code $name} in an experiment's entry, which stands for the value of a parameter or a setting. */
final class Placeholders {

    private static final Pattern NAME = Pattern.compile("\\$([A-Za-z][A-Za-z0-9]*)");

    private Placeholders() {}

    /** {@code value} with every {@code $name} replaced; a text that is nothing else becomes the value itself. */
    static Object filled(Object value, Map<String, Object> values) {
        if (value instanceof List<?> items) {
            return items.stream().map(item -> filled(item, values)).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> other = new TreeMap<>();
            map.forEach((key, item) -> other.put(String.valueOf(key), filled(item, values)));
            return other;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        Matcher whole = NAME.matcher(text);
        if (whole.matches()) {
            return value(whole.group(1), values);
        }
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Records.text(value(found.group(1), values))));
    }

    private static Object value(String name, Map<String, Object> values) {
        Require.that(values.containsKey(name), "$%s is no parameter; there are %s", name, values.keySet());
        return values.get(name);
    }
}
