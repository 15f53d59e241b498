package org.parsimony.coding.entropy;

import java.util.Arrays;

/** Bits into bytes, most significant first. */
public final class BitWriter {

    private byte[] bytes = new byte[64];
    private long length;

    /** Appends the low {@code count} bits of {@code value}, 0 to 57 of them. */
    public void write(long value, int count) {
        int end = (int) (length + count + 7 >>> 3);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        for (int left = count; left > 0; ) {
            int room = 8 - (int) (length & 7);
            int take = Math.min(room, left);
            int part = (int) (value >>> left - take) & (1 << take) - 1;
            bytes[(int) (length >>> 3)] |= (byte) (part << room - take);
            length += take;
            left -= take;
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
