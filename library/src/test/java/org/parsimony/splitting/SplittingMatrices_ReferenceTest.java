package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.TestNetworks;
import org.parsimony.pruning.Learnable;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.SplittingMatrices;
import org.parsimony.splitting.eigen.Vectors;

class SplittingMatrices_ReferenceTest {

    /** One hidden layer by hand, in 64 bits: S_j = mean of (Σ_c w_jc (p_c − y_c)) · tanh''(a_j) · x xᵀ. */
    @Test
    void theMatricesAreThoseOfTheDefinition() {
        Samples samples = Learnable.vectors().train();
        Model model = TestNetworks.random("[12],dense 5 tanh,dense 4 softmax");
        List<SplitLayer> layers = SplitLayer.of(model);
        double[][][] exact = LayerMatrices.of(model, layers, samples, 3).get(0).exact();
        double[][] w = model.network().getLayer(0).getParam("W").toDoubleMatrix();
        double[][] v = model.network().getLayer(1).getParam("W").toDoubleMatrix();
        double[] b = model.network().getLayer(0).getParam("b").data().asDouble();
        double[] c = model.network().getLayer(1).getParam("b").data().asDouble();
        double[][][] slow = new double[5][12][12];
        for (int n = 0; n < samples.size(); n++) {
            double[] h = new double[5];
            for (int j = 0; j < 5; j++) {
                h[j] = b[j];
                for (int i = 0; i < 12; i++) {
                    h[j] += w[i][j] * samples.features()[12 * n + i];
                }
                h[j] = Math.tanh(h[j]);
            }
            double[] p = new double[4];
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                p[k] = c[k];
                for (int j = 0; j < 5; j++) {
                    p[k] += v[j][k] * h[j];
                }
                p[k] = Math.exp(p[k]);
                sum += p[k];
            }
            for (int j = 0; j < 5; j++) {
                double g = 0;
                for (int k = 0; k < 4; k++) {
                    g += v[j][k] * (p[k] / sum - (samples.labels()[n] == k ? 1 : 0));
                }
                double q = g * -2 * h[j] * (1 - h[j] * h[j]) / samples.size();
                for (int i = 0; i < 12; i++) {
                    for (int k = 0; k < 12; k++) {
                        slow[j][i][k] += q * samples.features()[12 * n + i] * samples.features()[12 * n + k];
                    }
                }
            }
        }
        for (int j = 0; j < 5; j++) {
            for (int i = 0; i < 12; i++) {
                assertArrayEquals(slow[j][i], exact[j][i], 1e-7);
            }
        }
    }

    /**
     * The law that everything rests on, through every kind of layer: split one unit into halves along ±v and the loss
     * changes by ε²/2 · vᵀSv, the better the smaller ε.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[12],dense 6 tanh,dense 4 softmax",
                "[12],dense 6 swish,dense 5 softplus,dense 4 softmax",
                "[12],dense 6 tanh,dropout 0.5,dense 5 swish,dense 4,batchnorm 0.001 0.9,activation softmax",
                "[12],dense 6,batchnorm 0.001 0.9,activation sigmoid,dense 5 elu=1.0,dense 4 softmax",
                "[12],dense 6,batchnorm 0.001 0.9 log,activation tanh,dense 4 softmax",
                "[12],dense 6 swish,dense 5,activation tanh,dense 4 softmax",
                "[1 8 8],conv 4 3x3 tanh,avg 2x2 by 2x2,conv 5 2x2 same swish,flatten,dense 6 tanh,dense 4 softmax",
                "[1 8 8],conv 4 3x3 by 2x2 pad 1x1,batchnorm 0.001 0.9,activation softplus,flatten,dense 4 softmax",
            })
    void theLossChangesAsTheMatrixSays(String network) {
        Model model = TestNetworks.random(network);
        Dataset data = network.startsWith("[1 ") ? Learnable.images() : Learnable.vectors();
        Samples samples = data.train();
        List<SplitLayer> layers = SplitLayer.of(model);
        List<SplittingMatrices> matrices = LayerMatrices.of(model, layers, samples, 3);
        double before = model.evaluate(samples).loss();
        for (int l = 0; l < layers.size(); l++) {
            List<Ends> ends = EigenSolver.LANCZOS.ends(
                    matrices.get(l),
                    new EigenSolver.Effort(),
                    new SplittableRandom(l),
                    org.parsimony.base.Progress.NONE);
            int unit = strongest(ends);
            boolean up = ends.get(unit).greatest() > -ends.get(unit).least();
            double eigenvalue = up ? ends.get(unit).greatest() : ends.get(unit).least();
            double[] v = up ? ends.get(unit).greatestVector() : ends.get(unit).leastVector();
            double[] errors = new double[3];
            double[] steps = {0.3, 0.1, 0.03};
            for (int e = 0; e < 3; e++) {
                Model split = Surgery.duplicate(model, layers.get(l).index(), unit, 0.5);
                layers.get(l).move(split, unit, steps[e], v);
                layers.get(l).move(split, layers.get(l).units(model), -steps[e], v);
                double change = split.evaluate(samples).loss() - before;
                errors[e] = Math.abs(change / (steps[e] * steps[e] / 2) / eigenvalue - 1);
            }
            String said =
                    network + ", layer " + l + ", eigenvalue " + eigenvalue + ": " + java.util.Arrays.toString(errors);
            assertTrue(errors[1] < errors[0] / 2 || errors[0] < 0.01, said);
            assertTrue(errors[2] < 0.02, said);
        }
    }

    private static int strongest(List<Ends> ends) {
        int best = 0;
        for (int j = 0; j < ends.size(); j++) {
            best = strength(ends.get(j)) > strength(ends.get(best)) ? j : best;
        }
        return best;
    }

    private static double strength(Ends ends) {
        return Math.max(-ends.least(), ends.greatest());
    }

    /** A mini-batch's product is that of its samples alone; batches of all samples average to the whole. */
    @Test
    void productsOverPartsAverageToTheWhole() {
        Samples samples = Learnable.images().train();
        Model model = TestNetworks.random("[1 8 8],conv 4 3x3 tanh,flatten,dense 4 softmax");
        List<SplitLayer> layers = SplitLayer.of(model);
        SplittingMatrices whole =
                LayerMatrices.of(model, layers, samples, 48, 3).get(0);
        double[][] v = Vectors.directions(whole.units(), whole.inputs(), new SplittableRandom(1));
        double[][] sum = new double[whole.units()][whole.inputs()];
        for (int from = 0; from < 200; from += 30) {
            int to = Math.min(200, from + 30);
            double[][] part = whole.times(v, from, to);
            for (int j = 0; j < sum.length; j++) {
                Vectors.add(sum[j], (to - from) / 200.0, part[j]);
            }
        }
        double[][] all = whole.times(v);
        for (int j = 0; j < sum.length; j++) {
            assertArrayEquals(all[j], sum[j], 1e-7);
        }
        double[][] alone = LayerMatrices.of(model, layers, samples.range(30, 60), 48, 3)
                .get(0)
                .times(v);
        double[][] part = whole.times(v, 30, 60);
        for (int j = 0; j < sum.length; j++) {
            assertArrayEquals(alone[j], part[j], 1e-7);
        }
    }

    @Test
    void maskedWeightsAreNoDirections() {
        Samples samples = Learnable.vectors().train();
        Model model = TestNetworks.random("[12],dense 5 tanh,dense 4 softmax");
        var mask = Nd4j.ones(12, 5);
        mask.putScalar(new int[] {3, 2}, 0);
        model.mask(0, mask);
        SplittingMatrices matrices =
                LayerMatrices.of(model, SplitLayer.of(model), samples, 3).get(0);
        double[][][] exact = matrices.exact();
        for (int i = 0; i < 12; i++) {
            assertEquals(0, Math.abs(exact[2][3][i]));
            assertEquals(0, Math.abs(exact[2][i][3]));
            assertTrue(exact[1][3][i] != 0);
        }
    }
}
