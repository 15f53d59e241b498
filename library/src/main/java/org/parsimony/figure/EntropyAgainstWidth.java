package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.base.Require;

/**
 * The picture this project is known by: how many bits a layer carries with its best m units, how many the data demand, and
 * so how wide the layer has to be.
 *
 * <p>For every layer the bits that units add are summed, the greatest first. A dashed line marks the demand; where the
 * curve reaches it, a dot marks the chosen width, and what the chosen units carry is filled.
 */
public final class EntropyAgainstWidth {

    private EntropyAgainstWidth() {}

    /**
     * One hidden layer.
     *
     * @param name for the reader, for example {@code "layer 1"}
     * @param gains bits that each unit adds, in any order, none negative
     * @param demand bits that the layer must carry, or NaN if nobody asked
     * @param width units chosen, from 1 to the number of gains
     */
    public record Layer(String name, double[] gains, double demand, int width) {
        public Layer {
            gains = gains.clone();
            Require.that(gains.length > 0, "%s has no units, but must have at least one", name);
            Require.between("width chosen for " + name, width, 1, gains.length);
            for (double bits : gains) {
                Require.between("gain of a unit of " + name, bits, 0, Double.MAX_VALUE);
            }
            if (!Double.isNaN(demand)) {
                Require.positive("demand on " + name, demand);
            }
        }

        /** Bits carried by the best 0, 1, 2, … units. */
        private double[] carried() {
            double[] sorted = gains.clone();
            Arrays.sort(sorted);
            double[] sum = new double[sorted.length + 1];
            for (int m = 1; m <= sorted.length; m++) {
                sum[m] = sum[m - 1] + sorted[sorted.length - m];
            }
            return sum;
        }
    }

    /** The chart; {@code O(n log n)} in the number of units. */
    public static XYChart of(String title, List<Layer> layers) {
        Require.that(!layers.isEmpty(), "there are no layers to draw, but there must be at least one");
        XYChart chart = new XYChartBuilder()
                .width(HouseStyle.WIDTH)
                .height(HouseStyle.HEIGHT)
                .title(title)
                .xAxisTitle("layer width: units kept, those that add most first")
                .yAxisTitle("carried by the layer, bits")
                .build();
        HouseStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        int widest = layers.stream().mapToInt(l -> l.gains().length).max().orElseThrow();
        double most = layers.stream()
                .mapToDouble(l -> Math.max(Double.isNaN(l.demand()) ? 0 : l.demand(), l.carried()[l.gains().length]))
                .max()
                .orElseThrow();
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) widest);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(most * 1.1);
        for (int i = 0; i < layers.size(); i++) {
            fill(chart, layers.get(i), HouseStyle.colour(i));
        }
        for (int i = 0; i < layers.size(); i++) {
            draw(chart, layers.get(i), HouseStyle.colour(i), layers.get(i).gains().length < 0.6 * widest);
        }
        return chart;
    }

    private static void fill(XYChart chart, Layer layer, Color colour) {
        double[] carried = Arrays.copyOf(layer.carried(), layer.width() + 1);
        XYSeries area = chart.addSeries(layer.name() + " chosen", numbers(carried.length), carried);
        area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        area.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 56));
        area.setMarker(SeriesMarkers.NONE);
        area.setLineStyle(SeriesLines.NONE);
    }

    private static void draw(XYChart chart, Layer layer, Color colour, boolean roomAtTheRight) {
        double[] carried = layer.carried();
        int all = carried.length - 1;
        int m = layer.width();
        double[] points = points(all, m);
        line(
                chart,
                layer.name(),
                colour,
                2.2f,
                points,
                Arrays.stream(points).map(x -> carried[(int) x]).toArray());
        if (!Double.isNaN(layer.demand())) {
            double[] demand = {layer.demand(), layer.demand()};
            line(chart, layer.name() + " demand", colour, 0, new double[] {0, m}, demand);
        }
        line(chart, layer.name() + " width", colour, 1.2f, new double[] {m, m}, new double[] {0, carried[m]});
        mark(chart, layer.name() + " dot", new Label("", 5.5, colour, false), m, carried[m]);
        String chosen = layer.name() + ": " + m + " of " + all;
        mark(chart, layer.name() + " end", new Label(chosen, 0, colour, roomAtTheRight), all, carried[all]);
    }

    /** From 0 to {@code all} and through {@code m}, so far apart that a segment is longer than it is thick. */
    private static double[] points(int all, int m) {
        int step = Math.max(1, all / 100);
        return IntStream.concat(
                        IntStream.of(0, m, all), IntStream.rangeClosed(1, all).filter(x -> x % step == 0))
                .distinct()
                .sorted()
                .asDoubleStream()
                .toArray();
    }

    /** @param width of the line in pixels; 0 for a dashed one */
    private static void line(XYChart chart, String name, Color colour, float width, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(
                width == 0
                        ? HouseStyle.dashed()
                        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static void mark(XYChart chart, String name, Marker marker, double x, double y) {
        XYSeries series = chart.addSeries(name, new double[] {x}, new double[] {y});
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
    }

    private static double[] numbers(int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
