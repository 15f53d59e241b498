package org.parsimony.coding.entropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parsimony.coding.CodingException;

/** Whatever the floats are, they come back bit for bit, and what was rounded is short. */
class FloatCode_ExactTest {

    private static final int N = 410;

    @Test
    void floatsAsTheyAreTake32Bits() {
        assertBits(32, new Random(1)::nextGaussian, 0xffffffff);
    }

    @Test
    void floatsOfTenBitsOfMantissaTakeLessThanFloat16() {
        assertBits(16, new Random(1)::nextGaussian, 0xffffe000);
    }

    @Test
    void brainFloatsTakeLessThan16Bits() {
        assertBits(13, new Random(1)::nextGaussian, 0xffff0000);
    }

    @Test
    void multiplesOfAPowerOfTwoTakeTheirDigits() {
        Random random = new Random(1);
        assertBits(8, () -> (random.nextInt(200) - 100) / 1024.0, 0xffffffff);
    }

    @Test
    void fewValuesTakeTheirIndices() {
        Random random = new Random(1);
        double[] table = random.doubles(4).toArray();
        assertBits(2.4, () -> table[random.nextInt(4)], 0xffffffff);
    }

    @Test
    void zerosTakeNothing() {
        assertBits(0.2, () -> 0, 0xffffffff);
    }

    @Test
    void oddFloatsComeBack() {
        float[] odd = {
            -0f,
            0f,
            Float.NaN,
            Float.intBitsToFloat(0x7fc12345),
            Float.POSITIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MAX_VALUE
        };
        assertBack(odd);
        assertBack(new float[] {-0f, 0f, 0f, -0f});
        assertBack(new float[] {Float.MIN_VALUE, -Float.MIN_VALUE, 0});
        assertBack(new float[] {Float.MAX_VALUE});
        assertBack(new float[] {Float.MIN_NORMAL, 1.5f * Float.MIN_NORMAL, Float.MIN_NORMAL / 2});
        assertBack(new float[] {Float.NEGATIVE_INFINITY});
        assertBack(new float[0]);
        for (float value : odd) {
            assertBack(new float[] {value, value, value, value, value});
        }
    }

    @Test
    void moreFloatsThanTheBytesJustifyAreRefused() {
        assertThrows(CodingException.class, () -> FloatCode.read(new BitReader(new byte[100]), 1 << 17));
        assertThrows(CodingException.class, () -> FloatCode.read(new BitReader(new byte[100]), 200));
    }

    @Test
    void damagedBitsGiveFloatsOrAreRefused() {
        Random random = new Random(2);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                FloatCode.read(new BitReader(bytes), random.nextInt(100));
            } catch (CodingException e) {
                assertTrue(e.getMessage().startsWith("the coded data "), e.getMessage());
            }
        }
    }

    private static void assertBits(double most, java.util.function.DoubleSupplier values, int mask) {
        float[] floats = new float[N];
        for (int i = 0; i < N; i++) {
            floats[i] = Float.intBitsToFloat(Float.floatToRawIntBits((float) values.getAsDouble()) & mask);
        }
        double bits = (double) assertBack(floats) / N;
        assertTrue(bits <= most + 0.15, bits + " bits a float");
    }

    private static long assertBack(float[] values) {
        BitWriter out = new BitWriter();
        FloatCode.write(values, out);
        float[] back = FloatCode.read(new BitReader(out.toBytes()), values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
        }
        return out.length();
    }
}
