package org.parsimony.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables from runs. Accuracies are in percent, differences of accuracies in points; runs of real values are compared by their
 * mean squared error instead.
 */
public final class Tables {

    private static final String CONCORDANCE = "concordance";

    private Tables() {}

    /** {@link #byArm(List, String, String)} without a second arm to compare with. */
    public static Table byArm(List<Run> runs, String reference) {
        return byArm(runs, reference, "");
    }

    /**
     * One row for each network (where there are several), arm and setting, in the order of the runs, or of the settings
     * where there are several: number of seeds, mean parameters (where seeds differ also their standard deviation, least and
     * greatest), accuracy or mean squared error before and after fine-tuning with 95 % interval and standard deviation, and the paired difference Δ
     * from {@code reference} and from {@code method} with its interval and its p-value, Holm's correction over the table
     * made; accuracies rounded to hundredths. A reference has the same setting as far as its own runs differ. Where an arm was not
     * trained as the reference, a column says how.
     *
     * @param reference arm that others are compared with, the control; empty for none
     * @param method another one, the paper's own method; empty for none
     */
    public static Table byArm(List<Run> runs, String reference, String method) {
        return byArm(runs, reference, method, "");
    }

    /**
     * The same by what an experiment measures in place of accuracy or error.
     *
     * @param metric as a file of claims has it, for example {@code trace.test accuracy@row=1}; more is better; empty for the
     *     accuracy or error of the row
     */
    public static Table byArm(List<Run> runs, String reference, String method, String metric) {
        Map<Group, List<Run>> groups = groups(runs);
        Map<Group, List<Run>> references = Comparison.references(runs, reference);
        Quality quality = Quality.of(runs, metric);
        int decimals = quality.decimals();
        Table table = Rows.of(groups.keySet())
                .texts("network", Group::network)
                .texts("arm", Group::method)
                .texts("setting", Group::setting)
                .ints("seeds", group -> groups.get(group).size())
                .doubles("parameters", 0, group -> parameters(groups.get(group)).mean())
                .doubles("parameters sd", 0, group -> parameters(groups.get(group))
                        .sd())
                .texts("parameters, least–greatest", group -> range(groups.get(group)))
                .doubles(
                        "size %",
                        2,
                        group -> 100
                                * parameters(groups.get(group)).mean()
                                / parameters(references.get(group)).mean())
                .doubles(quality.headAfter(), decimals, group -> mean(groups.get(group), quality::after))
                .doubles(quality.head(), decimals, group -> mean(groups.get(group), quality::of))
                .doubles(
                        "±95 %",
                        decimals,
                        group -> estimate(groups.get(group), quality::of).half())
                .doubles("sd", decimals, group -> estimate(groups.get(group), quality::of)
                        .sd())
                .doubles(
                        CONCORDANCE,
                        4,
                        group ->
                                mean(groups.get(group), run -> run.measurement().concordanceTuned()))
                .table("arms compared");
        if (quality != Quality.ERROR) {
            table.removeColumns(CONCORDANCE);
        }
        if (quality.headAfter().isEmpty()) {
            table.removeColumns("");
        }
        if (reference.isEmpty()) {
            table.removeColumns("size %");
        } else {
            compare(table, runs, reference, "Δ ", quality);
        }
        if (!method.isEmpty() && !method.equals(reference)) {
            compare(table, runs, method, "Δ " + method + " ", quality);
        }
        StringColumn otherwise = Rows.of(groups.keySet())
                .texts("trained otherwise", group -> Comparison.otherTraining(groups.get(group), references.get(group)))
                .table("")
                .stringColumn(0);
        if (!otherwise.asList().stream().allMatch(String::isEmpty)) {
            table.addColumns(otherwise);
        }
        boolean settings = table.stringColumn("setting").unique().size() > 1;
        for (String column : List.of("network", "setting")) {
            if (table.stringColumn(column).unique().size() == 1) {
                table.removeColumns(column);
            }
        }
        if (table.stringColumn("parameters, least–greatest").asList().stream().allMatch(String::isEmpty)) {
            table.removeColumns("parameters sd", "parameters, least–greatest");
        }
        return settings ? table.sortAscendingOn("arm", "setting") : table;
    }

    /** Adds the paired differences from one arm, their intervals, and their p-values where there is one. */
    private static void compare(Table table, List<Run> runs, String reference, String prefix, Quality quality) {
        Comparison comparison = Comparison.of(runs, reference, quality);
        Map<Group, Estimate> differences = comparison.differences();
        int decimals = comparison.quality().decimals();
        Table compared = Rows.of(differences.keySet())
                .doubles("Δ " + reference, decimals, group -> differences
                        .get(group)
                        .mean())
                .doubles(prefix + "±95 %", decimals, group -> differences
                        .get(group)
                        .half())
                .doubles(prefix + "p (Holm)", 3, comparison.p()::get)
                .table("");
        compared.columns().forEach(table::addColumns);
    }

    /** -1 was not measured. */
    private static Estimate parameters(List<Run> runs) {
        return estimate(
                runs,
                run -> run.measurement().parameters() < 0
                        ? Double.NaN
                        : run.measurement().parameters());
    }

    /** Least and greatest number of parameters; empty where seeds do not differ. */
    private static String range(List<Run> runs) {
        var all = runs.stream().mapToLong(run -> run.measurement().parameters()).summaryStatistics();
        return all.getMin() == all.getMax() ? "" : String.format(Locale.ROOT, "%,d–%,d", all.getMin(), all.getMax());
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

        /** Whether a run is of the same data and tier. */
        boolean isBeside(Run run) {
            return dataset.equals(run.recipe().dataset()) && tier.equals(new Group(run, setting).tier());
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

    static Estimate estimate(List<Run> runs, ToDoubleFunction<Run> value) {
        return Estimate.of(runs.stream().mapToDouble(value).toArray());
    }

    static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return estimate(runs, value).mean();
    }
}
