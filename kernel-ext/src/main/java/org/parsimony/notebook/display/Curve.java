package org.parsimony.notebook.display;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A live curve of bounded length: once it is full, every second point goes, so that a long training costs no more. */
final class Curve {

    private static final int MOST = 256;

    /** Okabe and Ito's colours, which colour-blind readers tell apart. */
    private static final Color[] COLOURS = {
        new Color(0x0072b2),
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9)
    };

    private final double[] x = new double[MOST];
    private final double[] y = new double[MOST];
    private int size;
    private int stride = 1;
    private int skipped;

    /** Adds a point; one that lies before the last begins a new curve. What is not finite is left out. */
    void add(double newX, double newY) {
        if (!Double.isFinite(newX) || !Double.isFinite(newY)) {
            return;
        }
        if (size > 0 && newX <= x[size - 1]) {
            // x runs backwards only where the next part of the work begins, for example another training.
            size = 0;
            stride = 1;
            skipped = 0;
        }
        if (size > 0 && ++skipped < stride) {
            // The newest point is always the last one shown.
            x[size - 1] = newX;
            y[size - 1] = newY;
            return;
        }
        skipped = 0;
        if (size == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                x[i] = x[2 * i];
                y[i] = y[2 * i];
            }
            size = MOST / 2;
            stride *= 2;
        }
        x[size] = newX;
        y[size++] = newY;
    }

    int size() {
        return size;
    }

    double lastX() {
        return x[size - 1];
    }

    /** All curves in one figure; what has no point yet is not in it. */
    static XYChart chart(Map<String, Curve> curves) {
        XYChart chart = new XYChartBuilder().width(620).height(240).build();
        Styler styler = chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(chart.getStyler().getLegendFont().deriveFont(12f))
                .setSeriesColors(COLOURS)
                .setPlotBorderVisible(false);
        styler.setChartPadding(4);
        chart.getStyler().setPlotGridLinesColor(new Color(0xe6e6e6)).setPlotGridLinesStroke(new BasicStroke(1));
        chart.getStyler().setAxisTickMarksColor(new Color(0x999999)).setXAxisMaxLabelCount(8);
        chart.getStyler()
                .setAxisTickLabelsFont(chart.getStyler().getAxisTickLabelsFont().deriveFont(Font.PLAIN, 11f));
        for (var entry : curves.entrySet()) {
            Curve curve = entry.getValue();
            if (curve.size > 0) {
                var series = chart.addSeries(
                        entry.getKey(), Arrays.copyOf(curve.x, curve.size), Arrays.copyOf(curve.y, curve.size));
                series.setMarker(SeriesMarkers.NONE);
                series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            }
        }
        return chart;
    }
}
