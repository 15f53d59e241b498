package org.parsimony.optinet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parsimony.base.Records;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.steps.Train;

class OptiNET_RunTest {

    private static final Dataset DIGITS = Datasets.load("mnist").limited(3000, 1000, 1000, 1);
    private static final OptiNET.Options QUICK =
            new OptiNET.Options().fineTuneEpochs(4).probe(1000).tolerance(0.02);
    private static final OptiNET.Options CUT = QUICK.fineTuneEpochs(0);
    private static final Context CONTEXT = new Context(1);
    private static Model dense;

    @BeforeAll
    static void train() {
        dense = trained("784-100-50-10", 4);
    }

    private static Model trained(String network, int epochs) {
        return Train.run(Architectures.mlp(network, 1), DIGITS, new Train.Options().epochs(epochs), CONTEXT)
                .model();
    }

    @Test
    void aSizedNetIsSmallerAndAsGood() {
        float[] before = parameters(dense);
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, QUICK, CONTEXT);
        OptiNET.Try last = outcome.result();
        assertTrue(last.accepted(), outcome.verdict());
        assertTrue(outcome.model().network().numParams() < dense.network().numParams(), outcome.verdict());
        assertEquals(outcome.model().network().numParams(), last.parameters());
        assertEquals(outcome.model().evaluate(DIGITS.validation()).accuracy(), last.accuracyTuned());
        assertEquals(outcome.change().changed().evaluate(DIGITS.validation()).accuracy(), last.accuracy());
        assertTrue(last.accuracyTuned() >= outcome.reference() - 0.02);
        assertEquals(4, outcome.change().epochs());
        assertEquals(outcome.tries().size(), outcome.trace().rowCount());
        assertArrayEquals(before, parameters(dense), "the start network was changed");
    }

    /** The demand that the kept units of every layer must carry is carried, and by one unit less it is not. */
    @Test
    void theWidthsAreTheLeastThatCarryTheDemand() {
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, CUT.demand(6, 2), CONTEXT);
        OptiNET.Try only = outcome.result();
        for (int l = 0; l < 2; l++) {
            double[] carried = outcome.entropies().get(l).carried();
            double demand =
                    6 * (outcome.complexity().bits() * (1 - l / 2.0) + 4 * (l / 2.0)); // 4 bits number 10 classes
            assertEquals(demand, only.demands()[l], 1e-9);
            assertTrue(only.widths()[l] > 4
                    && only.widths()[l] < outcome.entropies().get(l).units());
            assertTrue(carried[only.widths()[l]] >= demand && carried[only.widths()[l] - 1] < demand);
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyThreads() {
        Model model = trained("784-40-20-10", 1);
        OptiNET.Options options = QUICK.fineTuneEpochs(1);
        OptiNetOutcome one = OptiNET.run(model, DIGITS, options, CONTEXT);
        OptiNetOutcome two = OptiNET.run(model, DIGITS, options, CONTEXT.threads(2));
        assertArrayEquals(parameters(one.model()), parameters(two.model()));
        assertEquals(one.trace().print(), two.trace().print());
        OptiNetOutcome elsewhere = OptiNET.run(model, DIGITS, options, CONTEXT.at(3));
        assertFalse(Arrays.equals(parameters(one.model()), parameters(elsewhere.model())));
    }

    @Test
    void theDemandGrowsUntilTheAccuracyIsKept() {
        OptiNET.Options options = QUICK.tolerance(0.01).demand(0.5, 2);
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, options, CONTEXT);
        var tries = outcome.tries();
        assertTrue(tries.size() > 1, outcome.verdict());
        for (int t = 0; t + 1 < tries.size(); t++) {
            assertFalse(tries.get(t).accepted());
            assertTrue(tries.get(t).widths()[0] <= tries.get(t + 1).widths()[0]);
            assertTrue(tries.get(t).parameters() < tries.get(t + 1).parameters());
        }
    }

    @Test
    void withoutFineTuningTheFirstPlanIsTakenAsItIs() {
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, CUT.demand(0.5, 2).tolerance(0), CONTEXT);
        assertEquals(1, outcome.tries().size());
        assertTrue(outcome.result().accepted());
        assertTrue(Double.isNaN(outcome.result().accuracyTuned()));
        assertArrayEquals(parameters(outcome.change().changed()), parameters(outcome.model()));
        assertEquals(0, outcome.change().epochs());
        assertTrue(outcome.verdict().endsWith("cut without fine-tuning, so not held to the tolerance"));
    }

    /** All ablation arms get the widths of the entropy search, and weights of the start network for their own units. */
    @ParameterizedTest
    @EnumSource(Units.class)
    void everyChoiceOfUnitsHasTheWidthsOfTheEntropySearch(Units units) {
        OptiNetOutcome entropy = OptiNET.run(dense, DIGITS, CUT, CONTEXT);
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, CUT.units(units), CONTEXT);
        assertArrayEquals(entropy.widths(), outcome.widths());
        assertEquals(units == Units.ENTROPY ? 1 : 2, outcome.tries().size());
        assertEquals(units, outcome.result().units());
        int[] kept = keptUnits(outcome.model());
        assertEquals(outcome.widths()[0], kept.length);
        if (units == Units.MAGNITUDE) {
            assertArrayEquals(slowLargest(kept.length), kept);
        } else if (units != Units.ENTROPY) {
            assertNotEquals(Arrays.toString(keptUnits(entropy.model())), Arrays.toString(kept));
        }
    }

    /** The units of the first hidden layer whose incoming weights are columns of the start network's. */
    private static int[] keptUnits(Model model) {
        float[][] before = columns(dense);
        float[][] after = columns(model);
        return Arrays.stream(after)
                .mapToInt(column -> IntStream.range(0, before.length)
                        .filter(u -> Arrays.equals(before[u], column))
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    private static float[][] columns(Model model) {
        return model.network().getLayer(0).getParam("W").transpose().dup('c').toFloatMatrix();
    }

    private static int[] slowLargest(int width) {
        float[][] columns = columns(dense);
        double[] squares = new double[columns.length];
        for (int u = 0; u < squares.length; u++) {
            for (float w : columns[u]) {
                squares[u] += (double) w * w;
            }
        }
        return IntStream.range(0, squares.length)
                .boxed()
                .sorted(Comparator.comparingDouble(u -> -squares[u]))
                .limit(width)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    @Test
    void anAblationArmIsFineTunedLikeTheAcceptedNet() {
        OptiNET.Options options = QUICK.fineTuneEpochs(1).tolerance(1);
        OptiNetOutcome entropy = OptiNET.run(dense, DIGITS, options, CONTEXT);
        OptiNetOutcome random = OptiNET.run(dense, DIGITS, options.units(Units.RANDOM), CONTEXT);
        assertEquals(entropy.change().epochs(), random.change().epochs());
        assertEquals(entropy.result().accuracyTuned(), random.tries().get(0).accuracyTuned());
        assertNotEquals(random.tries().get(0).accuracy(), random.result().accuracy());
        assertEquals(
                random.result().accuracyTuned(),
                random.model().evaluate(DIGITS.validation()).accuracy());
    }

    @Test
    void aClosedFormTriesOnceWithItsOwnWidths() {
        OptiNET.Options options = CUT.sizing(Sizing.COMPLEXITY_BY_CLASSES);
        OptiNetOutcome outcome = OptiNET.run(dense, DIGITS, options, CONTEXT);
        int first = (int) Math.ceil(outcome.complexity().bits() * 10);
        assertEquals(1, outcome.tries().size());
        assertArrayEquals(new int[] {first, (int) Math.round(Math.sqrt(first * 10.0))}, outcome.widths());
    }

    @Test
    void rulesOfThumbAreThoseOfTheTextbooks() {
        Complexity complexity = new Complexity(1.6, 4, 50_000);
        assertEquals(397, Sizing.BETWEEN.firstWidth(complexity, 784, 10));
        assertEquals(533, Sizing.TWO_THIRDS.firstWidth(complexity, 784, 10));
        assertEquals(32, Sizing.SAMPLES.firstWidth(complexity, 784, 10), "50,000 / 1,588 is 31.5");
    }

    @Test
    void aNetThatCannotBeNarrowedSaysSo() {
        OptiNET.Options options = QUICK.maxCorrelation(1).fineTuneEpochs(1);
        OptiNetOutcome outcome = OptiNET.run(trained("784-4-10", 1), DIGITS, options, CONTEXT);
        assertArrayEquals(new int[] {4}, outcome.widths());
        assertTrue(outcome.verdict().startsWith("nothing was cut"), outcome.verdict());
        assertNull(outcome.change().changed(), "nothing was changed but by training");
    }

    @Test
    void interruptingEndsIt() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> OptiNET.run(dense, DIGITS, QUICK, CONTEXT));
        assertTrue(Thread.interrupted());
    }

    @Test
    void badInputIsNamed() {
        assertMessage(
                "network 784-10 has no hidden layer",
                () -> OptiNET.run(Architectures.mlp("784-10", 1), DIGITS, QUICK, CONTEXT));
        assertMessage("demand is 0, but must be a number above 0", () -> QUICK.demand(0, 2));
        assertMessage("growth is 1.0, but must lie above 1", () -> QUICK.demand(1, 1));
        assertMessage("maxCorrelation is 1.5, but must lie between 0 and 1", () -> QUICK.maxCorrelation(1.5));
        assertMessage("bins is 1, but must be at least 2", () -> QUICK.bins(1));
        assertMessage("fineTuneEpochs is -1, but must be at least 0", () -> QUICK.fineTuneEpochs(-1));
        assertMessage("units is missing, but must be one of [ENTROPY, MARGINAL", () -> QUICK.units(null));
    }

    @Test
    void theRegistryReadsBackWhatARecipeWrites() {
        var method = Methods.named("optinet");
        OptiNET.Options options = CUT.units(Units.MAGNITUDE).sizing(Sizing.TWO_THIRDS);
        assertEquals(options, Methods.options(method, Records.write(options)));
        assertArrayEquals(
                parameters(OptiNET.run(dense, DIGITS, options, CONTEXT).model()),
                parameters(Methods.run(method, dense, DIGITS, Records.write(options), CONTEXT)
                        .model()));
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    private static void assertMessage(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
