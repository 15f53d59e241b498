package org.parsimony.sham;

import java.util.Arrays;
import org.parsimony.base.Require;

/**
 * Weights that share values: weight i is {@code values[member[i]]}.
 *
 * @param values distinct, ascending
 * @param member for every weight the place of its value
 */
public record Codebook(float[] values, int[] member) {

    /** {@code weights} with each replaced by the nearest of {@code centres}, the lower of two as near. */
    public static Codebook nearest(float[] weights, float[] centres) {
        Require.atLeast("number of centres", centres.length, 1);
        float[] sorted = distinct(centres);
        double[] middle = new double[sorted.length - 1];
        for (int c = 0; c < middle.length; c++) {
            middle[c] = ((double) sorted[c] + sorted[c + 1]) / 2;
        }
        int[] member = new int[weights.length];
        for (int i = 0; i < member.length; i++) {
            int place = Arrays.binarySearch(middle, weights[i]);
            member[i] = place >= 0 ? place : -place - 1;
        }
        return new Codebook(sorted, member).used();
    }

    /** {@code weights} cut into intervals of sorted places, each of which becomes its mean. */
    static Codebook cut(float[] weights, Sorted sorted, int[] bound) {
        double[] means = sorted.means(bound);
        double[] first = new double[means.length];
        for (int g = 0; g < first.length; g++) {
            first[g] = sorted.x[bound[g]];
        }
        int[] member = new int[weights.length];
        for (int i = 0; i < member.length; i++) {
            int place = Arrays.binarySearch(first, weights[i] + 0.0); // −0 is 0
            member[i] = place >= 0 ? place : -place - 2;
        }
        return new Codebook(Sorted.floats(means), member);
    }

    /** Without the values that no weight has. */
    Codebook used() {
        int[] place = new int[values.length];
        for (int m : member) {
            place[m] = 1;
        }
        float[] kept = new float[Arrays.stream(place).sum()];
        int n = 0;
        for (int v = 0; v < place.length; v++) {
            if (place[v] == 1) {
                kept[n] = values[v];
                place[v] = n++;
            }
        }
        return new Codebook(kept, Arrays.stream(member).map(m -> place[m]).toArray());
    }

    /** The weights themselves. */
    public float[] weights() {
        float[] weights = new float[member.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values[member[i]];
        }
        return weights;
    }

    /** Sum of squared differences from {@code original}, which has as many weights. */
    public double distortion(float[] original) {
        double sum = 0;
        for (int i = 0; i < member.length; i++) {
            double difference = (double) original[i] - values[member[i]];
            sum += difference * difference;
        }
        return sum;
    }

    /** Zero-order entropy of the weights in bits. */
    public double entropy() {
        int[] count = new int[values.length];
        for (int m : member) {
            count[m]++;
        }
        double bits = 0;
        for (int c : count) {
            bits -= c == 0 ? 0 : c * Math.log((double) c / member.length) / Math.log(2);
        }
        return bits / member.length;
    }

    static float[] distinct(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = 0;
        for (float value : sorted) {
            if (n == 0 || sorted[n - 1] != value) {
                sorted[n++] = value + 0f; // −0 becomes 0
            }
        }
        return Arrays.copyOf(sorted, n);
    }
}
