package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.base.Require;

/** Charts from plain arrays in the style of the house; each returned chart may be styled further. */
public final class Charts {

    /** More points than this are drawn without markers. */
    private static final int MARKED_POINTS = 40;

    private Charts() {}

    /** How the uncertainty of a curve is shown. */
    public enum Spread {
        /** A tinted band around the line. */
        BAND,
        /** A bar at every point. */
        BARS
    }

    /**
     * One curve or cloud of points.
     *
     * @param name for the legend
     * @param x ascending for a line
     * @param y as many as {@code x}; NaN leaves a gap
     * @param error half width of the interval around each {@code y}, in its unit; empty for none
     */
    public record Curve(String name, double[] x, double[] y, double[] error) {
        public Curve {
            Require.text("name of the curve", name);
            Require.that(
                    x.length == y.length && x.length > 0,
                    "%s has %d x and %d y, but must have as many of both, at least one",
                    name,
                    x.length,
                    y.length);
            Require.that(
                    error.length == 0 || error.length == y.length,
                    "%s has %d y and %d errors, but must have none or as many",
                    name,
                    y.length,
                    error.length);
            for (double half : error) {
                Require.that(
                        Double.isNaN(half) || half >= 0, "%s has the error %s, but must have none below 0", name, half);
            }
        }

        /** A curve without uncertainty. */
        public Curve(String name, double[] x, double[] y) {
            this(name, x, y, new double[0]);
        }

        /** A point for each item, without uncertainty. */
        public static <T> Curve of(String name, Collection<T> items, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
            return new Curve(name, values(items, x), values(items, y));
        }

        /** A point for each item with half the width of its interval. */
        public static <T> Curve of(
                String name,
                Collection<T> items,
                ToDoubleFunction<T> x,
                ToDoubleFunction<T> y,
                ToDoubleFunction<T> error) {
            return new Curve(name, values(items, x), values(items, y), values(items, error));
        }

        /** The heights of bars of one colour, as {@link Charts#bars} takes them. */
        public static Curve heights(String name, double... heights) {
            return new Curve(name, new double[heights.length], heights);
        }

        /** The heights of bars of one colour, one for each item. */
        public static <T> Curve heights(String name, Collection<T> items, ToDoubleFunction<T> height) {
            return heights(name, values(items, height));
        }

        private static <T> double[] values(Collection<T> items, ToDoubleFunction<T> value) {
            return items.stream().mapToDouble(value).toArray();
        }
    }

