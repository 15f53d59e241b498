package org.parsimony.coding.prototypes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.parsimony.coding.entropy.Ints;

/**
 * Decodes the tokens of a block, a chunk at a time: three states take turns, so that three look-ups are under way at once,
 * and one reading of the stream serves them all.
 *
 * <p>A block's bytes, least significant bit first: the states at {@value AnsTable#LOG} bits each, then the state bits of
 * each token; from the other end of the block backwards the raw bits of each token that has some.
 */
final class TokenReader {

    static final int CHUNK = 510;
    static final int STATES = 3;
    /** Bits of the states. */
    static final int HEAD = STATES * AnsTable.LOG;
    /** A chunk that begins within its block, however damaged, ends before so many bytes after it. */
    private static final int SPARE = CHUNK * AnsTable.LOG / 8 + 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The entries of the tables that {@link #decode} met. */
    final long[] tokens = new long[CHUNK];

    private final int[] states = new int[STATES];
    private byte[] bytes = new byte[0];
    private int bit;
    private int raw;

    /** Begins with the block of bytes {@code from} to {@code to}. */
    void open(ByteBuffer stream, int from, int to) {
        int n = to - from;
        if (bytes.length < n + SPARE) {
            bytes = new byte[n + n / 4 + SPARE];
        }
        stream.get(from, bytes, 0, n);
        Arrays.fill(bytes, n, n + SPARE, (byte) 0);
        long packed = (long) LONG.get(bytes, 0);
        for (int i = 0; i < STATES; i++) {
            states[i] = (int) (packed >>> AnsTable.LOG * i) & AnsTable.STATES - 1;
        }
        bit = HEAD;
        raw = 8 * n;
    }

    /** Decodes {@code n} tokens, a multiple of {@value #STATES} or the last of their class. */
    void decode(long[] table, int n) {
        int whole = n - n % STATES;
        bit = decode(bytes, table, tokens, whole, states, bit);
        for (int i = whole; i < n; i++) {
            long ahead = (long) LONG.get(bytes, bit >>> 3) >>> (bit & 7);
            long token = table[states[i - whole]];
            tokens[i] = token;
            states[i - whole] = next(token, ahead);
            bit += (int) token & 63;
        }
    }

    /**
     * Few values are alive at any point of this loop, so that all stay in registers. {@code ahead} holds the next bits, of
     * which {@code count} are counted: where the next ones are fetched does not wait for the tokens of this turn.
     */
    private static int decode(byte[] bytes, long[] table, long[] tokens, int n, int[] states, int bit) {
        int a = states[0];
        int b = states[1];
        int c = states[2];
        int at = (bit >>> 3) + 7;
        int count = 56 - (bit & 7);
        long ahead = (long) LONG.get(bytes, bit >>> 3) >>> (bit & 7);
        for (int i = 0; i < n - 2; i += 3) {
            ahead |= (long) LONG.get(bytes, at) << count;
            at += 63 - count >>> 3;
            count |= 56;
            long token = table[a];
            tokens[i] = token;
            a = next(token, ahead);
            ahead >>>= token;
            int bits = (int) token;
            token = table[b];
            tokens[i + 1] = token;
            b = next(token, ahead);
            ahead >>>= token;
            bits += (int) token;
            token = table[c];
            tokens[i + 2] = token;
            c = next(token, ahead);
            ahead >>>= token;
            count -= bits + (int) token & 63;
        }
        states[0] = a;
        states[1] = b;
        states[2] = c;
        return (at << 3) - count;
    }

    private static int next(long token, long ahead) {
        return (int) (token >>> AnsTable.NEXT) + ((int) ahead & ~(-1 << (int) token));
    }

    /** The next {@code count} raw bits. */
    long raw(int count) {
        raw -= count;
        return (long) LONG.get(bytes, raw >>> 3) >>> (raw & 7) & ~(-1L << count);
    }

    /** Whether there may be {@code count} raw bits more, after the tokens decoded so far. */
    boolean hasRaw(int count) {
        return raw - count >= bit;
    }

    /** Whether the block ends here as it must. */
    boolean atEnd() {
        return raw >= bit && raw - bit < 8 && Arrays.stream(states).allMatch(s -> s == 0);
    }

    /**
     * Writes a block.
     *
     * @param states to begin with
     * @param low the state bits of each token, {@code bits[i]} of them
     * @param parsed token, raw bits, number of raw bits of each token
     */
    static byte[] write(int[] states, int[] low, int[] bits, Ints parsed) {
        long total = 0;
        for (int i = 0; i < bits.length; i++) {
            total += bits[i] + parsed.get(3 * i + 2);
        }
        byte[] bytes = new byte[Math.toIntExact(HEAD + total + 7 >>> 3)];
        int at = 0;
        for (int state : states) {
            put(bytes, at, state, AnsTable.LOG);
            at += AnsTable.LOG;
        }
        int raw = 8 * bytes.length;
        for (int i = 0; i < bits.length; i++) {
            put(bytes, at, low[i], bits[i]);
            at += bits[i];
            raw -= parsed.get(3 * i + 2);
            put(bytes, raw, parsed.get(3 * i + 1), parsed.get(3 * i + 2));
        }
        return bytes;
    }

    private static void put(byte[] bytes, int at, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i >>> 3] |= (byte) ((value >>> i & 1) << (at + i & 7));
        }
    }
}
