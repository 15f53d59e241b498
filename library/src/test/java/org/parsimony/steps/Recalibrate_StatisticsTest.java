package org.parsimony.steps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.data.Split;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/** After it, a network treats its images as a batch of all of them would be treated. */
class Recalibrate_StatisticsTest {

    private static final Dataset DATA =
            new Dataset("random", "Random", samples(200, 1), samples(80, 2), samples(90, 3));
    private static final Context CONTEXT = new Context(1);

    private static Samples samples(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[n * 6];
        int[] y = new int[n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (random.nextDouble() * (1 + i % 6));
            y[i / 6] = i / 6 % 3;
        }
        return new Samples(x, y, 3, 6);
    }

    /** A network whose batch norms store variances, or their logarithms. */
    private static Model net(boolean logarithm) {
        if (!logarithm) {
            return Architectures.normalised(new int[] {6, 5, 3}, 1);
        }
        var list = new NeuralNetConfiguration.Builder().seed(1).list();
        list.layer(new DenseLayer.Builder()
                .nIn(6)
                .nOut(5)
                .activation(Activation.TANH)
                .build());
        list.layer(
                new BatchNormalization.Builder().nIn(5).nOut(5).useLogStd(true).build());
        list.layer(new OutputLayer.Builder()
                .nIn(5)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return new Model(network);
    }

    @Test
    void theOutputIsThatOfOneBatchOfAllImages() {
        for (boolean logarithm : new boolean[] {false, true}) {
            Model start = net(logarithm);
            float[] before = start.network().params().dup().data().asFloat();
            var outcome = Recalibrate.run(start, DATA, new Recalibrate.Options(), CONTEXT);
            INDArray x = DATA.train().x(0, 200);
            int layers = start.network().getnLayers();
            float[] batch = Forward.through(start.network(), x, 0, layers, Statistics.BATCH)
                    .dup('c')
                    .data()
                    .asFloat();
            float[] running = outcome.model()
                    .predict(DATA.train(), 0, 200)
                    .dup('c')
                    .data()
                    .asFloat();
            assertArrayEquals(batch, running, 1e-4f);
            assertArrayEquals(before, start.network().params().dup().data().asFloat(), "the start was changed");
            assertEquals(
                    start.network().getLayer(0).getParam("W"),
                    outcome.model().network().getLayer(0).getParam("W"));
            assertNull(outcome.change().changed(), "no weight was changed");
        }
    }

    @Test
    void meanAndVarianceAreThoseOfTheFirstLayersSums() {
        Model start = net(false);
        start.network().getLayer(0).setParam("W", Nd4j.zeros(6, 5).putScalar(2, 0, 1));
        var outcome = Recalibrate.run(start, DATA, new Recalibrate.Options().split(Split.VALIDATION), CONTEXT);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < 80; i++) {
            double value = DATA.validation().features()[i * 6 + 2];
            mean += value / 80;
            square += value * value / 80;
        }
        var norm = outcome.model().network().getLayer(1);
        assertEquals(mean, norm.getParam("mean").getDouble(0), 1e-5);
        assertEquals(square - mean * mean, norm.getParam("var").getDouble(0), 1e-5);
        assertEquals(0, norm.getParam("var").getDouble(1), 1e-12);
        assertEquals(2, outcome.trace().rowCount());
        assertEquals(mean / Math.sqrt(5), outcome.norms().get(0).shift(), 1e-5, "before: mean 0, variance 1");
    }

    @Test
    void twiceIsOnce() {
        Model once = Recalibrate.run(net(false), DATA, new Recalibrate.Options(), CONTEXT)
                .model();
        var twice = Recalibrate.run(once, DATA, new Recalibrate.Options(), CONTEXT);
        assertArrayEquals(
                once.network().params().dup().data().asFloat(),
                twice.model().network().params().dup().data().asFloat(),
                1e-6f);
        assertEquals(0, twice.norms().get(1).shift(), 1e-5);
    }

    @Test
    void aNetworkWithoutBatchNormSaysThatNothingChanged() {
        var outcome = Recalibrate.run(Architectures.mlp("6-4-3", 1), DATA, new Recalibrate.Options(), CONTEXT);
        assertTrue(outcome.verdict().startsWith("nothing changed: the network has no batch norm"), outcome.verdict());
        assertEquals(0, outcome.trace().rowCount());
        assertEquals(1, outcome.figure().getSeriesMap().size());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Recalibrate.Options().images(0))
                .getMessage()
                .contains("images is 0, but must be at least 1"));
    }
}
