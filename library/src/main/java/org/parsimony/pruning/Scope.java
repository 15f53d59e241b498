package org.parsimony.pruning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is treated on its own: each layer, or all chosen layers as one. */
public enum Scope {
    /** Each layer loses its share. */
    LAYER,
    /** All chosen layers together lose the share; where, the scores decide. */
    NETWORK;

    /**
     * The elements of some layers.
     *
     * @param scores for each layer one an element
     * @param out for each layer which elements are out already
     */
    record Elements(List<double[]> scores, List<boolean[]> out) {

        int size(int layer) {
            return scores.get(layer).length;
        }

        int removed(int layer) {
            return Scope.removed(out.get(layer));
        }
    }

    /** How many are out. */
    static int removed(boolean[] out) {
        int n = 0;
        for (boolean o : out) {
            n += o ? 1 : 0;
        }
        return n;
    }

    /** {@code ⌊share · n⌋} as it is meant: 0.7 · 10 is 7, whatever the last bit of the product. */
    static long count(double share, long n) {
        return (long) Math.floor(share * n + 1e-9);
    }

    /**
     * Which elements are out when {@code share} of them shall be: those out already first, then by rising score, of equal
     * ones the lower layer and index; at least one element, the best, stays in every layer.
     *
     * @param share for each layer in [0, 1); equal ones for {@link #NETWORK}
     */
    List<boolean[]> choose(Elements elements, double[] share) {
        int layers = elements.scores().size();
        int[] offset = new int[layers + 1];
        for (int l = 0; l < layers; l++) {
            offset[l + 1] = offset[l] + elements.size(l);
        }
        double[] score = new double[offset[layers]];
        boolean[] out = new boolean[offset[layers]];
        int[][] candidates = new int[layers][];
        for (int l = 0; l < layers; l++) {
            System.arraycopy(elements.scores().get(l), 0, score, offset[l], elements.size(l));
            System.arraycopy(elements.out().get(l), 0, out, offset[l], elements.size(l));
            candidates[l] = allButTheBest(offset[l], offset[l + 1], score, out);
        }
        if (this == LAYER) {
            for (int l = 0; l < layers; l++) {
                take(candidates[l], count(share[l], elements.size(l)) - elements.removed(l), score, out);
            }
        } else {
            int[] all = Arrays.stream(candidates).flatMapToInt(Arrays::stream).toArray();
            take(all, count(share[0], out.length) - removed(out), score, out);
        }
        return IntStream.range(0, layers)
                .mapToObj(l -> Arrays.copyOfRange(out, offset[l], offset[l + 1]))
                .toList();
    }

    /** The places that are not out, rising, without that of the highest score, of equal ones the last. */
    private static int[] allButTheBest(int from, int to, double[] score, boolean[] out) {
        int[] left = new int[to - from];
        int n = 0;
        int best = -1;
        for (int i = from; i < to; i++) {
            if (!out[i]) {
                best = best < 0 || key(score[i]) >= key(score[best]) ? i : best;
                left[n++] = i;
            }
        }
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (left[i] != best) {
                left[kept++] = left[i];
            }
        }
        return Arrays.copyOf(left, kept);
    }

    /** Takes out the {@code n} of {@code places}, which rise, with the least scores, of equal ones the lower. O(places). */
    private static void take(int[] places, long n, double[] score, boolean[] out) {
        if (n <= 0 || places.length == 0) {
            return;
        }
        int wanted = (int) Math.min(n, places.length);
        long[] keys = new long[places.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(score[places[i]]);
        }
        long limit = Selection.least(keys, wanted);
        int equal = wanted;
        for (long key : keys) {
            equal -= key < limit ? 1 : 0;
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] < limit || keys[i] == limit && equal-- > 0) {
                out[places[i]] = true;
            }
        }
    }

    /** A number in the order of scores; −0 is 0. */
    private static long key(double score) {
        long bits = Double.doubleToLongBits(score + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
