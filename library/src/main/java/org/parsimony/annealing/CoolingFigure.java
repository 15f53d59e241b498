package org.parsimony.annealing;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** How a search cooled: loss and temperature on a logarithmic axis against the temperatures done. */
final class CoolingFigure {

    private CoolingFigure() {}

    static XYChart of(AnnealingOutcome outcome) {
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(480)
                .title("Annealing")
                .xAxisTitle("temperatures done")
                .yAxisTitle("nats")
                .build();
        int n = outcome.rounds().size();
        double[] x = new double[n];
        double[] cost = new double[n];
        double[] best = new double[n];
        double[] temperature = new double[n];
        for (int r = 0; r < n; r++) {
            Round round = outcome.rounds().get(r);
            x[r] = r + 1;
            cost[r] = round.cost();
            best[r] = round.bestCost();
            temperature[r] = round.temperature();
        }
        if (n > 0) {
            chart.getStyler().setYAxisLogarithmic(true);
            chart.addSeries("cost", x, cost);
            chart.addSeries("best cost", x, best);
            chart.addSeries("temperature", x, temperature);
        } else {
            chart.addSeries("cost", new double[] {0}, new double[] {outcome.cost()});
        }
        chart.getStyler().setMarkerSize(0);
        return chart;
    }
}
