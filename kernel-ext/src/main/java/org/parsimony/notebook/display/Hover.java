package org.parsimony.notebook.display;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapSeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * What lies over a figure in a page: under the pointer a point, bar or cell says its series, its values and its interval, and keeps saying
 * it once it is clicked or reached with the Tab key. It is style alone, without a script, and works in a saved notebook and in
 * an exported page. Figures in files stay as they are.
 */
final class Hover {

    /** A page would carry them all: of longer curves every so manieth point says what it is. */
    private static final int MOST = 400;

    private static final int REACH = 7;

    private static final Pattern LEAF = Pattern.compile("<[^>]*/>");
    private static final Pattern CORNER = Pattern.compile("[ML](-?[\\d.]+)[, ](-?[\\d.]+)");

    /**
     * What can be pointed at: the surroundings of a point, or a bar or cell.
     *
     * @param series its place among the series that are drawn
     * @param at its middle, in the figure's pixels
     * @param width of a bar or cell; 0 for a point
     * @param height of a bar or cell; 0 for a point
     * @param text its words
     */
    record Spot(int series, Point2D.Double at, double width, double height, String text) {

        private static Spot of(int series, Rectangle2D box, String text) {
            double height = Math.max(REACH, box.getHeight()); // a bar of hardly any height can be pointed at too
            return new Spot(
                    series,
                    new Point2D.Double(box.getCenterX(), box.getCenterY()),
                    Math.max(REACH, box.getWidth()),
                    height,
                    text);
        }
    }

    private Hover() {}

    /** What can be pointed at in a chart that has been drawn. */
    static List<Spot> spots(Chart<?, ?> chart) {
        if (chart instanceof XYChart xy) {
            return points(xy);
        }
        if (chart instanceof CategoryChart bars) {
            return bars(bars);
        }
        return chart instanceof HeatMapChart cells ? cells(cells) : List.of();
    }

    private static List<Spot> points(XYChart chart) {
        List<Spot> spots = new ArrayList<>();
        int place = 0;
        for (XYSeries series : chart.getSeriesMap().values()) {
            if (series.isEnabled()) {
                // the outline of a band is no point of a curve
                if (series.getXYSeriesRenderStyle() != XYSeriesRenderStyle.PolygonArea) {
                    add(chart, series, place, spots);
                }
                place++;
            }
        }
        int every = Math.max(1, (spots.size() + MOST - 1) / MOST);
        return IntStream.range(0, spots.size())
                .filter(i -> i % every == 0)
                .mapToObj(spots::get)
                .toList();
    }

    private static void add(XYChart chart, XYSeries series, int place, List<Spot> spots) {
        double[] x = series.getXData();
        double[] y = series.getYData();
        double[] error = series.getExtraValues();
        boolean valued = chart.getStyler().isXAxisTicksVisible(); // else the axes are of places, which nobody reads
        for (int i = 0; i < x.length; i++) {
            Point2D.Double at = new Point2D.Double(
                    chart.getScreenXFromChart(x[i]), chart.getScreenYFromChart(y[i], series.getYAxisGroup()));
            boolean inside = at.x >= 0 && at.x <= chart.getWidth() && at.y >= 0 && at.y <= chart.getHeight();
            if (Double.isFinite(at.x) && Double.isFinite(at.y) && inside) {
                String words = valued
                        ? words(series.getLabel() + ": " + number(x[i]), y[i], error == null ? null : error[i])
                        : series.getLabel();
                spots.add(new Spot(place, at, 0, 0, words));
            }
        }
    }

    private static List<Spot> bars(CategoryChart chart) {
        Map<Integer, List<Rectangle2D>> boxes = boxes(new Tinted(chart));
        Double floor = chart.getStyler().getYAxisMin();
        List<Spot> spots = new ArrayList<>();
        int place = 0;
        for (CategorySeries series : chart.getSeriesMap().values()) {
            if (series.isEnabled()) {
                Iterator<Rectangle2D> drawn =
                        boxes.getOrDefault(place, List.of()).iterator();
                List<?> names = List.copyOf(series.getXData());
                List<Number> heights = new ArrayList<>(series.getYData());
                List<Number> errors = series.getExtraValues() == null ? null : new ArrayList<>(series.getExtraValues());
                for (int i = 0; i < heights.size(); i++) {
                    Number height = heights.get(i);
                    boolean isDrawn = height != null && !(floor != null && floor > 0 && height.doubleValue() < floor);
                    Rectangle2D box = isDrawn && drawn.hasNext() ? drawn.next() : null;
                    if (box != null && Double.isFinite(height.doubleValue())) {
                        String name = series.getLabel() + ": " + names.get(i);
                        spots.add(Spot.of(place, box, words(name, height, errors == null ? null : errors.get(i))));
                    }
                }
                place++;
            }
        }
        return spots;
    }

