package org.parsimony.notebook.display;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.internal.series.Series;

/**
 * A drawing of a figure in which each series has colours that nothing else has. XChart does not tell which mark is of which
 * series, nor where a bar or a cell lies; the text of this drawing does.
 *
 * <p>Number 0 is the legend's background, then come three a series: lines, markers, and what is filled.
 */
final class Tinted {

    private static final int COLOURS_OF_A_SERIES = 3;
    private static final Pattern TAG = Pattern.compile("rgb\\(1,(\\d+),(\\d+)\\)");

    private final Map<Integer, Color> originals = new LinkedHashMap<>();
    private final String svg;

    /** Draws {@code chart}, which has its own colours again after it. */
    Tinted(Chart<?, ?> chart) {
        synchronized (chart) {
            if (series(chart).stream().anyMatch(series -> series.getFillColor() == null)) {
                ChartRenderer.document(chart); // gives each series its colours
            }
            svg = chart instanceof HeatMapChart cells ? ofCells(cells) : ofSeries(chart, series(chart));
        }
    }

    /** The series of a chart that are drawn, in order. */
    static List<Series> series(Chart<?, ?> chart) {
        List<Series> drawn = new ArrayList<>();
        for (Series series : chart.getSeriesMap().values()) {
            if (series.isEnabled()) {
                drawn.add(series);
            }
        }
        return drawn;
    }

    private String ofSeries(Chart<?, ?> chart, List<Series> all) {
        Color legendBack = chart.getStyler().getLegendBackgroundColor();
        List<Runnable> undo = new ArrayList<>();
        try {
            chart.getStyler().setLegendBackgroundColor(tag(0, legendBack));
            for (int i = 0; i < all.size(); i++) {
                int first = COLOURS_OF_A_SERIES * i + 1;
                Color fill = all.get(i).getFillColor();
                Series one = all.get(i);
                undo.add(() -> one.setFillColor(fill));
                one.setFillColor(tag(first + 2, fill));
                if (one instanceof MarkerSeries marked) {
                    Color line = marked.getLineColor();
                    Color marker = marked.getMarkerColor();
                    undo.add(() -> marked.setMarkerColor(marker).setLineColor(line));
                    marked.setLineColor(tag(first, line));
                    marked.setMarkerColor(tag(first + 1, marker));
                }
            }
            return ChartRenderer.document(chart);
        } finally {
            chart.getStyler().setLegendBackgroundColor(legendBack);
            undo.forEach(Runnable::run);
        }
    }

    /** The cells of a heat map have no series' colour, but lie between two. */
    private String ofCells(HeatMapChart chart) {
        Color[] range = chart.getStyler().getRangeColors();
        try {
            Color cell = tag(COLOURS_OF_A_SERIES, range[0]);
            chart.getStyler().setRangeColors(new Color[] {cell, cell});
            return ChartRenderer.document(chart);
        } finally {
            chart.getStyler().setRangeColors(range);
        }
    }

    private Color tag(int number, Color original) {
        originals.put(number, original);
        return original == null ? null : new Color(1, number / 256, number % 256, original.getAlpha());
    }

    /** The drawing, without what stands before its first element. */
    String svg() {
        return svg.substring(svg.indexOf("<svg"));
    }

    /** The number of an element's colour; null if it is none of ours. */
    static Integer number(String element) {
        Matcher tag = TAG.matcher(element);
        return tag.find() ? 256 * Integer.parseInt(tag.group(1)) + Integer.parseInt(tag.group(2)) : null;
    }

    /** The place of the series that a colour with this number above 0 is of. */
    static int series(int number) {
        return (number - 1) / COLOURS_OF_A_SERIES;
    }

    /** Whether this is the colour of what is filled. */
    static boolean isFill(int number) {
        return number > 0 && number % COLOURS_OF_A_SERIES == 0;
    }

    /** An element in the colours of the figure. */
    String coloured(String element) {
        return TAG.matcher(element).replaceAll(tag -> {
            Color original = originals.get(256 * Integer.parseInt(tag.group(1)) + Integer.parseInt(tag.group(2)));
            return original == null
                    ? tag.group()
                    : "rgb(" + original.getRed() + "," + original.getGreen() + "," + original.getBlue() + ")";
        });
    }
}
