package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** Networks and data for tests, and training by Deeplearning4j's own fit to compare with. */
final class Peer {

    /** For {@link #lenet}. */
    static final Samples PICTURES = samples(70, 4, 2, 2, 9, 8);

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
        DataType type = network.params().dataType();
        network.fit(new DataSet(
                batch.x(0, to - from).castTo(type), batch.y(0, to - from).castTo(type)));
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

    /** Trains both for 200 batches from the same start and compares every array and the state after 1, 10 and 200. */
    static void assertSame(MultiLayerNetwork network, Samples samples, int batch, double tolerance) {
        float[] start = network.params().dup().data().asFloat();
        MultiLayerNetwork peer = network.clone();
        together(network, samples, batch, List.of(peer), step -> {
            assertTrue(distance(peer.params().dup().data().asFloat(), start) > 1e-5, "training did nothing");
            assertArrays(network, peer, step, tolerance);
            if (peer.getUpdater().getStateViewArray() != null) {
                double state = distance(
                        network.getUpdater().getStateViewArray().dup().data().asFloat(),
                        peer.getUpdater().getStateViewArray().dup().data().asFloat());
                assertTrue(state < 20 * tolerance, step + " steps: optimiser state differs by " + state);
            }
        });
    }

    /**
     * As {@link #assertSame}, for training that magnifies rounding: the fused parameters are as near to those of
     * Deeplearning4j's fit in double precision as the ones of its fit in single precision are, but for a factor of three.
     */
    static void assertAsExact(MultiLayerNetwork network, Samples samples, int batch, double tolerance) {
        MultiLayerNetwork peer = network.clone();
        MultiLayerNetwork exact = network.convertDataType(DataType.DOUBLE);
        together(network, samples, batch, List.of(peer, exact), step -> {
            float[] truth = exact.params().dup().data().asFloat();
            double theirs = distance(peer.params().dup().data().asFloat(), truth);
            double ours = distance(network.params().dup().data().asFloat(), truth);
            assertTrue(ours < Math.max(tolerance, 3 * theirs), step + " steps: off by " + ours + ", fit by " + theirs);
        });
    }

    private static void together(
            MultiLayerNetwork network,
            Samples samples,
            int batch,
            List<MultiLayerNetwork> peers,
            IntConsumer comparison) {
        int[] order = order(samples.size());
        Fused.Options options = new Fused.Options().batchSize(batch).threads(2);
        try (FusedNet net = Fused.net(new Model(network), options, samples.shape())) {
            for (int step = 1; step <= 200; step++) {
                int from = (step - 1) * batch % (samples.size() - batch + 1);
                net.step(samples, order, from, from + batch);
                peers.forEach(peer -> fit(peer, samples, order, from, from + batch));
                if (step == 1 || step == 10 || step == 200) {
                    net.save();
                    comparison.accept(step);
                }
            }
        }
    }

    /** Each array's difference is small beside the array, in the Euclidean norm. */
    static void assertArrays(MultiLayerNetwork network, MultiLayerNetwork peer, int steps, double tolerance) {
        Set<String> noise = withoutEffect(peer);
        peer.paramTable().forEach((name, expected) -> {
            double off = distance(
                    network.getParam(name).dup().data().asFloat(),
                    expected.dup().data().asFloat());
            assertTrue(
                    off < tolerance || noise.contains(name),
                    steps + " steps: parameters " + name + " differ by " + off);
        });
    }

    /** Convolutions, batch norm, pooling, dropout of a dense layer of which {@code dropout} is kept, soft-max of 4. */
    static MultiLayerNetwork lenet(double dropout) {
        return lenet(dropout, new Adam(1e-2));
    }

    static MultiLayerNetwork lenet(double dropout, IUpdater updater) {
        return network(
                builder(updater),
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
                softmax(4));
    }

    /** The parameters after three epochs. */
    static float[] trained(MultiLayerNetwork network, Samples samples, Fused.Options options) {
        try (FusedNet net = Fused.net(new Model(network), options, samples.shape())) {
            for (int epoch = 0; epoch < 3; epoch++) {
                net.epoch(samples, order(samples.size()), Progress.NONE);
            }
        }
        return network.params().data().asFloat();
    }

    /**
     * The biases right before a batch norm, which takes them away again, and the means that follow them. Their gradient is
     * zero but for rounding, and an optimiser that divides by the gradient's size makes whole steps of that.
     */
    private static Set<String> withoutEffect(MultiLayerNetwork network) {
        Set<String> names = new TreeSet<>();
        for (int i = 1; i < network.getnLayers(); i++) {
            if (network.getLayer(i).conf().getLayer() instanceof BatchNormalization) {
                names.add(i - 1 + "_b");
                names.add(i + "_mean");
            }
        }
        return names;
    }
}
