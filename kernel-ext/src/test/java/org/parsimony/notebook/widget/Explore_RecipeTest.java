package org.parsimony.notebook.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.store.RunStore;

/** A recipe whose options are moved: each position is the run that the recipe would have had, and is in the store. */
class Explore_RecipeTest {

    private static final Recipe RECIPE = Recipe.of(
            "iris",
            "4-6-3",
            Step.of("train", Map.of("epochs", 2)),
            Step.of("magnitude", Map.of("ratio", 0.5)),
            Step.of("quantise", Map.of("k", 4)));

    private final Models models = new Models(new RecordingNotebook(), 8);

    @TempDir
    Path scratch;

    @Test
    void eachPositionIsARunOfTheStore() throws Exception {
        Workplace here = new Workplace(scratch.resolve("runs.sqlite"), scratch.resolve("networks"), new Materials(), 1);
        Positions positions = new Positions(here);
        RecipeKnobs knobs = new RecipeKnobs(models, RECIPE, List.of("magnitude.ratio", "k"));
        Explore<Recipe> explore = new Explore<>(models, knobs, positions::run, positions::faces);
        assertEquals(RECIPE.complete(), explore.setting());
        assertNotNull(explore.result(), () -> explore.widget().text());
        assertEquals(RECIPE.complete().id(), ((Run) explore.result()).id(), "the first position is the recipe itself");

        assertEquals(
                List.of("ratio", "k"),
                knobs.controls().stream().map(Control::description).toList());
        ((Slider) knobs.controls().get(1)).value(2.0);
        Recipe moved = explore.setting();
        assertEquals(List.of(2L), moved.steps().get(2).options().get("k"));
        assertEquals(RECIPE.complete().prefix(2), moved.prefix(2), "what was not moved stays");
        for (int i = 0; i < 600 && !((Run) explore.result()).id().equals(moved.id()); i++) {
            TimeUnit.MILLISECONDS.sleep(50); // positions are computed in a thread of their own
        }
        assertEquals(moved.id(), ((Run) explore.result()).id());
        try (RunStore store = RunStore.open(here.store())) {
            assertTrue(store.find(RECIPE.complete().id()).isPresent());
            assertEquals(
                    here.run(moved, org.parsimony.base.Progress.NONE).json(),
                    store.find(moved.id()).orElseThrow().json(),
                    "carried out once, like any other run");
        }
    }

    @Test
    void aNameThatNoStepOrSeveralHaveIsRefused() {
        assertFalse(RECIPE.complete().steps().get(1).options().isEmpty());
        assertEquals(
                "no step has an option [depth]",
                refusal("depth").substring(0, "no step has an option [depth]".length()));
        assertTrue(
                refusal("epochs").startsWith("several steps have an option epochs; name one of ["), refusal("epochs"));
        assertTrue(refusal().startsWith("no option is named that is to be moved"), refusal());
    }

    private String refusal(String... names) {
        return assertThrows(IllegalArgumentException.class, () -> new RecipeKnobs(models, RECIPE, List.of(names)))
                .getMessage();
    }
}
