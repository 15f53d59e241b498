package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.annealing.cost.Element;
import org.parsimony.annealing.cost.Slow;
import org.parsimony.base.Progress;
import org.parsimony.base.Records;
import org.parsimony.data.Dataset;
import org.parsimony.data.Split;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.steps.Train;

class Annealing_RunTest {

    private static final Dataset DATA = Slow.dataset(1000, 12);
    private static final Context CONTEXT = new Context(1);
    private static Model trained;
    private static AnnealingOutcome found;

    @BeforeAll
    static void train() {
        Model fresh = Architectures.normalised(new int[] {12, 10, 8, 4}, 1);
        trained = Train.run(fresh, DATA, new Train.Options().epochs(8), CONTEXT).model();
        found = run(options());
    }

    private static Annealing.Options options() {
        return new Annealing.Options().ratio(0.8).cooling(new Cooling(0.1, 0.8, 20, 40, 1, 0, Cooling.Reference.START));
    }

    private static Annealing.Options gradual() {
        return options().ratio(0.6).step(0.2).stepEpochs(1).batchSize(50);
    }

    private static AnnealingOutcome run(Annealing.Options options) {
        return Annealing.run(trained, DATA, options, CONTEXT);
    }

    private static float[] parameters(Model model) {
        return values(model.network().params());
    }

    private static float[] weights(Model model, int layer) {
        return values(model.network().getLayer(layer).getParam("W"));
    }

    private static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    @Test
    void theSearchBeatsItsStart() {
        float[] before = parameters(trained);
        var random = run(options().loopLength(0));
        var magnitude = run(options().loopLength(0).start(Annealing.Start.MAGNITUDE));
        assertArrayEquals(before, parameters(trained));
        assertTrue(found.cost() < magnitude.cost() && magnitude.cost() < random.cost());
        assertEquals("incremental", found.engine());
        assertEquals(800, found.moves());
        assertEquals(20, found.trace().rowCount());
        assertEquals(1.0, magnitude.overlapWithSmallest());
        assertEquals(0, random.trace().rowCount());
        assertTrue(random.verdict().endsWith("nothing was searched, so this is the start mask"), random.verdict());
        assertEquals(1, random.figure().getSeriesMap().size());
        assertEquals(3, found.figure().getSeriesMap().size());
    }

    @Test
    void exactlyTheShareIsPrunedFromTheLayerAndNothingElseChanges() {
        assertEquals(64, found.pruned());
        float[] mask = values(found.model().masks().get(3));
        float[] w = weights(found.model(), 3);
        float[] dense = weights(trained, 3);
        for (int i = 0; i < w.length; i++) {
            assertEquals(mask[i] == 1 ? dense[i] : 0f, w[i]);
            assertEquals(found.kept()[i], mask[i] == 1);
        }
        assertEquals(Set.of(3), found.model().masks().keySet());
        assertArrayEquals(weights(trained, 0), weights(found.model(), 0));
        assertEquals(0, found.change().epochs());
    }

    /** With batch statistics the network carries those of the cost images, so its own loss on them is the cost. */
    @Test
    void theCostIsTheLossOfTheNetworkThatIsReturned() {
        for (Statistics statistics : Statistics.values()) {
            var own = run(
                    options().images(Split.VALIDATION, 10_000).norm(statistics).keep(Annealing.Keep.LAST));
            assertEquals(own.cost(), own.model().evaluate(DATA.validation()).loss(), 2e-5);
            assertEquals(
                    own.model().evaluate(DATA.test()).accuracy(),
                    own.steps().get(0).accuracy());
        }
    }

    @Test
    void theBestMaskIsNoWorseThanTheLast() {
        var last = run(options().keep(Annealing.Keep.LAST));
        assertEquals(last.rounds(), found.rounds());
        assertTrue(found.cost() <= last.cost());
        assertEquals(found.rounds().get(19).bestCost(), found.cost());
    }

    @Test
    void comparedWithTheDenseLossFirstAColdSearchFreezesAndSaysSo() {
        var cold = new Cooling(1e-4, 0.9, 10, 20, 1, 0, Cooling.Reference.DENSE);
        var frozen = run(options().cooling(cold));
        assertEquals(0, frozen.acceptanceRate());
        assertTrue(frozen.verdict().endsWith("no move was accepted, so this is the start mask"), frozen.verdict());
        assertEquals(frozen.denseCost(), frozen.rounds().get(0).cost(), 1e-6);
        assertTrue(
                run(options().cooling(cold.reference(Cooling.Reference.START))).acceptanceRate() > 0);
    }

