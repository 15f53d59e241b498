package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

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

    @Test
    void imagesOfTheWrongShapeAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Cost.of(Nets.convolutional(), 200));
        assertTrue(e.getMessage().contains("[200]"), e.getMessage());
    }
}
