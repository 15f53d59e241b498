package org.parsimony.dynhp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;

/** The model of memory, and the batches that a budget allows by it. */
class TrainingMemory_BudgetTest {

    private static TrainingMemory adam(String widths, int batch) {
        return TrainingMemory.of(Cost.of(Architectures.mlp(widths, 1), 784), new Adam(), batch);
    }

    /** Worked by hand: 4 · (4 · 266,610 + 128 · (784 + 2 · 410)) bytes, and the same of 26,399 parameters and 54 units. */
    @Test
    void aTenthOfLenet300TakesASixthOfTheMemory() {
        TrainingMemory dense = adam("784-300-100-10", 128);
        TrainingMemory small = adam("784-33-11-10", 128);
        assertEquals(266_610, dense.parameters());
        assertEquals(26_399, small.parameters());
        assertEquals(5_087_008, dense.bytes());
        assertEquals(879_088, small.bytes());
        assertEquals(0.827, 1 - (double) small.bytes() / dense.bytes(), 0.0005);
        assertEquals(4_265_760, dense.networkBytes());
        assertEquals(1307, small.largestBatch(dense.bytes()), "the batch that refills the budget");
    }

    @Test
    void itIsTheCostsOwnModel() {
        var model = Architectures.mlp("20-30-4", 1).withOptimiser(new Nesterovs(0.1, 0.9));
        Cost cost = Cost.of(model, 20);
        assertEquals(
                cost.trainingMemory(17, model.optimiser()),
                TrainingMemory.of(cost, model.optimiser(), 17).bytes());
    }

    @Property(tries = 1000)
    void theBudgetIsKeptAndTheBatchNeverShrinks(
            @ForAll @LongRange(min = 1, max = 1_000_000) long before,
            @ForAll @DoubleRange(min = 0.01, max = 1) double left,
            @ForAll @IntRange(max = 2) int state,
            @ForAll @IntRange(min = 1, max = 512) int batch,
            @ForAll @IntRange(min = 1, max = 5000) int activations,
            @ForAll @DoubleRange(min = 0, max = 1) double reuse,
            @ForAll @IntRange(min = 1, max = 4096) int most) {
        TrainingMemory dense = new TrainingMemory(before, state, batch, 784, activations);
        TrainingMemory now = new TrainingMemory(
                (long) Math.ceil(left * before), state, batch, 784, (long) Math.ceil(left * activations));
        int next = new BatchController(dense.bytes(), reuse, most).next(now);
        assertTrue(next >= batch, "it shrank to " + next);
        assertTrue(next == batch || next <= most && next % 8 == 0 || next == most, "batch " + next);
        TrainingMemory then = now.batchSize(next);
        assertTrue(then.bytes() <= dense.bytes(), then + " in " + dense.bytes());
        double allowed = now.bytes() + reuse * (dense.bytes() - now.bytes());
        assertTrue(next == batch || then.bytes() <= allowed, "more than the share was taken");
        boolean room = now.batchSize(next + 8).bytes() < allowed - 1 && next + 8 <= most;
        assertTrue(!room || next + 8 > now.largestBatch((long) allowed) / 8 * 8, "more would have fitted");
    }

    @Test
    void withoutReuseTheBatchStaysAndWithAllOfItTheBudgetIsRefilled() {
        TrainingMemory dense = adam("784-300-100-10", 128);
        TrainingMemory small = adam("784-33-11-10", 128);
        assertEquals(128, new BatchController(dense.bytes(), 0, 10_000).next(small));
        assertEquals(1304, new BatchController(dense.bytes(), 1, 10_000).next(small));
        assertEquals(1000, new BatchController(dense.bytes(), 1, 1000).next(small));
    }

    @Test
    void everyCheckTakesTheSameShareAndTheLastLeavesWhatIsWanted() {
        TargetCurve curve = new TargetCurve(100_000, 16, 2, 2, 9);
        assertEquals(4, curve.checks());
        assertEquals(50_000, curve.target(2));
        assertEquals(25_000, curve.target(4));
        assertEquals(6_250, curve.target(8));
        assertTrue(curve.isLast(8) && !curve.isLast(6) && !curve.isCheck(9) && !curve.isCheck(3));
    }
}
