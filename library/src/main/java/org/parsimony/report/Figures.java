package org.parsimony.report;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.parsimony.base.Require;
import org.parsimony.experiment.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.figure.Charts;

/** Figures from runs: means with 95 % intervals over seeds. */
public final class Figures {

    private Figures() {}

    /**
     * Test accuracy in percent by method: mean and 95 % interval over seeds. The axis does not begin at zero.
     *
     * @param runs of one data set and one original network
     */
    public static Figure accuracyByMethod(List<Run> runs) {
        Require.that(!runs.isEmpty(), "there are no runs to draw, but there must be at least one");
        List<String> names = new ArrayList<>();
        List<Estimate> accuracies = new ArrayList<>();
        Tables.groups(runs).forEach((group, own) -> {
            names.add(group.method());
            accuracies.add(Tables.estimate(own, Tables::accuracy));
        });
        long seeds = runs.stream().map(run -> run.recipe().seed()).distinct().count();
        Run first = runs.get(0);
        CategoryChart chart = Charts.bars(
                first.recipe().dataset() + ", original " + first.recipe().network() + ", " + seeds + " seeds",
                "",
                "test accuracy, %",
                names,
                List.of(new Charts.Curve(
                        "mean and 95 % interval",
                        new double[names.size()],
                        accuracies.stream().mapToDouble(Estimate::mean).toArray(),
                        accuracies.stream()
                                .mapToDouble(a -> a.n() < 2 ? 0 : a.half())
                                .toArray())));
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
        chart.getSeriesMap()
                .values()
                .forEach(series ->
                        series.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter));
        chart.getStyler().setXAxisLabelRotation(40);
        double low = accuracies.stream().mapToDouble(Estimate::low).min().orElseThrow();
        double high = accuracies.stream().mapToDouble(Estimate::high).max().orElseThrow();
        double margin = Math.max(0.05, 0.06 * (high - low));
        chart.getStyler().setYAxisMin(Math.max(0, low - margin)).setYAxisMax(Math.min(100, high + margin));
        return Figure.of(chart, runs);
    }
}
