package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** What takes part in the steps of a training: dropout, masks, hooks. */
class FusedNet_HooksTest {

    @Test
    void dropoutFollowsTheSeedAndKeepsTheExpectedShare() {
        Fused.Options options = new Fused.Options().batchSize(16);
        float[] a = Peer.trained(Peer.lenet(0.7), Peer.PICTURES, options.seed(1));
        float[] b = Peer.trained(Peer.lenet(0.7), Peer.PICTURES, options.seed(2));
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
        MultiLayerNetwork network = Peer.lenet(1);
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
        try (FusedNet net = Fused.net(model, new Fused.Options().batchSize(16), Peer.PICTURES.shape())) {
            net.epoch(Peer.PICTURES, Peer.order(70), Progress.NONE);
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

    /** A hook that ties all weights of the first layer: their gradients are summed, so they stay equal. */
    @Test
    void hooksTieWeights() {
        MultiLayerNetwork network = Peer.lenet(1);
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
                Fused.net(new Model(network), new Fused.Options().batchSize(16).hook(tie), Peer.PICTURES.shape())) {
            net.epoch(Peer.PICTURES, Peer.order(70), Progress.NONE);
        }
        INDArray w = network.getLayer(5).getParam("W");
        assertEquals(w.minNumber().floatValue(), w.maxNumber().floatValue());
        assertTrue(Math.abs(w.getFloat(0) - 0.1) > 1e-4, "it did not train");
    }

    /** A gate that closes a layer and its derivative stops what comes before it from learning. */
    @Test
    void hooksGateLayers() {
        MultiLayerNetwork network = Peer.lenet(1);
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
                Fused.net(new Model(network), new Fused.Options().batchSize(16).hook(gate), Peer.PICTURES.shape())) {
            net.epoch(Peer.PICTURES, Peer.order(70), Progress.NONE);
        }
        assertArrayEquals(
                kernels, network.getLayer(4).getParam("W").dup().data().asFloat(), 0);
    }

    /** An observing hook changes nothing. */
    @Test
    void hooksThatOnlyLookChangeNothing() {
        Fused.Options options = new Fused.Options().batchSize(16).threads(2);
        float[] without = Peer.trained(Peer.lenet(1), Peer.PICTURES, options);
        float[] with = Peer.trained(Peer.lenet(1), Peer.PICTURES, options.hook(new Hook() {}));
        assertArrayEquals(without, with, 0);
    }
}
