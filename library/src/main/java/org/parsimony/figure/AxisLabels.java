package org.parsimony.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * The labels of an x axis where XChart's own do not serve: on a logarithmic axis it labels powers of ten only, or all nine
 * numbers between them, over each other; on one that goes through zero it writes {@code -0.0}.
 */
final class AxisLabels extends Annotation {

    /** Of {@link HouseStyle#TEXT_SIZE}: from the plot down to the base line of the labels. */
    private static final double DROP = 1.6;

    /** A linear axis has at most so many. */
    private static final int MOST = 10;

    private final double[] values;

    private AxisLabels(double[] values) {
        super(false);
        this.values = values;
    }

    /** Makes the x axis of {@code chart} logarithmic, from {@code low} above 0 to {@code high}. */
    static void logarithmic(XYChart chart, double low, double high) {
        chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
        label(chart, decades(low, high));
    }

    /** Labels a linear x axis on which the data go from {@code low} to {@code high}. */
    static void linear(XYChart chart, double low, double high) {
        label(chart, multiples(low, high));
    }

    private static void label(XYChart chart, double[] values) {
        chart.getStyler().setXAxisTickLabelsColor(Color.WHITE); // XChart's keep their room
        chart.addAnnotation(new AxisLabels(values));
    }

    /** 1, 2 and 5 of each decade; over three decades and more 1 only, over less than one also 3 and 7. */
    static double[] decades(double low, double high) {
        double[] digits = high / low < 10
                ? new double[] {1, 2, 3, 5, 7}
                : high / low < 1000 ? new double[] {1, 2, 5} : new double[] {1};
        return IntStream.rangeClosed((int) Math.floor(Math.log10(low)), (int) Math.floor(Math.log10(high)))
                .boxed()
                .flatMapToDouble(decade -> Arrays.stream(digits).map(digit -> digit * Math.pow(10, decade)))
                .filter(value -> value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                .toArray();
    }

    /** The multiples of 1, 2 or 5 times a power of ten, not more than {@link #MOST}. */
    static double[] multiples(double low, double high) {
        double least = (high - low) / (MOST - 1);
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double step = Arrays.stream(new double[] {1, 2, 5, 10})
                .map(digit -> digit * power)
                .filter(s -> s >= least)
                .findFirst()
                .orElseThrow();
        return LongStream.rangeClosed((long) Math.ceil(low / step - 1e-9), (long) Math.floor(high / step + 1e-9))
                .mapToDouble(k -> k * step)
                .toArray();
    }

    /** With as many decimals as the finest difference or, on a logarithmic axis, the value itself needs. */
    static String text(double value, double finest) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(finest) - 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    @Override
    public void paint(Graphics2D g) {
        g.setColor(HouseStyle.QUIET);
        boolean logarithmic = values.length > 0 && ((XYChart) chart).getStyler().isXAxisLogarithmic();
        for (double value : values) {
            String text = text(value, logarithmic ? value : values.length < 2 ? 1 : values[1] - values[0]);
            TextLayout layout = new TextLayout(
                    text, HouseStyle.font(HouseStyle.TEXT_SIZE - 1.0), new FontRenderContext(null, true, false));
            double left = getXAxisScreenValue(value) - layout.getAdvance() / 2;
            double base = getYAxisScreenValueForMax() + DROP * HouseStyle.TEXT_SIZE;
            g.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, base)));
        }
    }
}
