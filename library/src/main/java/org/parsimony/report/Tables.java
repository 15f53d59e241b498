package org.parsimony.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables from runs. Accuracies are in percent, differences of accuracies in points. */
public final class Tables {

    private Tables() {}

    /**
     * One row for each network (where there are several), arm and setting, in the order of the runs, or of the settings
     * where there are several: number of seeds, mean parameters, accuracy before and after fine-tuning with 95 % interval
     * and standard deviation, and the paired difference Δ from {@code reference} with its interval; rounded to hundredths.
     * The reference has the same setting as far as its own runs differ.
     *
     * @param reference arm that others are compared with; empty for none
     */
    public static Table byArm(List<Run> runs, String reference) {
        StringColumn network = StringColumn.create("network");
        StringColumn method = StringColumn.create("arm");
        StringColumn setting = StringColumn.create("setting");
        Set<String> referenceOptions = Arms.differing(reference, runs);
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn parameters = DoubleColumn.create("parameters");
        DoubleColumn share = DoubleColumn.create("size %");
        DoubleColumn after = DoubleColumn.create("before fine-tuning %");
        DoubleColumn accuracy = DoubleColumn.create("accuracy %");
        DoubleColumn half = DoubleColumn.create("±95 %");
        DoubleColumn sd = DoubleColumn.create("sd");
        DoubleColumn difference = DoubleColumn.create("Δ " + reference);
        DoubleColumn differenceHalf = DoubleColumn.create("Δ ±95 %");
        groups(runs).forEach((group, own) -> {
            List<Run> others = runs.stream()
                    .filter(run -> run.arm().name().equals(reference)
                            && group.isBeside(run)
                            && Arms.setting(run, referenceOptions).equals(Arms.setting(own.get(0), referenceOptions)))
                    .toList();
            Estimate accuracies = estimate(own, Tables::accuracy);
            Estimate differences = Estimate.of(own.stream()
                    .mapToDouble(
                            run -> accuracy(run) - ofSeed(others, run.recipe().seed()))
                    .toArray());
            double count = mean(own, run -> run.measurement().parameters());
            network.append(group.network());
            method.append(group.method());
            setting.append(group.setting());
            seeds.append(own.size());
            parameters.append(count < 0 ? Double.NaN : Math.round(count)); // -1 was not measured
            share.append(hundredths(
                    100 * count / mean(others, run -> run.measurement().parameters())));
            after.append(hundredths(mean(own, run -> 100 * run.measurement().accuracyAfter())));
            accuracy.append(hundredths(accuracies.mean()));
            half.append(hundredths(accuracies.half()));
            sd.append(hundredths(accuracies.sd()));
            difference.append(hundredths(differences.mean()));
            differenceHalf.append(hundredths(differences.half()));
        });
        Table table = Table.create(
                "arms compared",
                network,
                method,
                setting,
                seeds,
                parameters,
                share,
                after,
                accuracy,
                half,
                sd,
                difference,
                differenceHalf);
        if (reference.isEmpty()) {
            table.removeColumns(share, difference, differenceHalf);
        }
        boolean settings = setting.unique().size() > 1;
        for (StringColumn column : List.of(network, setting)) {
            if (column.unique().size() == 1) {
                table.removeColumns(column);
            }
        }
        return settings ? table.sortAscendingOn("arm", "setting") : table;
    }

    /** A run for people, one row a column of {@link Runs#table}: its name and value; what was not measured is left out. */
    public static Table row(Run run) {
        Table row = Runs.table(List.of(run));
        Table table =
                Table.create(run.recipe().toString(), StringColumn.create("column"), StringColumn.create("value"));
        for (Column<?> column : row.columns()) {
            if (!column.isMissing(0)) {
                table.stringColumn(0).append(column.name());
                table.stringColumn(1).append(column.getString(0));
            }
        }
        return table;
    }

    /** For readers; every digit stands in the runs. */
    static double hundredths(double value) {
        return Double.isNaN(value) ? value : Math.round(100 * value) / 100.0;
    }

    /** What must be equal for runs to be repeats of each other. */
    record Group(String dataset, String network, String tier, String method, String setting) {

        Group(Run run, String setting) {
            this(
                    run.recipe().dataset(),
                    run.recipe().network(),
                    run.recipe().tier().toString(),
                    run.arm().name(),
                    setting);
        }

        boolean isBeside(Run run) {
            return new Group(dataset, network, tier, run.arm().name(), setting).equals(new Group(run, setting));
        }
    }

    static Map<Group, List<Run>> groups(List<Run> runs) {
        Map<String, Set<String>> differing = new LinkedHashMap<>();
        runs.forEach(run -> differing.computeIfAbsent(run.arm().name(), m -> Arms.differing(m, runs)));
        return runs.stream()
                .collect(Collectors.groupingBy(
                        run -> new Group(
                                run, Arms.setting(run, differing.get(run.arm().name()))),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    static double accuracy(Run run) {
        return 100 * run.measurement().accuracyTuned();
    }

    static Estimate estimate(List<Run> runs, ToDoubleFunction<Run> value) {
        return Estimate.of(runs.stream().mapToDouble(value).toArray());
    }

    static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return estimate(runs, value).mean();
    }

    private static double ofSeed(List<Run> runs, long seed) {
        return runs.stream()
                .filter(run -> run.recipe().seed() == seed)
                .mapToDouble(Tables::accuracy)
                .findFirst()
                .orElse(Double.NaN);
    }
}