    @Test
    void gradualStepsEndAtTheRatioAndTrainOnlyTheSearchedLayer() {
        var steps = run(gradual());
        assertEquals(3, steps.steps().size());
        assertEquals(48, steps.pruned());
        for (int step = 0; step < 3; step++) {
            assertEquals(0.2 * (step + 1), steps.trace().doubleColumn("pruned").get(step), 1e-12);
        }
        assertTrue(Double.isNaN(steps.steps().get(2).accuracyTuned()));
        assertEquals(
                steps.model().evaluate(DATA.test()).accuracy(),
                steps.steps().get(2).accuracy());
        assertEquals(60, steps.temperatures().rowCount());
        assertEquals(2, steps.figure().getSeriesMap().size());
        assertEquals(2, steps.change().epochs(), "one epoch after each step but the last");
        for (int layer : new int[] {0, 6}) {
            assertArrayEquals(weights(trained, layer), weights(steps.model(), layer));
        }
        float[] before = weights(trained, 3);
        float[] after = weights(steps.model(), 3);
        int moved = 0;
        for (int i = 0; i < after.length; i++) {
            moved += after[i] != 0 && after[i] != before[i] ? 1 : 0;
        }
        assertTrue(moved > 20, moved + " of the 32 kept weights were trained");
    }

    /** Without training between them, steps of a gradual search cost what their masks cost in the network at hand. */
    @Test
    void aGradualSearchWithoutTrainingLeavesTheWeights() {
        var steps = run(gradual().stepEpochs(0));
        float[] before = weights(trained, 3);
        float[] after = weights(steps.model(), 3);
        for (int i = 0; i < after.length; i++) {
            assertEquals(steps.kept()[i] ? before[i] : 0f, after[i]);
        }
        assertEquals(1, steps.figure().getSeriesMap().size());
    }

    @Test
    void whatTheNetworksOwnMaskHoldsIsNotSearched() {
        Model masked = trained.copy();
        INDArray half = masked.network().getLayer(3).getParam("W").ulike();
        for (int i = 0; i < half.length(); i++) {
            half.putScalar(i / 8, i % 8, i % 2);
        }
        masked.mask(3, half);
        INDArray first = masked.network().getLayer(0).getParam("W").ulike().assign(1);
        first.putScalar(2, 3, 0);
        masked.mask(0, first);
        var outcome = Annealing.run(masked, DATA, gradual(), CONTEXT);
        float[] mask = values(outcome.model().masks().get(3));
        int kept = 0;
        for (int i = 0; i < mask.length; i++) {
            assertTrue(i % 2 == 1 || mask[i] == 0, "weight " + i + " came back");
            kept += (int) mask[i];
        }
        assertEquals(40 - 24, kept, "60 % of the 40 that were left");
        assertEquals(first, outcome.model().masks().get(0));
    }

    @Test
    void theThreadsChangeNothing() {
        for (Annealing.Options options : List.of(options(), gradual())) {
            var one = run(options);
            var two = Annealing.run(trained, DATA, options, CONTEXT.threads(2));
            assertEquals(one.rounds(), two.rounds());
            assertArrayEquals(parameters(one.model()), parameters(two.model()));
        }
        assertFalse(Arrays.equals(
                found.kept(),
                Annealing.run(trained, DATA, options(), CONTEXT.at(1)).kept()));
    }

    @Test
    void theCurvesCanBeWatched() {
        Set<String> curves = new TreeSet<>();
        Progress watching = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                assertTrue(done <= total);
            }

