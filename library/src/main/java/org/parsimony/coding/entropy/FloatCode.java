package org.parsimony.coding.entropy;

import java.util.Arrays;
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

    /** A form that holds some values. */
    private interface Form {

        /** Bits of all the values in this form. */
        long bits();

        void write(BitWriter out);
    }

    /** Writes values so that {@link #read} gives them back bit by bit. */
    public static void write(float[] values, BitWriter out) {
        int best = AS_IS;
        Form shortest = new AsIs(values);
        Form[] forms = {shortest, Narrow.of(values), Multiples.of(values), Indices.of(values)};
        for (int form = NARROW; form <= TABLE; form++) {
            if (forms[form] != null
                    && forms[form].bits() < shortest.bits()
                    && values.length <= FREE + 8L * (forms[form].bits() / 8)) {
                shortest = forms[form];
                best = form;
            }
        }
        out.write(best, 2);
        shortest.write(out);
    }

    /** In 32 bits each, whatever they are. */
    public static void writeAsIs(float[] values, BitWriter out) {
        out.write(AS_IS, 2);
        new AsIs(values).write(out);
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

    private record AsIs(float[] values) implements Form {

        @Override
        public long bits() {
            return 32L * values.length;
        }

        @Override
        public void write(BitWriter out) {
            for (float value : values) {
                out.write(Float.floatToRawIntBits(value), 32);
            }
        }
    }

    /** Smallest exponent (8 bits), width of exponents (4), width of mantissas (5); each: sign, exponent or 0, mantissa. */
    private record Narrow(float[] values, int low, int width, int mantissa) implements Form {

        static Narrow of(float[] values) {
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
            return new Narrow(values, Math.min(low, 255), width, mantissa);
        }

        @Override
        public long bits() {
            return 17 + (1L + width + mantissa) * values.length;
        }

        @Override
        public void write(BitWriter out) {
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
    private record Multiples(float[] values, int power, long least, int width) implements Form {

        /** Null where there is no such form, as for infinities and −0. */
        static Multiples of(float[] values) {
            int power = 255;
            for (float value : values) {
                if (!Float.isFinite(value) || Float.floatToRawIntBits(value) == 1 << 31) {
                    return null;
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
                    return null;
                }
                least = Math.min(least, (long) multiple);
                most = Math.max(most, (long) multiple);
            }
            return values.length == 0
                    ? null
                    : new Multiples(values, power, least, 64 - Long.numberOfLeadingZeros(most - least));
        }

        @Override
        public long bits() {
            return 9 + 6 + WIDEST + 1 + (long) width * values.length;
        }

        @Override
        public void write(BitWriter out) {
            out.write(power + 256, 9);
            out.write(width, 6);
            out.write(least + (1L << WIDEST), WIDEST + 1);
            for (float value : values) {
                out.write((long) Math.scalb((double) value, -power) - least, width);
            }
        }
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

    /** The table of values, then the place of each in it. */
    private record Indices(float[] values, int[] keys, BitWriter table, int width) implements Form {

        /** Null where more than half of the values are different. */
        static Indices of(float[] values) {
            int[] keys = new int[values.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = SymbolMatrix.sortable(Float.floatToRawIntBits(values[i]));
            }
            Arrays.sort(keys);
            int n = 0;
            for (int i = 0; i < keys.length; i++) {
                if (i == 0 || keys[i] != keys[i - 1]) {
                    keys[n++] = keys[i];
                }
            }
            if (n == 0 || 2 * n > values.length) {
                return null;
            }
            float[] distinct = new float[n];
            for (int i = 0; i < n; i++) {
                distinct[i] = Float.intBitsToFloat(SymbolMatrix.sortable(keys[i]));
            }
            BitWriter table = new BitWriter();
            ValueTable.write(distinct, table);
            return new Indices(values, Arrays.copyOf(keys, n), table, 32 - Integer.numberOfLeadingZeros(n - 1));
        }

        @Override
        public long bits() {
            return table.length() + (long) width * values.length;
        }

        @Override
        public void write(BitWriter out) {
            out.write(table);
            for (float value : values) {
                out.write(Arrays.binarySearch(keys, SymbolMatrix.sortable(Float.floatToRawIntBits(value))), width);
            }
        }
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
