package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.claims.Claims;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Measurement;

/** The arms of papers/splitting as recipes, on small images. */
class Splitting_RecipeTest {

    private static final List<String> WITHOUT_GROWTH =
            List.of("width multiplier", "pruned from a larger net", "seed trained on");

    @TempDir
    Path folder;

    private List<Run> run(Experiment experiment) {
        Experiment small = experiment.with("dataset", "digits").with("samples", 300);
        Runner runner = new Runner(new Prefixes(folder.resolve("networks")), new Materials(), 1);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            return small.run(store, runner, 1, Progress.NONE);
        }
    }

    /** Runs that were stored before the option came keep their ids. */
    @Test
    void anOptionThatCameLaterIsLeftOutAtItsDefault() {
        Step plain = Step.of("splitting");
        assertFalse(plain.options().containsKey("moments"));
        assertEquals(plain, Step.of("splitting", Map.of("moments", "fresh")));
        assertEquals(
                "carried",
                Step.of("splitting", Map.of("moments", "carried")).options().get("moments"));
        assertEquals(plain, plain.complete());
    }

    @Test
    void splitPruneQuantiseEncodeIsOneRecipe() {
        List<Run> runs =
                run(Experiment.of("splitting", "compressed", Tier.SMOKE).with("network", "64-8-8-10"));
        Run grown = of(runs, "grown");
        Run small = of(runs, "grown, pruned, quantised");
        assertEquals(
                "train → splitting → train → magnitude → quantise → train → code",
                small.recipe().chain());
        Measurement row = small.measurement();
        assertEquals(grown.measurement().network(), row.network());
        assertTrue(row.parameters() > 64 * 8 + 8 * 8 + 8 * 10 + 26, "it grew: " + row.network());
        assertTrue(row.nonzeros() < 0.5 * row.parameters(), row.nonzeros() + " of " + row.parameters());
        long file = row.bytesDisk().get(Measurement.FILE);
        assertTrue(file < grown.measurement().bytesDisk().get(Measurement.FILE) / 2, "bytes: " + file);
    }

    private static Run of(List<Run> runs, String arm) {
        return runs.stream()
                .filter(run -> run.arm().name().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    /** As many epochs in every arm, and in the grown ones MACs that the budget allows. */
    @Test
    void armsAreTreatedAlike() {
        List<Run> runs = run(Experiment.of("splitting", "mlp", Tier.SMOKE)
                .with("network", "64-8-8-10")
                .with("wide", "64-11-10-10")
                .with("large", "64-22-20-10"));
        assertEquals(10, runs.size());
        TreeSet<Double> epochs = new TreeSet<>();
        long seed = 64 * 8 + 8 * 8 + 8 * 10;
        for (Run run : runs) {
            epochs.add(run.measurement().epochs());
            boolean grows = !WITHOUT_GROWTH.contains(run.arm().name());
            long macs = run.measurement().macsDense();
            assertTrue(
                    !grows || macs > seed && macs <= 1.35 * 1.35 * seed,
                    run.arm().name() + " " + macs);
        }
        assertEquals(1, epochs.size(), "epochs " + epochs);
    }

    @Test
    void whatTheAuthorsStateIsReadAndWaitsForImages() {
        assertEquals(
                9,
                Claims.ofPaper("splitting").stream()
                        .filter(claim -> claim.metric().equals("accuracyTuned")
                                && claim.dataset().equals("imagenet"))
                        .count());
    }
}
