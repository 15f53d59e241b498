package org.parsimony.network.texts;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.network.texts.Sgemm.Turned;

/** The dense layers: ReLU after each but the last, then dropout where there is any. */
final class Head {

    private final int[] widths;
    private final double[] dropout;
    /** {@code [inputs × outputs]}, each. */
    final float[][] weights;

    final float[][] biases;
    final float[][] weightGradients;
    final float[][] biasGradients;

    private float[][] inputs;

    Head(int features, List<TextPlan.Dense> dense) {
        widths = new int[dense.size() + 1];
        widths[0] = features;
        dropout = new double[dense.size()];
        for (int l = 0; l < dense.size(); l++) {
            widths[l + 1] = dense.get(l).units();
            dropout[l] = dense.get(l).dropout();
        }
        int layers = widths.length - 1;
        weights = new float[layers][];
        biases = new float[layers][];
        weightGradients = new float[layers][];
        biasGradients = new float[layers][];
        for (int l = 0; l < layers; l++) {
            weights[l] = new float[widths[l] * widths[l + 1]];
            biases[l] = new float[widths[l + 1]];
            weightGradients[l] = new float[weights[l].length];
            biasGradients[l] = new float[biases[l].length];
        }
    }

    /**
     * Affinities of {@code n} rows of features.
     *
     * @param random of the dropout; null where all units stay
     */
    float[] forward(float[] features, int n, SplittableRandom random) {
        inputs = new float[weights.length][];
        float[] x = features;
        for (int l = 0; l < weights.length; l++) {
            inputs[l] = x;
            float[] y = new float[n * widths[l + 1]];
            for (int row = 0; row < n; row++) {
                System.arraycopy(biases[l], 0, y, row * widths[l + 1], widths[l + 1]);
            }
            Sgemm.multiply(Turned.NONE, n, widths[l + 1], widths[l], x, weights[l], 1, y);
            if (l < weights.length - 1) {
                boolean drops = random != null && dropout[l] > 0;
                float kept = (float) (1 / (1 - dropout[l]));
                for (int i = 0; i < y.length; i++) {
                    y[i] = Math.max(0, y[i]);
                    if (drops) {
                        y[i] = random.nextDouble() < dropout[l] ? 0 : y[i] * kept;
                    }
                }
            }
            x = y;
        }
        return x;
    }

    /** Gradients of the weights from those of the affinities of a forward pass with dropout; returns the features'. */
    float[] backward(float[] gradient) {
        int n = gradient.length;
        float[] error = gradient;
        for (int l = weights.length - 1; l >= 0; l--) {
            Sgemm.multiply(Turned.FIRST, widths[l], widths[l + 1], n, inputs[l], error, 0, weightGradients[l]);
            Arrays.fill(biasGradients[l], 0);
            for (int i = 0; i < error.length; i++) {
                biasGradients[l][i % widths[l + 1]] += error[i];
            }
            float[] below = new float[n * widths[l]];
            Sgemm.multiply(Turned.SECOND, n, widths[l], widths[l + 1], error, weights[l], 0, below);
            if (l > 0) {
                // what was dropped is 0, like what ReLU cut off
                float kept = (float) (1 / (1 - dropout[l - 1]));
                for (int i = 0; i < below.length; i++) {
                    below[i] = inputs[l][i] > 0 ? below[i] * kept : 0;
                }
            }
            error = below;
        }
        return error;
    }
}
