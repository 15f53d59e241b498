package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;

class Annealing_RunTest {

    private static final Dataset DATA = Slow.dataset(1000, 12);
    private static Model trained;
    private static AnnealingOutcome found;

    @BeforeAll
    static void train() {
        trained = Architectures.annealing(new int[] {12, 10, 8, 4}, 1);
        Trainer.run(trained, DATA.train(), DATA.validation(), new Trainer.Options().epochs(8), Progress.NONE);
        found = Annealing.run(trained, DATA, options(), Progress.NONE);
    }

    private static Annealing.Options options() {
        return new Annealing.Options().ratio(0.8).cooling(new Cooling(0.1, 0.8, 20, 40, 1, 0, Cooling.Reference.START));
    }

    @Test
    void theSearchBeatsItsStartAndTheRowSaysHow() {
        float[] before = trained.network().params().dup().data().asFloat();
        var random = Annealing.run(trained, DATA, options().loopLength(0), Progress.NONE);
        var minK =
                Annealing.run(trained, DATA, options().loopLength(0).start(Annealing.Start.MAGNITUDE), Progress.NONE);
        assertArrayEquals(before, trained.network().params().dup().data().asFloat());
        assertTrue(found.cost() < minK.cost() && minK.cost() < random.cost());
        assertEquals("annealing, batch statistics", found.measurement().method());
        assertEquals("min-K, batch statistics", minK.measurement().method());
        assertEquals("random removal, batch statistics", random.measurement().method());
        assertEquals("incremental", found.engine());
        assertEquals("12-10-8-4", found.measurement().network());
        assertEquals(800, found.moves());
        assertEquals(20, found.trace().rowCount());
        assertEquals(1.0, minK.overlapWithSmallest());
        assertEquals(0, random.trace().rowCount());
        assertEquals(1, random.figure().getSeriesMap().size());
        assertEquals(3, found.figure().getSeriesMap().size());
    }

    @Test
    void exactlyTheShareIsRemovedFromTheLayerAndNothingElseChanges() {
        assertEquals(64, found.removed());
        float[] mask = found.model().masks().get(3).dup('c').data().asFloat();
        float[] w = found.model()
                .network()
                .getLayer(3)
                .getParam("W")
                .dup('c')
                .data()
                .asFloat();
        float[] dense =
                trained.network().getLayer(3).getParam("W").dup('c').data().asFloat();
        for (int i = 0; i < w.length; i++) {
            assertEquals(mask[i] * dense[i], w[i]);
            assertEquals(found.kept()[i], mask[i] == 1);
        }
        assertEquals(Set.of(3), found.model().masks().keySet());
        assertArrayEquals(
                trained.network().getLayer(0).getParam("W").dup().data().asFloat(),
                found.model().network().getLayer(0).getParam("W").dup().data().asFloat());
    }

    /** With batch statistics the network carries those of the cost images, so its own loss on them is the cost. */
    @Test
    void theCostIsTheLossOfTheNetworkThatIsReturned() {
        for (Statistics statistics : Statistics.values()) {
            var found = Annealing.run(
                    trained,
                    DATA,
                    options()
                            .images(Annealing.Split.VALIDATION, 10_000)
                            .norm(statistics)
                            .keep(Annealing.Keep.LAST),
                    Progress.NONE);
            assertEquals(found.cost(), found.model().evaluate(DATA.validation()).loss(), 2e-5);
            assertEquals(
                    found.measurement().accuracyAfter(),
                    found.model().evaluate(DATA.test()).accuracy());
        }
    }

    @Test
    void theBestMaskIsNoWorseThanTheLast() {
        var last = Annealing.run(trained, DATA, options().keep(Annealing.Keep.LAST), Progress.NONE);
        assertEquals(last.rounds(), found.rounds());
        assertTrue(found.cost() <= last.cost());
        assertEquals(found.rounds().get(19).bestCost(), found.cost());
    }

    @Test
    void comparedWithTheDenseLossFirstAColdSearchFreezesAndSaysSo() {
        var cold = new Cooling(1e-4, 0.9, 10, 20, 1, 0, Cooling.Reference.DENSE);
        var frozen = Annealing.run(trained, DATA, options().cooling(cold), Progress.NONE);
        assertEquals(0, frozen.acceptanceRate());
        assertTrue(frozen.verdict().endsWith("this is the start mask"), frozen.verdict());
        assertEquals(frozen.denseCost(), frozen.rounds().get(0).cost(), 1e-6);
        var right =
                Annealing.run(trained, DATA, options().cooling(cold.reference(Cooling.Reference.START)), Progress.NONE);
        assertTrue(right.acceptanceRate() > 0);
    }

    @Test
    void gradualStepsEndAtTheRatioAndRetrainOnlyTheSearchedLayer() {
        var gradual = options().ratio(0.6).step(0.2).retraining(0, 1).batchSize(50);
        var found = Annealing.run(trained, DATA, gradual, Progress.NONE);
        assertEquals(3, found.steps().size());
        assertEquals(48, found.removed());
        assertEquals(0.2, found.steps().get(0).removed());
        assertTrue(Double.isNaN(found.steps().get(2).accuracyTuned()));
        for (int layer : new int[] {0, 6}) {
            assertArrayEquals(
                    trained.network().getLayer(layer).getParam("W").dup().data().asFloat(),
                    found.model()
                            .network()
                            .getLayer(layer)
                            .getParam("W")
                            .dup()
                            .data()
                            .asFloat());
            assertEquals(
                    trained.network().getLearningRate(layer),
                    found.model().network().getLearningRate(layer));
        }
    }

