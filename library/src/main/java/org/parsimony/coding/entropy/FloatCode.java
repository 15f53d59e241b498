package org.parsimony.coding.entropy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parsimony.coding.CodingException;

/**
 * Floats in the shortest of four exact forms: as they are; as floats of fewer bits of exponent and mantissa, which holds
 * float16 and bfloat16; as multiples of a power of two; as indices into the table of their values. What was rounded
 * somewhere is found to have been, and nothing is rounded here.
 */
public final class FloatCode {

    private static final int AS_IS = 0;
    private static final int NARROW = 1;
    private static final int MULTIPLES = 2;
    private static final int TABLE = 3;
    private static final int WIDEST = 40;
    /** Bits of all forms but the last may be 0 for each value; so many values need no bits to justify them. */
    private static final int FREE = 1 << 16;

    private FloatCode() {}

    /** Writes values so that {@link #read} gives them back bit by bit. */
    public static void write(float[] values, BitWriter out) {
        int best = AS_IS;
        long shortest = 32L * values.length;
        for (int form = NARROW; form <= TABLE; form++) {
            BitWriter trial = new BitWriter();
            if (write(form, values, trial)
                    && trial.length() < shortest
                    && values.length <= FREE + 8L * (trial.length() / 8)) {
                shortest = trial.length();
                best = form;
            }
        }
        out.write(best, 2);
        write(best, values, out);
    }

    /** In 32 bits each, whatever they are. */
    public static void writeAsIs(float[] values, BitWriter out) {
        out.write(AS_IS, 2);
        write(AS_IS, values, out);
    }

