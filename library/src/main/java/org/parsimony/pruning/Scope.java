package org.parsimony.pruning;

import it.unimi.dsi.fastutil.ints.IntArrays;
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
            int[] left = IntStream.range(offset[l], offset[l + 1])
                    .filter(i -> !out[i])
                    .toArray();
            candidates[l] = Arrays.copyOf(rising(left, score), Math.max(0, left.length - 1));
        }
        if (this == LAYER) {
            for (int l = 0; l < layers; l++) {
                take(candidates[l], count(share[l], elements.size(l)) - elements.removed(l), out);
            }
        } else {
            int[] all = Arrays.stream(candidates)
                    .flatMapToInt(Arrays::stream)
                    .sorted()
                    .toArray();
            take(rising(all, score), count(share[0], out.length) - removed(out), out);
        }
        return IntStream.range(0, layers)
                .mapToObj(l -> Arrays.copyOfRange(out, offset[l], offset[l + 1]))
                .toList();
    }

    /** Places by rising score, of equal ones the lower first; sorts in place. */
    private static int[] rising(int[] places, double[] score) {
        IntArrays.mergeSort(places, (a, b) -> Double.compare(score[a] + 0.0, score[b] + 0.0));
        return places;
    }

    private static void take(int[] places, long n, boolean[] out) {
        for (int i = 0; i < Math.min(n, places.length); i++) {
            out[places[i]] = true;
        }
    }
}
