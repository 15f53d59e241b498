package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Home;
import org.parsimony.base.Json;
import org.parsimony.base.Progress;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.experiment.store.RunStore;

class Experiment_DataTest {

    private static final String ENTRY =
            """
            {"title": "shrinking", "control": "control",
             "parameters": {"dataset": "digits", "network": "64-20-10", "samples": 400, "seeds": 2, "epochs": 3,
                            "shares": [0.2, 0.4, 0.6]},
             "tiers": {"smoke": {"seeds": 1, "epochs": 1, "shares": [0.5]}},
             "arms": [
               {"name": "control", "steps": [{"method": "train", "if": "$epochs", "options": {"epochs": "$epochs"}},
                                             {"method": "train", "options": {"epochs": 1}}]},
               {"name": "shrunk-$share", "for": {"share": "$shares", "tying": ["mean", "sum"]},
                "steps": [{"method": "train", "if": "$epochs", "options": {"epochs": "$epochs"}},
                          {"method": "shrink", "options": {"share": "$share"}},
                          {"method": "train", "options": {"epochs": 1, "tying": "$tying"}}]}]}""";

    private static Experiment experiment(Tier tier) {
        return Experiment.of("toys", "grid", tier, Json.readObject("entry", ENTRY));
    }

    @Test
    void armsAreRepeatedForEverySettingAndSeed() {
        List<Experiment.Trial> trials = experiment(Tier.PAPER).trials();
        assertEquals(2 * (1 + 3 * 2), trials.size());
        assertEquals(
                List.of(1L, 2L),
                trials.stream().map(t -> t.recipe().seed()).distinct().toList());
        Experiment.Trial last = trials.get(trials.size() - 1);
        assertEquals("shrunk-0.6", last.arm().name());
        assertEquals("{\"share\":0.6,\"tying\":\"sum\"}", Json.write(last.arm().settings()));
        assertEquals("train → shrink → train", last.recipe().chain());
        assertEquals("sum", last.recipe().steps().get(2).options().get("tying"));
        assertEquals(last.recipe(), last.recipe().complete());
    }

    @Test
    void aTierAndACellChangeParametersAndNothingElse() {
        assertEquals(3, experiment(Tier.SMOKE).trials().size());
        assertEquals(
                2 * (1 + 2 * 2),
                experiment(Tier.PAPER).with("shares", "0.1 0.9").trials().size());
        assertEquals(
                "shrink → train",
                experiment(Tier.SMOKE)
                        .with("epochs", 0)
                        .trials()
                        .get(1)
                        .recipe()
                        .chain());
        String said = assertThrows(IllegalArgumentException.class, () -> experiment(Tier.PAPER)
                        .with("epoch", 1))
                .getMessage();
        assertTrue(said.contains("has no parameter \"epoch\"; its parameters are [dataset, epochs"), said);
    }

    @Test
    void aBadValueIsToldBeforeAnythingRuns() {
        assertSays(
                "seeds is -1, but must be a whole number of at least 1",
                experiment(Tier.PAPER).with("seeds", -1));
        assertSays(
                "arm shrunk-7: step 2: shrink: share is 7",
                experiment(Tier.PAPER).with("shares", List.of(7)));
        assertSays(
                "arm control: step 1: train: epochs is -3",
                experiment(Tier.PAPER).with("epochs", -3));
        assertSays(
                "samples of the recipe is -1, but must be at least 0",
                experiment(Tier.PAPER).with("samples", -1));
    }

    private static void assertSays(String message, Experiment experiment) {
        String said =
                assertThrows(IllegalArgumentException.class, experiment::trials).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void everyRunIsFiledUnderItsArm(@TempDir Path folder) {
        Experiment small = experiment(Tier.SMOKE).with("samples", 200);
        Runner runner = new Runner(new Prefixes(folder.resolve("networks")), new Materials(), 1);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            List<Run> runs = small.run(store, runner, 2, Progress.NONE);
            assertEquals(
                    List.of("control", "shrunk-0.5", "shrunk-0.5"),
                    runs.stream().map(run -> run.arm().name()).toList());
            assertEquals(3, store.ofPaper("toys").size());
            assertEquals(3, store.ofMethod("train").size());
            assertEquals(2, store.ofMethod("shrink").size());
            for (Run run : store.all()) {
                assertEquals(run.recipe(), run.recipe().complete(), "a stored recipe is the options that wrote it");
            }
        }
    }

    @Test
    void theExperimentsOfEveryPaperInTheRepositoryAreWhole() {
        for (String paper : Home.papers()) {
            for (String name : Experiment.names(paper)) {
                for (Tier tier : Tier.values()) {
                    assertTrue(Experiment.of(paper, name, tier).trials().size() > 0, paper + "/" + name);
                }
            }
        }
    }
}
