package org.parsimony.coding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes several words of a canonical code by one look-up, in two steps. First the stream becomes a list of windows:
 * numbers of table entries, each of which stands for some symbols. A column's windows, in the first cache, are then
 * multiplied: an entry holds up to three weights (two where zeros are coded) with their places, and a weight that is not there is 0. No branch
 * depends on the data in either step, the first holds nothing but the chain of shifts, and two columns take turns in it
 * because each look-up waits for the last one of its column.
 */
final class HuffmanDecoder {

    static final int WINDOW = 12;
    /** Weights of a window, of a column of all weights and of one of nonzero weights. */
    private static final int FULL = 2;

    private static final int SPARSE = 3;
    /** Look-ups between two refills: four windows fit into what a refill gives at least. */
    private static final int TURNS = 4;
    /** As many of a column's last windows may hold symbols beyond its end. */
    private static final int BEYOND = TURNS + 1;
    /** An entry without symbols. */
    private static final int NOTHING = 1 << WINDOW;
    /** Where an entry holds its number of bits. */
    private static final int BITS = 63;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final HuffmanCode code;
    private final int max;
    /**
     * For every window: bits from 0, symbols from 8, places of the weights from 12, 16 and 20. 0 for the beginning of a
     * longer word; these words have entries of their own behind the windows and {@link #NOTHING}, in the order of the code.
     */
    private final int[] entries;
    /** {@link #slots} weights for every window. */
    private final float[] weights;

    private final int slots;
    /** First symbol with an entry of its own. */
    private int firstLong;
    /** First left-justified word and first symbol of each length. */
    private final long[] first;

    private final int[] firstSymbol;

    /** For a stream of all weights: zeros take no slot of a window. */
    static HuffmanDecoder ofAll(HuffmanCode code) {
        return new HuffmanDecoder(code, FULL, Float.floatToRawIntBits(0f));
    }

    /** For a stream of nonzero weights: every symbol has its slot. */
    static HuffmanDecoder ofNonzeros(HuffmanCode code) {
        return new HuffmanDecoder(code, SPARSE, -1);
    }

    private HuffmanDecoder(HuffmanCode code, int slots, int free) {
        this.code = code;
        this.slots = slots;
        max = code.maxLength();
        first = new long[max + 2];
        firstSymbol = new int[max + 2];
        first[max + 1] = max == 0 ? 0 : 1L << max;
        firstSymbol[max + 1] = code.size();
        for (int length = max, i = code.size() - 1; length >= 0; length--) {
            first[length] = first[length + 1];
            firstSymbol[length] = firstSymbol[length + 1];
            for (; i >= 0 && code.length(i) == length; i--) {
                first[length] = code.word(i) << max - length;
                firstSymbol[length] = i;
            }
        }
        while (firstLong < code.size() && code.length(firstLong) <= WINDOW) {
            firstLong++;
        }
        entries = new int[NOTHING + 1 + code.size() - firstLong];
        weights = new float[slots * entries.length];
        for (int window = 0; window < 1 << WINDOW && code.size() > 0; window++) {
            fill(window, free);
        }
        for (int s = firstLong; s < code.size(); s++) {
            int window = NOTHING + 1 + s - firstLong;
            entries[window] = code.length(s) | 1 << 8;
            weights[slots * window] = code.value(s);
        }
    }

    private void fill(int window, int free) {
        int bits = 0;
        int symbols = 0;
        int taken = 0;
        int places = 0;
        while (bits < WINDOW) {
            int symbol = symbol((long) window << 64 - WINDOW + bits, 1);
            if (symbol < 0 || bits + code.length(symbol) > WINDOW) {
                break;
            }
            if (Float.floatToRawIntBits(code.value(symbol)) != free) {
                if (taken == slots) {
                    break;
                }
                places |= symbols << 12 + 4 * taken;
                weights[slots * window + taken++] = code.value(symbol);
            }
            bits += code.length(symbol);
            symbols++;
        }
        entries[window] = bits | symbols << 8 | places;
    }

