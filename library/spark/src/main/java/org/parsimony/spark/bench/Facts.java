package org.parsimony.spark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.parsimony.base.Json;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.sweep.SweepOutcome;

/** What of a run does not depend on when and where it was made: the row and its steps without times and machine. */
public final class Facts {

    private static final Pattern TIMES = Pattern.compile("(?i).*(seconds|latency).*|provenance");

    private Facts() {}

    /** Canonical JSON of a run without times and provenance. */
    public static String of(Run run) {
        return Json.write(without(Json.read(run.json())));
    }

    /** Of a sweep's runs, a line a run, in the order of the sweep. */
    public static List<String> of(SweepOutcome outcome) {
        return outcome.runs().stream().map(Facts::of).toList();
    }

    private static Object without(Object value) {
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> kept = new TreeMap<>();
            map.forEach((key, item) -> {
                if (!TIMES.matcher((String) key).matches()) {
                    kept.put((String) key, without(item));
                }
            });
            return kept;
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            for (Object item : list) {
                // a column of a step's table
                boolean isTime = item instanceof Map<?, ?> column
                        && column.get("name") instanceof String name
                        && TIMES.matcher(name).matches();
                if (!isTime) {
                    kept.add(without(item));
                }
            }
            return kept;
        }
        return value;
    }
}
