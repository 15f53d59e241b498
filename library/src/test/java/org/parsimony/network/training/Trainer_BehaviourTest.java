package org.parsimony.network.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Nets;

class Trainer_BehaviourTest {

    private final Samples train = Nets.learnable(500, 1);
    private final Samples validation = Nets.learnable(200, 2);

    @Test
    void learnsWhatCanBeLearnt() {
        Model model = Architectures.mlp("12-16-4", 1);
        var training = Trainer.run(model, train, validation, new Trainer.Options().epochs(20), Progress.NONE);
        assertEquals(20, training.epochs().size());
        assertTrue(training.validation().accuracy() > 0.97, () -> "accuracy " + training.validation());
        assertEquals(training.validation(), model.evaluate(validation));
    }

    @Test
    void theSameSeedGivesTheSameBytesAloneAndBesideAnother() throws Exception {
        float[] alone = trained(1);
        var pool = Executors.newFixedThreadPool(2);
        try {
            Future<float[]> one = pool.submit(() -> trained(1));
            Future<float[]> two = pool.submit(() -> trained(2));
            assertArrayEquals(alone, one.get());
            assertArrayEquals(trained(2), two.get());
        } finally {
            pool.shutdownNow();
        }
    }

    private float[] trained(long seed) {
        Model model = Architectures.mlp("12-16-4", seed);
        Trainer.run(model, train, validation, new Trainer.Options().epochs(2).seed(seed), Progress.NONE);
        return model.network().params().dup().data().asFloat();
    }

    @Test
    void patienceReturnsToTheBestEpoch() {
        Model model = Architectures.mlp("12-16-4", 1).withOptimiser(new Adam(0.02));
        var options = new Trainer.Options().epochs(200).patience(3);
        var training = Trainer.run(model, train, validation, options, Progress.NONE);
        double best = training.epochs().stream()
                .mapToDouble(e -> e.validation().accuracy())
                .max()
                .orElseThrow();
        assertTrue(training.epochs().size() < 200);
        assertEquals(best, training.validation().accuracy());
        assertEquals(best, model.evaluate(validation).accuracy());
    }

    @Test
    void theChoiceOfTheEpochIsMadeOnValidationSamples() {
        var options = new Trainer.Options().epochs(12);
        Model best = Architectures.mlp("12-16-4", 1).withOptimiser(new Adam(0.05));
        Model last = best.copy();
        var chosen = Trainer.run(best, train, validation, options, Progress.NONE);
        var ended = Trainer.run(last, train, validation, options.choice(Trainer.Choice.LAST), Progress.NONE);
        assertEquals(12, ended.keptEpoch());
        double most = ended.epochs().stream()
                .mapToDouble(e -> e.validation().accuracy())
                .max()
                .orElseThrow();
        assertEquals(most, best.evaluate(validation).accuracy());
        int later = ended.epochs().stream()
                .filter(e -> e.validation().accuracy() == most)
                .mapToInt(Trainer.Epoch::number)
                .max()
                .orElseThrow();
        assertEquals(later, chosen.keptEpoch(), "of equal ones the later");
    }

    @Test
    void anInterruptedTrainingSaysSoAndLeavesAUsableModel() {
        Model model = Architectures.mlp("12-16-4", 1);
        Progress interruptor = (done, total, what) -> {
            if (2 * done > total) {
                Thread.currentThread().interrupt();
            }
        };
        assertThrows(
                CancellationException.class,
                () -> Trainer.run(model, train, validation, new Trainer.Options().epochs(50), interruptor));
        assertTrue(Thread.interrupted());
        assertTrue(Double.isFinite(model.evaluate(validation).loss()));
    }

    @Test
    void aDivergingLossEndsWithTheLastGoodWeights() {
        var options = new Architectures.Options().optimiser(new Sgd(1e30));
        Model model = Architectures.mlp(new int[] {12, 16, 4}, 1, options);
        float[] start = model.network().params().dup().data().asFloat();
        var e = assertThrows(
                IllegalStateException.class,
                () -> Trainer.run(model, train, validation, new Trainer.Options(), Progress.NONE));
        assertTrue(e.getMessage().contains("learning rate"), e.getMessage());
        assertArrayEquals(start, model.network().params().dup().data().asFloat());
    }

    @Test
    void badOptionsAreNamedWithValueAndRange() {
        assertMessage("epochs is 0, but must be at least 1", () -> new Trainer.Options().epochs(0));
        assertMessage("batchSize is -1", () -> new Trainer.Options().batchSize(-1));
        assertMessage("patience is -1", () -> new Trainer.Options().patience(-1));
        assertMessage("choice is missing", () -> new Trainer.Options().choice(null));
        assertMessage("width in 12-0-4 is 0, but must be at least 1", () -> Architectures.mlp("12-0-4", 1));
        assertMessage("write for example 784-300-100-10", () -> Architectures.mlp("12-x-4", 1));
    }

    @Test
    void theEngineIsTheFusedOneUnlessTheUserSaysOtherwise() {
        Model model = Architectures.mlp("12-16-4", 1);
        assertEquals("fused", Engine.name(model, train.shape()));
        assertTrue(Engine.fusedWanted("fused"));
        assertFalse(Engine.fusedWanted("deeplearning4j"));
        assertMessage("PARSIMONY_ENGINE is \"torch\", but must be", () -> Engine.fusedWanted("torch"));
    }

    private static void assertMessage(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void aSavedModelComesBackTheSame(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        Model model = Nets.convolutional();
        model.save(folder.resolve("net.zip"));
        Model back = Model.read(folder.resolve("net.zip"));
        assertArrayEquals(
                model.network().params().dup().data().asFloat(),
                back.network().params().dup().data().asFloat());
        assertMessage("is no file; give the path of a network", () -> Model.read(folder.resolve("missing.zip")));
    }
}