    /** The symbol of {@code least} bits or more that begins the left-justified bits {@code ahead}, or −1 if none does. */
    private int symbol(long ahead, int least) {
        if (max == 0) {
            return -1;
        }
        long v = ahead >>> 64 - max;
        for (int length = least; length <= max; length++) {
            if (v < first[length + 1]) {
                int s = firstSymbol[length] + (int) (v - first[length] >>> max - length);
                return s < code.size() ? s : -1;
            }
        }
        return -1;
    }

    /** The bytes that hold bits {@code from} to {@code to}, and some more, beginning with the byte of {@code from}. */
    static byte[] bytes(ByteBuffer stream, long from, long to) {
        int first = (int) (from >>> 3);
        int n = (int) (to + 7 >>> 3) - first;
        byte[] bytes = new byte[n + 16];
        stream.get(first, bytes, 0, n);
        return bytes;
    }

    /** The windows of two columns: those of the first at even places of the list, of the second at odd ones. */
    static final class Windows {
        final int[] list;
        /** The place of the list after the last window of the first column, and of the second. */
        int end;

        int end2;

        private Windows(int size) {
            list = new int[2 * size];
        }
    }

    /** Room for two columns of up to {@code symbols} symbols; a long word takes up to {@value #BEYOND} windows. */
    Windows windows(int symbols) {
        return new Windows((max > WINDOW ? BEYOND : 1) * symbols + 2 * BEYOND);
    }

