package org.parsimony.coding.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.parsimony.coding.CodingException;

/**
 * Decodes several words of a canonical code by one look-up. The table is indexed by the next {@value #WINDOW} bits; an
 * entry holds how many bits and symbols it takes and up to two or three weights with their places, zeros between them
 * being free: what is not there has weight 0, so that no branch depends on the data.
 */
public final class HuffmanDecoder {

    static final int WINDOW = 13;
    /** Weights of an entry for columns of all weights, of which a window seldom holds three, and for nonzero ones. */
    public static final int FULL = 2;

    /** Weights of an entry for columns of nonzero weights alone. */
    public static final int SPARSE = 3;
    /** Look-ups between two refills: four windows fit into what a refill gives at least. */
    private static final int TURNS = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final HuffmanCode code;
    private final int slots;
    private final boolean finite;
    private int mostSymbols;
    private final int max;
    /** Places of the weights among the symbols, 5 bits each from bit 11 on; how many there are from 26. */
    private final int[] entries = new int[1 << WINDOW];
    /**
     * Bits and, from bit 8, symbols (0 for words longer than the window) of each entry: what the next look-up waits for,
     * small enough for the nearest cache.
     */
    private final char[] steps = new char[1 << WINDOW];

    private final float[] weights;
    /** First left-justified word and first symbol of each length. */
    private final long[] first;

    private final int[] firstSymbol;

    /** @param slots weights of an entry: {@link #FULL} or {@link #SPARSE} */
    public HuffmanDecoder(HuffmanCode code, int slots) {
        this.code = code;
        this.slots = slots;
        weights = new float[slots << WINDOW];
        boolean finite = true;
        for (float value : code.values()) {
            finite &= Float.isFinite(value);
        }
        this.finite = finite;
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
        for (int window = 0; window < entries.length && code.size() > 0; window++) {
            fill(window);
        }
    }

    private void fill(int window) {
        int bits = 0;
        int symbols = 0;
        int listed = 0;
        int places = 0;
        while (symbols < 31) {
            long ahead = (long) window << 64 - WINDOW + bits;
            int symbol = symbol(ahead);
            if (symbol < 0 || bits + code.length(symbol) > WINDOW) {
                break;
            }
            if (Float.floatToRawIntBits(code.value(symbol)) != 0) {
                if (listed == slots) {
                    break;
                }
                places |= symbols << 11 + 5 * listed;
                weights[slots * window + listed++] = code.value(symbol);
            }
            bits += code.length(symbol);
            symbols++;
        }
        steps[window] = (char) (bits | symbols << 8);
        entries[window] = places | listed << 26;
        mostSymbols = Math.max(mostSymbols, symbols);
    }

    /** The symbol that begins the left-justified bits {@code ahead}, or −1 if none does. */
    int symbol(long ahead) {
        if (max == 0) {
            return -1;
        }
        long v = ahead >>> 64 - max;
        for (int length = code.length(0); length <= max; length++) {
            if (v < first[length + 1]) {
                int s = firstSymbol[length] + (int) (v - first[length] >>> max - length);
                return s < code.size() ? s : -1;
            }
        }
        return -1;
    }

    /** The bytes that hold bits {@code from} to {@code to}, and eight more, beginning with the byte of {@code from}. */
    public static byte[] bytes(ByteBuffer stream, long from, long to) {
        int first = (int) (from >>> 3);
        int n = (int) (to + 7 >>> 3) - first;
        byte[] bytes = new byte[n + 16];
        stream.get(first, bytes, 0, n);
        return bytes;
    }

