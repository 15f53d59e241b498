package org.parsimony.network.training;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Anatomy;
import org.parsimony.network.Constraints;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/**
 * Keeps tied weights equal: every weight of one shared value gets the same gradient, so that an optimiser which treats
 * weights one by one, and starts without a state, moves them alike to the last bit. What is masked has no part in it.
 */
final class TiedWeights implements Hook {

    private final Map<Integer, INDArray> ties;
    private final Map<Integer, INDArray> masks;
    private final Trainer.Tying tying;
    private final double[] sum;
    private final int[] count;
    /** Places of tied weights in the flat vector and the numbers of their values; made in the first step. */
    private int[] place;

    private int[] valueAt;

    TiedWeights(Constraints constraints, Trainer.Tying tying) {
        this.ties = constraints.ties();
        this.masks = constraints.masks();
        this.tying = tying;
        int values = 0;
        for (INDArray numbers : ties.values()) {
            values = Math.max(values, 1 + numbers.maxNumber().intValue());
        }
        sum = new double[values];
        count = new int[values];
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
        if (tying == Trainer.Tying.MEAN) {
            for (int v = 0; v < sum.length; v++) {
                sum[v] /= Math.max(1, count[v]);
            }
        }
        for (int i = 0; i < place.length; i++) {
            g[place[i]] = (float) sum[valueAt[i]];
        }
    }

    private void locate(Training training) {
        int[] places = new int[0];
        int[] values = new int[0];
        for (Parameter parameter : training.parameters()) {
            INDArray numbers = parameter.name().equals(Anatomy.WEIGHTS) ? ties.get(parameter.layer()) : null;
            if (numbers == null) {
                continue;
            }
            float[] flat = numbers.dup(numbers.rank() == 2 ? 'f' : 'c').data().asFloat();
            INDArray mask = masks.get(parameter.layer());
            float[] kept = mask == null
                    ? null
                    : mask.dup(mask.rank() == 2 ? 'f' : 'c').data().asFloat();
            int n = places.length;
            places = Arrays.copyOf(places, n + flat.length);
            values = Arrays.copyOf(values, n + flat.length);
            for (int i = 0; i < flat.length; i++) {
                if (flat[i] >= 0 && (kept == null || kept[i] != 0)) {
                    places[n] = parameter.offset() + i;
                    values[n++] = (int) flat[i];
                    count[(int) flat[i]]++;
                }
            }
            places = Arrays.copyOf(places, n);
            values = Arrays.copyOf(values, n);
        }
        place = places;
        valueAt = values;
    }
}
