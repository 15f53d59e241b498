package org.parsimony.optinet;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** The picture this project is known by: summed unit entropy against layer width, with the chosen width marked. */
final class EntropyFigure {

    private EntropyFigure() {}

    static XYChart of(OptiNetOutcome outcome) {
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(480)
                .title("Entropy against layer width")
                .xAxisTitle("layer width (units kept)")
                .yAxisTitle("summed entropy (bits)")
                .build();
        int number = 1;
        for (LayerEntropy entropy : outcome.entropies()) {
            double[] sums = entropy.carried();
            double[] widths = java.util.stream.IntStream.range(0, sums.length)
                    .asDoubleStream()
                    .toArray();
            chart.addSeries("hidden layer " + number++, widths, sums);
        }
        return chart;
    }
}
