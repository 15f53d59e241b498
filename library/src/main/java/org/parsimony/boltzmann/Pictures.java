package org.parsimony.boltzmann;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.parsimony.figure.HouseStyle;

/** Small square images side by side. */
final class Pictures {

    private static final int DOT = 4;

    private Pictures() {}

    /**
     * @param rows rows of images of pixels from 0 to 1, the first row on top
     * @param side height and width of an image
     */
    static HeatMapChart of(String title, List<double[][]> rows, int side) {
        int columns = rows.get(0).length;
        int tile = side + 1;
        int[] x = new int[columns * tile];
        int[] y = new int[rows.size() * tile];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = i;
        }
        int[][] values = new int[x.length][y.length];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                for (int p = 0; p < side * side; p++) {
                    values[c * tile + p % side][y.length - 1 - (r * tile + p / side)] =
                            (int) Math.round(100 * rows.get(r)[c][p]);
                }
            }
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(DOT * x.length + 60)
                .height(DOT * y.length + 80)
                .title(title)
                .build();
        chart.addSeries(title, x, y, values);
        HouseStyle.apply(chart.getStyler());
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, new Color(0x1F4E79)});
        chart.getStyler().setShowValue(false);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setAxisTicksVisible(false);
        chart.getStyler().setPlotContentSize(1);
        return chart;
    }
}
