package org.parsimony.timing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parsimony.base.Rows;
import tech.tablesaw.api.DoubleColumn;
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

    /**
     * A column for a table that has a row for each layer, named in its column {@code layer}, and one named {@code all}: predicted
     * microseconds, nothing for layers that are no kernel.
     */
    public DoubleColumn beside(Table layers) {
        DoubleColumn column = DoubleColumn.create("predicted µs");
        for (String layer : layers.stringColumn("layer")) {
            column.append(1e6 * (layer.equals("all") ? seconds() : alone.getOrDefault(layer, Double.NaN)));
        }
        return column;
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
