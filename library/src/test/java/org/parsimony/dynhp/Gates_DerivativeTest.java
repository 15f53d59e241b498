package org.parsimony.dynhp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.pruning.Learnable;

/** Gates in training and gates folded into weights. */
class Gates_DerivativeTest {

    private static final String DENSE = "[12],dense 6 relu,dense 5 tanh,dense 4 softmax";
    private static final String CONVOLUTIONS = "[1 8 8],conv 4 3x3,batchnorm 0.001 0.9,activation relu,max 2x2 by 2x2,"
            + "conv 5 2x2 sigmoid,flatten,dense 6 relu,dense 4 softmax";

    private static Gates gates(Model model) {
        Map<Integer, Long> parameters = new java.util.TreeMap<>();
        for (int layer : Surgery.layers(model)) {
            parameters.put(layer, 10L);
        }
        return new Gates(model, parameters, 1, 0.1, new SplittableRandom(4));
    }

    private static Samples samples(Model model) {
        return (model.takesImages() ? Learnable.images() : Learnable.vectors()).train();
    }

    private static double loss(Model model, Gates gates) {
        Samples samples = samples(model);
        try (FusedNet net =
                Fused.net(model, new Fused.Options().batchSize(32).threads(1).hook(gates), samples.shape())) {
            return net.gradient(samples, IntStream.range(0, 32).toArray(), 0, 32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DENSE, CONVOLUTIONS})
    void theDerivativeByEveryGateIsThatOfTheLoss(String network) {
        Model model = TestNetworks.random(network);
        Gates at = gates(model);
        loss(model, at);
        double step = 0.02;
        for (int layer : Surgery.layers(model)) {
            for (int unit = 0; unit < 3; unit++) {
                Gates more = gates(model);
                Gates less = gates(model);
                more.move(layer, unit, step);
                less.move(layer, unit, -step);
                double difference = (loss(model, more) - loss(model, less)) / (2 * step);
                assertEquals(difference, at.derivative(layer, unit), 2e-3 + 0.02 * Math.abs(difference));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DENSE, CONVOLUTIONS})
    void foldedGatesComputeWhatGatesInUseCompute(String network) {
        Model model = TestNetworks.random(network);
        Gates gates = gates(model);
        int first = Surgery.layers(model)[0];
        gates.move(first, 0, -9);
        gates.move(first, 1, -2);
        Samples samples = samples(model);
        FusedNet.Score gated;
        try (FusedNet net =
                Fused.net(model, new Fused.Options().batchSize(50).threads(1).hook(gates), samples.shape())) {
            gated = net.evaluate(samples);
        }
        Model folded = gates.folded(model, Model.OptimiserState.LEFT_OUT);
        assertEquals(gated.loss(), folded.evaluate(samples).loss(), 1e-5);
        assertEquals(0, Surgery.readNorms(folded, first)[0], "a closed gate is not read");
        gates.keep(first, new int[] {1, 2});
        assertArrayEquals(new double[] {2}, new double[] {gates.probabilities().get(first).length});
    }
}
