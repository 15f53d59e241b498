package org.parsimony.notebook.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * How the numbers of one column are written: all with the same number of decimals, so that the points stand below each
 * other, and about four significant digits for the largest.
 *
 * <p>A number that would lose all but one digit to this is written with a power of ten instead. Thousands are separated
 * once a column reaches 10,000.
 */
final class Digits {

    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 6;

    private final int decimals;
    private final boolean grouped;
    private final String format;

    private Digits(int decimals, boolean grouped) {
        this.decimals = decimals;
        this.grouped = grouped;
        this.format = (grouped ? "%,." : "%.") + decimals + "f";
    }

    /** The form for a column of these values; NaN and infinities have no say. */
    static Digits of(double[] values) {
        double largest = 0;
        int needed = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
                needed = Math.max(needed, scale(value));
            }
        }
        int before = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest)) + 1;
        int useful = Math.max(0, Math.min(MOST_DECIMALS, SIGNIFICANT - before));
        return new Digits(Math.min(needed, useful), largest >= 10_000);
    }

    /** Decimals that the shortest exact form of {@code value} has. */
    private static int scale(double value) {
        if (value == Math.rint(value)) {
            return 0;
        }
        // A float widened to double has noise after its eighth digit; what a float can say is enough here.
        return Math.max(
                0,
                new BigDecimal(Float.toString((float) value))
                        .stripTrailingZeros()
                        .scale());
    }

    String write(double value) {
        if (Double.isNaN(value)) {
            return TableView.MISSING;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        boolean vanishes = size > 0 && value != Math.rint(value) && size < Math.pow(10, 1 - decimals) && loses(value);
        if (vanishes || size >= 1e15) {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
            int power = rounded.precision() - rounded.scale() - 1;
            return rounded.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
        }
        return String.format(Locale.ROOT, format, value == 0 ? 0.0 : value);
    }

    /** Whether the fixed form leaves a value that differs from {@code value} by more than a twentieth. */
    private boolean loses(double value) {
        double power = Math.pow(10, decimals);
        return Math.abs(Math.rint(value * power) / power - value) > Math.abs(value) / 20;
    }

    String write(long value) {
        return grouped ? String.format(Locale.ROOT, "%,d", value) : Long.toString(value);
    }
}
