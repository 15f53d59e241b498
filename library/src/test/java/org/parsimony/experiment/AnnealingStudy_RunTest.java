package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.annealing.Annealing;
import org.parsimony.annealing.Cooling;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.report.AgainstOption;
import org.parsimony.report.Tables;

class AnnealingStudy_RunTest {

    private static final Dataset IRIS = Datasets.load("iris");
    private static final String NET = "4-6-5-3";
    private static final Annealing.Options OPTIONS = new Annealing.Options()
            .cooling(new Cooling().temperatures(0.1, 0.7, 5))
            .denseEpochs(10)
            .retraining(2, 1)
            .batchSize(20);

    @TempDir
    Path folder;

    private static AnnealingStudy study(Annealing.Options options) {
        return new AnnealingStudy(Tier.SMOKE, NET, IRIS, 60, options);
    }

    @Test
    void everyRowIsWhatItsRecipeGivesOnItsOwn() {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            var runs = study(OPTIONS).oneShot(store, new double[] {0.5, 0.8}, new int[] {5, 20}, 2, 2, Progress.NONE);
            assertEquals(2 * 4 * 2, runs.size());
            assertEquals(16, store.ofPaper(AnnealingStudy.PAPER).size());
            Run run = runs.stream()
                    .filter(r -> r.recipe().method().equals("annealing")
                            && r.recipe().options().get("loopLength").equals(20L)
                            && r.recipe().options().get("ratio").equals(0.8)
                            && r.recipe().seed() == 2)
                    .findFirst()
                    .orElseThrow();
            var alone = Annealing.run(
                    Architectures.annealing(Architectures.widths(NET), 2),
                    IRIS.limited(60, 1000, 1000, 2),
                    OPTIONS.ratio(0.8).loopLength(20).seed(2),
                    Progress.NONE);
            assertEquals(alone.measurement().accuracyBefore(), run.measurement().accuracyBefore());
            assertEquals(alone.measurement().accuracyAfter(), run.measurement().accuracyAfter());
            assertEquals(alone.measurement().lossTuned(), run.measurement().lossTuned());
            assertEquals(alone.measurement().nonzeros(), run.measurement().nonzeros());

            assertEquals(8, Tables.byMethod(runs, AnnealingStudy.MIN_K).rowCount());
            var curves = AgainstOption.of(runs, "ratio", "accuracyAfter", List.of());
            assertEquals(
                    List.of("random removal", "min-K", "loop length 5", "loop length 20"),
                    List.copyOf(curves.figure("").getSeriesMap().keySet()));
            assertEquals(8, curves.table().rowCount());
        }
    }

    @Test
    void aBaselineAndTheSearchItIsComparedWithDifferInNothingButTheMethod() {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            var runs =
                    study(OPTIONS.loopLength(5)).oneShot(store, new double[] {0.5}, new int[] {5}, 1, 1, Progress.NONE);
            assertEquals(
                    List.of("random removal", "min-K", "annealing"),
                    runs.stream().map(r -> r.recipe().method()).toList());
            assertEquals(
                    1, runs.stream().map(r -> r.recipe().options()).distinct().count());
            assertEquals(
                    1,
                    runs.stream()
                            .map(r -> r.measurement().accuracyBefore())
                            .distinct()
                            .count());
        }
    }

    /** A row on the way is what a gradual search that ends there would have found. */
    @Test
    void aStepOfAGradualSearchIsTheEndOfAShorterOne() {
        Annealing.Options gradual = OPTIONS.retraining(0, 1).ratio(0.6).step(0.2);
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            var runs = study(gradual).gradual(store, new int[] {5}, new int[] {1}, 1, 1, Progress.NONE);
            assertEquals(
                    List.of(0.2, 0.4, 0.6),
                    runs.stream().map(r -> r.recipe().options().get("ratio")).toList());
            var shorter = Annealing.run(
                    Architectures.annealing(Architectures.widths(NET), 1),
                    IRIS.limited(60, 1000, 1000, 1),
                    gradual.ratio(0.4).loopLength(5),
                    Progress.NONE);
            assertEquals(
                    shorter.measurement().accuracyAfter(),
                    runs.get(1).measurement().accuracyAfter());
            assertEquals(-1, runs.get(1).measurement().nonzeros());
            assertTrue(runs.get(2).measurement().nonzeros() > 0);
        }
    }

    @Test
    void aNetworkThatDoesNotFitIsNamed() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> new AnnealingStudy(Tier.SMOKE, "784-32-10", IRIS, 60, OPTIONS));
        assertTrue(e.getMessage().startsWith("network 784-32-10 does not fit"), e.getMessage());
        var flat = assertThrows(
                IllegalArgumentException.class, () -> new AnnealingStudy(Tier.SMOKE, "4-3", IRIS, 60, OPTIONS));
        assertTrue(flat.getMessage().contains("have a hidden layer"), flat.getMessage());
    }
}
