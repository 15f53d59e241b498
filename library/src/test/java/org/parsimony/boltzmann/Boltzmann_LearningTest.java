package org.parsimony.boltzmann;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.Pruning;
import org.parsimony.steps.Encode;
import org.parsimony.steps.Train;

/** Machines that learn: likelihood by the exact sum, restored images, and the step in a recipe. */
class Boltzmann_LearningTest {

    private static final double[] DATA = {1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1};
    private static final Dataset DIGITS = Datasets.load("digits");
    private static final Context CONTEXT = new Context(1);

    private static double likelihood(BoltzmannMachine machine) {
        return Arrays.stream(Exact.logLikelihood(machine, DATA, 4)).average().orElseThrow();
    }

    private static BoltzmannMachine learned(Boltzmann.Options options) {
        BoltzmannMachine machine = BoltzmannMachine.drawn(Enumerated.WIDTHS, 0.5, DATA, new SplittableRandom(3));
        Boltzmann.learn(machine, DATA, options, CONTEXT);
        return machine;
    }

    @Test
    void everyRuleRaisesTheLikelihood() {
        Boltzmann.Options options = new Boltzmann.Options().epochs(1000).learningRate(0.1);
        double before = likelihood(BoltzmannMachine.drawn(Enumerated.WIDTHS, 0.5, DATA, new SplittableRandom(3)));
        for (Posterior posterior : Posterior.values()) {
            double after = likelihood(learned(options.posterior(posterior, Flips.ALL)));
            assertTrue(after > before + 0.3 && after < -Math.log(4), posterior + ": " + before + " to " + after);
        }
        double control = likelihood(learned(options.rule(Boltzmann.Rule.CONTRASTIVE_DIVERGENCE)));
        assertTrue(control > before + 0.3 && control < -Math.log(4), "contrastive divergence: " + control);
    }

    @Test
    void theUpperLayerStandsStillUnderTheExactPosterior() {
        Boltzmann.Options options =
                new Boltzmann.Options().epochs(50).learningRate(0.1).posterior(Posterior.EXACT, Flips.ALL);
        BoltzmannMachine before = BoltzmannMachine.drawn(Enumerated.WIDTHS, 0.5, DATA, new SplittableRandom(3));
        BoltzmannMachine after = learned(options);
        assertArrayEquals(before.weights()[1], after.weights()[1], 1e-11);
        assertArrayEquals(before.bias()[2], after.bias()[2], 1e-11);
        BoltzmannMachine drawn = learned(options.epochs(200).posterior(Posterior.MEAN_FIELD, Flips.ALL));
        double moved = 0;
        for (int i = 0; i < 6; i++) {
            moved = Math.max(moved, Math.abs(before.weights()[1][i] - drawn.weights()[1][i]));
        }
        assertTrue(moved > 0.01, "by states drawn from means it moves: " + moved);
    }

    @Test
    void lostPixelsAreRestoredBetterThanWithoutCouplingsAndTheOthersStay() {
        Learned learned = Boltzmann.run(
                Architectures.mlp("64-24-12-10", 1),
                DIGITS,
                new Boltzmann.Options().epochs(8).learningRate(0.05).likelihood(0, 1),
                CONTEXT);
        double[] images = Boltzmann.binary(DIGITS.test().range(0, 200).flattened());
        for (Reconstruction.Loss loss : Reconstruction.Loss.values()) {
            Reconstruction restored = Reconstruction.of(learned.machine(), images, loss, CONTEXT);
            assertTrue(
                    restored.wrong() < 0.9 * restored.guess(),
                    loss + ": " + restored.wrong() + " wrong, " + restored.guess() + " without couplings");
            for (int i = 0; i < 64; i++) {
                if (restored.given()[0][i] != 0.5) {
                    assertEquals(restored.original()[0][i], restored.restored()[0][i]);
                }
            }
        }
        Reconstruction few = Reconstruction.of(
                learned.machine(), Arrays.copyOf(images, 5 * 64), Reconstruction.Loss.LOWER_HALF, CONTEXT);
        assertTrue(pixels(few) > 1000);
    }

    private static int pixels(Reconstruction of) {
        try {
            return BitmapEncoder.getBitmapBytes(of.figure(), BitmapFormat.PNG).length;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void cuttingTheSmallestCostsLessThanCuttingAtRandom() {
        BoltzmannMachine machine = learned(new Boltzmann.Options().epochs(1000).learningRate(0.1));
        Couplings cuts = Couplings.of(machine, DATA, 50, 100, CONTEXT, 0, 0.4);
        assertEquals(4, cuts.rows().size());
        assertEquals(cuts.rows().get(0).bound(), cuts.rows().get(2).bound(), 1e-12, "nothing cut, twice");
        assertTrue(
                cuts.rows().get(1).bound() > cuts.rows().get(3).bound(),
                cuts.table().print());
        BoltzmannMachine cut = Couplings.cut(machine, Couplings.By.MAGNITUDE, 0.5, new SplittableRandom(1));
        assertEquals(9, cut.couplings() - cut.nonzeros());
        Boltzmann.learn(cut, DATA, new Boltzmann.Options().epochs(20), CONTEXT);
        assertEquals(9, cut.couplings() - cut.nonzeros(), "what is cut stays cut while the machine learns on");
    }

    @Test
    void theRecipesNetworkBeginsWithTheMachineAndGoesOn() {
        Model start = Architectures.mlp("64-20-10", 1);
        INDArray before = start.net().params().dup();
        Boltzmann.Options options = new Boltzmann.Options().epochs(3).likelihood(4, 20);
        Learned one = Boltzmann.run(start, DIGITS, options, CONTEXT);
        Learned two = Boltzmann.run(start, DIGITS, options, CONTEXT.threads(2));
        assertEquals(before, start.net().params());
        assertEquals(one.model().net().params(), two.model().net().params());
        assertEquals(one.bound(), two.bound());
        float[] w = one.model().net().layer(0).getParam("W").dup('c').data().asFloat();
        for (int i = 0; i < w.length; i++) {
            assertEquals((float) one.machine().weights()[0][i], w[i]);
        }
        assertTrue(one.verdict().contains("nats") && one.trace().rowCount() == 3 && one.figure() != null);
        Model trained = Train.run(one.model(), DIGITS, new Train.Options().epochs(2), CONTEXT.at(1))
                .model();
        Model cut = Pruning.run(Importance.MAGNITUDE, trained, DIGITS, new Pruning.Options().ratio(0.8), CONTEXT.at(2))
                .model();
        CodedNetwork coded =
                Encode.run(cut, DIGITS, new Encode.Options(), CONTEXT.at(3)).coded();
        assertEquals(cut.net().params(), coded.model().net().params());
    }

    @Test
    void whatIsNoMachineIsRefusedAndNumbersThatAreNoneStop() {
        Boltzmann.Options options = new Boltzmann.Options().epochs(2);
        assertThrows(
                IllegalArgumentException.class,
                () -> Boltzmann.run(Architectures.mlp("64-9-8-7-10", 1), DIGITS, options, CONTEXT));
        assertThrows(
                IllegalArgumentException.class,
                () -> Boltzmann.run(Architectures.mlp("64-10", 1), DIGITS, options, CONTEXT));
        BoltzmannMachine broken = Enumerated.example();
        broken.weights()[0][0] = Double.NaN;
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Boltzmann.learn(broken, DATA, options, CONTEXT));
        assertTrue(e.getMessage().contains("epoch 1") && e.getMessage().contains("learningRate"), e.getMessage());
    }
}
