package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** What a training does besides the numbers: threads, memory, errors, going on elsewhere. */
class FusedNet_ConductTest {

    /** A first layer of few units, whose samples and inputs are shared among threads instead of its units. */
    private static MultiLayerNetwork thin() {
        return Peer.network(
                Peer.builder(new Adam(1e-2)).l2(1e-3),
                InputType.feedForward(144),
                new DenseLayer.Builder().nOut(9).activation(Activation.IDENTITY).build(),
                new BatchNormalization.Builder().build(),
                new ActivationLayer(Activation.RELU),
                Peer.softmax(4));
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() {
        Fused.Options options = new Fused.Options().batchSize(16).seed(5);
        float[] one = Peer.trained(Peer.lenet(0.7), Peer.PICTURES, options.threads(1));
        float[] two = Peer.trained(Peer.lenet(0.7), Peer.PICTURES, options.threads(2));
        assertArrayEquals(one, two, 0);
        float[] thinAlone = Peer.trained(thin(), Peer.PICTURES.flattened(), options.threads(1));
        float[] thinShared = Peer.trained(thin(), Peer.PICTURES.flattened(), options.threads(2));
        assertArrayEquals(thinAlone, thinShared, 0);
    }

    /** Whether a training has the second core depends on its neighbours; its bytes do not. */
    @Test
    void trainingsSideBySideGiveTheBytesOfEachAlone() {
        Samples vectors = Peer.PICTURES.flattened();
        Fused.Options options = new Fused.Options().batchSize(35);
        float[] alone = Peer.trained(wide(), vectors, options.threads(1));
        var besides = java.util.stream.IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> Peer.trained(wide(), vectors, options))
                .toList();
        besides.forEach(parameters -> assertArrayEquals(alone, parameters, 0));
        assertArrayEquals(alone, Peer.trained(wide(), vectors, options), 0);
    }

    /** Large enough for two threads. */
    private static MultiLayerNetwork wide() {
        return Peer.network(
                Peer.builder(new Adam(1e-3)),
                InputType.feedForward(144),
                new DenseLayer.Builder().nOut(400).activation(Activation.RELU).build(),
                Peer.softmax(4));
    }

