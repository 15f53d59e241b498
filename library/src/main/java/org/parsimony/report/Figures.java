package org.parsimony.report;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.experiment.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.figure.Charts;

/** Figures from runs: means with 95 % intervals over seeds. */
public final class Figures {

    private Figures() {}

    /**
     * Test accuracy in percent against the mean number of parameters (on a logarithmic axis), one point for each method.
     *
     * @param runs of one data set and one original network
     */
    public static Figure accuracyAgainstParameters(List<Run> runs) {
        Require.that(!runs.isEmpty(), "there are no runs to draw, but there must be at least one");
        List<Charts.Curve> points = new ArrayList<>();
        Tables.groups(runs).forEach((group, own) -> {
            Estimate accuracy = Tables.estimate(own, Tables::accuracy);
            double parameters = Tables.mean(own, run -> run.measurement().parameters());
            points.add(new Charts.Curve(
                    group.method(), new double[] {parameters}, new double[] {accuracy.mean()}, new double[] {
                        accuracy.n() < 2 ? 0 : accuracy.half()
                    }));
        });
        int seeds =
                (int) runs.stream().map(run -> run.recipe().seed()).distinct().count();
        Run first = runs.get(0);
        XYChart chart = Charts.points(
                first.recipe().dataset() + ", original " + first.recipe().network(),
                "parameters",
                "test accuracy, % (mean and 95 % interval, " + seeds + " seeds)",
                points);
        chart.getStyler().setXAxisLogarithmic(true);
        return Figure.of(chart, runs);
    }
}
