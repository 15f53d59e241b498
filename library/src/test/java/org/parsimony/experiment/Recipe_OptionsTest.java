package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Require;

class Recipe_OptionsTest {

    enum Strategy {
        LAYER_ENTROPY,
        CLOSED_FORM
    }

    sealed interface Schedule permits Constant, Linear {}

    record Constant(double rate) implements Schedule {}

    record Linear(double from, double to) implements Schedule {}

    record Inner(int epochs, boolean shuffle) {
        Inner() {
            this(5, true);
        }
    }

    record Options(
            double alpha,
            int bins,
            long seed,
            Strategy strategy,
            String activation,
            int[] widths,
            List<Double> ratios,
            Schedule schedule,
            Inner training,
            boolean fineTune) {
        Options {
            Require.between("alpha", alpha, 0, 1);
        }

        Options() {
            this(
                    1,
                    16,
                    7,
                    Strategy.LAYER_ENTROPY,
                    "relu",
                    new int[] {300, 100},
                    List.of(0.5, 1.0),
                    new Linear(0.1, 1),
                    new Inner(),
                    true);
        }
    }

    private static Recipe recipe() {
        return Recipe.of("m", "d", "n", Tier.SMOKE, new Options());
    }

    @Test
    void optionsSurviveTheRecipeAndItsText() {
        Options read = Recipe.fromJson(recipe().json()).optionsAs(Options.class);
        Options written = new Options();
        assertArrayEquals(written.widths(), read.widths());
        assertEquals(written.ratios(), read.ratios());
        assertEquals(written.schedule(), read.schedule());
        assertEquals(written.training(), read.training());
        assertEquals(Strategy.LAYER_ENTROPY, read.strategy());
        assertEquals(recipe(), recipe().withOptions(read));
    }

    @Test
    void theSeedOfTheOptionsIsTheSeedOfTheRecipe() {
        assertEquals(7, recipe().seed());
        assertEquals(11, recipe().withSeed(11).optionsAs(Options.class).seed());
        assertTrue(!recipe().options().containsKey("seed"));
    }

    @Test
    void aShortRecipeCompletedIsTheFullOne() {
        Recipe brief = new Recipe("m", "d", "n", Tier.SMOKE, 7, new TreeMap<>(Map.of("alpha", 1)));
        assertEquals(recipe().id(), brief.complete(Options.class).id());
    }

    @Test
    void anUnknownOptionIsNamedBesideTheKnownOnes() {
        assertSays("\"alfa\" is unknown; known are activation, alpha, bins", recipe().withOption("alfa", 1));
    }

    @Test
    void aValueIsRefusedByTheRecordItselfOrByItsType() {
        assertSays("alpha is 2, but must lie between 0 and 1", recipe().withOption("alpha", 2));
        assertSays("bins is 1.5, but must be a whole number", recipe().withOption("bins", 1.5));
        assertSays("must be one of layer-entropy, closed-form", recipe().withOption("strategy", "guess"));
        assertSays("must be one of Constant, Linear", recipe().withOption("schedule", Map.of("type", "Cubic")));
        assertSays("training: \"epoch\" is unknown", recipe().withOption("training", Map.of("epoch", 1)));
        assertSays("widths is 300, but must be a list", recipe().withOption("widths", 300));
    }

    @Test
    void aNestedRecordTakesItsOwnDefaults() {
        Recipe recipe = recipe().withOption("training", Map.of("epochs", 9));
        assertEquals(new Inner(9, true), recipe.optionsAs(Options.class).training());
    }

    private static void assertSays(String message, Recipe recipe) {
        String said = assertThrows(IllegalArgumentException.class, () -> recipe.optionsAs(Options.class))
                .getMessage();
        assertTrue(said.contains(message), said);
    }
}
