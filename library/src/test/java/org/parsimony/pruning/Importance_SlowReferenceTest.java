package org.parsimony.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.training.Trainer;

/** Scores from gradients against back-propagation written out in doubles, on either engine. */
class Importance_SlowReferenceTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final int HIDDEN = 5;

    @ParameterizedTest
    @ValueSource(strings = {"fused", "deeplearning4j"})
    void scoresAreThoseOfSingleSamples(String engine) {
        Model model = TestNetworks.random("[12],dense " + HIDDEN + " relu,dense 4 softmax");
        if (!engine.equals("fused")) {
            // what the fused engine does not serve, and what no gradient of a loss depends on
            for (var layer : model.network().getLayers()) {
                ((BaseLayer) layer.conf().getLayer()).setGradientNormalization(GradientNormalization.ClipL2PerLayer);
            }
        }
        assertEquals(engine, Trainer.engine(model, DATA.train()));
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.DENSE);
        double[][][] means = means(model);
        int all = DATA.train().size();
        List<float[]> gradient = Importance.GRADIENT.scores(model, DATA, layers, all, new Context(1));
        List<float[]> hessian = Importance.HESSIAN.scores(model, DATA, layers, all, new Context(1));
        for (int l = 0; l < 2; l++) {
            float[] w = layers.get(l).read(model);
            for (int i = 0; i < w.length; i++) {
                double first = Math.abs(w[i]) * means[l][0][i];
                double second = w[i] * w[i] * means[l][1][i] / 2;
                assertEquals(first, gradient.get(l)[i], 1e-4 * first + 1e-9);
                assertEquals(second, hessian.get(l)[i], 1e-4 * second + 1e-9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void fewerSamplesAreDrawnByTheContext(int samples) {
        Model model = TestNetworks.random("[12],dense 5 relu,dense 4 softmax");
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.DENSE);
        float[] one = Importance.GRADIENT
                .scores(model, DATA, layers, samples, new Context(1))
                .get(1);
        float[] other = Importance.GRADIENT
                .scores(model, DATA, layers, samples, new Context(2))
                .get(1);
        double difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference = Math.max(difference, Math.abs(one[i] - other[i]) / (one[i] + 1e-9));
        }
        assertEquals(samples >= DATA.train().size(), difference < 1e-4, "difference " + difference);
        assertFalse(Double.isNaN(difference));
    }

    /** By layer: means over samples of |g| and of g² for every weight, unit after unit. */
    private static double[][][] means(Model model) {
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.DENSE);
        float[] w0 = layers.get(0).read(model);
        float[] w1 = layers.get(1).read(model);
        float[] b0 = model.network().getLayer(0).getParam("b").dup().data().asFloat();
        float[] b1 = model.network().getLayer(1).getParam("b").dup().data().asFloat();
        double[][][] means = {new double[2][w0.length], new double[2][w1.length]};
        Samples train = DATA.train();
        for (int s = 0; s < train.size(); s++) {
            double[] z = new double[HIDDEN];
            double[] h = new double[HIDDEN];
            for (int u = 0; u < HIDDEN; u++) {
                z[u] = b0[u];
                for (int i = 0; i < 12; i++) {
                    z[u] += (double) w0[u * 12 + i] * train.features()[s * 12 + i];
                }
                h[u] = Math.max(0, z[u]);
            }
            double[] p = new double[4];
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                double out = b1[c];
                for (int u = 0; u < HIDDEN; u++) {
                    out += w1[c * HIDDEN + u] * h[u];
                }
                p[c] = Math.exp(out);
                sum += p[c];
            }
            double[] back = new double[HIDDEN];
            for (int c = 0; c < 4; c++) {
                double d = p[c] / sum - (train.labels()[s] == c ? 1 : 0);
                for (int u = 0; u < HIDDEN; u++) {
                    add(means[1], c * HIDDEN + u, d * h[u], train.size());
                    back[u] += d * w1[c * HIDDEN + u];
                }
            }
            for (int u = 0; u < HIDDEN; u++) {
                for (int i = 0; i < 12; i++) {
                    add(means[0], u * 12 + i, (z[u] > 0 ? back[u] : 0) * train.features()[s * 12 + i], train.size());
                }
            }
        }
        return means;
    }

    private static void add(double[][] means, int i, double g, int n) {
        means[0][i] += Math.abs(g) / n;
        means[1][i] += g * g / n;
    }
}
