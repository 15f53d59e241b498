package org.parsimony.floats;

import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.base.With;

/**
 * Floats of a sign, an exponent and a mantissa: (−1)^s · 2^(code − bias) · (1 + m/2^M).
 *
 * <p>Every number is also a 32-bit float: exponents stay within −126 to 127, whatever bits and bias would allow.
 *
 * @param exponentBits E, from 2 to 8
 * @param mantissaBits M without the hidden one, from 0 to 23; at least 1 where codes are taken for NaN
 * @param bias of the exponent; 2^(E−1) − 1 is usual
 * @param small what stands below the smallest normal number
 * @param top what the largest codes are taken for
 * @param overflow what becomes of numbers above the greatest; infinity itself goes the same way
 * @param rounding of what lies between two numbers
 */
public record FloatFormat(
        int exponentBits, int mantissaBits, int bias, Small small, Top top, Overflow overflow, Rounding rounding)
        implements Precision {

    private static final int LOWEST = -126;
    private static final int HIGHEST = 127;

    /** What stands between zero and the smallest normal number. */
    public enum Small {
        /** Numbers without the hidden one, in equal steps; exponent code 0 is theirs, and zero's. */
        SUBNORMAL,
        /** Nothing: what is smaller becomes zero. All exponent codes have the hidden one, and zero needs no code. */
        FLUSHED
    }

    /** What the largest codes are taken for. */
    public enum Top {
        /** Exponents of all ones are infinity (mantissa 0) and NaN, as in IEEE 754. */
        INFINITY,
        /** Only all ones is NaN; there is no infinity. */
        ONE_NAN,
        /** Numbers; there is neither NaN nor infinity. */
        NUMBERS
    }

    /** What becomes of numbers above the greatest, after rounding. */
    public enum Overflow {
        /** The greatest number. */
        SATURATE,
        /** Infinity, or NaN where there is no infinity. */
        SPECIAL
    }

    /** IEEE 754 binary16: 5 exponent and 10 mantissa bits. */
    public static final FloatFormat HALF = ieee(5, 10);

    /** The upper half of a 32-bit float, rounded to nearest: 8 exponent and 7 mantissa bits. */
    public static final FloatFormat BFLOAT16 = ieee(8, 7);

    /** 8 exponent and 10 mantissa bits; what makes them of a float differs between devices, here to nearest even. */
    public static final FloatFormat TF32 = ieee(8, 10);

    /** IEEE 754 binary32. */
    public static final FloatFormat FLOAT = ieee(8, 23);

    /** 8 bits for weights and activations, without infinity (Micikevicius and others, 2022); above 464 it is NaN. */
    public static final FloatFormat E4M3 =
            new FloatFormat(4, 3, 7, Small.SUBNORMAL, Top.ONE_NAN, Overflow.SPECIAL, Rounding.NEAREST_EVEN);

    /** 8 bits for gradients: the upper byte of a half. */
    public static final FloatFormat E5M2 = ieee(5, 2);

    public FloatFormat {
        Require.between("exponent bits", exponentBits, 2, 8);
        Require.between("mantissa bits", mantissaBits, top == Top.NUMBERS ? 0 : 1, 23);
        Require.between("bias", bias, -HIGHEST, 2 * HIGHEST);
        Require.oneOf("small", small, Small.values());
        Require.oneOf("top", top, Top.values());
        Require.oneOf("overflow", overflow, Overflow.values());
        Require.oneOf("rounding", rounding, Rounding.values());
        Require.that(
                overflow == Overflow.SATURATE || top != Top.NUMBERS,
                "a format without NaN and infinity has overflow = SPECIAL, but must have SATURATE");
        Require.that(
                small == Small.FLUSHED || (1 - bias >= LOWEST && fields(exponentBits, top) - bias <= HIGHEST),
                "bias %d with %d exponent bits leaves the range of 32-bit floats; take another, %d is usual",
                bias,
                exponentBits,
                (1 << exponentBits - 1) - 1);
    }

    /** A format as IEEE 754 has them: subnormals, infinities, NaN, to nearest even. */
    public static FloatFormat ieee(int exponentBits, int mantissaBits) {
        return new FloatFormat(
                exponentBits,
                mantissaBits,
                (1 << exponentBits - 1) - 1,
                Small.SUBNORMAL,
                Top.INFINITY,
                Overflow.SPECIAL,
                Rounding.NEAREST_EVEN);
    }

    /**
     * FL(M, E) of the paper (section 2.2), as we read it: no code for infinity, NaN or subnormals, zero exact, larger
     * numbers saturate, smaller ones become zero, truncation.
     */
    public static FloatFormat custom(int mantissaBits, int exponentBits) {
        return new FloatFormat(
                exponentBits,
                mantissaBits,
                (1 << exponentBits - 1) - 1,
                Small.FLUSHED,
                Top.NUMBERS,
                Overflow.SATURATE,
                Rounding.TOWARD_ZERO);
    }

    /** The same format with another rule for numbers above the greatest. */
    public FloatFormat overflow(Overflow other) {
        return With.component(this, "overflow", other);
    }

    @Override
    public FloatFormat rounding(Rounding other) {
        return With.component(this, "rounding", other);
    }

    /** The same format with another bias. */
    public FloatFormat bias(int other) {
        return With.component(this, "bias", other);
    }

    /** 2 to the power of −1022 to 1023; {@link Math#scalb} takes several times as long. */
    private static double power(int exponent) {
        return Double.longBitsToDouble((long) (exponent + 1023) << 52);
    }

    /** The largest exponent code of a number. */
    private static int fields(int exponentBits, Top top) {
        return (1 << exponentBits) - (top == Top.INFINITY ? 2 : 1);
    }

    @Override
    public int bits() {
        return 1 + exponentBits + mantissaBits;
    }

    /** Exponent of the smallest normal number. */
    public int least() {
        return Math.max(LOWEST, small == Small.SUBNORMAL ? 1 - bias : -bias);
    }

    @Override
    public double max() {
        int exponent = Math.min(HIGHEST, fields(exponentBits, top) - bias);
        int missing = top == Top.ONE_NAN ? 2 : 1;
        return (2 - missing * power(-mantissaBits)) * power(exponent);
    }

    @Override
    public double smallest() {
        return power(small == Small.SUBNORMAL ? least() - mantissaBits : least());
    }

    /** {@inheritDoc} It is rounded once, from {@code x} itself. */
    @Override
    public double round(double x, double u) {
        double a = Math.abs(x);
        if (Double.isNaN(a)) {
            return x;
        }
        if (small == Small.FLUSHED && a < smallest()) {
            return Math.copySign(0, x);
        }
        double v = a;
        if (a < Double.POSITIVE_INFINITY) {
            int unit = Math.max(Math.getExponent(a), least()) - mantissaBits;
            v = rounding.whole(a / power(unit), u) * power(unit);
        }
        double max = max();
        if (v > max) {
            v = overflow == Overflow.SATURATE ? max : top == Top.INFINITY ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return Math.copySign(v, x);
    }

    /**
     * The code of {@code x}, rounded: sign, exponent, mantissa from the highest bit down. A NaN's sign is kept, its payload
     * is not.
     *
     * @throws IllegalArgumentException if the format has no code for zero, or none for this number
     */
    public int code(double x) {
        requireCodes();
        double y = round(x);
        int sign = (int) (Double.doubleToRawLongBits(x) >>> 63) << exponentBits + mantissaBits;
        double a = Math.abs(y);
        int ones = (1 << exponentBits) - 1;
        if (Double.isNaN(a)) {
            Require.that(top != Top.NUMBERS, "the number is NaN, for which this format has no code");
            int mantissa = top == Top.ONE_NAN ? (1 << mantissaBits) - 1 : 1 << mantissaBits - 1;
            return sign | ones << mantissaBits | mantissa;
        }
        if (Double.isInfinite(a)) {
            return sign | ones << mantissaBits;
        }
        if (a < Math.scalb(1.0, least())) {
            return sign | (int) Math.scalb(a, mantissaBits - least());
        }
        int exponent = Math.getExponent(a);
        int mantissa = (int) Math.scalb(a, mantissaBits - exponent) - (1 << mantissaBits);
        return sign | exponent + bias << mantissaBits | mantissa;
    }

    private void requireCodes() {
        if (small != Small.SUBNORMAL) {
            throw new IllegalArgumentException(text() + " has no code for zero, so it has values but no codes");
        }
    }

    /**
     * The number of a code.
     *
     * @throws IllegalArgumentException if the format has no code for zero, or the code has more bits than the format
     */
    public double value(int code) {
        requireCodes();
        Require.that(bits() == 32 || code >>> bits() == 0, "code is %x, but a code has %d bits here", code, bits());
        int mantissa = code & (1 << mantissaBits) - 1;
        int exponent = code >>> mantissaBits & (1 << exponentBits) - 1;
        double sign = (code >>> exponentBits + mantissaBits) == 0 ? 1 : -1;
        if (exponent == (1 << exponentBits) - 1) {
            if (top == Top.INFINITY) {
                return mantissa == 0 ? sign * Double.POSITIVE_INFINITY : Math.copySign(Double.NaN, sign);
            }
            if (top == Top.ONE_NAN && mantissa == (1 << mantissaBits) - 1) {
                return Math.copySign(Double.NaN, sign);
            }
        }
        int hidden = exponent == 0 ? 0 : 1 << mantissaBits;
        return sign * Math.scalb((double) (hidden | mantissa), Math.max(exponent, 1) - bias - mantissaBits);
    }

    @Override
    public String text() {
        for (Map.Entry<String, FloatFormat> known : Precision.named().entrySet()) {
            FloatFormat format = known.getValue();
            if (format.rounding(rounding).overflow(overflow).equals(this)) {
                return known.getKey()
                        + (overflow == format.overflow() ? "" : ":saturating")
                        + (rounding == format.rounding() ? "" : ":" + Precision.word(rounding));
            }
        }
        if (custom(mantissaBits, exponentBits).rounding(rounding).equals(this)) {
            return "fl-" + mantissaBits + "-" + exponentBits
                    + (rounding == Rounding.TOWARD_ZERO ? "" : ":" + Precision.word(rounding));
        }
        return toString();
    }
}
