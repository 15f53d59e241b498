package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.training.Trainer;

class Surgery_ExactnessTest {

    static Stream<Arguments> everyLayerOfEveryNet() {
        return Stream.of(Nets.dense(), Nets.denseWithBatchNorm(), Nets.sigmoids(), Nets.convolutional())
                .flatMap(model -> IntStream.of(Surgery.layers(model)).mapToObj(layer -> Arguments.of(model, layer)));
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void compactComputesWhatMaskComputes(Model model, int layer) {
        for (long seed = 0; seed < 5; seed++) {
            int[] units = someUnits(model, layer, seed);
            Model masked = Surgery.mask(model, layer, units);
            Model compact = Surgery.compact(masked);
            assertEquals(Surgery.units(model, layer) - units.length, Surgery.units(compact, layer));
            assertSameFunction(masked, compact, 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void removingComputesWhatMaskingComputes(Model model, int layer) {
        int[] units = someUnits(model, layer, 77);
        assertSameFunction(Surgery.mask(model, layer, units), Surgery.remove(model, layer, units), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void duplicatingKeepsTheFunctionForEveryShare(Model model, int layer) {
        for (double share : new double[] {0.5, 0, 1, -0.7}) {
            Model wider = Surgery.duplicate(model, layer, 2, share);
            assertEquals(Surgery.units(model, layer) + 1, Surgery.units(wider, layer));
            assertSameFunction(model, wider, 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void aDuplicateCanBeFoldedBackByRemovingIt(Model model, int layer) {
        int last = Surgery.units(model, layer);
        assertSameFunction(model, Surgery.remove(Surgery.duplicate(model, layer, 1, 1), layer, last), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void theOrderOfUnitsDoesNotMatter(Model model, int layer) {
        int[] order = Seeds.permutation(Surgery.units(model, layer), new SplittableRandom(3));
        assertSameFunction(model, Surgery.keep(model, layer, order), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("everyLayerOfEveryNet")
    void theArgumentStaysAsItWas(Model model, int layer) {
        float[] before = model.network().params().dup().data().asFloat();
        Surgery.mask(model, layer, 0, 1);
        Surgery.remove(model, layer, 0);
        Surgery.duplicate(model, layer, 0, 0.5);
        assertArrayEquals(before, model.network().params().dup().data().asFloat());
    }

    @Test
    void surgeryOnEveryLayerAtOnceComputesWhatTheMasksCompute() {
        Model masked = Nets.convolutional();
        for (int layer : Surgery.layers(masked)) {
            masked = Surgery.mask(masked, layer, someUnits(masked, layer, layer));
        }
        Model compact = Surgery.compact(masked);
        assertTrue(compact.network().numParams() < masked.network().numParams() / 2);
        assertSameFunction(masked, compact, 1e-5);
    }

    @Test
    void aMaskedUnitStaysPowerlessThroughTraining() {
        Model masked = Surgery.mask(Nets.dense(), 0, 3, 5);
        Samples samples = Nets.learnable(200, 1);
        Trainer.run(masked, samples, samples, new Trainer.Options().epochs(2), Progress.NONE);
        Model compact = Surgery.compact(masked);
        assertEquals(7, Surgery.units(compact, 0));
        assertSameFunction(masked, compact, 1e-5);
    }

    @Test
    void theCompactNetTrainsOn() {
        Model small = Surgery.remove(Nets.denseWithBatchNorm(), 0, 0, 1, 2).withOptimiser(new Adam(0.02));
        Samples samples = Nets.learnable(400, 1);
        var training = Trainer.run(small, samples, samples, new Trainer.Options().epochs(15), Progress.NONE);
        assertTrue(training.validation().accuracy() > 0.9, () -> "accuracy " + training.validation());
    }

    @Test
    void aWidthOfZeroIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.keep(Nets.dense(), 0));
        assertTrue(e.getMessage().contains("width 0") && e.getMessage().contains("12-9-7-4"), e.getMessage());
    }

    @Test
    void theOutputLayerIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.remove(Nets.dense(), 2, 0));
        assertTrue(e.getMessage().contains("classes"), e.getMessage());
    }

    @Test
    void aUnitThatDoesNotExistIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.remove(Nets.dense(), 0, 9));
        assertTrue(e.getMessage().contains("is 9") && e.getMessage().contains("0 and 8"), e.getMessage());
    }

    @Test
    void aLayerWithoutUnitsIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.remove(Nets.convolutional(), 1, 0));
        assertTrue(e.getMessage().contains("BatchNormalization"), e.getMessage());
    }

    private static int[] someUnits(Model model, int layer, long seed) {
        int units = Surgery.units(model, layer);
        int count = 1 + (int) Math.floorMod(seed, units - 1L);
        return java.util.Arrays.copyOf(Seeds.permutation(units, new SplittableRandom(seed)), count);
    }

    private static void assertSameFunction(Model expected, Model actual, double tolerance) {
        Samples samples = Nets.samplesFor(expected, 50, 9);
        double difference = expected.predict(samples, 0, 50)
                .sub(actual.predict(samples, 0, 50))
                .amaxNumber()
                .doubleValue();
        assertTrue(difference < tolerance, () -> "outputs differ by " + difference);
    }
}