    /** An empty chart with two number axes. */
    public static XYChart xy(String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(HouseStyle.WIDTH)
                .height(HouseStyle.HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        HouseStyle.apply(chart.getStyler());
        return chart;
    }

    /** Curves as lines. */
    public static XYChart lines(String title, String xAxis, String yAxis, Spread spread, List<Curve> curves) {
        XYChart chart = xy(title, xAxis, yAxis);
        if (spread == Spread.BAND) {
            for (int i = 0; i < curves.size(); i++) {
                if (curves.get(i).error().length > 0) {
                    band(chart, curves.get(i), i);
                }
            }
        }
        addLines(chart, spread, curves);
        return chart;
    }

    /** Adds curves as lines with the colours and markers of series 0, 1, 2, …, bands not drawn. */
    public static void addLines(XYChart chart, Spread spread, List<Curve> curves) {
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            XYSeries series = add(chart, curve, i, spread == Spread.BARS);
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            if (curve.x().length > MARKED_POINTS) {
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        legend(chart);
        ticks(chart, curves);
    }

    /**
     * Curves as clouds of points, with error bars where they have errors. A bar that leaves the points by more than these
     * span runs out of the figure: those of two seeds would press everything else into a line.
     */
    public static XYChart points(String title, String xAxis, String yAxis, List<Curve> curves) {
        XYChart chart = xy(title, xAxis, yAxis);
        chart.getStyler().setMarkerSize(9);
        for (int i = 0; i < curves.size(); i++) {
            add(chart, curves.get(i), i, true).setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        }
        chart.getStyler().setPlotContentSize(0.94);
        legend(chart);
        limits(chart, curves);
        ticks(chart, curves);
        return chart;
    }

    /** Makes the x axis logarithmic from {@code low} above 0 to {@code high}, with labels between the powers of ten. */
    public static void logarithmic(XYChart chart, double low, double high) {
        AxisLabels.logarithmic(chart, low, high);
    }

    /** Draws a series in the look of series number {@code index}, its marker filled or hollow. */
    public static void look(XYSeries series, int index, boolean filled) {
        series.setMarker(filled ? HouseStyle.marker(index) : HouseStyle.hollow(index));
        series.setMarkerColor(HouseStyle.colour(index));
        series.setLineColor(HouseStyle.colour(index));
    }

    /** The names stand below the figure in one line, or beside it where the line would be wider than the figure. */
    private static void legend(XYChart chart) {
        XYStyler styler = chart.getStyler();
        FontRenderContext context = new FontRenderContext(null, true, true);
        double width = 2.0 * styler.getChartPadding();
        for (XYSeries series : chart.getSeriesMap().values()) {
            if (series.isShowInLegend()) {
                width += styler.getLegendFont()
                                .getStringBounds(series.getLabel(), context)
                                .getWidth()
                        + styler.getLegendSeriesLineLength()
                        + 3.0 * styler.getLegendPadding();
            }
        }
        if (width > chart.getWidth()) {
            styler.setLegendPosition(Styler.LegendPosition.OutsideE).setLegendLayout(Styler.LegendLayout.Vertical);
        }
    }

    private static void limits(XYChart chart, List<Curve> curves) {
        DoubleSummaryStatistics points = new DoubleSummaryStatistics();
        DoubleSummaryStatistics bars = new DoubleSummaryStatistics();
        for (Curve curve : curves) {
            for (int i = 0; i < curve.y().length; i++) {
                double half = curve.error().length == 0 || Double.isNaN(curve.error()[i]) ? 0 : curve.error()[i];
                if (Double.isFinite(curve.y()[i])) {
                    points.accept(curve.y()[i]);
                    bars.accept(curve.y()[i] - half);
                    bars.accept(curve.y()[i] + half);
                }
            }
        }
        double span = points.getMax() - points.getMin();
        if (span > 0 && bars.getMin() < points.getMin() - span) {
            chart.getStyler().setYAxisMin(points.getMin() - span);
        }
        if (span > 0 && bars.getMax() > points.getMax() + span) {
            chart.getStyler().setYAxisMax(points.getMax() + span);
        }
    }

    /** As many decimals at every tick as the finest one needs. */
    private static void ticks(XYChart chart, List<Curve> curves) {
        double[] x = curves.stream().flatMapToDouble(c -> Arrays.stream(c.x())).toArray();
        double[] y = curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).toArray();
        chart.getStyler().setYAxisDecimalPattern(pattern(y));
        xTicks(chart, x);
    }

    private static void xTicks(XYChart chart, double[] x) {
        chart.getStyler().setXAxisDecimalPattern(pattern(x));
        DoubleSummaryStatistics range =
                Arrays.stream(x).filter(Double::isFinite).summaryStatistics();
        if (range.getMin() < 0 && range.getMax() > range.getMin()) {
            AxisLabels.linear(chart, range.getMin(), range.getMax());
        }
    }

    private static String pattern(double[] values) {
        DoubleSummaryStatistics range =
                Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
        double tick = (range.getMax() - range.getMin()) / 8;
        int decimals = tick > 0 ? (int) Math.max(0, Math.ceil(-Math.log10(tick) - 0.25)) : 2;
        return decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals);
    }

    private static XYSeries add(XYChart chart, Curve curve, int index, boolean bars) {
        double[] error = bars && curve.error().length > 0 ? curve.error() : null;
        XYSeries series = chart.addSeries(curve.name(), curve.x(), curve.y(), error);
        look(series, index, true);
        return series;
    }

    /** Adds a dashed line of steps that is no series of data, named in the legend: among many points no place is free. */
    public static void steps(XYChart chart, String name, double[] x, double[] y) {
        XYSeries line = chart.addSeries(name, x, y);
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(HouseStyle.QUIET);
        line.setLineStyle(HouseStyle.dashed());
        legend(chart);
    }