    /** @param n at most 65,536 and one for each bit that is left, whatever the file says */
    public static float[] read(BitReader in, int n) {
        if (n > FREE + in.bitsLeft()) {
            throw new CodingException("says that " + in.bitsLeft() + " bits hold " + n + " floats");
        }
        return switch ((int) in.read(2)) {
            case NARROW -> readNarrow(in, n);
            case MULTIPLES -> readMultiples(in, n);
            case TABLE -> readTable(in, n);
            default -> {
                if (32L * n > in.bitsLeft()) {
                    throw new CodingException("is cut: " + n + " floats have " + in.bitsLeft() + " bits");
                }
                float[] values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = Float.intBitsToFloat((int) in.read(32));
                }
                yield values;
            }
        };
    }

    /** Whether the form holds these values; {@code out} is spoilt if not. */
    private static boolean write(int form, float[] values, BitWriter out) {
        switch (form) {
            case NARROW -> writeNarrow(values, out);
            case MULTIPLES -> {
                return writeMultiples(values, out);
            }
            case TABLE -> {
                return writeTable(values, out);
            }
            default -> {
                for (float value : values) {
                    out.write(Float.floatToRawIntBits(value) & 0xffffffffL, 32);
                }
            }
        }
        return true;
    }

    /** Smallest exponent (8 bits), width of exponents (4), width of mantissas (5); each: sign, exponent or 0, mantissa. */
    private static void writeNarrow(float[] values, BitWriter out) {
        int low = 256;
        int high = 0;
        int used = 0;
        for (float value : values) {
            int bits = Float.floatToRawIntBits(value);
            int exponent = bits >>> 23 & 0xff;
            if (exponent != 0) {
                low = Math.min(low, exponent);
                high = Math.max(high, exponent);
            }
            used |= bits & 0x7fffff;
        }
        int mantissa = used == 0 ? 0 : 23 - Integer.numberOfTrailingZeros(used);
        int width = high == 0 ? 0 : 32 - Integer.numberOfLeadingZeros(high - low + 1);
        low = Math.min(low, 255);
        out.write(low, 8);
        out.write(width, 4);
        out.write(mantissa, 5);
        for (float value : values) {
            int bits = Float.floatToRawIntBits(value);
            int exponent = bits >>> 23 & 0xff;
            out.write(bits >>> 31, 1);
            out.write(exponent == 0 ? 0 : exponent - low + 1, width);
            out.write((bits & 0x7fffff) >>> 23 - mantissa, mantissa);
        }
    }

    private static float[] readNarrow(BitReader in, int n) {
        int low = (int) in.read(8);
        int width = (int) in.read(4);
        int mantissa = (int) in.read(5);
        if (width > 8 || mantissa > 23) {
            throw new CodingException(
                    "has floats with " + width + " bits of exponent and " + mantissa + " of mantissa");
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            int sign = (int) in.read(1);
            int exponent = (int) in.read(width);
            int digits = (int) in.read(mantissa) << 23 - mantissa;
            exponent = exponent == 0 ? 0 : low + exponent - 1;
            if (exponent > 255) {
                throw new CodingException("has a value that is no 32-bit float");
            }
            values[i] = Float.intBitsToFloat(sign << 31 | exponent << 23 | digits);
        }
        return values;
    }

    /** Power of two (9 bits, plus 256), width (6), smallest multiple (41, plus 2^40), then how far each is above it. */
    private static boolean writeMultiples(float[] values, BitWriter out) {
        int power = 255;
        for (float value : values) {
            if (!Float.isFinite(value) || Float.floatToRawIntBits(value) == 1 << 31) {
                return false;
            }
            if (value != 0) {
                int bits = Float.floatToRawIntBits(value);
                int digits = bits & 0x7fffff | implied(bits);
                int exponent = Math.max(1, bits >>> 23 & 0xff) - 150;
                power = Math.min(power, exponent + Integer.numberOfTrailingZeros(digits));
            }
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (float value : values) {
            double multiple = Math.scalb((double) value, -power);
            if (Math.abs(multiple) >= 1L << WIDEST - 1) {
                return false;
            }
            least = Math.min(least, (long) multiple);
            most = Math.max(most, (long) multiple);
        }
        if (values.length == 0) {
            return false;
        }
        int width = 64 - Long.numberOfLeadingZeros(most - least);
        out.write(power + 256, 9);
        out.write(width, 6);
        out.write(least + (1L << WIDEST), WIDEST + 1);
        for (float value : values) {
            out.write((long) Math.scalb((double) value, -power) - least, width);
        }
        return true;
    }

    private static int implied(int bits) {
        return (bits >>> 23 & 0xff) == 0 ? 0 : 0x800000;
    }

    private static float[] readMultiples(BitReader in, int n) {
        int power = (int) in.read(9) - 256;
        int width = (int) in.read(6);
        long least = in.read(WIDEST + 1) - (1L << WIDEST);
        if (width > WIDEST + 1) {
            throw new CodingException("has multiples of " + width + " bits; " + (WIDEST + 1) + " are the most");
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) Math.scalb((double) (least + in.read(width)), power);
        }
        return values;
    }

    private static boolean writeTable(float[] values, BitWriter out) {
        Map<Integer, Integer> places = new LinkedHashMap<>();
        for (float value : values) {
            places.putIfAbsent(SymbolMatrix.sortable(Float.floatToRawIntBits(value)), 0);
            if (2 * places.size() > values.length) {
                return false;
            }
        }
        int[] keys = places.keySet().stream().mapToInt(k -> k).sorted().toArray();
        float[] table = new float[keys.length];
        for (int i = 0; i < keys.length; i++) {
            table[i] = Float.intBitsToFloat(SymbolMatrix.sortable(keys[i]));
        }
        int width = 32 - Integer.numberOfLeadingZeros(keys.length - 1);
        ValueTable.write(table, out);
        for (float value : values) {
            out.write(Arrays.binarySearch(keys, SymbolMatrix.sortable(Float.floatToRawIntBits(value))), width);
        }
        return true;
    }

    private static float[] readTable(BitReader in, int n) {
        float[] table = ValueTable.read(in, Math.max(1, n));
        int width = 32 - Integer.numberOfLeadingZeros(table.length - 1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            int index = (int) in.read(width);
            if (index >= table.length) {
                throw new CodingException("names value " + index + " of " + table.length);
            }
            values[i] = table[index];
        }
        return values;
    }
}
