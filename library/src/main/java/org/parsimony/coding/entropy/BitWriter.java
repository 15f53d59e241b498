package org.parsimony.coding.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into bytes, most significant first. */
public final class BitWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64];
    private long length;

    /** Appends the low {@code count} bits of {@code value}, 0 to 57 of them. */
    public void write(long value, int count) {
        if (count == 0) {
            return;
        }
        int at = (int) (length >>> 3);
        if (at + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        long low = value & -1L >>> Long.SIZE - count;
        long begun = (long) LONG.get(bytes, at);
        LONG.set(bytes, at, begun | low << Long.SIZE - (int) (length & 7) - count);
        length += count;
    }

    /** Appends all bits of another. */
    public void write(BitWriter other) {
        for (long at = 0; at < other.length; at += Byte.SIZE) {
            int count = (int) Math.min(Byte.SIZE, other.length - at);
            write((other.bytes[(int) (at >>> 3)] & 0xff) >>> Byte.SIZE - count, count);
        }
    }

    /** Elias's gamma code of {@code value}, at least 0: short for small numbers. */
    public void gamma(long value) {
        int bits = 63 - Long.numberOfLeadingZeros(value + 1);
        write(0, bits);
        write(value + 1, bits + 1);
    }

    /** Bits written so far. */
    public long length() {
        return length;
    }

    /** All bits, the last byte filled up with zeros. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, (int) (length + 7 >>> 3));
    }
}
