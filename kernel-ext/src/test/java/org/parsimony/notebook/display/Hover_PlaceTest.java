package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

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
    void aSpotSaysSeriesValuesAndInterval() {
        XYChart chart = chart(false, new double[] {.5, .25, 0, 0});
        String html = new ChartRenderer().render(chart).data().get("text/html");
        assertTrue(html.contains("five seeds: 1 → 2 ± 0.5<"), html);
        assertTrue(html.contains("five seeds: 1,000 → 90<"), html);
    }
}