    @Test
    void noBytesAreAllocatedPerStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] order = Peer.order(70);
        try (FusedNet net = Fused.net(
                new Model(Peer.lenet(0.8)), new Fused.Options().batchSize(16).threads(1), Peer.PICTURES.shape())) {
            long me = Thread.currentThread().getId();
            long bytes = Long.MAX_VALUE;
            // Objects that no step keeps are allocated until the compiler is through: later under load.
            for (int round = 0; round < 30 && bytes >= 1_000; round++) {
                long before = threads.getThreadAllocatedBytes(me);
                for (int i = 0; i < 1_000; i++) {
                    net.step(Peer.PICTURES, order, 16, 32);
                }
                bytes = threads.getThreadAllocatedBytes(me) - before;
            }
            assertTrue(bytes < 1_000, bytes + " bytes in 1000 steps");
        }
    }

    @Test
    void evaluationAgreesWithDeeplearning4j() {
        MultiLayerNetwork network = Peer.lenet(0.7);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(16), Peer.PICTURES.shape())) {
            net.epoch(Peer.PICTURES, Peer.order(70), Progress.NONE);
            FusedNet.Score score = net.evaluate(Peer.PICTURES);
            DataSet all = new DataSet(Peer.PICTURES.x(0, 70), Peer.PICTURES.y(0, 70));
            assertEquals(network.score(all), score.loss(), 1e-5);
            INDArray classes = network.output(all.getFeatures()).argMax(1);
            int right = 0;
            for (int i = 0; i < 70; i++) {
                right += classes.getInt(i) == Peer.PICTURES.labels()[i] ? 1 : 0;
            }
            assertEquals(right / 70.0, score.accuracy(), 1e-12);
        }
    }

    /** Gradients of the float engine against central differences of Deeplearning4j's loss in double precision. */
    @Test
    void gradientsAreDifferencesOfTheLoss() {
        MultiLayerNetwork network = Peer.lenet(1);
        MultiLayerNetwork exact = network.convertDataType(DataType.DOUBLE);
        int[] all = java.util.stream.IntStream.range(0, 70).toArray();
        DataSet data = new DataSet(
                Peer.PICTURES.x(0, 70).castTo(DataType.DOUBLE),
                Peer.PICTURES.y(0, 70).castTo(DataType.DOUBLE));
        float[] gradient;
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(70), Peer.PICTURES.shape())) {
            net.gradient(Peer.PICTURES, all, 0, 70);
            gradient = network.getFlattenedGradients().data().asFloat();
        }
        // layer 1 is batch norm, whose last 2 · 5 parameters are running statistics without a gradient
        int statistics = 5 * 2 * 9 + 5 + 10;
        double h = 1e-6;
        for (int i = 0; i < gradient.length; i += 7) {
            if (i >= statistics && i < statistics + 10) {
                continue;
            }
            double w = exact.params().getDouble(i);
            exact.params().putScalar(i, w + h);
            double above = exact.score(data, true);
            exact.params().putScalar(i, w - h);
            double below = exact.score(data, true);
            exact.params().putScalar(i, w);
            assertEquals((above - below) / (2 * h), gradient[i], 2e-6 + 1e-3 * Math.abs(gradient[i]), "parameter " + i);
        }
    }

    @Test
    void interruptionKeepsWhatWasTrained() {
        MultiLayerNetwork network = Peer.lenet(1);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(10), Peer.PICTURES.shape())) {
            int[] checks = {0};
            Progress third = new Progress() {
                @Override
                public void report(long done, long total, String what) {}

                @Override
                public void checkCancelled() {
                    if (checks[0]++ == 2) {
                        Thread.currentThread().interrupt();
                    }
                    Progress.super.checkCancelled();
                }
            };
            assertThrows(CancellationException.class, () -> net.epoch(Peer.PICTURES, Peer.order(70), third));
            assertTrue(Thread.interrupted());
        }
        MultiLayerNetwork two = Peer.lenet(1);
        try (FusedNet net = Fused.net(new Model(two), new Fused.Options().batchSize(10), Peer.PICTURES.shape())) {
            net.step(Peer.PICTURES, Peer.order(70), 0, 10);
            net.step(Peer.PICTURES, Peer.order(70), 10, 20);
        }
        assertArrayEquals(two.params().data().asFloat(), network.params().data().asFloat(), 0);
        assertEquals(2, network.getLayerWiseConfigurations().getIterationCount());
    }

    @Test
    void badDataAndDivergenceLeaveTheLastGoodParameters() {
        Samples bad = Peer.samples(70, 4, 2, 2, 9, 8);
        MultiLayerNetwork network = Peer.lenet(1);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(10), bad.shape())) {
            net.epoch(bad, Peer.order(70), Progress.NONE);
            float[] good = network.params().dup().data().asFloat();
            float[] state =
                    network.getUpdater().getStateViewArray().dup().data().asFloat();
            bad.features()[33 * 144 + 7] = Float.NaN;
            String message = assertThrows(
                            ArithmeticException.class, () -> net.epoch(bad, Peer.order(70), Progress.NONE))
                    .getMessage();
            assertTrue(message.contains("NaN"), message);
            assertArrayEquals(good, network.params().data().asFloat(), 0);
            assertArrayEquals(
                    state, network.getUpdater().getStateViewArray().data().asFloat(), 0);
        }
        MultiLayerNetwork wild = Peer.network(
                Peer.builder(new Sgd(1e30)),
                InputType.feedForward(144),
                new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build(),
                Peer.softmax(4));
        float[] start = wild.params().dup().data().asFloat();
        Samples flat = Peer.samples(70, 4, 2, 144);
        try (FusedNet net = Fused.net(new Model(wild), new Fused.Options().batchSize(10), flat.shape())) {
            assertThrows(ArithmeticException.class, () -> net.epoch(flat, Peer.order(70), Progress.NONE));
            assertArrayEquals(start, wild.params().data().asFloat(), 0);
        }
    }

    static Stream<IUpdater> optimisersWithState() {
        return Stream.of(new Nesterovs(0.02, 0.9), new Adam(), new RmsProp());
    }

    @ParameterizedTest
    @MethodSource("optimisersWithState")
    void fitContinuesWhereFusedTrainingStops(IUpdater updater) {
        MultiLayerNetwork network = Peer.lenet(1, updater);
        MultiLayerNetwork peer = network.clone();
        int[] order = Peer.order(70);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(10), Peer.PICTURES.shape())) {
            net.step(Peer.PICTURES, order, 0, 10);
            net.save();
        }
        Peer.fit(network, Peer.PICTURES, order, 10, 20);
        Peer.fit(peer, Peer.PICTURES, order, 0, 10);
        Peer.fit(peer, Peer.PICTURES, order, 10, 20);
        Peer.assertArrays(network, peer, 2, 1e-4);
        assertEquals(2, network.getLayerWiseConfigurations().getIterationCount());
    }

    @Test
    void planSaysWhyNot() {
        Fused.Plan plan = Fused.plan(
                new Model(Peer.network(Peer.builder(new AdaGrad(0.1)), InputType.feedForward(3), Peer.softmax(2))),
                new int[] {3});
        assertFalse(plan.supported());
        assertEquals("the optimiser AdaGrad", plan.reason());
        assertTrue(Fused.plan(new Model(Peer.lenet(0.5)), Peer.PICTURES.shape()).supported());
        Layer cube =
                new DenseLayer.Builder().nOut(2).activation(Activation.CUBE).build();
        assertEquals(
                "the activation cube of layer 0 (layer0)",
                Fused.plan(
                                new Model(Peer.network(
                                        Peer.builder(new Sgd(0.1)), InputType.feedForward(3), cube, Peer.softmax(2))),
                                new int[] {3})
                        .reason());
    }
}
