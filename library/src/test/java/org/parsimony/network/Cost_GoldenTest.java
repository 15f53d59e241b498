package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Counts worked by hand. */
class Cost_GoldenTest {

    @Test
    void countsLeNet300100() {
        Cost cost = Cost.of(Architectures.mlp("784-300-100-10", 1), 784);
        assertEquals(784 * 300 + 300 + 300 * 100 + 100 + 100 * 10 + 10, cost.parameters());
        assertEquals(784 * 300 + 300 * 100 + 100 * 10, cost.macsDense());
        assertEquals(4 * 266_610, cost.bytes());
        assertEquals(784 + 300 + 100 + 10, cost.activations());
    }

    @Test
    void countsLeNet5() {
        var model = Architectures.lenet5(1, 28, new int[] {20, 50, 500, 10}, 1, new Architectures.Options());
        Cost cost = Cost.of(model, 1, 28, 28);
        assertEquals(520 + 25_050 + 400_500 + 5_010, cost.parameters());
        assertEquals(24 * 24 * 20 * 25 + 8 * 8 * 50 * 20 * 25 + 800 * 500 + 500 * 10, cost.macsDense());
    }

    @Test
    void batchNormAddsTwoParametersAUnitAndNoMacs() {
        var options = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        Cost cost = Cost.of(Architectures.mlp(new int[] {784, 32, 16, 10}, 1, options), 784);
        assertEquals(784 * 32 + 32 + 2 * 32 + 32 * 16 + 16 + 2 * 16 + 16 * 10 + 10, cost.parameters());
        assertEquals(784 * 32 + 32 * 16 + 16 * 10, cost.macsDense());
    }

    @Test
    void zeroWeightsAreLeftOutOfNonzeroCounts() {
        Model model = Nets.dense();
        Cost masked = Cost.of(Surgery.mask(model, 0, 0, 4), 12);
        int weights = 2 * 12 + 2 * 7;
        assertEquals(Cost.of(model, 12).macsDense() - weights, masked.macsNonzero());
        assertEquals(Cost.of(model, 12).parameters() - weights - 2, masked.nonzeros());
        assertEquals(
                masked.macsNonzero(),
                Cost.of(Surgery.remove(model, 0, 0, 4), 12).macsDense());
    }

    /** The published check of the memory model: 784-300-100-10 shrunk to 784-33-11-10, Adam, batches of 128. */
    @Test
    void theMemoryModelGivesTheWorkedExample() {
        double before = Cost.of(Architectures.mlp("784-300-100-10", 1), 784).trainingMemory(128, new Adam());
        double after = Cost.of(Architectures.mlp("784-33-11-10", 1), 784).trainingMemory(128, new Adam());
        assertEquals(5.09, before / 1e6, 0.005);
        assertEquals(0.88, after / 1e6, 0.005);
        assertEquals(0.827, 1 - after / before, 0.0005);
    }

    /** Maps of 8 × 8 and 3 × 3 behind the two convolutions; 5 · 18 + 5 and 6 · 20 + 6 parameters, 54 · 8 + 8, 8 · 4 + 4. */
    @Test
    void everyLayerByHand() {
        Cost cost = Cost.of(Nets.convolutional(), 2, 10, 10);
        assertEquals(
                List.of(
                        new Cost.LayerCost(0, "convolution", 5, 95, 95, 90 * 64, 90 * 64, 320),
                        new Cost.LayerCost(1, "batch norm", 5, 10, 10, 0, 0, 320),
                        new Cost.LayerCost(3, "convolution", 6, 126, 126, 120 * 9, 120 * 9, 54),
                        new Cost.LayerCost(4, "dense", 8, 440, 440, 432, 432, 8),
                        new Cost.LayerCost(5, "dense", 4, 36, 36, 32, 32, 4)),
                cost.layers());
        assertEquals(200, cost.inputs());
        assertEquals(200 + 320 + 320 + 54 + 8 + 4, cost.activations());
        assertEquals(95 + 10 + 126 + 440 + 36, cost.nonzeros());
        assertEquals(90 * 64 + 120 * 9 + 432 + 32, cost.macsNonzero());
    }

    /** 4 · ((2 + s) · P + B · (n₀ + 2 · Σ nₗ)). */
    @Test
    void theMemoryOfTrainingByHand() {
        Cost cost = Cost.of(Nets.dense(), 12);
        long parameters = 13 * 9 + 10 * 7 + 8 * 4;
        assertEquals(4 * (2 * parameters + 5 * (12 + 2 * 20)), cost.trainingMemory(5, new Sgd(0.1)));
        assertEquals(4 * (3 * parameters + 12 + 2 * 20), cost.trainingMemory(1, new Nesterovs(0.1, 0.9)));
        assertEquals(4 * (4 * parameters + 5 * (12 + 2 * 20)), cost.trainingMemory(5, new Adam()));
        assertThrows(IllegalArgumentException.class, () -> cost.trainingMemory(0, new Adam()));
    }

    /** No time of a machine is known beforehand, but quartiles have an order, and this net takes no minute. */
    @Test
    void quartilesOfTheLatencyAreInOrder() {
        Model net = Nets.dense();
        for (int repeats = 4; repeats <= 40; repeats++) {
            Cost.Latency latency = Cost.latency(net, Nets.vectors(3, 1), 3, repeats);
            assertTrue(0 < latency.lower() && latency.lower() <= latency.median(), latency.toString());
            assertTrue(latency.median() <= latency.upper() && latency.lower() < 60, latency.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> Cost.latency(net, Nets.vectors(3, 1), 4, 9));
        assertThrows(IllegalArgumentException.class, () -> Cost.latency(net, Nets.vectors(3, 1), 0, 9));
        assertThrows(IllegalArgumentException.class, () -> Cost.latency(net, Nets.vectors(3, 1), 1, 3));
    }

    @Test
    void imagesOfTheWrongShapeAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Cost.of(Nets.convolutional(), 200));
        assertTrue(e.getMessage().contains("[200]"), e.getMessage());
    }
}
