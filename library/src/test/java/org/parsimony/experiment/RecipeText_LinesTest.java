package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeText_LinesTest {

    private static final String TEXT =
            """
            # a remark
            dataset digits samples=400
            network 64-20-10
            seed 5

            train epochs=2 learningRate=3e-3 choice=LAST   # another
            shrink share=0.25
            train
            """;

    @Test
    void linesAreTheRecipe() {
        Recipe recipe = Recipe.of(
                        "digits",
                        "64-20-10",
                        Step.of("train", Map.of("epochs", 2, "learningRate", 3e-3, "choice", "last")),
                        Step.of("shrink", Map.of("share", 0.25)),
                        Step.of("train"))
                .withSamples(400)
                .withSeed(5);
        assertEquals(recipe, RecipeText.read(TEXT));
        assertEquals(recipe, RecipeText.read(RecipeText.write(recipe)));
        assertEquals(recipe.id(), Recipe.fromJson(recipe.json()).complete().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    share=0.25 | share=1.5     | line 7: shrink: share is 1.5, but must lie between 0 and 1
                    share=0.25 | chare=1       | line 7: shrink has no option "chare"; its options are share
                    share=0.25 | share         | line 7: "share" is no option, but must read name=value
                    share=0.25 | share=x       | line 7: share is "x", but must be a number
                    shrink     | shrunk        | line 7: there is no method "shrunk"; there are
                    epochs=2   | epochs=2 epochs=3 | line 6: option epochs stands twice
                    epochs=2   | epochs=0      | line 6: train: epochs is 0, but must be at least 1
                    seed 5     | seed five     | seed is "five"
                    samples    | sample        | line 2: a data set has no sample
                    network 64-20-10 | | the line "network NAME" is missing
                    LAST | best | choice is "best", but must be one of last, best-validation, training-gain
                    """)
    void aBadLineIsNamed(String part, String replacement, String message) {
        String text = TEXT.replaceFirst(part, replacement == null ? "" : replacement);
        String said = assertThrows(IllegalArgumentException.class, () -> RecipeText.read(text))
                .getMessage();
        assertTrue(said.contains(message), said);
    }
}
