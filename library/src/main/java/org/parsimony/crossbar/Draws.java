package org.parsimony.crossbar;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Random numbers by counting: number n of a place is a mix of the place's key and n (SplitMix64). Every sample, purpose and array
 * has a place of its own, so that it does not matter who draws first. Not safe for use by several threads at once.
 */
final class Draws {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;
    private static final float[] NORMAL = normal();

    private long state;
    private long lanes;
    private int left;

    private Draws(long key) {
        state = key;
    }

    /** The numbers of a place. */
    static Draws at(long seed, long... place) {
        long key = mix(seed + GAMMA);
        for (long part : place) {
            key = mix(key ^ mix(part + GAMMA));
        }
        return new Draws(key);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Quantiles of the normal distribution in the middles of 2¹⁶ parts of equal mass, scaled to variance 1. */
    private static float[] normal() {
        NormalDistribution law = new NormalDistribution(null, 0, 1);
        int half = 1 << 15;
        double[] upper = new double[half];
        double squares = 0;
        for (int i = 0; i < half; i++) {
            upper[i] = law.inverseCumulativeProbability(0.5 + (i + 0.5) / (2 * half));
            squares += upper[i] * upper[i];
        }
        double scale = Math.sqrt(half / squares);
        float[] table = new float[2 * half];
        for (int i = 0; i < half; i++) {
            table[i] = (float) (scale * upper[i]);
            table[half + i] = -table[i];
        }
        return table;
    }

    long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** A normal number of mean 0 and variance 1, at most 4.3 in size: four of them from one 64-bit number. */
    float gaussian() {
        if (left == 0) {
            lanes = nextLong();
            left = 4;
        }
        float drawn = NORMAL[(int) (lanes & 0xffff)];
        lanes >>>= 16;
        left--;
        return drawn;
    }

    /**
     * A train of pulses: {@code slots} independent bits, each 1 with probability {@code p}, exactly. All slots compare a uniform
     * number with p at once, binary digit by digit, until every slot has met a digit that differs: about log₂ slots + 2 draws.
     *
     * @param slots from 1 to 64
     */
    long train(double p, int slots) {
        long open = slots == 64 ? -1 : (1L << slots) - 1;
        if (p >= 1) {
            return open;
        }
        if (slots == 1) {
            return (nextLong() >>> 11) * 0x1p-53 < p ? 1 : 0;
        }
        long ones = 0;
        double rest = p;
        while (open != 0 && rest > 0) {
            long digits = nextLong();
            rest *= 2;
            if (rest >= 1) {
                rest -= 1;
                ones |= open & ~digits;
                open &= digits;
            } else {
                open &= ~digits;
            }
        }
        return ones;
    }
}
