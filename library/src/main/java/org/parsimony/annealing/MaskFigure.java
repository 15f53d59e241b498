package org.parsimony.annealing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.figure.Charts;
import org.parsimony.figure.HouseStyle;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** Pictures of a mask: the network with what is kept and pruned, and the weights that a mask keeps. */
public final class MaskFigure {

    private static final int MOST_UNITS = 24;
    private static final Color POSITIVE = HouseStyle.colour(0);
    private static final Color NEGATIVE = HouseStyle.colour(1);

    private MaskFigure() {}

    /**
     * A small dense network: kept connections as lines, as thick as the weight is large, blue for positive and vermilion for
     * negative ones; pruned connections dotted; connections that no mask covers in grey, where there is a mask.
     *
     * @param model of dense layers of at most 24 units each, with its masks, possibly none
     * @throws IllegalArgumentException if a layer is wider
     */
    public static XYChart network(String title, Model model) {
        int[] widths = Architectures.widths(model);
        int widest = Arrays.stream(widths).max().orElseThrow();
        Require.that(
                widest <= MOST_UNITS,
                "network %s has a layer of %d units, but at most %d can be drawn; draw its weights instead",
                Architectures.text(widths),
                widest,
                MOST_UNITS);
        XYChart chart = Charts.xy(title, "", "");
        chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisMin(-0.15).setXAxisMax(widths.length - 0.85);
        chart.getStyler().setYAxisMin(-0.6).setYAxisMax(widest - 0.4);
        int[] dense = IntStream.range(0, model.network().getnLayers())
                .filter(l -> model.network().getLayer(l).paramTable().containsKey("W"))
                .toArray();
        for (int l = 0; l < dense.length; l++) {
            edges(chart, model, dense[l], l, widths, widest);
        }
        for (int l = 0; l < widths.length; l++) {
            for (int u = 0; u < widths[l]; u++) {
                XYSeries node = chart.addSeries(
                        "unit " + l + " " + u, new double[] {l}, new double[] {height(u, widths[l], widest)});
                node.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                node.setMarker(SeriesMarkers.CIRCLE);
                node.setMarkerColor(HouseStyle.INK);
                node.setLabel(unit(l, u, widths));
            }
        }
        chart.getStyler().setMarkerSize(12);
        return chart;
    }

    /** What a unit is called, counted from 1. */
    private static String unit(int layer, int unit, int[] widths) {
        String where =
                layer == 0 ? "input" : layer == widths.length - 1 ? "output" : "hidden layer " + layer + ", unit";
        return where + " " + (unit + 1);
    }

    private static double height(int unit, int width, int widest) {
        return (widest - 1) / 2.0 + (width - 1) / 2.0 - unit;
    }

    private static void edges(XYChart chart, Model model, int layer, int column, int[] widths, int widest) {
        INDArray weights = model.network().getLayer(layer).getParam("W");
        INDArray mask = model.masks().get(layer);
        boolean beside = mask == null && !model.masks().isEmpty();
        double most = Math.max(1e-12, weights.amaxNumber().doubleValue());
        for (int i = 0; i < widths[column]; i++) {
            for (int o = 0; o < widths[column + 1]; o++) {
                double w = weights.getDouble(i, o);
                boolean removed = mask != null && mask.getDouble(i, o) == 0;
                double from = height(i, widths[column], widest);
                double to = height(o, widths[column + 1], widest);
                // A third on its way a connection is by itself, and can be pointed at.
                XYSeries edge = chart.addSeries(
                        "edge " + layer + " " + i + " " + o,
                        new double[] {column, column + 1 / 3.0, column + 1},
                        new double[] {from, from + (to - from) / 3, to});
                edge.setLabel(unit(column, i, widths) + " → " + unit(column + 1, o, widths)
                        + (removed ? ": pruned" : String.format(Locale.ROOT, ": weight %.3f", w)));
                edge.setMarker(SeriesMarkers.NONE);
                edge.setLineColor(
                        removed ? new Color(0xB0B0B0) : beside ? HouseStyle.FAINT : w > 0 ? POSITIVE : NEGATIVE);
                float thick = (float) (0.8 + 5 * Math.abs(w) / most);
                edge.setLineStyle(
                        removed
                                ? new BasicStroke(
                                        1, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, new float[] {1, 5}, 0)
                                : new BasicStroke(beside ? 1 : thick));
            }
        }
    }

    /**
     * How large the weights are that masks keep: for each outcome the number of kept elements by their mean |w|.
     *
     * @param outcomes by name, over the same dense network
     * @param bins of equal width, at least 1
     */
    public static XYChart weights(String title, Map<String, AnnealingOutcome> outcomes, int bins) {
        Require.atLeast("number of bins", bins, 1);
        double most = outcomes.values().stream()
                .flatMapToDouble(o -> Arrays.stream(o.magnitudes()))
                .max()
                .orElse(1);
        double[] edges =
                IntStream.rangeClosed(0, bins).mapToDouble(b -> b * most / bins).toArray();
        List<Charts.Curve> curves = new ArrayList<>();
        outcomes.forEach((name, outcome) -> {
            double[] x = new double[2 * bins];
            double[] y = new double[2 * bins];
            for (int e = 0; e < outcome.kept().length; e++) {
                if (outcome.kept()[e]) {
                    int b = (int) Math.min(bins - 1, outcome.magnitudes()[e] / most * bins);
                    y[2 * b]++;
                    y[2 * b + 1]++;
                }
            }
            for (int b = 0; b < bins; b++) {
                x[2 * b] = edges[b];
                x[2 * b + 1] = edges[b + 1];
            }
            curves.add(new Charts.Curve(name, x, y));
        });
        XYChart chart = Charts.lines(title, "|w| of kept connections", "connections", Charts.Spread.BAND, curves);
        chart.getSeriesMap().values().forEach(series -> series.setMarker(SeriesMarkers.NONE));
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }
}
