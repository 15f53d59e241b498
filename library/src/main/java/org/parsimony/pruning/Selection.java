package org.parsimony.pruning;

/** Finds one of many numbers by its rank, without sorting them. */
final class Selection {

    private static final int DIGIT = 16;

    private Selection() {}

    /** The {@code rank}-th least of some numbers, from 1. Complexity: O(n), digit by digit from the highest. */
    static long least(long[] numbers, int rank) {
        long[] left = new long[numbers.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = numbers[i] ^ Long.MIN_VALUE; // their order without a sign
        }
        int n = left.length;
        int place = rank;
        for (int shift = Long.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
            int[] counts = new int[1 << DIGIT];
            for (int i = 0; i < n; i++) {
                counts[digit(left[i], shift)]++;
            }
            int found = 0;
            while (counts[found] < place) {
                place -= counts[found++];
            }
            int kept = 0;
            for (int i = 0; i < n; i++) {
                if (digit(left[i], shift) == found) {
                    left[kept++] = left[i];
                }
            }
            n = kept;
        }
        return left[0] ^ Long.MIN_VALUE;
    }

    private static int digit(long number, int shift) {
        return (int) (number >>> shift) & (1 << DIGIT) - 1;
    }
}
