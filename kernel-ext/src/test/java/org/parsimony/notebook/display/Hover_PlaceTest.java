package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.figure.Charts;
import org.parsimony.figure.HeatMap;

/** What is under the pointer is what is drawn there. */
class Hover_PlaceTest {

    private static XYChart chart(boolean logarithmic, double[] errors) {
        XYChart chart = new XYChartBuilder().width(600).height(400).build();
        chart.getStyler().setXAxisLogarithmic(logarithmic).setYAxisLogarithmic(logarithmic);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        XYSeries series =
                chart.addSeries("five seeds", new double[] {1, 10, 200, 1000}, new double[] {2, 5, 40, 90}, errors);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Color.RED);
        return chart;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSpotLiesOnItsMarkerOnLinearAndOnLogarithmicAxes(boolean logarithmic) {
        XYChart chart = chart(logarithmic, null); // bars of intervals would cross the markers
        BufferedImage drawn = BitmapEncoder.getBufferedImage(chart);
        List<Hover.Spot> spots = Hover.spots(chart);
        assertEquals(4, spots.size());
        for (Hover.Spot spot : spots) {
            int colour = drawn.getRGB((int) Math.round(spot.at().x), (int) Math.round(spot.at().y));
            assertEquals(Color.RED.getRGB(), colour, () -> "at " + spot);
        }
    }

    @Test
    void aBarIsPointedAtWhereItIsDrawnAlsoBesideAGap() {
        CategoryChart chart = Charts.bars(
                "t",
                "x",
                "y",
                List.of("a", "b", "c"),
                List.of(
                        new Charts.Curve("one", new double[3], new double[] {3, Double.NaN, 5}, new double[] {0, 0, 1}),
                        Charts.Curve.heights("two", 4, -2, 1)));
        BufferedImage drawn = BitmapEncoder.getBufferedImage(chart);
        List<Hover.Spot> spots = Hover.spots(chart);
        assertEquals(
                List.of("one: a → 3", "one: c → 5 ± 1", "two: a → 4", "two: b → -2", "two: c → 1"),
                spots.stream().map(Hover.Spot::text).toList());
        for (Hover.Spot spot : spots) {
            String series = spot.text().substring(0, 3);
            Color own = chart.getSeriesMap().get(series).getFillColor();
            // beside the middle, where a bar of an interval would stand
            int x = (int) Math.round(spot.at().x - spot.width() / 4);
            int[] ys = {
                (int) Math.round(spot.at().y - spot.height() / 2 + 2),
                (int) Math.round(spot.at().y + spot.height() / 2 - 2)
            };
            for (int y : ys) {
                assertEquals(own.getRGB(), drawn.getRGB(x, y), () -> "at " + spot);
            }
            assertNotEquals(own.getRGB(), drawn.getRGB(x, (int) Math.round(spot.at().y - spot.height() / 2 - 2)));
        }
    }

    @Test
    void whereNoAxisIsReadAPointSaysItsNameAlone() {
        XYChart chart = Charts.xy("t", "", "");
        chart.getStyler().setAxisTicksVisible(false);
        chart.addSeries("n", new double[] {1}, new double[] {2}).setLabel("hidden layer 1, unit 3");
        BitmapEncoder.getBufferedImage(chart);
        assertEquals(
                List.of("hidden layer 1, unit 3"),
                Hover.spots(chart).stream().map(Hover.Spot::text).toList());
    }

    @Test
    void aCellIsPointedAtWhereItIsDrawn() {
        double[][] values = {{0, 1, 2}, {3, 4, 5}};
        HeatMapChart chart = HeatMap.of("t", "x", "y", List.of("a", "b", "c"), List.of("upper", "lower"), values);
        BufferedImage before = BitmapEncoder.getBufferedImage(chart);
        List<Hover.Spot> spots = Hover.spots(chart);
        BufferedImage after = BitmapEncoder.getBufferedImage(chart);
        assertEquals("upper, a → 0", spots.get(0).text());
        assertEquals("lower, c → 5", spots.get(5).text());
        assertEquals(6, spots.size());
        assertTrue(spots.get(0).at().y < spots.get(5).at().y
                && spots.get(0).at().x < spots.get(5).at().x);
        Set<Integer> colours = new HashSet<>();
        for (Hover.Spot spot : spots) {
            int x = (int) Math.round(spot.at().x - spot.width() / 2 + 3);
            int y = (int) Math.round(spot.at().y - spot.height() / 2 + 3);
            colours.add(before.getRGB(x, y));
            assertEquals(before.getRGB(x, y), after.getRGB(x, y), "the figure keeps its colours");
        }
        assertEquals(6, colours.size(), "each spot lies on a cell of its own");
    }

    @Test
    void ofALongCurveEveryPartCanBePointedAt() {
        double[] x = IntStream.range(0, 5000).asDoubleStream().toArray();
        XYChart chart = new XYChartBuilder().width(600).height(400).build();
        chart.addSeries("long", x, x);
        BitmapEncoder.getBufferedImage(chart);
        List<Hover.Spot> spots = Hover.spots(chart);
        assertTrue(spots.size() > 300 && spots.size() <= 400, () -> spots.size() + " spots");
        assertEquals("long: 0 → 0", spots.get(0).text());
        assertTrue(spots.get(spots.size() - 1).text().startsWith("long: 4,9"));
    }

    @Test
    void aSpotSaysSeriesValuesAndInterval() {
        XYChart chart = chart(false, new double[] {.5, .25, 0, 0});
        String html = new ChartRenderer().render(chart).data().get("text/html");
        assertTrue(html.contains("five seeds: 1 → 2 ± 0.5<"), html);
        assertTrue(html.contains("five seeds: 1,000 → 90<"), html);
    }
}
