package org.parsimony.notebook.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * How the numbers of one column are written: all with the same number of decimals, so that the points stand below each
 * other, with about four significant digits for the largest and, where the column does not grow too wide for it, two for
 * the smallest.
 *
 * <p>A number that would lose all but one digit to this is written with three digits of its own instead. Thousands are separated
 * once a column reaches 10,000.
 */
final class Digits {

    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 6;

    /** A column does not become wider than this for its smallest value's sake. */
    private static final int MOST_DIGITS = 6;

    /** Below this a value that does not fit its column is written with a power of ten. */
    private static final double PLAIN = 1e-3;

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
        double smallest = Double.POSITIVE_INFINITY;
        int needed = 0;
        for (double value : values) {
            double size = Math.abs(value);
            if (size > 0 && Double.isFinite(value)) {
                largest = Math.max(largest, size);
                smallest = Math.min(smallest, size);
                needed = Math.max(needed, scale(value));
            }
        }
        if (largest == 0) {
            return new Digits(0, false);
        }
        int before = digitsBeforePoint(largest);
        int forSmallest = 2 - digitsBeforePoint(smallest);
        boolean fits = forSmallest <= MOST_DIGITS - Math.max(before, 1);
        int useful = Math.max(0, Math.max(SIGNIFICANT - before, fits ? forSmallest : 0));
        return new Digits(Math.min(needed, Math.min(useful, MOST_DECIMALS)), largest >= 10_000);
    }

    private static int digitsBeforePoint(double size) {
        return (int) Math.floor(Math.log10(size)) + 1;
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
            if (size >= PLAIN && size < 1e15) {
                return rounded.toPlainString();
            }
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
