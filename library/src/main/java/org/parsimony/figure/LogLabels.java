package org.parsimony.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * The labels of a logarithmic x axis: the powers of ten, and between them, where XChart writes none or all nine, 2 and 5 over
 * up to three decades, over less than one also 3 and 7.
 */
final class LogLabels extends Annotation {

    /** Of {@link HouseStyle#TEXT_SIZE}: from the plot down to the base line of the labels. */
    private static final double DROP = 1.6;

    private final double low;
    private final double high;

    /**
     * @param low where the axis begins, above 0
     * @param high where it ends
     */
    private LogLabels(double low, double high) {
        super(false);
        this.low = low;
        this.high = high;
    }

    /** Makes the x axis of {@code chart} logarithmic, from {@code low} to {@code high}. */
    static void axis(XYChart chart, double low, double high) {
        chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
        chart.getStyler().setXAxisTickLabelsColor(Color.WHITE); // keeps their room
        chart.addAnnotation(new LogLabels(low, high));
    }

    /** The labels in the axis' unit, ascending. */
    static double[] between(double low, double high) {
        double[] digits = high / low < 10
                ? new double[] {1, 2, 3, 5, 7}
                : high / low < 1000 ? new double[] {1, 2, 5} : new double[] {1};
        return IntStream.rangeClosed((int) Math.floor(Math.log10(low)), (int) Math.floor(Math.log10(high)))
                .boxed()
                .flatMapToDouble(decade -> Arrays.stream(digits).map(digit -> digit * Math.pow(10, decade)))
                .filter(value -> value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                .toArray();
    }

    @Override
    public void paint(Graphics2D g) {
        g.setColor(HouseStyle.QUIET);
        for (double value : between(low, high)) {
            String text = value >= 1
                    ? String.format(Locale.ROOT, "%,.0f", value)
                    : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
            TextLayout layout = new TextLayout(
                    text, HouseStyle.font(HouseStyle.TEXT_SIZE - 1.0), new FontRenderContext(null, true, false));
            double left = getXAxisScreenValue(value) - layout.getAdvance() / 2;
            double base = getYAxisScreenValueForMax() + DROP * HouseStyle.TEXT_SIZE;
            g.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, base)));
        }
    }
}