    /**
     * HAM: all weights of each column are coded; two columns at a time, to hide the latency. Look-ups may go on beyond
     * the end of a column, where x is 0.
     */
    public void dotFull(ByteBuffer stream, long[] start, float[] x, float[] y, int from, int to) {
        byte[] bytes = bytes(stream, start[from], start[to]);
        long origin = start[from] & ~7L;
        int rows = x.length;
        float[] padded = Arrays.copyOf(x, rows + TURNS * mostSymbols + 1);
        int last = finite ? rows : 0;
        int[] table = entries;
        char[] step = steps;
        float[] w = weights;
        int col = from;
        for (; col + 1 < to; col += 2) {
            int bit = (int) (start[col] - origin);
            int bit2 = (int) (start[col + 1] - origin);
            int row = 0;
            int row2 = 0;
            float a = 0;
            float b = 0;
            float a2 = 0;
            float b2 = 0;
            while (row < last && row2 < last) {
                long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
                long ahead2 = (long) LONG.get(bytes, bit2 >>> 3) << (bit2 & 7);
                int moved = 0;
                int s = 0;
                int moved2 = 0;
                int s2 = 0;
                for (int turn = 0; turn < TURNS; turn++) {
                    int at = (int) (ahead >>> 64 - WINDOW);
                    s = step[at];
                    int e = table[at];
                    int r = row + (moved >>> 8);
                    a += padded[r + (e >>> 11 & 31)] * w[FULL * at];
                    b += padded[r + (e >>> 16 & 31)] * w[FULL * at + 1];
                    moved += s;
                    ahead <<= s;
                    int at2 = (int) (ahead2 >>> 64 - WINDOW);
                    s2 = step[at2];
                    int e2 = table[at2];
                    int r2 = row2 + (moved2 >>> 8);
                    a2 += padded[r2 + (e2 >>> 11 & 31)] * w[FULL * at2];
                    b2 += padded[r2 + (e2 >>> 16 & 31)] * w[FULL * at2 + 1];
                    moved2 += s2;
                    ahead2 <<= s2;
                }
                row += moved >>> 8;
                bit += moved & 255;
                if (s >>> 8 == 0 && row < last) {
                    int symbol = symbol((long) LONG.get(bytes, bit >>> 3) << (bit & 7));
                    a += padded[row++] * code.value(symbol);
                    bit += code.length(symbol);
                }
                row2 += moved2 >>> 8;
                bit2 += moved2 & 255;
                if (s2 >>> 8 == 0 && row2 < last) {
                    int symbol = symbol((long) LONG.get(bytes, bit2 >>> 3) << (bit2 & 7));
                    a2 += padded[row2++] * code.value(symbol);
                    bit2 += code.length(symbol);
                }
            }
            y[col] = a + b + rest(bytes, bit, x, row);
            y[col + 1] = a2 + b2 + rest(bytes, bit2, x, row2);
        }
        if (col < to) {
            y[col] = rest(bytes, (int) (start[col] - origin), x, 0);
        }
    }

