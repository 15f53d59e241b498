package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Require;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Metric;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One arm beside all others seed by seed, also beside those that start from another network, as equals in cost do. */
public final class Paired {

    private Paired() {}

    /**
     * One row an arm: seeds, epochs, MACs relative to those of {@code arm}, accuracy, and how much more accurate {@code arm}
     * is, in points, paired by seed, with its 95 % interval; rounded to hundredths.
     *
     * @param runs each arm with at most one run a seed
     * @param arm that the others are compared with
     * @throws IllegalArgumentException if it has no runs
     */
    public static Table of(List<Run> runs, String arm) {
        return of(runs, arm, Tables::accuracy);
    }

    /**
     * The same by another accuracy, in [0, 1].
     *
     * @param metric as a file of claims has it, for example {@code trace.test accuracy@row=1}
     * @throws IllegalArgumentException if the arm has no runs, or no row such a column
     */
    public static Table of(List<Run> runs, String arm, String metric) {
        Metric accuracy = new Metric(metric);
        return of(runs, arm, run -> 100 * accuracy.of(run));
    }

    private static Table of(List<Run> runs, String arm, ToDoubleFunction<Run> measured) {
        Map<String, Map<Long, Run>> arms = new LinkedHashMap<>();
        for (Run run : runs) {
            Run other = arms.computeIfAbsent(run.arm().name(), a -> new LinkedHashMap<>())
                    .put(run.recipe().seed(), run);
            Require.that(
                    other == null,
                    "the arm \"%s\" has two runs with seed %d, so that no pairs can be made; leave one out",
                    run.arm().name(),
                    run.recipe().seed());
        }
        Map<Long, Run> own = arms.get(arm);
        Require.that(own != null, "there is no run of the arm \"%s\"; the arms are %s", arm, arms.keySet());
        StringColumn name = StringColumn.create("arm");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn epochs = DoubleColumn.create("epochs");
        DoubleColumn macs = DoubleColumn.create("MACs %");
        DoubleColumn accuracy = DoubleColumn.create("accuracy %");
        DoubleColumn ahead = DoubleColumn.create("\"" + arm + "\" ahead by");
        DoubleColumn half = DoubleColumn.create("±95 %");
        arms.forEach((other, theirs) -> {
            List<Run> pairs = new ArrayList<>(theirs.values());
            pairs.removeIf(run -> !own.containsKey(run.recipe().seed()));
            Estimate difference = Tables.estimate(
                    pairs, run -> measured.applyAsDouble(own.get(run.recipe().seed())) - measured.applyAsDouble(run));
            name.append(other);
            seeds.append(pairs.size());
            epochs.append(Tables.hundredths(
                    Tables.mean(pairs, run -> run.measurement().epochs())));
            macs.append(Tables.hundredths(Tables.mean(
                    pairs,
                    run -> 100.0
                            * run.measurement().macsDense()
                            / own.get(run.recipe().seed()).measurement().macsDense())));
            accuracy.append(Tables.hundredths(Tables.mean(pairs, measured)));
            ahead.append(Tables.hundredths(difference.mean()));
            half.append(Tables.hundredths(difference.half()));
        });
        return Table.create("paired by seed", name, seeds, epochs, macs, accuracy, ahead, half);
    }
}
