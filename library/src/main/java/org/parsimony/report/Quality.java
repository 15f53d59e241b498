package org.parsimony.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Metric;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;

/**
 * What tables compare runs by: on test samples accuracy in percent, or the mean squared error of real values; or what an
 * experiment says that it measures.
 *
 * @param head of its column
 * @param value of a run's result; NaN if the run has none
 * @param headAfter of the column right after the last change, before fine-tuning; empty for none
 * @param valueAfter what stands there
 * @param decimals digits after the point in tables
 * @param better 1 if more is better, −1 if less is
 * @param words for less and more of it in a sentence
 */
record Quality(
        String head,
        ToDoubleFunction<Run> value,
        String headAfter,
        ToDoubleFunction<Run> valueAfter,
        int decimals,
        int better,
        Words words) {

    /** How a sentence speaks of differences. */
    private enum Words {
        ACCURACY("less accurate", "more accurate"),
        ERROR("less accurate", "more accurate"),
        NUMBER("lower", "higher");

        private final String less;
        private final String more;

        Words(String less, String more) {
            this.less = less;
            this.more = more;
        }
    }

    private static final double PERCENT = 100;

    static final Quality ACCURACY = new Quality(
            "accuracy %",
            run -> PERCENT * run.measurement().accuracyTuned(),
            "before fine-tuning %",
            run -> PERCENT * run.measurement().accuracyAfter(),
            2,
            1,
            Words.ACCURACY);

    static final Quality ERROR = new Quality(
            "mean squared error",
            run -> ofValues(run, Measurement::lossTuned),
            "before fine-tuning",
            run -> ofValues(run, Measurement::lossAfter),
            4,
            -1,
            Words.ERROR);

    private static double ofValues(Run run, ToDoubleFunction<Measurement> loss) {
        return run.measurement().isValued() ? loss.applyAsDouble(run.measurement()) : Double.NaN;
    }

    /** That of runs: the error where all are of real values; runs of real values among others have no accuracy. */
    static Quality of(List<Run> runs) {
        return !runs.isEmpty()
                        && runs.stream().allMatch(run -> run.measurement().isValued())
                ? ERROR
                : ACCURACY;
    }

    /**
     * What an experiment measures, as a claim names it, {@code trace.test accuracy@row=1}; more is better. Accuracies, by
     * their name, are in percent.
     *
     * @param metric empty for {@link #of(List)}
     */
    static Quality of(List<Run> runs, String metric) {
        if (metric.isEmpty()) {
            return of(runs);
        }
        Metric measured = new Metric(metric);
        String name = name(metric);
        return name.endsWith("accuracy")
                ? new Quality(
                        name + " %", run -> PERCENT * measured.of(run), "", run -> Double.NaN, 2, 1, Words.ACCURACY)
                : new Quality(name, measured::of, "", run -> Double.NaN, 3, 1, Words.NUMBER);
    }

    /** The column's name of {@code trace.COLUMN@KEY=NUMBER}; else the metric as it is. */
    static String name(String metric) {
        return metric.replaceAll("^trace\\.|@[^@]*$", "");
    }

    double of(Run run) {
        return value.applyAsDouble(run);
    }

    /** Right after the last change, before fine-tuning. */
    double after(Run run) {
        return valueAfter.applyAsDouble(run);
    }

    /** What an arm is called that is worse. */
    String less() {
        return words.less;
    }

    /** What an arm is called that is better. */
    String more() {
        return words.more;
    }

    /** A value in a sentence: {@code accuracy of 97.13 %}, {@code mean squared error of 0.2612}. */
    String words(double given) {
        return words == Words.ACCURACY
                ? String.format(Locale.ROOT, "accuracy of %.2f %%", given)
                : String.format(Locale.ROOT, head + " of %." + decimals + "f", given);
    }

    /** A difference in a sentence: {@code +0.12 ± 0.05 points}. */
    String words(Estimate difference) {
        String number = "%+." + decimals + "f ± %." + decimals + "f";
        return String.format(Locale.ROOT, number, difference.mean(), difference.half())
                + (words == Words.ACCURACY ? " points" : "");
    }
}
