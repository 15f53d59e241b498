package org.parsimony.pruning;

import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.Charts;
import org.parsimony.network.Model;

/** The picture of a change that leaves the shape: how the weights lie before and after it. */
public final class WeightFigure {

    private static final int BINS = 81;

    private WeightFigure() {}

    /**
     * How many weights that are not zero fall into bins of equal width, before and after, on a logarithmic axis.
     *
     * @param layers of which the weights are
     */
    public static XYChart of(String title, Model before, Model after, List<LayerWeights> layers) {
        float[] first = nonzero(before, layers);
        float[] last = nonzero(after, layers);
        double reach = 1e-6;
        for (float[] weights : List.of(first, last)) {
            for (float w : weights) {
                reach = Math.max(reach, Math.abs(w));
            }
        }
        XYChart chart = Charts.lines(
                title,
                "weight",
                "nonzero weights in a bin",
                Charts.Spread.BAND,
                List.of(curve("before", first, reach), curve("after", last, reach)));
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        return chart;
    }

    private static Charts.Curve curve(String name, float[] weights, double reach) {
        double[] x = new double[2 * BINS];
        double[] y = new double[2 * BINS];
        Arrays.fill(y, 0.5); // what is drawn for an empty bin, for a logarithm needs something
        for (int b = 0; b < BINS; b++) {
            x[2 * b] = reach * (2.0 * b / BINS - 1);
            x[2 * b + 1] = reach * (2.0 * (b + 1) / BINS - 1);
        }
        for (float w : weights) {
            int b = (int) Math.min(BINS - 1, (w + reach) / (2 * reach) * BINS);
            y[2 * b] = y[2 * b + 1] = Math.max(1, y[2 * b] + 1);
        }
        return new Charts.Curve(name, x, y);
    }

    private static float[] nonzero(Model model, List<LayerWeights> layers) {
        float[] all = new float[layers.stream().mapToInt(LayerWeights::size).sum()];
        int n = 0;
        for (LayerWeights layer : layers) {
            for (float value : layer.read(model)) {
                if (value != 0) {
                    all[n++] = value;
                }
            }
        }
        return Arrays.copyOf(all, n);
    }
}
