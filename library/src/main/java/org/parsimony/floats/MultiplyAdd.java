package org.parsimony.floats;

import java.util.SplittableRandom;

/**
 * sums[i] ← round(sums[i] + round(factor · weights[i])) for a run of sums: where an emulated network spends its time. All
 * forms give the same numbers where they may be used; {@link Exactly} is the definition, the others are fast.
 *
 * <p>Numbers of a format are 64-bit floats here. A product of two of them is exact in 64 bits. So is a sum if {@link
 * Bounds#exact} holds, and then rounding is an operation on the bits: cut the mantissa off, half a unit added before to
 * round to nearest.
 */
interface MultiplyAdd {

    /**
     * Adds to {@code n} sums from {@code at} on, with the weights from {@code from} on.
     *
     * @param scratch of at least {@code n} numbers, of the calling thread
     */
    void add(double[] sums, int at, double[] weights, int from, int n, double factor, Bits scratch);

    /** Products and sums as they are in 64-bit floats. */
    final class Wide implements MultiplyAdd {

        @Override
        public void add(double[] sums, int at, double[] weights, int from, int n, double factor, Bits scratch) {
            for (int i = 0; i < n; i++) {
                sums[at + i] += factor * weights[from + i];
            }
        }
    }

    /** Rounds on the bits of exact products and sums: truncates, or to nearest with ties to even or away. */
    final class OnBits implements MultiplyAdd {

        /** What a number may become beside being rounded. */
        enum Range {
            /** Nothing: none is too large or too small. */
            FREE,
            /** Above the greatest it saturates, below the smallest it becomes zero. */
            HELD
        }

        private final long mask;
        private final long most;
        private final long odd;
        private final int dropped;
        private final boolean nearest;
        private final boolean held;
        private final long least;
        private final long greatest;

        OnBits(FloatFormat format, Range range) {
            dropped = 52 - format.mantissaBits();
            mask = -1L << dropped;
            odd = format.rounding() == Rounding.NEAREST_EVEN ? 1 : 0;
            nearest = format.rounding() != Rounding.TOWARD_ZERO;
            most = (1L << dropped - 1) - odd;
            held = range == Range.HELD;
            least = Double.doubleToRawLongBits(format.smallest());
            greatest = Double.doubleToRawLongBits(format.max());
        }

        @Override
        public void add(double[] sums, int at, double[] weights, int from, int n, double factor, Bits scratch) {
            double[] x = scratch.values;
            for (int i = 0; i < n; i++) {
                x[i] = factor * weights[from + i];
            }
            round(scratch, n);
            for (int i = 0; i < n; i++) {
                x[i] += sums[at + i];
            }
            round(scratch, n);
            System.arraycopy(x, 0, sums, at, n);
        }

        private void round(Bits scratch, int n) {
            scratch.toBits(n);
            long[] bits = scratch.bits;
            if (held && nearest) {
                nearestHeld(bits, n);
            } else if (held) {
                cutHeld(bits, n);
            } else if (nearest) {
                nearest(bits, n);
            } else {
                cut(bits, n, mask);
            }
            scratch.toValues(n);
        }

        private static void cut(long[] bits, int n, long mask) {
            for (int i = 0; i < n; i++) {
                bits[i] &= mask;
            }
        }

        private void nearest(long[] bits, int n) {
            long mask = this.mask;
            long most = this.most;
            long odd = this.odd;
            int dropped = this.dropped;
            for (int i = 0; i < n; i++) {
                bits[i] = bits[i] + most + (bits[i] >>> dropped & odd) & mask;
            }
        }

        /** Comparisons as signs of differences, spread over all bits: a branch would keep the loop from being vectorised. */
        private void cutHeld(long[] bits, int n) {
            long mask = this.mask & Long.MAX_VALUE;
            long least = this.least;
            long greatest = this.greatest;
            for (int i = 0; i < n; i++) {
                long size = bits[i] & mask;
                long over = greatest - size >> 63;
                long under = size - least >> 63;
                bits[i] = bits[i] & Long.MIN_VALUE | (size & ~over | greatest & over) & ~under;
            }
        }

        private void nearestHeld(long[] bits, int n) {
            long mask = this.mask & Long.MAX_VALUE;
            long most = this.most;
            long odd = this.odd;
            int dropped = this.dropped;
            long least = this.least;
            long greatest = this.greatest;
            for (int i = 0; i < n; i++) {
                long size = bits[i] & Long.MAX_VALUE;
                long under = size - least >> 63;
                size = size + most + (size >>> dropped & odd) & mask;
                long over = greatest - size >> 63;
                bits[i] = bits[i] & Long.MIN_VALUE | (size & ~over | greatest & over) & ~under;
            }
        }
    }

    /** Any format, rounded from the exact product and the exact sum, and counted. */
    final class Exactly implements MultiplyAdd {

        private final Precision precision;
        private final SplittableRandom random;
        private final Tally tally;
        private final double max;

        /** @param random of stochastic rounding, null for other roundings */
        Exactly(Precision precision, SplittableRandom random, Tally tally) {
            this.precision = precision;
            this.random = random;
            this.tally = tally;
            max = precision.max();
        }

        /** {@code x} rounded. */
        double round(double x) {
            return tally.count(x, precision.round(x, random == null ? 0 : random.nextDouble()), max);
        }

        /** The sum rounded once. */
        double sum(double a, double b) {
            return round(toOdd(a, b));
        }

        @Override
        public void add(double[] sums, int at, double[] weights, int from, int n, double factor, Bits scratch) {
            for (int i = 0; i < n; i++) {
                sums[at + i] = sum(sums[at + i], round(factor * weights[from + i]));
            }
        }
    }

    /**
     * a + b in 64 bits, of its two neighbours the one with an odd last bit where it is not exact (Boldo and Melquiond,
     * 2008): rounded again to 51 bits or fewer it is what the exact sum would be.
     */
    static double toOdd(double a, double b) {
        double sum = a + b;
        double part = sum - a;
        double error = a - (sum - part) + (b - part); // Knuth's two-sum: exact; NaN for infinities
        if (error == 0 || Double.isNaN(error)) {
            return sum;
        }
        long bits = Double.doubleToRawLongBits(sum);
        if ((bits & 1) == 0) {
            bits += error > 0 == sum > 0 ? 1 : -1;
        }
        return Double.longBitsToDouble(bits);
    }
}
