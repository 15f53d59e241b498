package org.parsimony.sham;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.HuffmanCode;
import org.parsimony.figure.Charts;
import org.parsimony.network.Model;

/** Pictures of an outcome. */
final class ShamFigures {

    private static final int BINS = 81;

    private ShamFigures() {}

    /** How many weights that are not zero fall into bins of equal width, before and after, on a logarithmic axis. */
    static XYChart weights(ShamOutcome outcome) {
        float[] before = nonzero(outcome, outcome.original());
        float[] after = nonzero(outcome, outcome.model());
        double reach = 1e-6;
        for (float[] weights : List.of(before, after)) {
            for (float w : weights) {
                reach = Math.max(reach, Math.abs(w));
            }
        }
        XYChart chart = Charts.lines(
                outcome.measurement().dataset() + ": nonzero weights of "
                        + outcome.measurement().network(),
                "weight",
                "weights in a bin",
                Charts.Spread.BAND,
                List.of(curve("before", before, reach), curve("after", after, reach)));
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

    private static float[] nonzero(ShamOutcome outcome, Model model) {
        float[] all = new float[0];
        for (ShamOutcome.CodedWeights layer : outcome.layers()) {
            float[] w = new Weights(layer.layer(), layer.rows(), layer.cols()).read(model);
            int n = all.length;
            all = Arrays.copyOf(all, n + w.length);
            for (float value : w) {
                if (value != 0) {
                    all[n++] = value;
                }
            }
            all = Arrays.copyOf(all, n);
        }
        return all;
    }

    /** A point for every value of every chosen layer, and the line of ideal lengths. */
    static XYChart codeLengths(ShamOutcome outcome) {
        List<Charts.Curve> clouds = new ArrayList<>();
        double longest = 1;
        for (ShamOutcome.CodedWeights layer : outcome.layers()) {
            DenseMatrix matrix = new Weights(layer.layer(), layer.rows(), layer.cols()).matrix(outcome.model());
            HuffmanCode code = HuffmanCode.of(matrix);
            Codebook book = Codebook.nearest(matrix.values(), Codebook.distinct(matrix.values()));
            double[] count = new double[book.values().length];
            for (int m : book.member()) {
                count[m]++;
            }
            double[] ideal = new double[code.size()];
            double[] length = new double[code.size()];
            for (int i = 0; i < code.size(); i++) {
                int value = Arrays.binarySearch(book.values(), code.value(i));
                ideal[i] = Math.log(book.member().length / count[value]) / Math.log(2);
                length[i] = code.length(i);
                longest = Math.max(longest, Math.max(ideal[i], length[i]));
            }
            clouds.add(new Charts.Curve("layer " + layer.layer(), ideal, length));
        }
        XYChart chart = Charts.points(
                outcome.measurement().dataset() + ": code words of "
                        + outcome.measurement().network(),
                "ideal length −log₂ p, bits",
                "length of the Huffman word, bits",
                clouds);
        Charts.reference(chart, "ideal", new double[] {0, longest}, new double[] {0, longest});
        return chart;
    }
}
