package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.base.Require;

/**
 * The picture this project is known by: how many bits a layer carries with its best m neurons, how many the data demand,
 * and so how wide the layer has to be.
 *
 * <p>For every layer the neurons are sorted by decreasing entropy and the entropies are added up. A dashed line marks
 * the demand; where the curve reaches it, a dot marks the chosen width, and what the chosen neurons carry is filled.
 */
public final class EntropyAgainstWidth {

    private EntropyAgainstWidth() {}

    /**
     * One hidden layer.
     *
     * @param name for the reader, for example {@code "layer 1"}
     * @param entropies bits of each neuron, in any order, none negative
     * @param demand bits that the layer must carry
     * @param width neurons chosen, from 1 to the number of entropies
     */
    public record Layer(String name, double[] entropies, double demand, int width) {
        public Layer {
            entropies = entropies.clone();
            Require.that(entropies.length > 0, "%s has no neurons, but must have at least one", name);
            Require.between("width chosen for " + name, width, 1, entropies.length);
            for (double bits : entropies) {
                Require.between("entropy of a neuron of " + name, bits, 0, Double.MAX_VALUE);
            }
            Require.positive("demand on " + name, demand);
        }

        /** Bits carried by the best 0, 1, 2, … neurons. */
        private double[] carried() {
            double[] sorted = entropies.clone();
            Arrays.sort(sorted);
            double[] sum = new double[sorted.length + 1];
            for (int m = 1; m <= sorted.length; m++) {
                sum[m] = sum[m - 1] + sorted[sorted.length - m];
            }
            return sum;
        }
    }

    /** The chart; {@code O(n log n)} in the number of neurons. */
    public static XYChart of(String title, List<Layer> layers) {
        Require.that(!layers.isEmpty(), "there are no layers to draw, but there must be at least one");
        XYChart chart = new XYChartBuilder()
                .width(HouseStyle.WIDTH)
                .height(HouseStyle.HEIGHT)
                .title(title)
                .xAxisTitle("layer width: neurons kept, by decreasing entropy")
                .yAxisTitle("entropy carried, bits")
                .build();
        HouseStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        int widest = layers.stream().mapToInt(l -> l.entropies().length).max().orElseThrow();
        double most = layers.stream()
                .mapToDouble(l -> Math.max(l.demand(), l.carried()[l.entropies().length]))
                .max()
                .orElseThrow();
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(widest * 1.14);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(most * 1.08);
        for (int i = layers.size() - 1; i >= 0; i--) {
            fill(chart, layers.get(i), HouseStyle.colour(i));
        }
        for (int i = 0; i < layers.size(); i++) {
            draw(chart, layers.get(i), HouseStyle.colour(i));
        }
        return chart;
    }

    private static void fill(XYChart chart, Layer layer, Color colour) {
        double[] carried = Arrays.copyOf(layer.carried(), layer.width() + 1);
        XYSeries area = chart.addSeries(layer.name() + " chosen", numbers(carried.length), carried);
        area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        area.setFillColor(HouseStyle.tint(colour, 0.22));
        area.setMarker(SeriesMarkers.NONE);
        area.setLineColor(HouseStyle.tint(colour, 0.22));
    }

    private static void draw(XYChart chart, Layer layer, Color colour) {
        double[] carried = layer.carried();
        int all = carried.length - 1;
        int m = layer.width();
        line(chart, layer.name(), colour, 2.2f, numbers(all + 1), carried);
        line(chart, layer.name() + " demand", colour, 0, new double[] {0, m}, new double[] {
            layer.demand(), layer.demand()
        });
        line(chart, layer.name() + " width", colour, 1.2f, new double[] {m, m}, new double[] {0, carried[m]});
        label(chart, layer.name() + " end", layer.name(), Label.Side.RIGHT, 0, colour, all, carried[all]);
        String chosen = m + " of " + all;
        label(chart, layer.name() + " dot", chosen, Label.Side.BELOW_RIGHT, 5.5, colour, m, carried[m]);
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

    private static void label(
            XYChart chart, String name, String text, Label.Side side, double dot, Color colour, double x, double y) {
        XYSeries series = chart.addSeries(name, new double[] {x}, new double[] {y});
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(new Label(text, side, dot, colour));
    }

    private static double[] numbers(int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
