package org.parsimony.coding.prototypes;

import java.util.Arrays;

/**
 * Asymmetric numeral systems with a table (tANS, Duda 2013): a code within a fraction of a percent of the entropy whose
 * decoder is one look-up a token. States lie in [0, {@value #STATES}); every table has as many, so that one state walks
 * through the tables of several contexts.
 */
final class AnsTable {

    static final int LOG = 12;
    static final int STATES = 1 << LOG;
    /** Where an entry of the decoder holds the next state. */
    static final int NEXT = 64 - LOG;

    private final int[] frequencies;
    private final int[] start;
    private final char[] target;

    /** @param frequencies of the tokens, each at least 1, {@value #STATES} in all */
    AnsTable(int[] frequencies) {
        this.frequencies = frequencies;
        start = new int[frequencies.length];
        for (int t = 1; t < start.length; t++) {
            start[t] = start[t - 1] + frequencies[t - 1];
        }
        target = new char[STATES];
        int[] next = start.clone();
        char[] spread = spread(frequencies);
        for (int state = 0; state < STATES; state++) {
            target[next[spread[state]]++] = (char) state;
        }
    }

    /** The token of every state, tokens spread evenly. */
    private static char[] spread(int[] frequencies) {
        char[] tokens = new char[STATES];
        int step = (STATES >> 1) + (STATES >> 3) + 3;
        int at = 0;
        for (int token = 0; token < frequencies.length; token++) {
            for (int i = 0; i < frequencies[token]; i++) {
                tokens[at] = (char) token;
                at = at + step & STATES - 1;
            }
        }
        return tokens;
    }

    /** Bits that leave {@code state} before it takes up {@code token}. */
    int bits(int state, int token) {
        int f = frequencies[token];
        int bits = LOG - (31 - Integer.numberOfLeadingZeros(f));
        return state + STATES >> bits < f ? bits - 1 : bits;
    }

    /** The state after {@code token}, once {@link #bits} bits have left. */
    int push(int state, int token) {
        int f = frequencies[token];
        return target[start[token] + (state + STATES >> bits(state, token)) - f];
    }

    /**
     * The decoder: for every state the token's payload, which leaves them free, with the number of the next
     * state's low bits in bits 0 to 5 and what they are added to in bits {@value #NEXT} to 63.
     */
    static long[] decoder(int[] frequencies, long[] payload) {
        long[] entries = new long[STATES];
        char[] spread = spread(frequencies);
        int[] next = frequencies.clone();
        for (int state = 0; state < STATES; state++) {
            int token = spread[state];
            int x = next[token]++;
            int bits = LOG - (31 - Integer.numberOfLeadingZeros(x));
            entries[state] = payload[token] | (long) ((x << bits) - STATES) << NEXT | bits;
        }
        return entries;
    }

    /** {@code counts} scaled to {@value #STATES} in all, every one at least 1, by smallest loss. */
    static int[] normalise(long[] counts) {
        long total = Math.max(1, Arrays.stream(counts).sum());
        int[] f = new int[counts.length];
        int left = STATES;
        for (int t = 0; t < f.length; t++) {
            f[t] = (int) Math.max(1, counts[t] * STATES / total);
            left -= f[t];
        }
        while (left != 0) {
            int sign = left > 0 ? 1 : -1;
            int best = -1;
            double gain = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < f.length; t++) {
                if (f[t] + sign > 0) {
                    double g = counts[t] * Math.log((double) (f[t] + sign) / f[t]);
                    if (g > gain) {
                        gain = g;
                        best = t;
                    }
                }
            }
            f[best] += sign;
            left -= sign;
        }
        return f;
    }
}
