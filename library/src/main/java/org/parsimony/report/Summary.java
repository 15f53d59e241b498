package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * Runs that differ only in their seed, as mean, standard deviation, n and 95 % interval.
 *
 * <p>The interval is Student's: mean ± t(0.975, n − 1) · sd / √n, with the sample's sd (n − 1 in the denominator). Of a
 * single run there is a mean and nothing else.
 */
public final class Summary {

    private final List<String> by;
    private final List<String> metrics;
    private final Map<List<String>, Map<String, Estimate>> groups;

    private Summary(List<String> by, List<String> metrics, Map<List<String>, Map<String, Estimate>> groups) {
        this.by = by;
        this.metrics = metrics;
        this.groups = groups;
    }

    /**
     * Groups runs.
     *
     * @param by columns of {@link Runs#table} whose values make a group, for example {@code "arm"}
     * @param metrics number columns of the same table to summarise, for example {@code "accuracyTuned"}
     * @throws IllegalArgumentException for a column that is not there; the message lists those that are
     */
    public static Summary of(List<Run> runs, List<String> by, List<String> metrics) {
        return of(Runs.table(runs), by, metrics);
    }

    /** Groups the rows of any table; groups come in the order in which they first appear. */
    public static Summary of(Table rows, List<String> by, List<String> metrics) {
        for (String name : Stream.concat(by.stream(), metrics.stream()).toList()) {
            Require.that(
                    rows.columnNames().contains(name),
                    "column \"%s\" is unknown; known are %s",
                    name,
                    String.join(", ", rows.columnNames()));
        }
        Map<List<String>, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            int r = row;
            List<String> key =
                    by.stream().map(name -> rows.column(name).getString(r)).toList();
            Map<String, List<Double>> group = values.computeIfAbsent(key, k -> new LinkedHashMap<>());
            for (String metric : metrics) {
                List<Double> list = group.computeIfAbsent(metric, m -> new ArrayList<>());
                if (rows.column(metric) instanceof NumericColumn<?> numbers) {
                    if (!numbers.isMissing(row)) {
                        list.add(numbers.getDouble(row));
                    }
                } else {
                    throw new IllegalArgumentException("column \"" + metric + "\" holds texts, but must hold numbers");
                }
            }
        }
        Map<List<String>, Map<String, Estimate>> groups = new LinkedHashMap<>();
        values.forEach((key, group) -> {
            Map<String, Estimate> samples = new LinkedHashMap<>();
            group.forEach((metric, list) -> samples.put(
                    metric, Estimate.of(list.stream().mapToDouble(d -> d).toArray())));
            groups.put(key, samples);
        });
        return new Summary(List.copyOf(by), List.copyOf(metrics), groups);
    }

    /** The statistics of one metric by group, whose key holds the values of the grouping columns. */
    public Map<List<String>, Estimate> samples(String metric) {
        Map<List<String>, Estimate> samples = new LinkedHashMap<>();
        groups.forEach((key, group) -> samples.put(key, group.get(metric)));
        return samples;
    }

    /** One row for each group as a reader wants it: a cell a metric, {@code mean ± half interval}, units in the heads. */
    public Table formatted() {
        Rows<Map.Entry<List<String>, Map<String, Estimate>>> rows = Rows.of(groups.entrySet());
        for (int i = 0; i < by.size(); i++) {
            int place = i;
            rows.texts(by.get(i), group -> group.getKey().get(place));
        }
        for (String metric : metrics) {
            Quantity quantity = Quantity.of(
                    metric,
                    groups.values().stream()
                            .mapToDouble(group -> group.get(metric).mean())
                            .toArray());
            rows.texts(
                    quantity.heading(), group -> quantity.cell(group.getValue().get(metric)));
        }
        return rows.ints("n", group -> repeats(group.getValue())).table("summary");
    }

    private static int repeats(Map<String, Estimate> group) {
        return group.values().stream().mapToInt(Estimate::n).max().orElse(0);
    }
}
