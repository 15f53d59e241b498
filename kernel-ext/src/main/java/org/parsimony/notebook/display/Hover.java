package org.parsimony.notebook.display;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * What lies over a figure in a page: under the pointer a point says its series, its values and its interval, and keeps saying
 * it once it is clicked or reached with the Tab key. It is style alone, without a script, and works in a saved notebook and in
 * an exported page. Figures in files stay as they are.
 */
final class Hover {

    /** More points than this nobody can tell apart under a pointer, and a page would carry them all. */
    private static final int MOST = 400;

    private static final int REACH = 7;

    /**
     * A point that can be pointed at.
     *
     * @param series its place among the series that are drawn
     * @param at in the figure's pixels
     * @param text its words
     */
    record Spot(int series, Point2D.Double at, String text) {}

    private Hover() {}

    /** The points of a chart that has been drawn; none where it has axes of another kind, or too many points. */
    static List<Spot> spots(Chart<?, ?> chart) {
        List<Spot> spots = new ArrayList<>();
        if (chart instanceof XYChart xy) {
            int place = 0;
            for (XYSeries series : xy.getSeriesMap().values()) {
                if (series.isEnabled()) {
                    // the outline of a band is no point of a curve
                    if (series.getXYSeriesRenderStyle() != XYSeriesRenderStyle.PolygonArea) {
                        add(xy, series, place, spots);
                    }
                    place++;
                }
            }
        }
        return spots.size() > MOST ? List.of() : spots;
    }

    private static void add(XYChart chart, XYSeries series, int place, List<Spot> spots) {
        double[] x = series.getXData();
        double[] y = series.getYData();
        double[] error = series.getExtraValues();
        for (int i = 0; i < x.length; i++) {
            Point2D.Double at = new Point2D.Double(
                    chart.getScreenXFromChart(x[i]), chart.getScreenYFromChart(y[i], series.getYAxisGroup()));
            boolean inside = at.x >= 0 && at.x <= chart.getWidth() && at.y >= 0 && at.y <= chart.getHeight();
            if (Double.isFinite(at.x) && Double.isFinite(at.y) && inside) {
                String interval = error == null || !(error[i] > 0) ? "" : " ± " + number(error[i]);
                spots.add(
                        new Spot(place, at, series.getLabel() + ": " + number(x[i]) + " → " + number(y[i]) + interval));
            }
        }
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
                .parsimony-hover g:hover circle,.parsimony-hover g:focus circle{stroke:#000;stroke-width:1.5}</style>"""
                        .formatted(width + 16, chart.getHeight() + 20));
        for (Spot spot : spots) {
            boolean left = spot.at().x > width / 2.0;
            html.append(
                    """
                    <g class="o%d" tabindex="0"><circle cx="%s" cy="%s" r="%d" fill="transparent"/>\
                    <text class="w" x="%s" y="%s" text-anchor="%s" fill="#111" stroke="#fff" stroke-width="4" \
                    paint-order="stroke">%s</text></g>"""
                            .formatted(
                                    spot.series(),
                                    pixel(spot.at().x),
                                    pixel(spot.at().y),
                                    REACH,
                                    pixel(spot.at().x + (left ? -10 : 10)),
                                    pixel(Math.max(14, spot.at().y - 9)),
                                    left ? "end" : "start",
                                    Html.escape(spot.text())));
        }
        return html.append("</svg>").toString();
    }

    private static String pixel(double at) {
        return String.format(Locale.ROOT, "%.1f", at).replaceAll("\\.0$", "");
    }
}
