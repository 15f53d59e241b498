package org.parsimony.annealing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.Charts;
import org.parsimony.network.Architectures;

/** How a search cooled: loss and temperature on a logarithmic axis against the temperatures done. */
final class CoolingFigure {

    private CoolingFigure() {}

    static XYChart of(AnnealingOutcome outcome) {
        List<Charts.Curve> curves;
        if (outcome.rounds().isEmpty()) {
            curves = List.of(new Charts.Curve("cost", new double[] {0}, new double[] {outcome.cost()}));
        } else {
            curves = List.of(
                    curve("cost", outcome, Round::cost),
                    curve("best cost", outcome, Round::bestCost),
                    curve("temperature", outcome, Round::temperature));
        }
        XYChart chart = Charts.lines(
                String.format(
                        Locale.ROOT,
                        "%s: the search for %,d of %,d elements of %s",
                        outcome.change().data().title(),
                        outcome.kept().length - outcome.pruned(),
                        outcome.kept().length,
                        Architectures.text(outcome.model())),
                "temperatures done",
                "mean loss and temperature [nats]",
                Charts.Spread.BAND,
                curves);
        boolean positive = curves.stream().allMatch(c -> Arrays.stream(c.y()).allMatch(y -> y > 0));
        chart.getStyler().setYAxisLogarithmic(positive);
        chart.getStyler().setYAxisDecimalPattern("0.####");
        return chart;
    }

    private static Charts.Curve curve(String name, AnnealingOutcome outcome, ToDoubleFunction<Round> of) {
        double[] y = outcome.rounds().stream().mapToDouble(of).toArray();
        double[] x = new double[y.length];
        for (int r = 0; r < x.length; r++) {
            x[r] = r + 1;
        }
        return new Charts.Curve(name, x, y);
    }
}
