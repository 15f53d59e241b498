package org.parsimony.coding.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.coding.CodingException;

/** What is written in bits is read back from them, takes as many as it says, and is refused where bits lack. */
class Bits_RoundTripTest {

    @Property(tries = 200)
    void bitsComeBackInTheirOrder(@ForAll @Size(max = 40) List<@IntRange(max = 57) Integer> counts, @ForAll long seed) {
        BitWriter out = new BitWriter();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            long value = Long.rotateLeft(seed, 7 * i);
            out.write(value, counts.get(i));
            for (int b = counts.get(i) - 1; b >= 0; b--) {
                digits.append(value >>> b & 1);
            }
            assertEquals(digits.length(), out.length());
        }
        byte[] bytes = out.toBytes();
        assertEquals((digits.length() + 7) / 8, bytes.length);
        for (int i = 0; i < digits.length(); i++) {
            assertEquals(digits.charAt(i) - '0', bytes[i / 8] >> 7 - i % 8 & 1, "most significant first");
        }
        BitReader in = new BitReader(bytes);
        for (int i = 0; i < counts.size(); i++) {
            long mask = (1L << counts.get(i)) - 1;
            assertEquals(Long.rotateLeft(seed, 7 * i) & mask, in.read(counts.get(i)));
        }
        long left = in.bitsLeft();
        assertEquals(8L * bytes.length - digits.length(), left);
        in.read((int) left);
        assertEquals(0, in.bitsLeft());
        String said = assertThrows(CodingException.class, () -> in.read(1)).getMessage();
        assertTrue(said.contains("end after " + bytes.length + " bytes"), said);
    }

    /** 2 ⌊log₂(v + 1)⌋ + 1 bits. */
    @Property(tries = 300)
    void gammaTakesTwiceTheDigits(@ForAll @LongRange(max = Integer.MAX_VALUE - 1) long value) {
        BitWriter out = new BitWriter();
        out.gamma(value);
        int digits = Long.toBinaryString(value + 1).length();
        assertEquals(2 * digits - 1, out.length());
        assertEquals(value, new BitReader(out.toBytes()).gamma("number", value));
        if (value > 0) {
            BitReader tight = new BitReader(out.toBytes());
            String said = assertThrows(CodingException.class, () -> tight.gamma("number", value - 1))
                    .getMessage();
            assertTrue(said.contains("its number is " + value + ", but at most " + (value - 1)), said);
        }
    }

    @Test
    void gammaEndsAfterFortyZeros() {
        assertRefused("is 1099511627775,", 40);
        assertRefused("has a damaged number for its count", 41);
    }

    private static void assertRefused(String message, int zeros) {
        BitWriter out = new BitWriter();
        out.write(0, zeros);
        out.write(1, 1);
        out.write(0, zeros);
        String said = assertThrows(CodingException.class, () -> new BitReader(out.toBytes()).gamma("count", 1L << 30))
                .getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void aListOfIntsGrows() {
        Ints list = new Ints();
        for (int i = 0; i < 99; i += 3) {
            list.add(i, i + 1, i + 2);
            assertEquals(i + 3, list.size());
        }
        assertArrayEquals(IntStream.range(0, 99).toArray(), list.toArray());
        assertEquals(98, list.get(98));
        list.clear();
        assertEquals(0, list.toArray().length);
        list.add(7);
        assertArrayEquals(new int[] {7}, list.toArray());
    }

    @Property(tries = 200)
    void aTableOfValuesComesBack(@ForAll @Size(min = 1, max = 30) List<Integer> bits) {
        float[] values = new float[bits.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(bits.get(i));
        }
        assertTable(values);
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        assertTable(sorted);
    }

    private static BitWriter assertTable(float... values) {
        BitWriter out = new BitWriter();
        ValueTable.write(values, out);
        BitWriter number = new BitWriter();
        number.gamma(values.length - 1);
        assertTrue(out.length() <= number.length() + 1 + 32L * values.length, "no longer than the floats");
        float[] back = ValueTable.read(new BitReader(out.toBytes()), values.length);
        assertEquals(values.length, back.length);
        for (int i = 0; i < back.length; i++) {
            assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
        }
        return out;
    }

    /** Sign and six bits of length for each, and the digits of a difference but for the first. */
    @Test
    void tablesByHand() {
        assertEquals(1 + 1 + 7, assertTable(0).length());
        assertEquals(3 + 1 + 7 + 7, assertTable(0, Float.MIN_VALUE).length());
        assertEquals(3 + 1 + 7 + 7 + 1, assertTable(0, 3 * Float.MIN_VALUE).length());
        assertEquals(1 + 1 + 32, assertTable(1).length(), "30 digits are more than a float");
        assertEquals(3 + 1 + 36 + 7, assertTable(1, Math.nextUp(1f)).length());
        assertEquals(3 + 1 + 36 + 7, assertTable(1, Math.nextDown(1f)).length());
        String said = assertThrows(
                        CodingException.class,
                        () -> ValueTable.read(new BitReader(assertTable(0, 1, 2).toBytes()), 2))
                .getMessage();
        assertTrue(said.contains("number of values is 2, but at most 1"), said);
    }

    /** From −0 (all zeros but the sign, sorted just below 0) a difference may lead out of the floats, and is refused. */
    @ParameterizedTest
    @CsvSource({
        "32, 0x7fffffff, true, false",
        "32, 0x7fffffff, false, false",
        "31, 0x3fffffff, false, true",
        "32, 0, true, true",
        "32, 0, false, false",
        "34, 0, true, false",
        "40, 0, true, false",
        "63, 0, false, false",
    })
    void differencesStayWithinTheFloats(int digits, String rest, boolean down, boolean isFloat) {
        BitWriter out = new BitWriter();
        out.gamma(0);
        out.write(1, 1);
        out.write(down ? 1 : 0, 1);
        out.write(digits, 6);
        out.write(Long.decode(rest), Math.min(digits - 1, 57));
        out.write(0, 57);
        BitReader in = new BitReader(out.toBytes());
        if (isFloat) {
            assertEquals(1, ValueTable.read(in, 1).length);
        } else {
            String said = assertThrows(CodingException.class, () -> ValueTable.read(in, 1))
                    .getMessage();
            assertTrue(said.contains("no 32-bit float"), said);
        }
    }
}
