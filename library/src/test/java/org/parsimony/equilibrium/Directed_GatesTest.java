package org.parsimony.equilibrium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** The directed network learns what is linear, and says what it did. */
class Directed_GatesTest {

    private static final Dataset DATA = Datasets.load("iris");
    private static final Model START = Architectures.mlp("4-3-3", 1);
    private static final Directed.Options QUICK =
            new Directed.Options().epochs(30).steps(600, 600);

    private static DirectedRun run(Directed.Options options, long seed) {
        return Directed.run(START, DATA, options, new Context(seed));
    }

    @Test
    void linearGatesAreLearnedAndAreNotWithoutLearning() {
        int untrained = 0;
        for (Gate gate : new Gate[] {Gate.AND, Gate.OR, Gate.NOT, Gate.ID}) {
            for (long seed = 1; seed <= 2; seed++) {
                Directed.Options options = QUICK.of(gate, Readout.SINGLE);
                DirectedRun run = run(options, seed);
                assertTrue(run.solved(), run.verdict());
                assertEquals(1, run.trace().intColumn("solved").get(30));
                untrained += run(options.epochs(0), seed).solved() ? 1 : 0;
            }
        }
        assertTrue(untrained < 8, "solved untrained: " + untrained);
    }

    @Test
    void softThresholdingGivesExactZerosAndTheSignStepNone() {
        Directed.Options and = QUICK.of(Gate.AND, Readout.SINGLE).epochs(60);
        int sign = run(and.sparsity(Directed.Shrinkage.SIGN, Directed.Removal.NONE), 1)
                .net()
                .zeros();
        int soft = run(and.sparsity(Directed.Shrinkage.SOFT, Directed.Removal.NONE), 1)
                .net()
                .zeros();
        int removal = run(and.sparsity(Directed.Shrinkage.NONE, Directed.Removal.STOCHASTIC), 1)
                .net()
                .zeros();
        assertEquals(0, sign);
        assertTrue(soft > 0, "soft thresholding: " + soft);
        assertTrue(removal > 0, "removal: " + removal);
    }

    @Test
    void theRecipesNetworkStaysAndTheSameSeedGivesTheSameWeights() {
        Directed.Options options = QUICK.epochs(3);
        DirectedRun one = run(options, 1);
        DirectedRun two = Directed.run(START, DATA, options, new Context(1).threads(2));
        assertEquals(START.net().params(), one.model().net().params());
        for (int i = 0; i < one.net().units(); i++) {
            for (int j = 0; j < one.net().units(); j++) {
                assertEquals(one.net().weights()[i][j], two.net().weights()[i][j]);
            }
        }
    }

    @Test
    void numbersThatAreNoneStopTheRunAndAreTold() {
        Directed.Options options = QUICK.of(Gate.OR, Readout.SINGLE);
        Gate.Task broken = new Gate.Task(new double[][] {{0, 0}, {1, Double.NaN}}, new int[] {0, 1}, 2);
        DirectedTraining training = new DirectedTraining(options, broken, new Context(1));
        training.run();
        assertEquals(0, training.divergedAt(), "it stops after the first epoch");
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Directed.requireNumbers(training, options));
        assertTrue(e.getMessage().contains("epoch") && e.getMessage().contains("learningRate"), e.getMessage());
        GateShares shares = GateShares.of(QUICK.epochs(1), 2, new Context(1), Gate.OR);
        assertEquals(2, shares.rows().size());
        assertTrue(shares.table().rowCount() == 2 && shares.figure() != null);
    }

    @Test
    void samplesOfADataSetAreATaskToo() {
        Directed.Options iris =
                new Directed.Options().of(Gate.DATA, Readout.ONE_HOT).epochs(2).steps(50, 50);
        DirectedRun run = run(iris, 1);
        assertTrue(run.validationErrors() >= 0 && run.validationErrors() <= 1, run.verdict());
        assertThrows(IllegalArgumentException.class, () -> new Directed.Options().of(Gate.DATA, Readout.SINGLE));
    }

    @Test
    void wilsonsIntervalHoldsTheShare() {
        GateShares.Row row = new GateShares.Row(Gate.XOR, "one-hot", 20, 5, 5, 0, 0, 20, 0);
        assertEquals(0.1119, row.interval()[0], 1e-4);
        assertEquals(0.4687, row.interval()[1], 1e-4);
    }
}
