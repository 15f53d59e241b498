package org.parsimony.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
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

    /** {@link #byArm(List, String, String)} without a second arm to compare with. */
    public static Table byArm(List<Run> runs, String reference) {
        return byArm(runs, reference, "");
    }

    /**
     * One row for each network (where there are several), arm and setting, in the order of the runs, or of the settings
     * where there are several: number of seeds, mean parameters (where seeds differ also their standard deviation, least and
     * greatest), accuracy before and after fine-tuning with 95 % interval and standard deviation, and the paired difference Δ
     * from {@code reference} and from {@code method} with its interval and its p-value, Holm's correction over the table
     * made; rounded to hundredths. A reference has the same setting as far as its own runs differ. Where an arm was not
     * trained as the reference, a column says how.
     *
     * @param reference arm that others are compared with, the control; empty for none
     * @param method another one, the paper's own method; empty for none
     */
    public static Table byArm(List<Run> runs, String reference, String method) {
        Map<Group, List<Run>> groups = groups(runs);
        Map<Group, List<Run>> references = Comparison.references(runs, reference);
        Table table = Table.create(
                "arms compared",
                text("network", groups, (group, own) -> group.network()),
                text("arm", groups, (group, own) -> group.method()),
                text("setting", groups, (group, own) -> group.setting()));
        IntColumn seeds = IntColumn.create("seeds");
        groups.values().forEach(own -> seeds.append(own.size()));
        table.addColumns(
                seeds,
                numbers(
                        "parameters",
                        groups,
                        (group, own) -> parameters(own).n() == 0
                                ? Double.NaN
                                : Math.round(parameters(own).mean())),
                numbers("parameters sd", groups, (group, own) ->
                        (double) Math.round(parameters(own).sd())),
                text("parameters, least–greatest", groups, (group, own) -> range(own)),
                numbers(
                        "size %",
                        groups,
                        (group, own) -> hundredths(100
                                * parameters(own).mean()
                                / parameters(references.get(group)).mean())),
                numbers(
                        "before fine-tuning %",
                        groups,
                        (group, own) -> hundredths(
                                mean(own, run -> 100 * run.measurement().accuracyAfter()))),
                numbers(
                        "accuracy %",
                        groups,
                        (group, own) ->
                                hundredths(estimate(own, Tables::accuracy).mean())),
                numbers(
                        "±95 %",
                        groups,
                        (group, own) ->
                                hundredths(estimate(own, Tables::accuracy).half())),
                numbers(
                        "sd",
                        groups,
                        (group, own) ->
                                hundredths(estimate(own, Tables::accuracy).sd())));
        if (reference.isEmpty()) {
            table.removeColumns("size %");
        } else {
            compare(table, runs, reference, "Δ ");
        }
        if (!method.isEmpty() && !method.equals(reference)) {
            compare(table, runs, method, "Δ " + method + " ");
        }
        table.addColumns(text(
                "trained otherwise", groups, (group, own) -> Comparison.otherTraining(own, references.get(group))));
        boolean settings = table.stringColumn("setting").unique().size() > 1;
        for (String column : List.of("network", "setting")) {
            if (table.stringColumn(column).unique().size() == 1) {
                table.removeColumns(column);
            }
        }
        if (table.stringColumn("trained otherwise").asList().stream().allMatch(String::isEmpty)) {
            table.removeColumns("trained otherwise");
        }
        if (table.stringColumn("parameters, least–greatest").asList().stream().allMatch(String::isEmpty)) {
            table.removeColumns("parameters sd", "parameters, least–greatest");
        }
        return settings ? table.sortAscendingOn("arm", "setting") : table;
    }

    /** Adds the paired differences from one arm, their intervals, and their p-values where there is one. */
    private static void compare(Table table, List<Run> runs, String reference, String prefix) {
        Comparison comparison = Comparison.of(runs, reference);
        DoubleColumn difference = DoubleColumn.create("Δ " + reference);
        DoubleColumn half = DoubleColumn.create(prefix + "±95 %");
        DoubleColumn p = DoubleColumn.create(prefix + "p (Holm)");
        comparison.differences().forEach((group, estimate) -> {
            difference.append(hundredths(estimate.mean()));
            half.append(hundredths(estimate.half()));
            double adjusted = comparison.p().get(group);
            p.append(Double.isNaN(adjusted) ? adjusted : Math.round(1000 * adjusted) / 1000.0);
        });
        table.addColumns(difference, half, p);
    }

    private static StringColumn text(
            String name, Map<Group, List<Run>> groups, BiFunction<Group, List<Run>, String> cell) {
        StringColumn column = StringColumn.create(name);
        groups.forEach((group, own) -> column.append(cell.apply(group, own)));
        return column;
    }

    private static DoubleColumn numbers(
            String name, Map<Group, List<Run>> groups, BiFunction<Group, List<Run>, Double> cell) {
        DoubleColumn column = DoubleColumn.create(name);
        groups.forEach((group, own) -> column.append(cell.apply(group, own)));
        return column;
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
}
