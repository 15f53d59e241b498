package org.parsimony.coding.entropy;

import org.parsimony.coding.CodingException;

/** Bits out of bytes, most significant first; every read is checked, for tables and headers, not for weights. */
public final class BitReader {

    private final byte[] bytes;
    private long at;

    /** @param bytes read from the highest bit of the first on */
    public BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next {@code count} bits, 0 to 57 of them. */
    public long read(int count) {
        if (at + count > 8L * bytes.length) {
            throw new CodingException("is cut: its tables end after " + bytes.length + " bytes");
        }
        long value = 0;
        for (int left = count; left > 0; ) {
            int room = 8 - (int) (at & 7);
            int take = Math.min(room, left);
            value = value << take | bytes[(int) (at >>> 3)] >>> room - take & (1 << take) - 1;
            at += take;
            left -= take;
        }
        return value;
    }

    /** A number written by {@link BitWriter#gamma}, which must not exceed {@code max}. */
    public int gamma(String name, long max) {
        int bits = 0;
        while (read(1) == 0) {
            if (++bits > 40) {
                throw new CodingException("has a damaged number for its " + name);
            }
        }
        long value = (1L << bits | read(bits)) - 1;
        if (value > max) {
            throw new CodingException("says its " + name + " is " + value + ", but at most " + max + " is possible");
        }
        return (int) value;
    }

    /** Bits that were not read yet. */
    public long bitsLeft() {
        return 8L * bytes.length - at;
    }
}