    private static List<Spot> cells(HeatMapChart chart) {
        HeatMapSeries series = chart.getHeatMapSeries();
        List<? extends Number[]> cells = series.getHeatData();
        if (cells.size() > MOST) {
            return List.of(); // the pixels of a picture
        }
        Iterator<Rectangle2D> drawn =
                boxes(new Tinted(chart)).getOrDefault(0, List.of()).iterator();
        List<Spot> spots = new ArrayList<>();
        for (Number[] cell : cells) {
            if (cell != null && drawn.hasNext()) {
                String name = series.getYData().get(cell[1].intValue()) + ", "
                        + series.getXData().get(cell[0].intValue());
                spots.add(Spot.of(0, drawn.next(), words(name, cell[2], null)));
            }
        }
        return spots;
    }

    /** Where what is filled lies, by series, in the order in which it is drawn; the legend's own is left out. */
    private static Map<Integer, List<Rectangle2D>> boxes(Tinted drawing) {
        Map<Integer, List<Rectangle2D>> boxes = new HashMap<>();
        Matcher elements = LEAF.matcher(drawing.svg());
        while (elements.find()) {
            Integer number = Tinted.number(elements.group());
            if (number != null && number == 0) {
                break; // the legend, which is drawn last
            }
            if (number != null && Tinted.isFill(number)) {
                boxes.computeIfAbsent(Tinted.series(number), place -> new ArrayList<>())
                        .add(box(elements.group()));
            }
        }
        return boxes;
    }

    private static Rectangle2D box(String element) {
        if (element.startsWith("<rect")) {
            double[] at = new double[4];
            String[] names = {"x", "y", "width", "height"};
            for (int i = 0; i < names.length; i++) {
                Matcher value =
                        Pattern.compile(" " + names[i] + "=\"(-?[\\d.]+)\"").matcher(element);
                at[i] = value.find() ? Double.parseDouble(value.group(1)) : 0;
            }
            return new Rectangle2D.Double(at[0], at[1], at[2], at[3]);
        }
        Rectangle2D box = null;
        Matcher corners = CORNER.matcher(element);
        while (corners.find()) {
            Rectangle2D corner = new Rectangle2D.Double(
                    Double.parseDouble(corners.group(1)), Double.parseDouble(corners.group(2)), 0, 0);
            box = box == null ? corner : box.createUnion(corner);
        }
        return box;
    }

    private static String words(String name, Number value, Number error) {
        String interval = error == null || !(error.doubleValue() > 0) ? "" : " ± " + number(error.doubleValue());
        return name + " → " + number(value.doubleValue()) + interval;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        String text = size >= 1e-3 && size < 1e5
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.3e", value);
        return text.contains("e") ? text : text.replaceAll("\\.?0+$", "");
    }

    /** What lies over the image of a chart that has been drawn; empty where nothing can be pointed at. Points of a series are of the class o and its place. */
    static String over(Chart<?, ?> chart) {
        List<Spot> spots = spots(chart);
        if (spots.isEmpty()) {
            return "";
        }
        int width = chart.getWidth();
        StringBuilder html = new StringBuilder(
                """
                <svg class="parsimony-hover" viewBox="-8 -10 %d %d" preserveAspectRatio="xMinYMin meet" \
                style="position:absolute;left:0;top:0;width:100%%;height:100%%;overflow:visible" \
                font-family="system-ui,sans-serif" font-size="13"><style>\
                .parsimony-hover g{outline:none;cursor:default}.parsimony-hover .w{visibility:hidden;pointer-events:none}\
                .parsimony-hover g:hover .w,.parsimony-hover g:focus .w{visibility:visible}\
                .parsimony-hover g:hover .h,.parsimony-hover g:focus .h{stroke:#000;stroke-width:1.5}</style>"""
                        .formatted(width + 16, chart.getHeight() + 20));
        for (Spot spot : spots) {
            boolean left = spot.at().x > width / 2.0;
            html.append(
                    """
                    <g class="o%d" tabindex="0">%s\
                    <text class="w" x="%s" y="%s" text-anchor="%s" fill="#111" stroke="#fff" stroke-width="4" \
                    paint-order="stroke">%s</text></g>"""
                            .formatted(
                                    spot.series(),
                                    area(spot),
                                    pixel(spot.at().x + (left ? -10 : 10)),
                                    pixel(Math.max(14, spot.at().y - spot.height() / 2 - 9)),
                                    left ? "end" : "start",
                                    Html.escape(spot.text())));
        }
        return html.append("</svg>").toString();
    }

    private static String area(Spot spot) {
        return spot.width() == 0
                ? "<circle class=\"h\" cx=\"%s\" cy=\"%s\" r=\"%d\" fill=\"transparent\"/>"
                        .formatted(pixel(spot.at().x), pixel(spot.at().y), REACH)
                : "<rect class=\"h\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"transparent\"/>"
                        .formatted(
                                pixel(spot.at().x - spot.width() / 2),
                                pixel(spot.at().y - spot.height() / 2),
                                pixel(spot.width()),
                                pixel(spot.height()));
    }

    private static String pixel(double at) {
        return String.format(Locale.ROOT, "%.1f", at).replaceAll("\\.0$", "");
    }
}
