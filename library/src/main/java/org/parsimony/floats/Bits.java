package org.parsimony.floats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;

/**
 * A run of 64-bit floats and their bits, copied as a whole from one to the other. A loop over either array alone is
 * carried out several numbers at a time; one that reinterprets number by number is not, and takes three times as long.
 */
final class Bits {

    final double[] values;
    final long[] bits;
    private final DoubleBuffer asValues;
    private final LongBuffer asBits;

    Bits(int most) {
        values = new double[most];
        bits = new long[most];
        ByteBuffer memory =
                ByteBuffer.allocateDirect(Math.multiplyExact(8, most)).order(ByteOrder.nativeOrder());
        asValues = memory.asDoubleBuffer();
        asBits = memory.asLongBuffer();
    }

    /** {@link #bits} of the first {@code n} {@link #values}. */
    void toBits(int n) {
        asValues.put(0, values, 0, n);
        asBits.get(0, bits, 0, n);
    }

    /** {@link #values} of the first {@code n} {@link #bits}. */
    void toValues(int n) {
        asBits.put(0, bits, 0, n);
        asValues.get(0, values, 0, n);
    }
}
