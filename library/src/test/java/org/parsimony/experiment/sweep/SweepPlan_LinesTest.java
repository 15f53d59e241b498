package org.parsimony.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;

class SweepPlan_LinesTest {

    private static final String HEAD = "dataset digits samples=90\nnetwork 64-8-10\n";

    private static SweepPlan plan(String rest) {
        return SweepPlan.of("test", HEAD + rest);
    }

    @Test
    void aGridHasEveryCombinationAndEachIsTheRecipeWrittenByHand() {
        SweepPlan plan = plan("train epochs=2|4\nmagnitude ratio=0.5..0.9:3 # three points\n");
        List<Setting> settings = plan.settings();
        assertEquals(6, settings.size());
        assertEquals("epochs 2, ratio 0.5", settings.get(0).toString());
        assertEquals("epochs 4, ratio 0.9", settings.get(5).toString());
        Recipe byHand =
                RecipeText.read(HEAD + "train epochs=4\nmagnitude ratio=0.9\n").complete();
        assertEquals(byHand, plan.recipe(settings.get(5), 1));
    }

    @Test
    void drawsAreRepeatableDifferentAndInTheirRange() {
        SweepPlan plan = plan("search random n=40 seed=7\ntrain epochs=1..9 learningRate=1e-4..1e-2:log\n");
        List<Setting> settings = plan.settings();
        assertEquals(settings, plan.settings());
        assertEquals(40, new HashSet<>(settings.stream().map(Setting::words).toList()).size());
        long small = 0;
        for (Setting setting : settings) {
            assertTrue(setting.values().get("epochs") instanceof Long epochs && epochs >= 1 && epochs <= 9);
            double rate = ((Number) setting.values().get("learningRate")).doubleValue();
            assertTrue(rate >= 1e-4 && rate <= 1e-2, setting.toString());
            small += rate < 1e-3 ? 1 : 0;
        }
        assertTrue(small > 10 && small < 30, "half of the draws lie in each decade, but " + small + " of 40 did");
    }

    @Test
    void fewCombinationsAreAllTried() {
        assertEquals(
                3,
                plan("search random n=20\nmagnitude ratio=0.1|0.2|0.3\n")
                        .settings()
                        .size());
    }

    @Test
    void aRungHasLessOfEpochsOrSamplesAndTheLastHasAll() {
        SweepPlan epochs =
                plan("search halving rungs=3 factor=2\ntrain epochs=6\nmagnitude ratio=0.5|0.6\ntrain epochs=1\n");
        Setting first = epochs.settings().get(0);
        assertEquals(
                List.of(2L, 3L, 6L),
                List.of(epochs(epochs, first, 1), epochs(epochs, first, 2), epochs(epochs, first, 3)));
        assertEquals(1L, epochs.recipe(first, 1).steps().get(2).options().get("epochs"));
        SweepPlan samples = plan("search halving by=samples rungs=2 factor=3\nmagnitude ratio=0.5|0.6\n");
        assertEquals(30, samples.recipe(first, 1).samples());
        assertEquals(90, samples.recipe(first, 2).samples());
    }

    private static Object epochs(SweepPlan plan, Setting setting, int rung) {
        return plan.recipe(setting, rung).steps().get(0).options().get("epochs");
    }

    @Test
    void optionsOfOneNameAreToldApart() {
        SweepPlan plan = plan("train epochs=1|2\nmagnitude ratio=0.5\ntrain epochs=1|2\n");
        assertEquals(
                List.of("1.train.epochs", "3.train.epochs"),
                plan.choices().stream().map(SweepPlan.Choice::name).toList());
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() {
        refused("line 3: the search grid has no \"n\"", "search grid n=3\nmagnitude ratio=0.1|0.2\n");
        refused("line 3: search is \"tpe\", but must be one of grid", "search tpe\n");
        refused(
                "line 3: accuracyTuned is measured on test samples",
                "within accuracyTuned=0.9\nmagnitude ratio=0.1|0.2\n");
        refused("line 4: ratio has a value twice", "seeds 2\nmagnitude ratio=0.1|0.1\n");
        refused("of which a grid must know how many points", "magnitude ratio=0.1..0.9\n");
        refused("line 3: magnitude has no option \"share\"", "magnitude share=0.1|0.2\n");
        refused("a range must go from a number to a greater one", "magnitude ratio=0.9..0.1:3\n");
        refused("both \"seed\" and \"seeds\"", "seed 3\nseeds 2\nmagnitude ratio=0.1|0.2\n");
    }

    @Test
    void theRootOfAFileSystemIsNoSweep() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SweepPlan.read(Path.of("/")));
        assertTrue(refusal.getMessage().contains("/ names no file; give the path of one"), refusal.getMessage());
    }

    private static void refused(String message, String lines) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> plan(lines));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
