package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.figure.Charts;

/** The layers of a figure are the figure: every mark is in exactly one of them, and a series' own holds nothing else. */
class SeriesLayers_TakeApartTest {

    private static final Pattern LEAF = Pattern.compile("<(?!g|/|svg|defs|style)[^>]*/>");

    private static XYChart chart() {
        double[] x = {1, 2, 3};
        double[] bars = {.5, .5, .5};
        XYChart chart = Charts.points(
                "title",
                "x",
                "y",
                List.of(
                        new Charts.Curve("one arm", x, new double[] {2, 4, 9}, bars),
                        new Charts.Curve("another arm", x, new double[] {3, 5, 7}, bars),
                        new Charts.Curve("hollow", x, new double[] {1, 1, 2}, bars)));
        Charts.look(chart.getSeriesMap().get("hollow"), 2, false);
        return chart;
    }

    /** Marks with their styles spelt out, as each picture has names of its own for them. */
    private static List<String> marks(String svg) {
        List<String> marks = new ArrayList<>();
        String body = svg.substring(svg.indexOf("</style>")).replaceAll("<defs>.*?</defs>", "");
        LEAF.matcher(body).results().forEach(leaf -> {
            String name = leaf.group().replaceAll(".*class=\"(\\w+)\".*", "$1");
            String style = svg.replaceAll("(?s).*?\\." + name + "\\{([^}]*)}.*", "$1");
            marks.add(leaf.group().replace("class=\"" + name + "\"", style));
        });
        return marks;
    }

    private static CategoryChart bars() {
        double[] none = new double[3];
        return Charts.bars(
                "title",
                "x",
                "y",
                List.of("a", "b", "c"),
                List.of(
                        new Charts.Curve("one arm", none, new double[] {2, 4, 9}, new double[] {.5, .5, .5}),
                        new Charts.Curve("another arm", none, new double[] {3, 5, 7}, new double[] {.5, .5, .5})));
    }

    @Test
    void barsComeApartAsPointsDo() {
        everyMarkIsInOneLayer(bars());
        SeriesLayers layers = SeriesLayers.of(bars()).orElseThrow();
        assertEquals(
                List.of("one arm", "another arm"),
                layers.parts().stream().map(SeriesLayers.Part::label).toList());
        for (SeriesLayers.Part part : layers.parts()) {
            assertEquals(3 * 4, marks(part.picture()).size(), "three bars with intervals of three strokes");
        }
    }

    @Test
    void pointsComeApart() {
        everyMarkIsInOneLayer(chart());
    }

    private static void everyMarkIsInOneLayer(Chart<?, ?> chart) {
        List<String> whole = marks(ChartRenderer.svg(chart));
        SeriesLayers layers = SeriesLayers.of(chart).orElseThrow();
        List<String> parts = new ArrayList<>(marks(layers.below()));
        layers.parts().forEach(part -> parts.addAll(marks(part.picture())));
        parts.addAll(marks(layers.above()));
        assertTrue(whole.size() > 40, "the figure has many marks");
        assertEquals(whole, parts, "in the order in which they are drawn");
    }

    @Test
    void aSeriesHoldsItsMarksAlone() {
        XYChart chart = chart();
        SeriesLayers layers = SeriesLayers.of(chart).orElseThrow();
        assertEquals(
                List.of("one arm", "another arm", "hollow"),
                layers.parts().stream().map(SeriesLayers.Part::label).toList());
        for (SeriesLayers.Part part : layers.parts()) {
            Color own = chart.getSeriesMap().get(part.label()).getMarkerColor();
            String colour = "rgb(" + own.getRed() + "," + own.getGreen() + "," + own.getBlue() + ")";
            List<String> marks = marks(part.picture());
            int insides = part.label().equals("hollow") ? 3 : 0;
            assertEquals(3 * 4 + insides, marks.size(), "three points with bars of three strokes");
            assertEquals(
                    3 * 4, marks.stream().filter(mark -> mark.contains(colour)).count(), marks::toString);
        }
    }

    @Test
    void aBandGoesWithItsCurve() {
        double[] x = {1, 2, 3};
        XYChart chart = Charts.lines(
                "title",
                "x",
                "y",
                Charts.Spread.BAND,
                List.of(
                        new Charts.Curve("a", x, new double[] {2, 4, 9}, new double[] {.5, .5, .5}),
                        new Charts.Curve("b", x, new double[] {3, 5, 7}, new double[] {.5, .5, .5})));
        SeriesLayers layers = SeriesLayers.of(chart).orElseThrow();
        assertEquals(2, layers.parts().size());
        for (SeriesLayers.Part part : layers.parts()) {
            assertTrue(part.picture().contains("fill-opacity"), part::picture);
        }
        assertFalse(layers.below().contains("fill-opacity"), "no band is left");
    }

    @Test
    void anEntryLiesOnWhatTheLegendShows() {
        XYChart chart = chart();
        BufferedImage drawn = BitmapEncoder.getBufferedImage(chart);
        for (SeriesLayers.Part part : SeriesLayers.of(chart).orElseThrow().parts()) {
            int own = chart.getSeriesMap().get(part.label()).getMarkerColor().getRGB();
            boolean found = false;
            for (int x = (int) part.x(); x < part.x() + part.width(); x++) {
                for (int y = (int) part.y(); y < part.y() + part.height(); y++) {
                    found |= drawn.getRGB(x, y) == own;
                }
            }
            assertTrue(found, () -> "the colour of " + part);
        }
    }

    @Test
    void theChartIsAsItWasAndStaysOnePictureWithOneSeries() {
        XYChart chart = chart();
        String before = ChartRenderer.svg(chart).replaceAll("clip\\d+", "clip");
        SeriesLayers.of(chart);
        assertEquals(before, ChartRenderer.svg(chart).replaceAll("clip\\d+", "clip"));
        XYChart single = Charts.points(
                "t", "x", "y", List.of(new Charts.Curve("only", new double[] {1, 2}, new double[] {1, 2})));
        assertTrue(SeriesLayers.of(single).isEmpty());
        String html = LiveFigure.of(chart);
        assertFalse(html.contains("<script"), "it works without a script");
        assertEquals(3, html.split("type=\"checkbox\"", -1).length - 1);
    }
}
