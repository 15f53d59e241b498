package org.parsimony.floats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code of the standard formats, and conversions worked out with NumPy and ml_dtypes. */
class FloatFormat_ConversionTest {

    private static FloatFormat named(String name) {
        return (FloatFormat) Precision.parse(name);
    }

    @ParameterizedTest
    @CsvSource({"half, 63488, 201261055.875", "e4m3, 254, 10815.75", "e5m2, 248, 720895.99951171875", "bfloat16, 65280,"
    })
    void everyCodeIsItsOwnRoundTrip(String name, int finite, Double checksum) {
        FloatFormat format = named(name);
        int found = 0;
        double sum = 0;
        for (int code = 0; code < 1 << format.bits(); code++) {
            double value = format.value(code);
            if (Double.isNaN(value)) {
                assertTrue(Double.isNaN(format.value(format.code(value))), name + " " + code);
                continue;
            }
            assertEquals(code, format.code(value), name);
            assertEquals(value, (float) value);
            assertEquals(value, format.round(value));
            found += Double.isFinite(value) ? 1 : 0;
            sum += Double.isFinite(value) ? Math.abs(value) : 0;
        }
        assertEquals(finite, found);
        if (checksum != null) {
            assertEquals(checksum, sum);
        }
    }

    @Test
    void bfloat16IsTheUpperHalfOfAFloat() {
        for (int code = 0; code < 1 << 16; code++) {
            float upper = Float.intBitsToFloat(code << 16);
            assertEquals(upper, (float) FloatFormat.BFLOAT16.value(code));
        }
    }

    @Test
    void e5m2IsTheUpperByteOfAHalf() {
        for (int code = 0; code < 256; code++) {
            assertEquals(FloatFormat.HALF.value(code << 8), FloatFormat.E5M2.value(code));
        }
    }

