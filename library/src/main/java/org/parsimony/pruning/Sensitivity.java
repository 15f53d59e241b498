package org.parsimony.pruning;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;

/**
 * Scores from {@link SampleGradients}. A batch in a sample's place scales all scores alike as far as the samples of a batch
 * are independent. Memory: twice the weights.
 */
final class Sensitivity implements Importance {

    /** Which mean of the gradients. */
    enum Moment {
        /** |w| · mean |g|. */
        ABSOLUTE,
        /** w² / 2 · mean g². */
        SQUARE
    }

    private final Moment moment;

    Sensitivity(Moment moment) {
        this.moment = moment;
    }

    @Override
    public List<float[]> scores(Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
        double[][] sums = new double[layers.size()][];
        for (int l = 0; l < sums.length; l++) {
            sums[l] = new double[layers.get(l).size()];
        }
        SampleGradients gradients = new SampleGradients(model, data, layers, samples, context);
        gradients.forEach((number, layer, values, weights, biases) -> add(sums[layer], values, weights));
        List<float[]> scores = new ArrayList<>();
        for (int l = 0; l < sums.length; l++) {
            float[] w = layers.get(l).read(model);
            for (int i = 0; i < w.length; i++) {
                double mean = sums[l][i] / gradients.count();
                w[i] = (float) (moment == Moment.SQUARE ? (double) w[i] * w[i] * mean / 2 : Math.abs(w[i]) * mean);
            }
            scores.add(w);
        }
        return scores;
    }

    private void add(double[] sum, float[] gradients, int offset) {
        if (moment == Moment.SQUARE) {
            for (int i = 0; i < sum.length; i++) {
                double g = gradients[offset + i];
                sum[i] += g * g;
            }
        } else {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Math.abs(gradients[offset + i]);
            }
        }
    }
}