    /** Adds a dashed line of reference that is no series of data. */
    public static void reference(XYChart chart, String name, double[] x, double[] y) {
        steps(chart, name, x, y);
        chart.getSeriesMap().get(name).setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    }

    /** Adds the interval of {@code curve} as a tinted band in the colour of series number {@code index}, without a line. */
    public static void band(XYChart chart, Curve curve, int index) {
        List<double[]> edge = new ArrayList<>();
        for (int side = -1; side <= 1; side += 2) {
            List<double[]> half = new ArrayList<>();
            for (int i = 0; i < curve.x().length; i++) {
                double y = curve.y()[i] + side * curve.error()[i];
                if (!Double.isNaN(y)) {
                    half.add(new double[] {curve.x()[i], y});
                }
            }
            if (side > 0) {
                Collections.reverse(half);
            }
            edge.addAll(half);
        }
        if (edge.isEmpty()) {
            return;
        }
        XYSeries band = chart.addSeries(
                curve.name() + " interval",
                edge.stream().mapToDouble(p -> p[0]).toArray(),
                edge.stream().mapToDouble(p -> p[1]).toArray());
        Color colour = HouseStyle.colour(index);
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        band.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 44));
        band.setLineColor(new Color(0, 0, 0, 0));
        band.setLineStyle(SeriesLines.NONE);
        band.setMarker(SeriesMarkers.NONE);
        band.setShowInLegend(false);
    }

    /**
     * Bars with error bars.
     *
     * @param categories along the x axis
     * @param series by name: one curve for each colour, whose {@code y} are the heights; {@code x} is not looked at
     */
    public static CategoryChart bars(
            String title, String xAxis, String yAxis, List<String> categories, List<Curve> series) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(HouseStyle.WIDTH)
                .height(HouseStyle.HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        HouseStyle.apply(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.7);
        chart.getStyler().setLegendVisible(series.size() > 1);
        chart.getStyler().setErrorBarsColorSeriesColor(false);
        chart.getStyler().setErrorBarsColor(HouseStyle.INK);
        for (int i = 0; i < series.size(); i++) {
            Curve bars = series.get(i);
            chart.addSeries(
                            bars.name(),
                            categories,
                            Arrays.stream(bars.y()).boxed().toList(),
                            bars.error().length == 0
                                    ? null
                                    : Arrays.stream(bars.error()).boxed().toList())
                    .setFillColor(HouseStyle.colour(i));
        }
        return chart;
    }

    /**
     * How often values fall into bins of equal width from the least to the greatest value.
     *
     * @param values finite, at least one
     * @param bins at least 1
     */
    public static XYChart histogram(String title, String xAxis, double[] values, int bins) {
        Require.atLeast("number of values", values.length, 1);
        Require.atLeast("number of bins", bins, 1);
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double step = high > low ? (high - low) / bins : 1;
        int[] count = new int[bins];
        for (double value : values) {
            Require.between("value in the histogram", value, -Double.MAX_VALUE, Double.MAX_VALUE);
            count[(int) Math.min(bins - 1, (value - low) / step)]++;
        }
        double[] x = new double[2 * bins + 2];
        double[] y = new double[2 * bins + 2];
        for (int b = 0; b <= bins; b++) {
            x[2 * b] = x[2 * b + 1] = low + b * step;
            y[2 * b] = b == 0 ? 0 : count[b - 1];
            y[2 * b + 1] = b == bins ? 0 : count[b];
        }
        XYChart chart = xy(title, xAxis, "count");
        XYSeries area = chart.addSeries("area", x, y);
        area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        area.setFillColor(HouseStyle.tint(HouseStyle.colour(0), 0.35));
        area.setLineStyle(SeriesLines.NONE);
        area.setMarker(SeriesMarkers.NONE);
        XYSeries outline = chart.addSeries("outline", x, y);
        outline.setMarker(SeriesMarkers.NONE);
        outline.setLineColor(HouseStyle.colour(0));
        outline.setLineStyle(new BasicStroke(1.5f));
        chart.getStyler().setLegendVisible(false);
        xTicks(chart, x);
        chart.getStyler()
                .setYAxisMin(0.0)
                .setYAxisMax(1.06 * Arrays.stream(y).max().orElseThrow());
        return chart;
    }
}
