package org.parsimony.floats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Laws of every format, and the exact sum against arithmetic without limits. */
class Precision_LawsTest {

    @Provide
    Arbitrary<Precision> formats() {
        Arbitrary<String> named = Arbitraries.of("half", "bfloat16", "tf32", "e4m3", "e5m2", "float");
        Arbitrary<String> custom = Arbitraries.integers()
                .between(0, 23)
                .flatMap(m -> Arbitraries.integers().between(2, 8).map(e -> "fl-" + m + "-" + e));
        Arbitrary<String> fixed = Arbitraries.integers()
                .between(1, 14)
                .flatMap(l -> Arbitraries.integers().between(0, 15).map(r -> "fi-" + l + "-" + r));
        Arbitrary<String> rounding = Arbitraries.of(":nearest-even", ":nearest-away", ":toward-zero");
        return Arbitraries.oneOf(named, custom, fixed).flatMap(word -> rounding.map(r -> Precision.parse(word + r)));
    }

    @Provide
    Arbitrary<Double> numbers() {
        return Arbitraries.longs().map(bits -> {
            double mantissa = 1 + Math.abs(bits % (1L << 52)) / (double) (1L << 52);
            double value = Math.scalb(mantissa, (int) (bits >>> 56) % 40 - 25);
            return bits < 0 ? -value : value;
        });
    }

    @Property(tries = 1000)
    void roundingTwiceIsRoundingOnce(@ForAll("formats") Precision format, @ForAll("numbers") double x) {
        double once = format.round(x);
        assertEquals(once, format.round(once), format.text());
        assertEquals(-once, format.round(-x));
    }

    @Property(tries = 1000)
    void orderIsKept(@ForAll("formats") Precision format, @ForAll("numbers") double x, @ForAll("numbers") double y) {
        double low = format.round(Math.min(x, y));
        double high = format.round(Math.max(x, y));
        assertTrue(!(low > high), format.text());
    }

    /** Within the range: half a unit of the last place to nearest, less than one by truncation. */
    @Property(tries = 1000)
    void theErrorIsAtMostHalfAUnit(@ForAll("formats") Precision format, @ForAll("numbers") double x) {
        double a = Math.abs(x);
        if (a > format.max() || a < normal(format)) {
            return;
        }
        double unit = format instanceof FloatFormat f
                ? Math.scalb(1.0, Math.getExponent(a) - f.mantissaBits())
                : format.smallest();
        double error = Math.abs(format.round(x) - x);
        assertTrue(format.rounding() == Rounding.TOWARD_ZERO ? error < unit : error <= unit / 2, format.text());
    }

    private static double normal(Precision format) {
        return format instanceof FloatFormat f ? Math.scalb(1.0, f.least()) : 0;
    }

    /** A sum of two numbers of a format, however far apart, is what the exact sum is rounded to. */
    @Property(tries = 1000)
    void aSumIsRoundedOnceFromItsExactValue(
            @ForAll("formats") Precision format, @ForAll("numbers") double x, @ForAll("numbers") double y) {
        double a = Math.scalb(x, 30);
        MultiplyAdd.Exactly exactly = new MultiplyAdd.Exactly(format, null, new Tally());
        assertEquals(reference(format, new BigDecimal(a).add(new BigDecimal(y))), exactly.sum(a, y), format.text());
    }

    /** By decimal arithmetic without limits. */
    private static double reference(Precision format, BigDecimal x) {
        if (x.signum() == 0) {
            return 0;
        }
        BigDecimal a = x.abs();
        BigDecimal step;
        if (format instanceof FloatFormat f) {
            int exponent = Math.getExponent(a.doubleValue());
            while (a.compareTo(power(exponent)) < 0) {
                exponent--;
            }
            if (f.small() == FloatFormat.Small.FLUSHED && exponent < f.least()) {
                return x.signum() * 0.0;
            }
            step = power(Math.max(exponent, f.least()) - f.mantissaBits());
        } else {
            step = new BigDecimal(format.smallest());
        }
        RoundingMode mode =
                switch (format.rounding()) {
                    case NEAREST_EVEN -> RoundingMode.HALF_EVEN;
                    case NEAREST_AWAY -> RoundingMode.HALF_UP;
                    default -> RoundingMode.DOWN;
                };
        double v = a.divide(step).setScale(0, mode).multiply(step).doubleValue();
        if (v > format.max()) {
            v = format instanceof FloatFormat f && f.overflow() == FloatFormat.Overflow.SPECIAL
                    ? f.top() == FloatFormat.Top.INFINITY ? Double.POSITIVE_INFINITY : Double.NaN
                    : format.max();
        }
        return x.signum() * v;
    }

    private static BigDecimal power(int exponent) {
        return exponent >= 0
                ? BigDecimal.valueOf(2).pow(exponent)
                : BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(-exponent), MathContext.UNLIMITED);
    }

    /** A coin of 10,000 throws: the mean of roundings by chance is within five standard deviations of the number. */
    @Test
    void byChanceTheMeanIsKept() {
        FloatFormat format = FloatFormat.custom(3, 6).rounding(Rounding.STOCHASTIC);
        SplittableRandom random = new SplittableRandom(1);
        double x = 1.03;
        double sum = 0;
        int n = 10_000;
        for (int i = 0; i < n; i++) {
            double y = format.round(x, random.nextDouble());
            assertTrue(y == 1 || y == 1.125);
            sum += y;
        }
        double share = 0.03 / 0.125;
        assertEquals(x, sum / n, 5 * 0.125 * Math.sqrt(share * (1 - share) / n));
        assertEquals(1.125, format.round(1.125, 0.0), "a number of the format stays");
    }

    @Test
    void addingOneStallsWhereAStepIsTwo() {
        int[] mantissas = {2, 7, 8, 10};
        double[] stalls = {8, 256, 512, 2048};
        double[] ones = new double[3000];
        java.util.Arrays.fill(ones, 1);
        for (int i = 0; i < mantissas.length; i++) {
            for (Rounding rounding : new Rounding[] {Rounding.TOWARD_ZERO, Rounding.NEAREST_EVEN}) {
                FloatFormat format = FloatFormat.custom(mantissas[i], 8).rounding(rounding);
                assertEquals(stalls[i], RunningSum.of(format, ones)[2999]);
            }
        }
    }

    @Test
    void theNotesRunningSums() {
        double[] tenths = new double[100];
        java.util.Arrays.fill(tenths, 0.1);
        assertEquals(8.9375, RunningSum.of(Precision.parse("fl-7-8"), tenths)[99]);
        assertEquals(10.0625, RunningSum.of(Precision.parse("fl-7-8:nearest-even"), tenths)[99]);
        assertEquals(9.7734375, RunningSum.of(Precision.parse("fl-10-8"), tenths)[99]);
        assertEquals(10.078125, RunningSum.of(Precision.parse("fl-10-8:nearest-even"), tenths)[99]);
        double[] largestFirst = new double[513];
        java.util.Arrays.fill(largestFirst, 0x1p-9);
        double[] smallestFirst = largestFirst.clone();
        largestFirst[0] = 1;
        smallestFirst[512] = 1;
        assertEquals(1.0, RunningSum.of(Precision.parse("fl-7-8"), largestFirst)[512]);
        assertEquals(1.5, RunningSum.of(Precision.parse("fl-7-8"), smallestFirst)[512]);
    }
}
