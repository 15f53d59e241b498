package org.parsimony.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** Values of a table as colours, from pale for the least to dark for the greatest, each with its number. */
public final class HeatMap {

    private static final Color LEAST = new Color(0xF3F7FB);
    private static final Color GREATEST = new Color(0x5B9BD5);

    private HeatMap() {}

    /**
     * @param columns names along the x axis
     * @param rows names along the y axis, the first on top
     * @param values by row, then by column; finite
     */
    public static HeatMapChart of(
            String title, String xAxis, String yAxis, List<String> columns, List<String> rows, double[][] values) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(HouseStyle.WIDTH)
                .height(Math.max(HouseStyle.HEIGHT, 140 + 30 * rows.size()))
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        HouseStyle.apply(chart.getStyler());
        List<String> upwards = new ArrayList<>();
        List<Number[]> cells = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            upwards.add(0, rows.get(r));
            for (int c = 0; c < columns.size(); c++) {
                cells.add(new Number[] {c, rows.size() - 1 - r, values[r][c]});
            }
        }
        chart.addSeries(title, columns, upwards, cells);
        chart.getStyler().setRangeColors(new Color[] {LEAST, GREATEST});
        chart.getStyler().setShowValue(true);
        chart.getStyler().setValueFont(HouseStyle.font(HouseStyle.TEXT_SIZE));
        chart.getStyler().setValueFontColor(HouseStyle.INK);
        chart.getStyler().setHeatMapValueDecimalPattern("0.0");
        chart.getStyler().setLegendVisible(false);
        return chart;
    }
}
