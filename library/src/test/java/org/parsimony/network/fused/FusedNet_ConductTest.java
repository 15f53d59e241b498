package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** What a training does besides the numbers: masks, threads, memory, errors, hooks. */
class FusedNet_ConductTest {

    private static final Samples PICTURES = Peer.samples(70, 4, 2, 2, 9, 8);

    private static MultiLayerNetwork lenet(double dropout) {
        return lenet(dropout, new Adam(1e-2));
    }

    private static MultiLayerNetwork lenet(double dropout, IUpdater updater) {
        return Peer.network(
                Peer.builder(updater),
                InputType.convolutional(9, 8, 2),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(5)
                        .activation(Activation.IDENTITY)
                        .build(),
                new BatchNormalization.Builder().build(),
                new ActivationLayer(Activation.RELU),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                        .build(),
                new ConvolutionLayer.Builder(2, 2)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build(),
                new DenseLayer.Builder()
                        .nOut(70)
                        .activation(Activation.RELU)
                        .dropOut(dropout)
                        .build(),
                Peer.softmax(4));
    }

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

    private static float[] trained(MultiLayerNetwork network, Samples samples, Fused.Options options) {
        try (FusedNet net = Fused.net(new Model(network), options, samples.shape())) {
            for (int epoch = 0; epoch < 3; epoch++) {
                net.epoch(samples, Peer.order(samples.size()), Progress.NONE);
            }
        }
        return network.params().data().asFloat();
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() {
        Fused.Options options = new Fused.Options().batchSize(16).seed(5);
        float[] one = trained(lenet(0.7), PICTURES, options.threads(1));
        float[] two = trained(lenet(0.7), PICTURES, options.threads(2));
        assertArrayEquals(one, two, 0);
        float[] thinAlone = trained(thin(), PICTURES.flattened(), options.threads(1));
        float[] thinShared = trained(thin(), PICTURES.flattened(), options.threads(2));
        assertArrayEquals(thinAlone, thinShared, 0);
    }

    /** Whether a training has the second core depends on its neighbours; its bytes do not. */
    @Test
    void trainingsSideBySideGiveTheBytesOfEachAlone() {
        Samples vectors = PICTURES.flattened();
        Fused.Options options = new Fused.Options().batchSize(35);
        float[] alone = trained(wide(), vectors, options.threads(1));
        var besides = java.util.stream.IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> trained(wide(), vectors, options))
                .toList();
        besides.forEach(parameters -> assertArrayEquals(alone, parameters, 0));
        assertArrayEquals(alone, trained(wide(), vectors, options), 0);
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
    void dropoutFollowsTheSeedAndKeepsTheExpectedShare() {
        Fused.Options options = new Fused.Options().batchSize(16);
        float[] a = trained(lenet(0.7), PICTURES, options.seed(1));
        float[] b = trained(lenet(0.7), PICTURES, options.seed(2));
        assertTrue(Peer.distance(a, b) > 1e-3, "seeds make no difference");
        MultiLayerNetwork network = Peer.network(
                Peer.builder(new Sgd(0)),
                InputType.feedForward(400),
                new org.deeplearning4j.nn.conf.layers.DropoutLayer(0.8),
                Peer.softmax(4));
        Samples ones = new Samples(constant(50 * 400, 1), new int[50], 4, 400);
        double[] kept = new double[2];
        Hook count = new Hook() {
            @Override
            public void activated(Training training, int layer) {
                if (layer == 0) {
                    for (int i = 0; i < 50 * 400; i++) {
                        kept[0] += training.values(0)[i] > 0 ? 1 : 0;
                        kept[1] += training.values(0)[i];
                    }
                }
            }
        };
        try (FusedNet net =
                Fused.net(new Model(network), new Fused.Options().batchSize(50).hook(count), ones.shape())) {
            net.step(ones, Peer.order(50), 0, 50);
        }
        assertEquals(0.8, kept[0] / (50 * 400), 0.015, "share of values kept");
        assertEquals(1, kept[1] / (50 * 400), 0.02, "mean of the values");
    }

    private static float[] constant(int n, float value) {
        float[] x = new float[n];
        java.util.Arrays.fill(x, value);
        return x;
    }

    @Test
    void maskedWeightsStayExactlyZeroAndTheOthersTrain() {
        MultiLayerNetwork network = lenet(1);
        SplittableRandom random = new SplittableRandom(3);
        Map<Integer, INDArray> masks = new java.util.TreeMap<>();
        for (int layer : new int[] {0, 4, 5}) {
            INDArray mask = Nd4j.zeros(network.getLayer(layer).getParam("W").shape());
            for (int i = 0; i < mask.length(); i++) {
                mask.putScalar(i, random.nextInt(2));
            }
            masks.put(layer, mask);
        }
        float[] start = network.params().dup().data().asFloat();
        Model model = new Model(network, masks);
        try (FusedNet net = Fused.net(model, new Fused.Options().batchSize(16), PICTURES.shape())) {
            net.epoch(PICTURES, Peer.order(70), Progress.NONE);
        }
        masks.forEach((layer, mask) -> {
            float[] ones = mask.dup('c').data().asFloat();
            float[] w = network.getLayer(layer).getParam("W").dup('c').data().asFloat();
            for (int i = 0; i < w.length; i++) {
                assertEquals(ones[i] == 0, w[i] == 0, "weight " + i + " of layer " + layer);
            }
        });
        assertTrue(Peer.distance(network.params().data().asFloat(), start) > 0.01);
    }

    @Test
    void noBytesAreAllocatedPerStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] order = Peer.order(70);
        try (FusedNet net = Fused.net(
                new Model(lenet(0.8)), new Fused.Options().batchSize(16).threads(1), PICTURES.shape())) {
            for (int i = 0; i < 3_000; i++) {
                net.step(PICTURES, order, 0, 16);
            }
            long me = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(me);
            for (int i = 0; i < 1_000; i++) {
                net.step(PICTURES, order, 16, 32);
            }
            long bytes = threads.getThreadAllocatedBytes(me) - before;
            assertTrue(bytes < 1_000, bytes + " bytes in 1000 steps");
        }
    }

    @Test
    void evaluationAgreesWithDeeplearning4j() {
        MultiLayerNetwork network = lenet(0.7);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(16), PICTURES.shape())) {
            net.epoch(PICTURES, Peer.order(70), Progress.NONE);
            FusedNet.Score score = net.evaluate(PICTURES);
            DataSet all = new DataSet(PICTURES.x(0, 70), PICTURES.y(0, 70));
            assertEquals(network.score(all), score.loss(), 1e-5);
            INDArray classes = network.output(all.getFeatures()).argMax(1);
            int right = 0;
            for (int i = 0; i < 70; i++) {
                right += classes.getInt(i) == PICTURES.labels()[i] ? 1 : 0;
            }
            assertEquals(right / 70.0, score.accuracy(), 1e-12);
        }
    }

    /** Gradients of the float engine against central differences of Deeplearning4j's loss in double precision. */
    @Test
    void gradientsAreDifferencesOfTheLoss() {
        MultiLayerNetwork network = lenet(1);
        MultiLayerNetwork exact = network.convertDataType(DataType.DOUBLE);
        int[] all = java.util.stream.IntStream.range(0, 70).toArray();
        DataSet data = new DataSet(
                PICTURES.x(0, 70).castTo(DataType.DOUBLE), PICTURES.y(0, 70).castTo(DataType.DOUBLE));
        float[] gradient;
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(70), PICTURES.shape())) {
            net.gradient(PICTURES, all, 0, 70);
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
        MultiLayerNetwork network = lenet(1);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(10), PICTURES.shape())) {
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
            assertThrows(CancellationException.class, () -> net.epoch(PICTURES, Peer.order(70), third));
            assertTrue(Thread.interrupted());
        }
        MultiLayerNetwork two = lenet(1);
        try (FusedNet net = Fused.net(new Model(two), new Fused.Options().batchSize(10), PICTURES.shape())) {
            net.step(PICTURES, Peer.order(70), 0, 10);
            net.step(PICTURES, Peer.order(70), 10, 20);
        }
        assertArrayEquals(two.params().data().asFloat(), network.params().data().asFloat(), 0);
        assertEquals(2, network.getLayerWiseConfigurations().getIterationCount());
    }

    @Test
    void badDataAndDivergenceLeaveTheLastGoodParameters() {
        Samples bad = Peer.samples(70, 4, 2, 2, 9, 8);
        MultiLayerNetwork network = lenet(1);
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
        MultiLayerNetwork network = lenet(1, updater);
        MultiLayerNetwork peer = network.clone();
        int[] order = Peer.order(70);
        try (FusedNet net = Fused.net(new Model(network), new Fused.Options().batchSize(10), PICTURES.shape())) {
            net.step(PICTURES, order, 0, 10);
            net.save();
        }
        Peer.fit(network, PICTURES, order, 10, 20);
        Peer.fit(peer, PICTURES, order, 0, 10);
        Peer.fit(peer, PICTURES, order, 10, 20);
        Peer.assertArrays(network, peer, 2, 1e-4);
        assertEquals(2, network.getLayerWiseConfigurations().getIterationCount());
    }

    /** A hook that ties all weights of the first layer: their gradients are summed, so they stay equal. */
    @Test
    void hooksTieWeights() {
        MultiLayerNetwork network = lenet(1);
        network.getLayer(5).getParam("W").assign(0.1);
        Hook tie = new Hook() {
            @Override
            public void gradient(Training training) {
                Parameter w = training.parameters().stream()
                        .filter(p -> p.layer() == 5 && p.name().equals("W"))
                        .findFirst()
                        .orElseThrow();
                float sum = 0;
                for (int i = w.offset(); i < w.end(); i++) {
                    sum += training.gradients()[i];
                }
                java.util.Arrays.fill(training.gradients(), w.offset(), w.end(), sum);
            }
        };
        try (FusedNet net =
                Fused.net(new Model(network), new Fused.Options().batchSize(16).hook(tie), PICTURES.shape())) {
            net.epoch(PICTURES, Peer.order(70), Progress.NONE);
        }
        INDArray w = network.getLayer(5).getParam("W");
        assertEquals(w.minNumber().floatValue(), w.maxNumber().floatValue());
        assertTrue(Math.abs(w.getFloat(0) - 0.1) > 1e-4, "it did not train");
    }

    /** A gate that closes a layer and its derivative stops what comes before it from learning. */
    @Test
    void hooksGateLayers() {
        MultiLayerNetwork network = lenet(1);
        float[] kernels = network.getLayer(4).getParam("W").dup().data().asFloat();
        Hook gate = new Hook() {
            @Override
            public void activated(Training training, int layer) {
                close(layer, training.values(layer));
            }

            @Override
            public void derived(Training training, int layer) {
                close(layer, training.derivatives(layer));
            }

            private void close(int layer, float[] x) {
                if (layer == 4) {
                    java.util.Arrays.fill(x, 0);
                }
            }
        };
        try (FusedNet net =
                Fused.net(new Model(network), new Fused.Options().batchSize(16).hook(gate), PICTURES.shape())) {
            net.epoch(PICTURES, Peer.order(70), Progress.NONE);
        }
        assertArrayEquals(
                kernels, network.getLayer(4).getParam("W").dup().data().asFloat(), 0);
    }

    /** An observing hook changes nothing. */
    @Test
    void hooksThatOnlyLookChangeNothing() {
        Fused.Options options = new Fused.Options().batchSize(16).threads(2);
        float[] without = trained(lenet(1), PICTURES, options);
        float[] with = trained(lenet(1), PICTURES, options.hook(new Hook() {}));
        assertArrayEquals(without, with, 0);
    }

    @Test
    void planSaysWhyNot() {
        Fused.Plan plan = Fused.plan(
                new Model(Peer.network(Peer.builder(new AdaGrad(0.1)), InputType.feedForward(3), Peer.softmax(2))),
                new int[] {3});
        assertFalse(plan.supported());
        assertEquals("the optimiser AdaGrad", plan.reason());
        assertTrue(Fused.plan(new Model(lenet(0.5)), PICTURES.shape()).supported());
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
