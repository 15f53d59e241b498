package org.parsimony.optinet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;

class OptiNET_RunTest {

    private static final Dataset DIGITS = Datasets.load("mnist").limited(3000, 1000, 1000, 1);
    private static final OptiNET.Options QUICK =
            new OptiNET.Options().epochs(4, 4).probe(1000).tolerance(0.02);

    @Test
    void aSizedNetIsSmallerAndAsGood() {
        OptiNetOutcome outcome = OptiNET.run(Architectures.mlp("784-100-50-10", 1), DIGITS, QUICK, Progress.NONE);
        assertTrue(outcome.tries().get(outcome.tries().size() - 1).accepted(), outcome.verdict());
        assertTrue(
                outcome.measurement().parameters()
                        < outcome.original().network().numParams(),
                outcome.verdict());
        assertEquals(
                Cost.of(outcome.model(), 784).parameters(),
                outcome.measurement().parameters());
        assertEquals(
                outcome.model().evaluate(DIGITS.test()).accuracy(),
                outcome.measurement().accuracyTuned());
        assertEquals(outcome.tries().size(), outcome.trace().rowCount());
    }

    @Test
    void theSameSeedGivesTheSameBytesAndRow() {
        Model model = Architectures.mlp("784-40-20-10", 1);
        OptiNET.Options options = QUICK.epochs(1, 1);
        OptiNetOutcome one = OptiNET.run(model, DIGITS, options, Progress.NONE);
        OptiNetOutcome two = OptiNET.run(model, DIGITS, options, Progress.NONE);
        assertArrayEquals(
                one.model().network().params().dup().data().asFloat(),
                two.model().network().params().dup().data().asFloat());
        assertEquals(one.trace().print(), two.trace().print());
    }

    @Test
    void theDemandGrowsUntilTheAccuracyIsKept() {
        OptiNET.Options options = QUICK.tolerance(0.01).demand(0.5, 2);
        OptiNetOutcome outcome = OptiNET.run(Architectures.mlp("784-100-50-10", 2), DIGITS, options, Progress.NONE);
        var tries = outcome.tries();
        assertTrue(tries.size() > 1, outcome.verdict());
        for (int t = 0; t + 1 < tries.size(); t++) {
            assertFalse(tries.get(t).accepted());
            assertTrue(tries.get(t).widths()[0] <= tries.get(t + 1).widths()[0]);
            assertTrue(tries.get(t).parameters() < tries.get(t + 1).parameters());
        }
    }

    @Test
    void aClosedFormTriesOnceWithItsOwnWidths() {
        OptiNET.Options options = QUICK.sizing(Sizing.COMPLEXITY_BY_CLASSES).epochs(1, 1);
        OptiNetOutcome outcome = OptiNET.run(Architectures.mlp("784-100-50-10", 1), DIGITS, options, Progress.NONE);
        int first = (int) Math.ceil(outcome.complexity().bits() * 10);
        assertEquals(1, outcome.tries().size());
        assertArrayEquals(new int[] {first, (int) Math.round(Math.sqrt(first * 10.0))}, outcome.widths());
    }

    @Test
    void aNetThatCannotBeNarrowedSaysSo() {
        OptiNET.Options options = QUICK.maxCorrelation(1).epochs(1, 1);
        OptiNetOutcome outcome = OptiNET.run(Architectures.mlp("784-4-10", 1), DIGITS, options, Progress.NONE);
        assertArrayEquals(new int[] {4}, outcome.widths());
        assertTrue(outcome.verdict().startsWith("nothing was removed"), outcome.verdict());
    }

    @Test
    void theOriginalIsNotChanged() {
        Model model = Architectures.mlp("784-10-10", 1);
        float[] before = model.network().params().dup().data().asFloat();
        OptiNET.run(model, DIGITS, QUICK.epochs(1, 1), Progress.NONE);
        assertArrayEquals(before, model.network().params().dup().data().asFloat());
    }

    @Test
    void interruptingEndsIt() {
        Thread.currentThread().interrupt();
        assertThrows(
                CancellationException.class,
                () -> OptiNET.run(Architectures.mlp("784-10-10", 1), DIGITS, QUICK, Progress.NONE));
        assertTrue(Thread.interrupted());
    }

    @Test
    void badInputIsNamed() {
        assertMessage(
                "has no hidden layer",
                () -> OptiNET.run(Architectures.mlp("784-10", 1), DIGITS, QUICK, (d, t, w) -> {}));
        assertMessage("demand is 0, but must be a number above 0", () -> QUICK.demand(0, 2));
        assertMessage("growth is 1.0, but must lie above 1", () -> QUICK.demand(1, 1));
        assertMessage("maxCorrelation is 1.5, but must lie between 0 and 1", () -> QUICK.maxCorrelation(1.5));
        assertMessage("bins is 1, but must be at least 2", () -> QUICK.bins(1));
    }

    private static void assertMessage(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
