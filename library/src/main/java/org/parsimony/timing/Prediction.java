package org.parsimony.timing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parsimony.base.Rows;
import tech.tablesaw.api.Table;

/**
 * The predicted latency of a network for one sample.
 *
 * @param overhead of what runs it
 * @param alone seconds of each layer by itself, by name, in order
 */
public record Prediction(Overhead overhead, Map<String, Double> alone) {

    public Prediction {
        alone = Collections.unmodifiableMap(new LinkedHashMap<>(alone));
    }

    /** Seconds of the whole network. */
    public double seconds() {
        return overhead.whole(
                alone.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** One row a layer, in microseconds by itself, and one of the whole. */
    public Table table() {
        Map<String, Double> rows = new LinkedHashMap<>(alone);
        rows.put(
                "overhead",
                seconds() - alone.values().stream().mapToDouble(t -> t).sum());
        rows.put("all", seconds());
        return Rows.of(rows.entrySet())
                .texts("layer", Map.Entry::getKey)
                .doubles("predicted µs", entry -> 1e6 * entry.getValue())
                .table("predicted latency");
    }
}
