package org.parsimony.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.parsimony.base.Json;
import org.parsimony.base.Rows;
import tech.tablesaw.api.Table;

/**
 * A run beside the same recipe carried out again.
 *
 * @param then the earlier run
 * @param now the same recipe's run of today
 */
public record Reproduction(Run then, Run now) {

    /** What became of a figure. */
    public enum Result {
        SAME,
        DIFFERS,
        /** It is a time, which no recipe fixes. */
        TIME,
        /** The earlier run did not measure it. */
        NEW;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What became of every column of the row, in the row's order. */
    public Map<String, Result> results() {
        Map<String, Object> before = then.measurement().columns();
        Map<String, Object> after = now.measurement().columns();
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        Map<String, Result> results = new LinkedHashMap<>();
        for (String name : names) {
            Object old = before.get(name);
            results.put(
                    name,
                    isTime(name)
                            ? Result.TIME
                            : Objects.equals(old, after.get(name))
                                    ? Result.SAME
                                    : isMissing(old) ? Result.NEW : Result.DIFFERS);
        }
        return results;
    }

    private static boolean isTime(String column) {
        return column.equals("seconds") || column.startsWith("latency");
    }

    private static boolean isMissing(Object value) {
        return value == null
                || value.equals("")
                || value instanceof Number number && (Double.isNaN(number.doubleValue()) || number.doubleValue() == -1);
    }

    /** The columns that differ, times left aside. */
    public List<String> differing() {
        return results().entrySet().stream()
                .filter(result -> result.getValue() == Result.DIFFERS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One sentence: whether all is as before, else what differs and whether it was the same library. */
    public String verdict() {
        List<String> differing = differing();
        long figures = results().values().stream()
                .filter(result -> result == Result.SAME || result == Result.DIFFERS)
                .count();
        if (differing.isEmpty()) {
            return "reproduced: all " + figures + " figures are the same, times aside";
        }
        return "not reproduced: " + String.join(", ", differing) + (differing.size() == 1 ? " differs" : " differ")
                + change(
                        "library was",
                        then.provenance().commit(),
                        now.provenance().commit())
                + change(
                        "kernel of the products was",
                        then.provenance().products(),
                        now.provenance().products());
    }

    private static String change(String what, String before, String after) {
        return before.equals(after)
                ? ""
                : "; then the " + what + " " + (before.isBlank() ? "not written down" : before) + ", now " + after;
    }

    /** One row a column of the measurement: then, now, and whether it is the same, differs, or is a time. */
    public Table table() {
        Map<String, Object> before = then.measurement().columns();
        Map<String, Object> after = now.measurement().columns();
        return Rows.of(results().entrySet())
                .texts("column", Map.Entry::getKey)
                .texts("then", each -> text(before.get(each.getKey())))
                .texts("now", each -> text(after.get(each.getKey())))
                .texts("result", Map.Entry::getValue)
                .table(then.recipe().shortId() + ", " + verdict());
    }

    private static String text(Object value) {
        return isMissing(value) ? "" : value instanceof String text ? text : Json.write(Json.normal(value));
    }
}
