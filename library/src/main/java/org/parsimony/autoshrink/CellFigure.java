package org.parsimony.autoshrink;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.figure.Charts;
import org.parsimony.figure.HouseStyle;

/** Draws a cell: nodes in a row, the input at the left, every edge an arc above it; edges that are gone are pale. */
final class CellFigure {

    private static final int POINTS = 33;
    private static final float STRONG = 2.2f;

    private CellFigure() {}

    /**
     * @param last the edge that went last, dashed; null for none
     */
    static XYChart of(String title, Cell complete, Cell cell, Cell.Edge last) {
        XYChart chart = Charts.xy(title, "node", "");
        var styler = chart.getStyler();
        int nodes = complete.operations().size() + 1;
        styler.setXAxisMin(-0.5).setXAxisMax(nodes - 0.5).setYAxisMin(-0.6).setYAxisMax(0.55 * nodes);
        styler.setYAxisTicksVisible(false).setPlotGridLinesVisible(false);
        styler.setXAxisDecimalPattern("0").setXAxisMaxLabelCount(nodes);
        for (Cell.Edge edge : complete.edges()) {
            if (!cell.edges().contains(edge) && !edge.equals(last)) {
                arc(chart, edge, HouseStyle.FAINT, new BasicStroke(1.2f));
            }
        }
        if (last != null) {
            arc(chart, last, HouseStyle.colour(1), HouseStyle.dashed());
        }
        for (Cell.Edge edge : cell.edges()) {
            arc(chart, edge, HouseStyle.QUIET, new BasicStroke(STRONG, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        Set<Integer> in = Set.copyOf(IntStream.of(cell.nodes()).boxed().toList());
        Set<Integer> leaves = Set.copyOf(IntStream.of(cell.leaves()).boxed().toList());
        nodes(chart, "input", 6, List.of(0));
        nodes(chart, "separable 3×3", 0, of(cell, in, Cell.Operation.SEPARABLE));
        nodes(chart, "1×1", 2, of(cell, in, Cell.Operation.POINTWISE));
        rings(chart, leaves);
        List<Integer> gone =
                IntStream.range(1, nodes).filter(n -> !in.contains(n)).boxed().toList();
        if (!gone.isEmpty()) {
            nodes(chart, "gone", 6, gone).setMarkerColor(HouseStyle.FAINT);
        }
        return chart;
    }

    private static List<Integer> of(Cell cell, Set<Integer> in, Cell.Operation operation) {
        List<Integer> nodes = new ArrayList<>();
        for (int node = 1; node <= cell.operations().size(); node++) {
            if (in.contains(node) && cell.operations().get(node - 1) == operation) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private static void arc(XYChart chart, Cell.Edge edge, Color colour, BasicStroke stroke) {
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        double radius = (edge.to() - edge.from()) / 2.0;
        for (int p = 0; p < POINTS; p++) {
            double angle = Math.PI * p / (POINTS - 1);
            x[p] = edge.from() + radius - radius * Math.cos(angle);
            y[p] = radius * Math.sin(angle);
        }
        XYSeries series = chart.addSeries(edge.toString(), x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(stroke);
        series.setShowInLegend(false);
    }

    private static XYSeries nodes(XYChart chart, String name, int colour, Collection<Integer> nodes) {
        if (nodes.isEmpty()) {
            return null;
        }
        double[] x = nodes.stream().mapToDouble(Integer::doubleValue).toArray();
        XYSeries series = chart.addSeries(name, x, new double[x.length]);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(HouseStyle.marker(colour == 6 ? 1 : 0));
        series.setMarkerColor(HouseStyle.colour(colour));
        chart.getStyler().setMarkerSize(14);
        return series;
    }

    /** The nodes that make the output, marked below. */
    private static void rings(XYChart chart, Collection<Integer> leaves) {
        double[] x = leaves.stream().mapToDouble(Integer::doubleValue).toArray();
        double[] y = new double[x.length];
        java.util.Arrays.fill(y, -0.35);
        XYSeries series = chart.addSeries("output", x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.TRIANGLE_DOWN);
        series.setMarkerColor(HouseStyle.colour(1));
    }
}