    /** Lists the windows of one column, between bits {@code from} and {@code end}, and of another. */
    void list(byte[] bytes, int from, int end, int from2, int end2, Windows windows) {
        int[] table = entries;
        int[] list = windows.list;
        int bit = from;
        int bit2 = from2;
        int n = 0;
        while (bit < end && bit2 < end2) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
            long ahead2 = (long) LONG.get(bytes, bit2 >>> 3) << (bit2 & 7);
            int at = (int) (ahead >>> 64 - WINDOW);
            int e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            int at2 = (int) (ahead2 >>> 64 - WINDOW);
            int e2 = table[at2];
            list[n + 1] = at2;
            ahead2 <<= e2;
            bit2 += e2 & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            at2 = (int) (ahead2 >>> 64 - WINDOW);
            e2 = table[at2];
            list[n + 1] = at2;
            ahead2 <<= e2;
            bit2 += e2 & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            at2 = (int) (ahead2 >>> 64 - WINDOW);
            e2 = table[at2];
            list[n + 1] = at2;
            ahead2 <<= e2;
            bit2 += e2 & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            at2 = (int) (ahead2 >>> 64 - WINDOW);
            e2 = table[at2];
            list[n + 1] = at2;
            ahead2 <<= e2;
            bit2 += e2 & BITS;
            n += 2;
            if (e == 0 || e2 == 0) {
                at = e == 0 && bit < end ? longWindow(bytes, bit) : NOTHING;
                list[n] = at;
                bit += table[at] & BITS;
                at2 = e2 == 0 && bit2 < end2 ? longWindow(bytes, bit2) : NOTHING;
                list[n + 1] = at2;
                bit2 += table[at2] & BITS;
                n += 2;
            }
        }
        windows.end = rest(bytes, bit, end, n, list);
        windows.end2 = rest(bytes, bit2, end2, n + 1, list);
    }

    private int rest(byte[] bytes, int from, int end, int place, int[] list) {
        int[] table = entries;
        int bit = from;
        int n = place;
        while (bit < end) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
            int at = (int) (ahead >>> 64 - WINDOW);
            int e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            n += 2;
            at = (int) (ahead >>> 64 - WINDOW);
            e = table[at];
            list[n] = at;
            ahead <<= e;
            bit += e & BITS;
            n += 2;
            if (e == 0) {
                at = e == 0 && bit < end ? longWindow(bytes, bit) : NOTHING;
                list[n] = at;
                bit += table[at] & BITS;
                n += 2;
            }
        }
        return n;
    }

    private int longWindow(byte[] bytes, int bit) {
        int s = symbol((long) LONG.get(bytes, bit >>> 3) << (bit & 7), WINDOW + 1);
        return NOTHING + 1 + s - firstLong;
    }

    /** The product of x with a column of all weights, whose windows are every second of the list. */
    float dotFull(int[] list, int from, int end, float[] x) {
        int[] table = entries;
        float[] w = weights;
        float a = 0;
        float b = 0;
        int row = 0;
        int n = from;
        for (; n < end - 2 * BEYOND; n += 2) {
            int at = list[n];
            int e = table[at];
            a += x[row + (e >>> 12 & 15)] * w[FULL * at];
            b += x[row + (e >>> 16 & 15)] * w[FULL * at + 1];
            row += e >>> 8 & 15;
        }
        for (; n < end; n += 2) {
            int at = list[n];
            int e = table[at];
            for (int slot = 0; slot < slots; slot++) {
                int place = row + (e >>> 12 + 4 * slot & 15);
                a += place < x.length ? x[place] * w[slots * at + slot] : 0;
            }
            row += e >>> 8 & 15;
        }
        return a + b;
    }

    /** The product of x with the nonzero weights {@code k} to {@code last}, whose windows are every second of the list. */
    float dotSparse(int[] list, int from, int end, char[] rowOf, int first, int last, float[] x) {
        int[] table = entries;
        float[] w = weights;
        float a = 0;
        float b = 0;
        float c = 0;
        int k = first;
        int n = from;
        for (; n < end - 2 * BEYOND; n += 2) {
            int at = list[n];
            a += x[rowOf[k]] * w[SPARSE * at];
            b += x[rowOf[k + 1]] * w[SPARSE * at + 1];
            c += x[rowOf[k + 2]] * w[SPARSE * at + 2];
            k += table[at] >>> 8 & 15;
        }
        for (; n < end; n += 2) {
            int at = list[n];
            int symbols = table[at] >>> 8 & 15;
            for (int slot = 0; slot < symbols && k < last; slot++, k++) {
                a += x[rowOf[k]] * w[slots * at + slot];
            }
        }
        return a + b + c;
    }

    /**
     * The symbols' places and weights, as many as there are up to {@code symbols}; weights that are 0 may be left out.
     *
     * @return how many there are
     */
    int expand(int[] list, int from, int end, int symbols, int[] places, float[] into) {
        int count = 0;
        int row = 0;
        for (int n = from; n < end; n += 2) {
            int at = list[n];
            int e = entries[at];
            for (int slot = 0; slot < slots; slot++) {
                int place = row + (e >>> 12 + 4 * slot & 15);
                if (place < symbols && Float.floatToRawIntBits(weights[slots * at + slot]) != 0) {
                    places[count] = place;
                    into[count++] = weights[slots * at + slot];
                }
            }
            row += e >>> 8 & 15;
        }
        return count;
    }

    /**
     * Decodes {@code n} symbols from bit {@code bit} on, with every step checked.
     *
     * @return the bit after the last word
     */
    long decode(ByteBuffer stream, long bit, long end, int n, int[] into) {
        byte[] bytes = bytes(stream, bit, end);
        long at = bit & 7;
        long limit = end - (bit & ~7L);
        for (int i = 0; i < n; i++) {
            int s = at < limit ? symbol((long) LONG.get(bytes, (int) (at >>> 3)) << (at & 7), 1) : -1;
            if (s < 0 || at + code.length(s) > limit) {
                throw new CodingException("has a damaged stream of code words; write it again from its source");
            }
            into[i] = s;
            at += code.length(s);
        }
        return (bit & ~7L) + at;
    }
}
