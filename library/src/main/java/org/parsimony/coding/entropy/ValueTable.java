package org.parsimony.coding.entropy;

import org.parsimony.coding.CodingException;

/**
 * The distinct values of a matrix, in their order of falling count: floats as their bits, or, where that is shorter, as
 * differences of the sorted bits, each run of rising values starting anew.
 */
public final class ValueTable {

    private ValueTable() {}

    /** Writes a table of values, as short as exact. */
    public static void write(float[] values, BitWriter out) {
        out.gamma(values.length - 1);
        BitWriter shorter = new BitWriter();
        writeDifferences(values, shorter);
        boolean differences = shorter.length() < 32L * values.length;
        out.write(differences ? 1 : 0, 1);
        if (differences) {
            writeDifferences(values, out);
            return;
        }
        for (float value : values) {
            out.write(Float.floatToRawIntBits(value) & 0xffffffffL, 32);
        }
    }

    /** One bit whether the value is above the last one, then the difference in five bits of length and its digits. */
    private static void writeDifferences(float[] values, BitWriter out) {
        long last = 0;
        for (float value : values) {
            long key = SymbolMatrix.sortable(Float.floatToRawIntBits(value));
            long step = Math.abs(key - last);
            int digits = 64 - Long.numberOfLeadingZeros(step);
            out.write(key < last ? 1 : 0, 1);
            out.write(digits, 6);
            out.write(digits == 0 ? 0 : step ^ 1L << digits - 1, Math.max(0, digits - 1));
            last = key;
        }
    }

    /** @param weights of the matrix, which has no more values than that */
    public static float[] read(BitReader in, long weights) {
        int n = 1 + in.gamma("number of values", Math.min(weights, in.bitsLeft()) - 1);
        boolean differences = in.read(1) == 1;
        float[] values = new float[n];
        long last = 0;
        for (int i = 0; i < n; i++) {
            if (differences) {
                boolean down = in.read(1) == 1;
                int digits = (int) in.read(6);
                long step = digits == 0 ? 0 : 1L << digits - 1 | in.read(Math.min(digits - 1, 57));
                last = down ? last - step : last + step;
                if (digits > 33 || last != (int) last) {
                    throw new CodingException("has a value that is no 32-bit float");
                }
                values[i] = Float.intBitsToFloat(SymbolMatrix.sortable((int) last));
            } else {
                values[i] = Float.intBitsToFloat((int) in.read(32));
            }
        }
        return values;
    }
}
