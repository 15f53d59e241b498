package org.parsimony.dynhp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.claims.Claims;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Measurement;

/** The arms of papers/dynhp as recipes, on small images. */
class DynHP_RecipeTest {

    @TempDir
    Path folder;

    private Map<String, Run> run(String entry) {
        Experiment small = Experiment.of("dynhp", entry, Tier.SMOKE)
                .with("dataset", "digits")
                .with("network", "64-100-60-10")
                .with("samples", 300);
        Runner runner = new Runner(new Prefixes(folder.resolve("networks")), new Materials(), 1);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            List<Run> runs = small.run(store, runner, 1, Progress.NONE);
            return runs.stream().collect(Collectors.toMap(run -> run.arm().name(), run -> run));
        }
    }

    @Test
    void pruneQuantiseEncodeIsOneRecipe() {
        Map<String, Run> runs = run("compressed");
        Run small = runs.get("hard, quantised");
        assertEquals("dynhp → quantise → train → code", small.recipe().chain());
        Measurement dense = runs.get("unpruned").measurement();
        assertTrue(
                small.measurement().parameters() <= dense.parameters() / 10,
                small.measurement().network());
        long file = small.measurement().bytesDisk().get(Measurement.FILE);
        assertTrue(file < dense.bytesDisk().get(Measurement.FILE) / 5, "bytes: " + file);
    }

    @Test
    void everyPrunedArmHasATenthOfTheParametersAndEveryArmItsEpochs() {
        Map<String, Run> runs = run("mlp");
        assertEquals(7, runs.size());
        long dense = runs.get("unpruned").measurement().parameters();
        runs.forEach((arm, run) -> {
            assertEquals(4, run.measurement().epochs(), arm);
            boolean kept = arm.equals("unpruned") || arm.equals("soft");
            assertTrue(kept || run.measurement().parameters() <= dense / 10, arm);
            assertTrue(!kept || run.measurement().parameters() == dense, arm);
        });
        Measurement soft = runs.get("soft").measurement();
        assertTrue(soft.nonzeros() <= dense / 10 + 160, "as few weights, and 160 biases: " + soft.nonzeros());
        assertTrue(runs.get("hard").measurement().trainingMemory() <= soft.trainingMemory(), "memory never grows");
    }

    @Test
    void whatTheAbstractStatesIsReadAndWaitsForRuns() {
        assertTrue(Claims.ofPaper("dynhp").stream()
                .anyMatch(claim -> claim.against().equals("unpruned")));
        assertTrue(
                Claims.ofPaper("dynhp").stream().allMatch(claim -> claim.where().equals("abstract")));
    }
}