    /** The product of a column from {@code row} on. */
    private float rest(byte[] bytes, int bit, float[] x, int row) {
        int[] table = entries;
        float[] w = weights;
        float a = 0;
        float b = 0;
        while (row < x.length) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
            int at = (int) (ahead >>> 64 - WINDOW);
            int e = table[at];
            int symbols = steps[at] >>> 8;
            if (symbols == 0 || symbols > x.length - row) {
                int s = symbol(ahead);
                a += x[row++] * code.value(s);
                bit += code.length(s);
            } else {
                a += x[row + (e >>> 11 & 31)] * w[FULL * at];
                b += x[row + (e >>> 16 & 31)] * w[FULL * at + 1];
                row += symbols;
                bit += steps[at] & 255;
            }
        }
        return a + b;
    }

    /** sHAM: only nonzero weights are coded, {@code rowOf} says where they are. */
    public void dotSparse(
            ByteBuffer stream, long[] start, int[] entry, char[] rowOf, float[] x, float[] y, int from, int to) {
        byte[] bytes = bytes(stream, start[from], start[to]);
        int bit = (int) (start[from] & 7);
        char[] step = steps;
        float[] w = weights;
        for (int col = from; col < to; col++) {
            float a = 0;
            float b = 0;
            float c = 0;
            int k = entry[col];
            int end = entry[col + 1];
            while (k < end) {
                long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
                int turns = k <= end - TURNS * SPARSE ? TURNS : 1;
                int e = 0;
                for (int turn = 0; turn < turns; turn++) {
                    int at = (int) (ahead >>> 64 - WINDOW);
                    e = step[at];
                    if (turns == 1 && e >>> 8 > end - k) {
                        e = 0;
                        break;
                    }
                    a += x[rowOf[k]] * w[SPARSE * at];
                    b += x[rowOf[k + 1]] * w[SPARSE * at + 1];
                    c += x[rowOf[k + 2]] * w[SPARSE * at + 2];
                    k += e >>> 8;
                    bit += e & 63;
                    ahead <<= e;
                }
                if (e >>> 8 == 0) {
                    int s = symbol((long) LONG.get(bytes, bit >>> 3) << (bit & 7));
                    a += x[rowOf[k++]] * code.value(s);
                    bit += code.length(s);
                }
            }
            y[col] = a + b + c;
        }
    }

    /**
     * Lists the nonzero weights of one HAM column.
     *
     * @param rowOf where each is; like {@code weights} {@value #FULL} longer than the column
     * @return how many there are
     */
    public int list(ByteBuffer stream, long from, long to, int rows, int[] rowOf, float[] weights) {
        byte[] bytes = bytes(stream, from, to);
        int bit = (int) (from & 7);
        int[] table = entries;
        float[] w = this.weights;
        int n = 0;
        int row = 0;
        while (row < rows) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
            int at = (int) (ahead >>> 64 - WINDOW);
            int e = table[at];
            int symbols = steps[at] >>> 8;
            if (symbols == 0 || symbols > rows - row) {
                int s = symbol(ahead);
                rowOf[n] = row++;
                weights[n] = code.value(s);
                n += Float.floatToRawIntBits(code.value(s)) != 0 ? 1 : 0;
                bit += code.length(s);
            } else {
                rowOf[n] = row + (e >>> 11 & 31);
                weights[n] = w[FULL * at];
                rowOf[n + 1] = row + (e >>> 16 & 31);
                weights[n + 1] = w[FULL * at + 1];
                n += e >>> 26 & 3;
                row += symbols;
                bit += steps[at] & 255;
            }
        }
        return n;
    }

    /** The {@code n} weights of one sHAM column, into an array {@value #SPARSE} longer. */
    public void weights(ByteBuffer stream, long from, long to, int n, float[] weights) {
        byte[] bytes = bytes(stream, from, to);
        int bit = (int) (from & 7);
        for (int k = 0; k < n; ) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) << (bit & 7);
            int at = (int) (ahead >>> 64 - WINDOW);
            int symbols = steps[at] >>> 8;
            if (symbols == 0) {
                int s = symbol(ahead);
                weights[k++] = code.value(s);
                bit += code.length(s);
            } else {
                weights[k] = this.weights[SPARSE * at];
                weights[k + 1] = this.weights[SPARSE * at + 1];
                weights[k + 2] = this.weights[SPARSE * at + 2];
                k += symbols;
                bit += steps[at] & 255;
            }
        }
    }

    /**
     * Decodes {@code n} symbols from bit {@code bit} on, with every step checked.
     *
     * @return the bit after the last word
     */
    public long decode(ByteBuffer stream, long bit, long end, int n, int[] into) {
        byte[] bytes = bytes(stream, bit, end);
        long at = bit & 7;
        long limit = end - (bit & ~7L);
        for (int i = 0; i < n; i++) {
            int s = at < limit ? symbol((long) LONG.get(bytes, (int) (at >>> 3)) << (at & 7)) : -1;
            if (s < 0 || at + code.length(s) > limit) {
                throw new CodingException("has a damaged stream of code words; write it again from its source");
            }
            into[i] = s;
            at += code.length(s);
        }
        return (bit & ~7L) + at;
    }
}
