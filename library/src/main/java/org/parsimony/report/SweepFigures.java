package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan.Choice;
import org.parsimony.experiment.sweep.Trial;
import org.parsimony.experiment.sweep.Values;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;

/** Figures of a sweep: points are means over the seeds of a setting. */
public final class SweepFigures {

    private static final String FILE = "bytesDisk.pars";
    private static final String BEST = "chosen";

    /** A range of costs of more than this factor is drawn on a logarithmic axis. */
    private static final double WIDE = 10;

    private SweepFigures() {}

    /** What a notebook shows below the table: of one choice of numbers the metric against it, else against the file's bytes. */
    public static Optional<XYChart> usual(SweepOutcome outcome) {
        List<Choice> choices = outcome.plan().choices();
        return choices.size() == 1 && isNumber(outcome, choices.get(0))
                ? against(outcome, choices.get(0))
                : againstBytes(outcome);
    }

    /** The metric on validation samples against the bytes of the whole file, a colour a rung, the chosen one by itself. */
    public static Optional<XYChart> againstBytes(SweepOutcome outcome) {
        return points(outcome, "whole file, bytes", trial -> trial.mean(FILE), false);
    }

    /** The metric on validation samples against a choice of numbers; nothing where its values are words. */
    public static Optional<XYChart> against(SweepOutcome outcome, Choice choice) {
        if (!isNumber(outcome, choice)) {
            return Optional.empty();
        }
        boolean logarithmic =
                choice.values() instanceof Values.Range range && range.scale() == Values.Scale.LOGARITHMIC;
        return points(outcome, choice.name(), trial -> value(trial, choice), logarithmic);
    }

    /** How far the best on validation samples had come after so many trials with all of their training. */
    public static Optional<XYChart> progress(SweepOutcome outcome) {
        List<double[]> points = new ArrayList<>();
        double best = Double.NaN;
        int number = 0;
        List<Trial> last = outcome.trials().stream()
                .filter(trial -> trial.rung() == outcome.plan().search().rungs())
                .toList();
        for (Trial trial : last) {
            number++;
            double now = scaled(trial);
            if (!Double.isNaN(now)) {
                best = Double.isNaN(best) ? now : trial.isValued() ? Math.min(best, now) : Math.max(best, now);
                points.add(new double[] {number, best});
            }
        }
        if (points.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(Charts.lines(
                "",
                "settings tried",
                metric(outcome),
                Charts.Spread.BARS,
                List.of(Curve.of("best so far", points, p -> p[0], p -> p[1]))));
    }

    private static Optional<XYChart> points(
            SweepOutcome outcome, String axis, ToDoubleFunction<Trial> x, boolean logarithmic) {
        Trial best = outcome.best().orElse(null);
        Map<Integer, List<Trial>> rungs = new TreeMap<>();
        outcome.trials().stream()
                .filter(trial ->
                        trial != best && Double.isFinite(scaled(trial)) && Double.isFinite(x.applyAsDouble(trial)))
                .forEach(trial -> rungs.computeIfAbsent(trial.rung(), r -> new ArrayList<>())
                        .add(trial));
        Map<String, List<Trial>> series = new LinkedHashMap<>();
        int all = outcome.plan().search().rungs();
        rungs.forEach((rung, trials) -> series.put(all == 1 ? "tried" : "rung " + rung + " of " + all, trials));
        if (best != null && Double.isFinite(x.applyAsDouble(best))) {
            series.put(BEST, List.of(best));
        }
        List<Curve> curves = new ArrayList<>();
        series.forEach((name, trials) -> {
            List<Trial> inOrder =
                    trials.stream().sorted(Comparator.comparingDouble(x)).toList();
            curves.add(Curve.of(name, inOrder, x, SweepFigures::scaled));
        });
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        XYChart chart = Charts.points("", axis, metric(outcome), curves);
        double low = series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(x)
                .min()
                .orElse(0);
        double high = series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(x)
                .max()
                .orElse(0);
        if (low > 0 && high > low && (logarithmic || high / low > WIDE)) {
            double margin = Math.pow(high / low, 0.04);
            Charts.logarithmic(chart, low / margin, high * margin);
        }
        return Optional.of(chart);
    }

    private static double scaled(Trial trial) {
        return trial.isValued() ? trial.validation() : 100 * trial.validation();
    }

    private static String metric(SweepOutcome outcome) {
        boolean valued = outcome.trials().stream().anyMatch(Trial::isValued);
        String what = valued ? "validation mean squared error" : "validation accuracy, %";
        int seeds = outcome.plan().seeds();
        return seeds == 1 ? what : what + ": mean of " + seeds + " seeds";
    }

    private static boolean isNumber(SweepOutcome outcome, Choice choice) {
        return outcome.trials().stream()
                .allMatch(trial -> trial.setting().values().get(choice.name()) instanceof Number);
    }

    private static double value(Trial trial, Choice choice) {
        return ((Number) trial.setting().values().get(choice.name())).doubleValue();
    }
}
