package org.parsimony.sham;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/**
 * Keeps shared weights shared: every weight of a value gets the same gradient, so that an optimiser which treats weights one
 * by one, and starts without a state, moves them alike to the last bit.
 */
final class TiedWeights implements Hook {

    private final List<Weights> layers;
    /** For every weight of every chosen layer the number of its value, or −1 if it is not shared. */
    private final int[][] value;

    private final Sham.Tying tying;
    private final double[] sum;
    private final int[] count;
    /** Places of shared weights in the flat vector and the numbers of their values; made in the first step. */
    private int[] place;

    private int[] valueAt;

    TiedWeights(List<Weights> layers, int[][] value, Sham.Tying tying) {
        this.layers = layers;
        this.value = value;
        this.tying = tying;
        int values = 1 + Arrays.stream(value).flatMapToInt(Arrays::stream).max().orElse(-1);
        sum = new double[values];
        count = new int[values];
        Arrays.stream(value).flatMapToInt(Arrays::stream).filter(v -> v >= 0).forEach(v -> count[v]++);
    }

    @Override
    public void gradient(Training training) {
        if (place == null) {
            locate(training);
        }
        float[] g = training.gradients();
        Arrays.fill(sum, 0);
        for (int i = 0; i < place.length; i++) {
            sum[valueAt[i]] += g[place[i]];
        }
        if (tying == Sham.Tying.MEAN) {
            for (int v = 0; v < sum.length; v++) {
                sum[v] /= Math.max(1, count[v]);
            }
        }
        for (int i = 0; i < place.length; i++) {
            g[place[i]] = (float) sum[valueAt[i]];
        }
    }

    private void locate(Training training) {
        List<Integer> places = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int l = 0; l < value.length; l++) {
            int offset = weights(training, layers.get(l).layer()).offset();
            for (int i = 0; i < value[l].length; i++) {
                if (value[l][i] >= 0) {
                    places.add(offset + i);
                    values.add(value[l][i]);
                }
            }
        }
        place = places.stream().mapToInt(Integer::intValue).toArray();
        valueAt = values.stream().mapToInt(Integer::intValue).toArray();
    }

    static Parameter weights(Training training, int layer) {
        return training.parameters().stream()
                .filter(p -> p.layer() == layer && p.name().equals("W"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("layer " + layer + " has no weights"));
    }
}
