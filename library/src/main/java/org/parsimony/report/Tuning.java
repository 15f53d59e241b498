package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Metric;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The choice of a setting from the runs of a sweep: the value whose runs have the best mean accuracy on validation samples.
 * Test samples have no say in it. Of equal values the first of the sweep is chosen.
 *
 * @param setting its name among the settings of the arms
 * @param trials one for each value, in the order of the runs
 */
public record Tuning(String setting, List<Trial> trials) {

    /**
     * One value.
     *
     * @param value of the setting
     * @param validation accuracy on validation samples over the seeds, from 0 to 1
     */
    public record Trial(Object value, Estimate validation) {}

    /**
     * The trials of these runs.
     *
     * @throws IllegalArgumentException if no run's arm has the setting
     */
    public static Tuning of(List<Run> runs, String setting) {
        return of(runs, setting, "validationAccuracy");
    }

    /**
     * The trials of these runs by another accuracy on validation samples.
     *
     * @param metric as a file of claims has it, for example {@code trace.validation accuracy@row=1}
     * @throws IllegalArgumentException if no run's arm has the setting, or no row such a column
     */
    public static Tuning of(List<Run> runs, String setting, String metric) {
        Metric validation = new Metric(metric);
        Map<Object, List<Run>> byValue = new LinkedHashMap<>();
        for (Run run : runs) {
            Object value = run.arm().settings().get(setting);
            if (value != null) {
                byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(run);
            }
        }
        Require.that(!byValue.isEmpty(), "none of the %d runs has a setting \"%s\" to choose", runs.size(), setting);
        List<Trial> trials = new ArrayList<>();
        byValue.forEach((value, own) -> trials.add(new Trial(value, Tables.estimate(own, validation::of))));
        return new Tuning(setting, List.copyOf(trials));
    }

    /** The value that is chosen. */
    public Object best() {
        Trial best = trials.get(0);
        for (Trial trial : trials) {
            best = trial.validation().mean() > best.validation().mean() ? trial : best;
        }
        return best.value();
    }

    /** One row a value: seeds, accuracy on validation samples in percent with its 95 % interval, whether it is chosen. */
    public Table table() {
        StringColumn value = StringColumn.create(setting);
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn accuracy = DoubleColumn.create("validation accuracy %");
        DoubleColumn half = DoubleColumn.create("±95 %");
        BooleanColumn chosen = BooleanColumn.create("chosen");
        for (Trial trial : trials) {
            value.append(trial.value().toString());
            seeds.append(trial.validation().n());
            accuracy.append(Tables.hundredths(100 * trial.validation().mean()));
            half.append(Tables.hundredths(100 * trial.validation().half()));
            chosen.append(trial.value().equals(best()));
        }
        return Table.create("choice of " + setting, value, seeds, accuracy, half, chosen);
    }
}