    @Test
    void retrainingIsAColumnOfItsOwn() {
        var found = Annealing.run(trained, DATA, options().retraining(10, 0).batchSize(20), Progress.NONE);
        assertEquals(
                found.pruned().evaluate(DATA.test()).accuracy(),
                found.measurement().accuracyAfter());
        assertEquals(
                found.model().evaluate(DATA.test()).accuracy(),
                found.measurement().accuracyTuned());
        assertTrue(found.model().evaluate(DATA.train()).loss()
                < found.pruned().evaluate(DATA.train()).loss());
        float[] w = found.model()
                .network()
                .getLayer(3)
                .getParam("W")
                .dup('c')
                .data()
                .asFloat();
        for (int i = 0; i < w.length; i++) {
            assertTrue(found.kept()[i] || w[i] == 0);
        }
    }

    @Test
    void theCurvesCanBeWatched() {
        Set<String> curves = new TreeSet<>();
        Annealing.run(trained, DATA, options(), new Progress() {
            @Override
            public void report(long done, long total, String what) {
                assertTrue(done <= total);
            }

            @Override
            public void watch(String series, double x, double y) {
                curves.add(series);
            }
        });
        assertEquals(Set.of("cost", "best cost", "temperature", "acceptance rate"), curves);
    }

    @Test
    void anInterruptedSearchIsTakenUpAndEndsTheSame(@TempDir Path folder) throws IOException {
        var gradual = options().ratio(0.6).step(0.3).retraining(0, 1).batchSize(50);
        var whole = Annealing.run(trained, DATA, gradual, Progress.NONE);
        for (int stop : new int[] {3, 20, 27}) {
            Path file = folder.resolve("search-" + stop);
            var execution = new Annealing.Execution().checkpoint(file);
            assertThrows(
                    CancellationException.class, () -> Annealing.run(trained, DATA, gradual, execution, stopAt(stop)));
            assertTrue(Thread.interrupted());
            assertTrue(Files.exists(file));
            var rest = Annealing.run(trained, DATA, gradual, execution, Progress.NONE);
            assertEquals(whole.rounds(), rest.rounds());
            assertArrayEquals(whole.kept(), rest.kept());
            assertArrayEquals(
                    whole.model().network().params().dup().data().asFloat(),
                    rest.model().network().params().dup().data().asFloat());
            assertFalse(Files.exists(file));
        }
        Path file = folder.resolve("other");
        var execution = new Annealing.Execution().checkpoint(file);
        assertThrows(CancellationException.class, () -> Annealing.run(trained, DATA, gradual, execution, stopAt(5)));
        assertTrue(Thread.interrupted());
        assertMessage(
                "is the checkpoint of another search",
                () -> Annealing.run(trained, DATA, gradual.seed(2), execution, Progress.NONE));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertMessage("damaged", () -> Annealing.run(trained, DATA, gradual, execution, Progress.NONE));
    }

    private static Progress stopAt(int rounds) {
        return (done, total, what) -> {
            if (what.startsWith("temperature") && Math.round(done * 40.0 / total) == rounds) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void aConvolutionIsSearchedByKernelsAndFilters() {
        Dataset pictures = Slow.dataset(150, 2, 6, 6);
        Model model = Slow.convolutional(1);
        var options = options()
                .ratio(0.5)
                .layers(0)
                .cooling(new Cooling().temperatures(0.1, 0.5, 3).loopLength(5));
        for (Element element : new Element[] {Element.KERNEL, Element.UNIT}) {
            var start = Annealing.run(model, pictures, options.element(element).loopLength(0), Progress.NONE);
            var found = Annealing.run(model, pictures, options.element(element), Progress.NONE);
            assertEquals("deeplearning4j", found.engine());
            assertEquals(found.kept().length / 2, found.removed());
            assertTrue(found.cost() <= start.cost());
        }
    }

    @Test
    void wrongOptionsAreNamedWithValueAndRange() {
        assertMessage("ratio is 0.0, but must lie above 0", () -> new Annealing.Options().ratio(0));
        assertMessage("ratio is 1.0, but must lie above 0", () -> new Annealing.Options().ratio(1));
        assertMessage("step is 0.95", () -> new Annealing.Options().step(0.95));
        assertMessage("eta is 1.5", () -> new Cooling().temperatures(1, 1.5, 10));
        assertMessage("layer is 99, but must lie between 0 and 9", () -> run(new Annealing.Options().layers(99)));
        assertMessage("layer 1 is a BatchNormalization", () -> run(new Annealing.Options().layers(1)));
        assertMessage("layer 3 is dense", () -> run(new Annealing.Options().element(Element.KERNEL)));
        assertMessage("removes 0 of them", () -> run(new Annealing.Options().ratio(0.001)));
        Model flat = Architectures.mlp("12-4", 1);
        assertMessage(
                "network 12-4 has no hidden layer",
                () -> Annealing.run(flat, DATA, new Annealing.Options(), Progress.NONE));
    }

    private static void run(Annealing.Options options) {
        Annealing.run(trained, DATA, options, Progress.NONE);
    }

    private static void assertMessage(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
