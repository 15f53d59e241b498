package org.parsimony.coding.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes the words of a canonical code of at most {@value #VALUES} values at {@value #PLACES} places of a stream at once,
 * so that as many look-ups are under way; an entry of the table gives up to {@value #SYMBOLS} symbols, which are written
 * in one go. The table is indexed by the next {@value #WINDOW} bits.
 */
public final class WordReader {

    /** Places of a stream that are read at once. */
    public static final int PLACES = 4;
    /** Most values of a code. */
    public static final int VALUES = 256;

    private static final int WINDOW = 13;
    private static final int SYMBOLS = 6;
    /** Look-ups between two refills: four windows fit into what a refill gives at least. */
    private static final int TURNS = 4;
    /** Bytes that may be written behind a limit. */
    public static final int SPARE = TURNS * SYMBOLS + 8;

    private static final VarHandle AHEAD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle PACKED = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final HuffmanCode code;
    private final HuffmanDecoder words;
    /** Bits; from bit 8 the number of symbols; from bit 16 the symbols, a byte each. 0 for words longer than a window. */
    private final long[] table = new long[1 << WINDOW];

    /**
     * @param code whose words are read
     * @param words their decoder, for words longer than a window
     */
    public WordReader(HuffmanCode code, HuffmanDecoder words) {
        this.code = code;
        this.words = words;
        for (int window = 0; window < table.length && code.size() > 0; window++) {
            int bits = 0;
            int symbols = 0;
            long packed = 0;
            while (symbols < SYMBOLS) {
                int symbol = words.symbol((long) window << 64 - WINDOW + bits);
                if (symbol < 0 || bits + code.length(symbol) > WINDOW) {
                    break;
                }
                packed |= (long) symbol << 8 * symbols++;
                bits += code.length(symbol);
            }
            table[window] = packed << 16 | symbols << 8 | bits;
        }
    }

    /**
     * Decodes at all places until one has come to its limit.
     *
     * @param bytes the stream, with eight bytes to spare
     * @param bit of each place the next bit in the stream; is moved
     * @param at of each place the next symbol in {@code symbols}; is moved, up to {@value #SPARE} beyond its limit
     * @param limit of each place, beyond {@code at}
     */
    public void decode(byte[] bytes, int[] bit, int[] at, int[] limit, byte[] symbols) {
        while (many(bytes, table, bit, at, limit, symbols)) {
            for (int p = 0; p < PLACES; p++) {
                if (at[p] < limit[p]) {
                    longWord(bytes, bit, at, p, symbols);
                }
            }
        }
    }

    /** Decodes at place {@code p} alone until it has come to its limit. */
    public void decode(byte[] bytes, int[] bit, int[] at, int[] limit, byte[] symbols, int p) {
        while (at[p] < limit[p]) {
            long ahead = (long) AHEAD.get(bytes, bit[p] >>> 3) << (bit[p] & 7);
            long entry = table[(int) (ahead >>> 64 - WINDOW)];
            PACKED.set(symbols, at[p], entry >>> 16);
            at[p] += (int) entry >>> 8 & 255;
            bit[p] += (int) entry & 255;
            if (entry == 0) {
                longWord(bytes, bit, at, p, symbols);
            }
        }
    }

    /** Decodes one word at place {@code p} if it is longer than a window. */
    private void longWord(byte[] bytes, int[] bit, int[] at, int p, byte[] symbols) {
        long ahead = (long) AHEAD.get(bytes, bit[p] >>> 3) << (bit[p] & 7);
        if (table[(int) (ahead >>> 64 - WINDOW)] == 0) {
            int symbol = words.symbol(ahead);
            symbols[at[p]++] = (byte) symbol;
            bit[p] += code.length(symbol);
        }
    }

    /**
     * Written out for four places, each with the bits ahead, and a position with the bits taken below it: what lives in
     * this loop must fit into the registers of a processor.
     *
     * @return whether it stopped before a limit, at a word that is longer than a window
     */
    private static boolean many(byte[] bytes, long[] table, int[] bit, int[] at, int[] limit, byte[] symbols) {
        int bit0 = bit[0];
        int bit1 = bit[1];
        int bit2 = bit[2];
        int bit3 = bit[3];
        int at0 = at[0] << 8;
        int at1 = at[1] << 8;
        int at2 = at[2] << 8;
        int at3 = at[3] << 8;
        int limit0 = limit[0] << 8;
        int limit1 = limit[1] << 8;
        int limit2 = limit[2] << 8;
        int limit3 = limit[3] << 8;
        boolean stalled = false;
        while (!stalled && at0 < limit0 && at1 < limit1 && at2 < limit2 && at3 < limit3) {
            long ahead0 = (long) AHEAD.get(bytes, bit0 >>> 3) << (bit0 & 7);
            long ahead1 = (long) AHEAD.get(bytes, bit1 >>> 3) << (bit1 & 7);
            long ahead2 = (long) AHEAD.get(bytes, bit2 >>> 3) << (bit2 & 7);
            long ahead3 = (long) AHEAD.get(bytes, bit3 >>> 3) << (bit3 & 7);
            for (int turn = 0; turn < TURNS; turn++) {
                long entry = table[(int) (ahead0 >>> 64 - WINDOW)];
                PACKED.set(symbols, at0 >>> 8, entry >>> 16);
                ahead0 <<= entry;
                at0 += (int) entry & 0xFFFF;
                entry = table[(int) (ahead1 >>> 64 - WINDOW)];
                PACKED.set(symbols, at1 >>> 8, entry >>> 16);
                ahead1 <<= entry;
                at1 += (int) entry & 0xFFFF;
                entry = table[(int) (ahead2 >>> 64 - WINDOW)];
                PACKED.set(symbols, at2 >>> 8, entry >>> 16);
                ahead2 <<= entry;
                at2 += (int) entry & 0xFFFF;
                entry = table[(int) (ahead3 >>> 64 - WINDOW)];
                PACKED.set(symbols, at3 >>> 8, entry >>> 16);
                ahead3 <<= entry;
                at3 += (int) entry & 0xFFFF;
            }
            stalled = (at0 & 255) == 0 || (at1 & 255) == 0 || (at2 & 255) == 0 || (at3 & 255) == 0;
            bit0 += at0 & 255;
            bit1 += at1 & 255;
            bit2 += at2 & 255;
            bit3 += at3 & 255;
            at0 &= ~255;
            at1 &= ~255;
            at2 &= ~255;
            at3 &= ~255;
        }
        bit[0] = bit0;
        bit[1] = bit1;
        bit[2] = bit2;
        bit[3] = bit3;
        at[0] = at0 >>> 8;
        at[1] = at1 >>> 8;
        at[2] = at2 >>> 8;
        at[3] = at3 >>> 8;
        return stalled;
    }
}
