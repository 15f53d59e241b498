package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** Networks and data for tests, and training by Deeplearning4j's own fit to compare with. */
final class Peer {

    private Peer() {}

    static NeuralNetConfiguration.Builder builder(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(11)
                .updater(updater)
                .weightInit(WeightInit.XAVIER)
                .biasInit(0.05);
    }

    static MultiLayerNetwork network(NeuralNetConfiguration.Builder builder, InputType input, Layer... layers) {
        var list = builder.list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        return network;
    }

    static OutputLayer softmax(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Samples around class centres, so that there is something to learn. */
    static Samples samples(int n, int classes, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] x = new float[n * inputs];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(classes);
            for (int k = 0; k < inputs; k++) {
                x[i * inputs + k] =
                        (float) (random.nextDouble() * 0.7 + 0.3 * ((k * 7 + y[i] * 3) % classes) / classes);
            }
        }
        return new Samples(x, y, classes, shape);
    }

    /** All indices below n, in a mixed order; n must not be divisible by 11. */
    static int[] order(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = (i * 11 + 3) % n;
        }
        return order;
    }

    /** One step of Deeplearning4j's fit on the same batch. */
    static void fit(MultiLayerNetwork network, Samples samples, int[] order, int from, int to) {
        Samples batch = samples.rows(Arrays.copyOfRange(order, from, to));
        network.fit(new DataSet(batch.x(0, to - from), batch.y(0, to - from)));
    }

    /** |a − b| / |b| in the Euclidean norm. */
    static double distance(float[] a, float[] b) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (double) (a[i] - b[i]) * (a[i] - b[i]);
            size += (double) b[i] * b[i];
        }
        return Math.sqrt(difference / size);
    }

    /** Trains both for 200 batches from the same start and compares parameters and state after 1, 10 and 200. */
    static void assertSame(MultiLayerNetwork network, Samples samples, int batch, double tolerance) {
        MultiLayerNetwork peer = network.clone();
        float[] start = network.params().dup().data().asFloat();
        int[] order = order(samples.size());
        Fused.Options options = new Fused.Options().batchSize(batch).threads(2);
        try (FusedNet net = Fused.net(new Model(network), options, samples.shape())) {
            for (int step = 1; step <= 200; step++) {
                int from = (step - 1) * batch % (samples.size() - batch + 1);
                net.step(samples, order, from, from + batch);
                fit(peer, samples, order, from, from + batch);
                if (step == 1 || step == 10 || step == 200) {
                    net.save();
                    assertSame(network, peer, start, step, tolerance);
                }
            }
        }
    }

    private static void assertSame(
            MultiLayerNetwork network, MultiLayerNetwork peer, float[] start, int steps, double tolerance) {
        float[] expected = peer.params().dup().data().asFloat();
        double moved = distance(expected, start);
        double off = distance(network.params().dup().data().asFloat(), expected);
        assertTrue(moved > 1e-5, "training did nothing");
        assertTrue(off < tolerance, steps + " steps differ by " + off + " (parameters moved by " + moved + ")");
        if (peer.getUpdater().getStateViewArray() != null) {
            double state = distance(
                    network.getUpdater().getStateViewArray().dup().data().asFloat(),
                    peer.getUpdater().getStateViewArray().dup().data().asFloat());
            assertTrue(state < 20 * tolerance, steps + " steps: optimiser state differs by " + state);
        }
    }
}