    /** A half by its definition in IEEE 754, section 3.4. */
    @Test
    void aHalfHasTheValueOfItsDefinition() {
        for (int code = 0; code < 0x7c00; code++) {
            int exponent = code >> 10;
            double fraction = (code & 1023) / 1024.0;
            double value = exponent == 0 ? Math.pow(2, -14) * fraction : Math.pow(2, exponent - 15) * (1 + fraction);
            assertEquals(value, FloatFormat.HALF.value(code));
            assertEquals(-value, FloatFormat.HALF.value(code | 0x8000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "bfloat16", "e4m3", "e5m2"})
    void betweenTwoCodesTheNearerIsTakenAndTheEvenOneInTheMiddle(String name) {
        FloatFormat format = named(name);
        int greatest = format.code(format.max());
        for (int code = 0; code < greatest; code++) {
            double low = format.value(code);
            double high = format.value(code + 1);
            double middle = (low + high) / 2;
            assertEquals(code + (code & 1), format.code(middle));
            assertEquals(code, format.code(Math.nextDown(middle)));
            assertEquals(code + 1, format.code(Math.nextUp(middle)));
            assertEquals(code + 1, format.rounding(Rounding.NEAREST_AWAY).code(middle));
            assertEquals(code, format.rounding(Rounding.TOWARD_ZERO).code(Math.nextDown(high)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 2e66, 3dcd, 1d, 2e",
        "0.3333333333333333, 3555, 3eab, 2b, 35",
        "3.14159265, 4248, 4049, 45, 42",
        "1.0625, 3c40, 3f88, 38, 3c",
        "1.1875, 3cc0, 3f98, 3a, 3d",
        "17, 4c40, 4188, 58, 4c",
        "19, 4cc0, 4198, 5a, 4d",
        "464, 5f40, 43e8, 7e, 5f",
        "464.1, 5f40, 43e8, 7f, 5f",
        "480, 5f80, 43f0, 7f, 60",
        "61439, 7b80, 4770, 7f, 7b",
        "61440, 7b80, 4770, 7f, 7c",
        "65519, 7bff, 4780, 7f, 7c",
        "65520, 7c00, 4780, 7f, 7c",
        "0.0009765625, 1400, 3a80, 00, 14",
        "0.0029296875, 1a00, 3b40, 02, 1a",
        "7.62939453125E-6, 0080, 3700, 00, 00",
        "2.98023223876953125E-8, 0000, 3300, 00, 00",
        "2.9832125e-8, 0001, 3300, 00, 00",
        "-0.0, 8000, 8000, 80, 80",
        "NaN, 7e00, 7fc0, 7f, 7e",
        "Infinity, 7c00, 7f80, 7f, 7c"
    })
    void theNotesTableOfConversions(double x, String half, String bfloat16, String e4m3, String e5m2) {
        double value = (float) x;
        assertEquals(half, String.format("%04x", FloatFormat.HALF.code(value)));
        assertEquals(bfloat16, String.format("%04x", FloatFormat.BFLOAT16.code(value)));
        assertEquals(e4m3, String.format("%02x", FloatFormat.E4M3.code(value)));
        assertEquals(e5m2, String.format("%02x", FloatFormat.E5M2.code(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "e4m3, 449, 448",
        "e4m3, 465, NaN",
        "e4m3, -Infinity, NaN",
        "e4m3:saturating, 465, 448",
        "e4m3:saturating, -Infinity, -448",
        "e4m3:saturating, NaN, NaN",
        "e5m2, 61440, Infinity",
        "e5m2:saturating, 61440, 57344",
        "e5m2:saturating, -Infinity, -57344",
        "e5m2:saturating, NaN, NaN",
        "half, 65519.99, 65504",
        "fl-7-6, Infinity, 8556380160",
        "fl-7-6, NaN, NaN",
        "fi-8-8, -Infinity, -255.99609375"
    })
    void beyondTheGreatestNumber(String format, double x, double expected) {
        assertEquals(expected, Precision.parse(format).round(x));
    }

    @Test
    void tf32HasNoSingleRuleAndTakesThemAll() {
        double tie = 1 + 0x1p-11;
        assertEquals(1.0, FloatFormat.TF32.round(tie));
        assertEquals(
                1.0009765625, FloatFormat.TF32.rounding(Rounding.NEAREST_AWAY).round(tie));
        assertEquals(1.0, FloatFormat.TF32.rounding(Rounding.TOWARD_ZERO).round(tie));
        assertEquals(1.001953125, FloatFormat.TF32.round(1 + 3 * 0x1p-11));
        assertEquals(Double.POSITIVE_INFINITY, FloatFormat.TF32.round(Float.MAX_VALUE));
        assertEquals(
                Float.intBitsToFloat(0x7f7fe000),
                FloatFormat.TF32.rounding(Rounding.TOWARD_ZERO).round(Float.MAX_VALUE));
    }

    @Test
    void itIsRoundedOnceNotThroughAFloat() {
        double x = 1 + 0x1p-11 + 0x1p-40;
        assertEquals(1.0009765625, FloatFormat.HALF.round(x));
        assertEquals(1.0, FloatFormat.HALF.round((float) x), "through a float it is a tie");
    }

    @Test
    void thePapersFormatsHaveTheRangeOfTheirBits() {
        assertEquals(511.75, FloatFormat.custom(10, 4).max());
        assertEquals(8.55638e9, FloatFormat.custom(7, 6).max(), 1e4);
        assertEquals(8.57316e9, FloatFormat.custom(8, 6).max(), 1e4);
        assertEquals(0x1p-31, FloatFormat.custom(7, 6).smallest());
        assertEquals(0x1p-7, FloatFormat.custom(10, 4).smallest());
        assertEquals(0, FloatFormat.custom(10, 4).round(0x1.ffp-8), "there are no subnormals");
        assertEquals(0.099609375, FloatFormat.custom(7, 6).round(0.1));
        assertEquals(0.0999755859375, FloatFormat.custom(10, 6).round(0.1));
        assertEquals(0.09375, FloatFormat.custom(2, 6).round(0.1));
        assertEquals(0.33203125, FloatFormat.custom(7, 6).round(1.0 / 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "half",
                "bfloat16:stochastic",
                "e4m3:saturating",
                "fl-7-6",
                "fl-10-4:nearest-even",
                "fi-8-8",
                "fi-3-2:nearest-away"
            })
    void aFormatIsAWord(String word) {
        assertEquals(word, Precision.parse(word).text());
        assertEquals(
                Precision.parse(word), Precision.parse(Precision.parse(word).text()));
    }

    @Test
    void whatIsNoFormatIsRefusedByName() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Precision.parse("quarter"))
                .getMessage()
                .contains("quarter"));
        assertThrows(IllegalArgumentException.class, () -> Precision.parse("fl-24-8"));
        assertThrows(IllegalArgumentException.class, () -> Precision.parse("fl-7-9"));
        assertThrows(IllegalArgumentException.class, () -> Precision.parse("half:up"));
        assertThrows(
                IllegalArgumentException.class, () -> FloatFormat.custom(7, 6).code(1));
        assertThrows(IllegalArgumentException.class, () -> FloatFormat.HALF.value(1 << 16));
        assertThrows(
                IllegalArgumentException.class,
                () -> FloatFormat.HALF.rounding(Rounding.STOCHASTIC).round(1));
    }
}