            @Override
            public void watch(String series, double x, double y) {
                curves.add(series);
            }
        };
        Annealing.run(trained, DATA, options(), CONTEXT.progress(watching));
        assertEquals(Set.of("cost", "best cost", "temperature", "acceptance rate"), curves);
    }

    @Test
    void anInterruptedSearchIsResumedAndEndsTheSame(@TempDir Path folder) throws IOException {
        var options = gradual().step(0.3);
        var whole = run(options);
        for (int stop : new int[] {3, 20, 27}) {
            Path file = folder.resolve("search-" + stop);
            Context context = CONTEXT.checkpoint(file);
            assertThrows(
                    CancellationException.class,
                    () -> Annealing.run(trained, DATA, options, context.progress(stopAt(stop))));
            assertTrue(Thread.interrupted());
            assertTrue(Files.exists(file));
            var rest = Annealing.run(trained, DATA, options, context);
            assertEquals(whole.rounds(), rest.rounds());
            assertEquals(whole.steps(), rest.steps());
            assertArrayEquals(whole.kept(), rest.kept());
            assertArrayEquals(parameters(whole.model()), parameters(rest.model()));
            assertFalse(Files.exists(file));
        }
        Path file = folder.resolve("other");
        Context context = CONTEXT.checkpoint(file);
        assertThrows(
                CancellationException.class, () -> Annealing.run(trained, DATA, options, context.progress(stopAt(5))));
        assertTrue(Thread.interrupted());
        assertMessage(
                "is the checkpoint of another search",
                () -> Annealing.run(trained, DATA, options, new Context(2).checkpoint(file)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertMessage("damaged", () -> Annealing.run(trained, DATA, options, context));
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
            var start = Annealing.run(model, pictures, options.element(element).loopLength(0), CONTEXT);
            var searched = Annealing.run(model, pictures, options.element(element), CONTEXT);
            assertEquals("deeplearning4j", searched.engine());
            assertEquals(searched.kept().length / 2, searched.pruned());
            assertTrue(searched.cost() <= start.cost());
        }
    }

    /** A filter that a step prunes and a later one brings back has the weights that it had. */
    @Test
    void filtersComeBackWhole() {
        Dataset pictures = Slow.dataset(150, 2, 6, 6);
        Model model = Slow.convolutional(1);
        var options = gradual()
                .ratio(0.5)
                .step(0.25)
                .layers(0)
                .element(Element.UNIT)
                .cooling(new Cooling().temperatures(10, 1, 5).loopLength(5))
                .keep(Annealing.Keep.LAST);
        for (int seed = 1; seed <= 3; seed++) {
            var outcome = Annealing.run(model, pictures, options, new Context(seed));
            float[] w = weights(outcome.model(), 0);
            for (int filter = 0; filter < 4; filter++) {
                float[] own = Arrays.copyOfRange(w, filter * 18, filter * 18 + 18);
                boolean alive = false;
                for (float value : own) {
                    alive |= value != 0;
                }
                assertEquals(outcome.kept()[filter], alive, "seed " + seed + ", filter " + filter);
            }
        }
    }

    @Test
    void masksAreComparedInOneTable() {
        var table = MaskTable.of(trained, DATA, options(), new double[] {0.5, 0.8}, new int[] {5, 40}, CONTEXT);
        assertEquals(8, table.rowCount());
        assertEquals(
                List.of("random", "magnitude", "M = 5", "M = 40"),
                table.stringColumn("mask").asList().subList(0, 4));
        assertEquals(1.0, table.doubleColumn("overlap with magnitude").get(1));
        assertEquals(found.cost(), table.doubleColumn("loss [nats]").get(7), 6e-4);
        assertTrue(new MoveRate(trained, DATA.train(), 0.5).of(20) > 0);
    }

    @Test
    void wrongOptionsAreNamedWithValueAndRange() {
        assertMessage("ratio is 0.0, but must lie above 0", () -> new Annealing.Options().ratio(0));
        assertMessage("ratio is 1.0, but must lie above 0", () -> new Annealing.Options().ratio(1));
        assertMessage("step is 0.95", () -> new Annealing.Options().step(0.95));
        assertMessage("stepEpochs is -1, but must be at least 0", () -> new Annealing.Options().stepEpochs(-1));
        assertMessage("split is missing", () -> new Annealing.Options().images(null, 5));
        assertMessage("eta is 1.5", () -> new Cooling().temperatures(1, 1.5, 10));
        assertMessage("layer is 99, but must lie between 0 and 9", () -> run(new Annealing.Options().layers(99)));
        assertMessage("layer 1 is a BatchNormalization", () -> run(new Annealing.Options().layers(1)));
        assertMessage("layer 3 is dense", () -> run(new Annealing.Options().element(Element.KERNEL)));
        assertMessage("prunes 0 of them", () -> run(new Annealing.Options().ratio(0.001)));
        Model flat = Architectures.mlp("12-4", 1);
        assertMessage(
                "network 12-4 has no hidden layer", () -> Annealing.run(flat, DATA, new Annealing.Options(), CONTEXT));
        Model tied = trained.copy();
        tied.tie(3, tied.network().getLayer(3).getParam("W").ulike().assign(0));
        assertMessage("layer 3 has shared weights", () -> Annealing.run(tied, DATA, gradual(), CONTEXT));
    }

    @Test
    void theRegistryReadsBackWhatARecipeWrites() {
        var method = Methods.named("annealing");
        for (Annealing.Options options : List.of(
                gradual().layers(3, 0).element(Element.UNIT),
                Annealing.Options.oneShotAsPublished(),
                Annealing.Options.gradualAsPublished())) {
            assertEquals(options, Methods.options(method, Records.write(options)));
        }
        var byName = Methods.run(method, trained, DATA, Records.write(options()), CONTEXT);
        assertArrayEquals(parameters(found.model()), parameters(byName.model()));
    }

    private static void assertMessage(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
