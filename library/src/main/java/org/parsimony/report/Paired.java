package org.parsimony.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Metric;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

/** One arm beside all others seed by seed, also beside those that start from another network, as equals in cost do. */
public final class Paired {

    private Paired() {}

    /**
     * One row an arm: seeds, epochs, MACs relative to those of {@code arm}, accuracy, and how much more accurate {@code arm}
     * is, in points, or its mean squared error is less, paired by seed, with its 95 % interval; rounded to hundredths.
     *
     * @param runs each arm with at most one run a seed
     * @param arm that the others are compared with
     * @throws IllegalArgumentException if it has no runs
     */
    public static Table of(List<Run> runs, String arm) {
        return of(runs, arm, Quality.of(runs), Quality.of(runs)::of);
    }

    /**
     * The same by another accuracy, in [0, 1].
     *
     * @param metric as a file of claims has it, for example {@code trace.test accuracy@row=1}
     * @throws IllegalArgumentException if the arm has no runs, or no row such a column
     */
    public static Table of(List<Run> runs, String arm, String metric) {
        Metric accuracy = new Metric(metric);
        return of(runs, arm, Quality.ACCURACY, run -> 100 * accuracy.of(run));
    }

    private static Table of(List<Run> runs, String arm, Quality quality, ToDoubleFunction<Run> measured) {
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
        arms.values().forEach(theirs -> theirs.keySet().retainAll(own.keySet()));
        return Rows.of(arms.entrySet())
                .texts("arm", Map.Entry::getKey)
                .ints("seeds", theirs -> theirs.getValue().size())
                .doubles("epochs", 2, mean(run -> run.measurement().epochs()))
                .doubles(
                        "MACs %",
                        2,
                        mean(run -> 100.0
                                * run.measurement().macsDense()
                                / own.get(run.recipe().seed()).measurement().macsDense()))
                .doubles(quality.head(), quality.decimals(), mean(measured))
                .doubles(
                        "\"" + arm + "\" ahead by",
                        quality.decimals(),
                        theirs ->
                                quality.better() * ahead(own, theirs, measured).mean())
                .doubles(
                        "±95 %",
                        quality.decimals(),
                        theirs -> ahead(own, theirs, measured).half())
                .table("paired by seed");
    }

    private static ToDoubleFunction<Map.Entry<String, Map<Long, Run>>> mean(ToDoubleFunction<Run> value) {
        return theirs -> Tables.mean(List.copyOf(theirs.getValue().values()), value);
    }

    private static Estimate ahead(
            Map<Long, Run> own, Map.Entry<String, Map<Long, Run>> theirs, ToDoubleFunction<Run> measured) {
        return Tables.estimate(
                List.copyOf(theirs.getValue().values()),
                run -> measured.applyAsDouble(own.get(run.recipe().seed())) - measured.applyAsDouble(run));
    }
}
