package org.parsimony.report;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;
import org.parsimony.report.Tables.Group;
import tech.tablesaw.api.Table;

/**
 * What every arm's networks cost and how well they do, the same columns for all: the table that sets methods side by side. As
 * Blalock and others ask (What is the state of neural network pruning?, MLSys 2020), it has the ratio of sizes and the speed-up in
 * theory both, at every setting, with the values themselves.
 */
public final class Overview {

    private static final double MICRO = 1e6;
    private static final double MEGA = 1e6;

    private Overview() {}

    /**
     * One row for each arm and setting, means over seeds: seeds, accuracy in percent and its difference to the control in points,
     * paired by seed, with 95 % interval (targets that are real values have their mean squared error instead); trainable parameters and those that are not zero,
     * multiply-accumulates of one sample and those with weights that are not zero, speed-up in theory (multiply-accumulates of the
     * control over those that are not zero), bytes of the file and how many times smaller that is than the control's parameters
     * as 32-bit floats, median latency of one sample in microseconds, peak training memory by the model in MB (10⁶ bytes),
     * seconds of all steps.
     *
     * @param control arm that the others are compared with
     */
    public static Table of(List<Run> runs, String control) {
        Map<Group, List<Run>> groups = Tables.groups(runs);
        Map<Group, List<Run>> beside = Comparison.references(runs, control);
        Map<Group, Estimate> differences = Comparison.of(runs, control).differences();
        Quality quality = Quality.of(runs);
        int decimals = quality.decimals();
        Table table = Rows.of(groups.keySet())
                .texts("arm", Group::method)
                .texts("setting", Group::setting)
                .ints("seeds", group -> groups.get(group).size())
                .doubles(quality.head(), decimals, group -> Tables.mean(groups.get(group), quality::of))
                .doubles("Δ " + control, decimals, group -> differences
                        .get(group)
                        .mean())
                .doubles("±95 %", decimals, group -> differences.get(group).half())
                .doubles("parameters", 0, group -> of(groups.get(group), Measurement::parameters))
                .doubles("nonzeros", 0, group -> of(groups.get(group), Measurement::nonzeros))
                .doubles("MACs", 0, group -> of(groups.get(group), Measurement::macsDense))
                .doubles("nonzero MACs", 0, group -> of(groups.get(group), Measurement::macsNonzero))
                .doubles(
                        "× fewer MACs",
                        1,
                        group -> of(beside.get(group), Measurement::macsDense)
                                / of(groups.get(group), Measurement::macsNonzero))
                .doubles("file, B", 0, group -> file(groups.get(group), Measurement.FILE))
                .doubles(
                        "× smaller",
                        1,
                        group -> file(beside.get(group), Measurement.RAW) / file(groups.get(group), Measurement.FILE))
                .doubles("latency, µs", 1, group -> MICRO * of(groups.get(group), Measurement::latencyMedian))
                .doubles("training, MB", 1, group -> of(groups.get(group), Measurement::trainingMemory) / MEGA)
                .doubles("s", 1, group -> of(groups.get(group), Measurement::seconds))
                .table("all arms");
        if (table.stringColumn("setting").asList().stream().allMatch(String::isEmpty)) {
            table.removeColumns("setting");
        }
        return table;
    }

    /**
     * The columns that a reader asks for first, of every arm and setting, the smallest file first: seeds, bytes of the file, how
     * many times smaller that is than the control's parameters as 32-bit floats, multiply-accumulates with weights that are not
     * zero, median latency of one sample in microseconds, accuracy in percent and its difference to the control in
     * points with its interval.
     */
    static Table brief(List<Run> runs, String control) {
        Table all = of(runs, control);
        String quality = Quality.of(runs).head();
        Table brief = Table.create("methods");
        for (String name : List.of(
                "arm",
                "setting",
                "seeds",
                "file, B",
                "× smaller",
                "nonzero MACs",
                "latency, µs",
                quality,
                "Δ " + control,
                "±95 %")) {
            if (all.columnNames().contains(name)) {
                brief.addColumns(all.column(name));
            }
        }
        return brief.sortDescendingOn("× smaller");
    }

    private static double of(List<Run> runs, ToDoubleFunction<Measurement> column) {
        return Tables.mean(runs, run -> {
            double value = column.applyAsDouble(run.measurement());
            return value < 0 ? Double.NaN : value;
        });
    }

    /** Mean bytes in a code, over the runs that were written in it. */
    static double file(List<Run> runs, String code) {
        return of(runs, measurement -> measurement.bytesDisk().getOrDefault(code, -1L));
    }
}
