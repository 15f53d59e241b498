package org.parsimony.figure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.figure.Charts.Curve;

/** One chart of every kind with made-up numbers. */
public final class Gallery {

    private Gallery() {}

    public static XYChart entropy() {
        SplittableRandom random = new SplittableRandom(1);
        return EntropyAgainstWidth.of(
                "MNIST through 784-512-256-10",
                List.of(layer("layer 1", 512, 205, random), layer("layer 2", 256, 170, random)));
    }

    /** Entropies that fall from 3.4 bits to nothing, with a tenth of the neurons dead. */
    static EntropyAgainstWidth.Layer layer(String name, int neurons, double demand, SplittableRandom random) {
        double[] bits = new double[neurons];
        Arrays.setAll(bits, j -> Math.max(0, 3.4 * Math.pow(1 - j / (0.9 * neurons), 0.8) + random.nextDouble(0.1)));
        Arrays.setAll(bits, j -> Double.isNaN(bits[j]) ? 0 : bits[j]);
        double sum = 0;
        int width = 0;
        while (sum < demand) {
            sum += bits[width++];
        }
        return new EntropyAgainstWidth.Layer(name, bits, demand, width);
    }

    public static Map<String, Chart<?, ?>> all() {
        Map<String, Chart<?, ?>> charts = new LinkedHashMap<>();
        charts.put("entropy", entropy());
        double[] epochs = {1, 2, 3, 4, 5, 6, 7, 8};
        double[] train = {0.91, 0.945, 0.96, 0.968, 0.973, 0.977, 0.98, 0.982};
        double[] valid = {0.90, 0.93, 0.945, 0.952, 0.956, 0.957, 0.958, 0.957};
        double[] half = {0.01, 0.008, 0.006, 0.005, 0.004, 0.004, 0.004, 0.005};
        charts.put(
                "lines",
                Charts.lines(
                        "Learning",
                        "epoch",
                        "accuracy",
                        Charts.Spread.BAND,
                        List.of(
                                new Curve("training", epochs, train, half),
                                new Curve("validation", epochs, valid, half))));
        double[] size = {266.6, 89.1, 60.2, 30.4};
        charts.put(
                "points",
                Charts.points(
                        "Accuracy against size",
                        "parameters, thousands",
                        "test accuracy",
                        List.of(
                                new Curve("original", new double[] {266.6}, new double[] {0.981}, new double[] {0.001}),
                                new Curve("OptiNET", size, new double[] {0.981, 0.980, 0.977, 0.97}, new double[] {
                                    0.001, 0.002, 0.002, 0.004
                                }),
                                new Curve(
                                        "random removal", size, new double[] {0.981, 0.97, 0.955, 0.92}, new double[] {
                                            0.001, 0.003, 0.006, 0.01
                                        }))));
        charts.put(
                "bars",
                Charts.bars(
                        "Bytes on disk",
                        "",
                        "kilobytes",
                        List.of("raw", "gzip", "CSC", "HAM", "sHAM"),
                        List.of(
                                new Curve("dense", five(), new double[] {1066, 980, 2100, 1000, 1100}),
                                new Curve("pruned", five(), new double[] {1066, 180, 210, 150, 120}))));
        SplittableRandom random = new SplittableRandom(3);
        double[] bits =
                random.doubles(2000).map(u -> 1.6 + 0.5 * Math.cbrt(2 * u - 1)).toArray();
        charts.put("histogram", Charts.histogram("Entropy of the samples", "entropy, bits", bits, 40));
        return charts;
    }

    private static double[] five() {
        return new double[] {1, 2, 3, 4, 5};
    }

    /** Writes every chart as PNG into the folder named by the first argument, for people to look at. */
    public static void main(String[] arguments) throws Exception {
        for (Map.Entry<String, Chart<?, ?>> chart : all().entrySet()) {
            org.knowm.xchart.BitmapEncoder.saveBitmap(
                    chart.getValue(),
                    arguments[0] + "/" + chart.getKey(),
                    org.knowm.xchart.BitmapEncoder.BitmapFormat.PNG);
        }
    }
}
