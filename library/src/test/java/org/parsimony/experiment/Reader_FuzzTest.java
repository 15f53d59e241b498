package org.parsimony.experiment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.ReaderLaw;

/** No recipe crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static final ReaderLaw LAW = new ReaderLaw(
            Reader_FuzzTest::readRecipe, List.of(IllegalArgumentException.class, IOException.class), 1 << 20, 512);

    /** A recipe that was read has an id, and its canonical text is read as the same. */
    private static void readRecipe(byte[] content) {
        Recipe recipe = Recipe.fromJson(new String(content, StandardCharsets.UTF_8));
        try {
            Recipe again = Recipe.fromJson(recipe.json());
            if (!again.id().equals(recipe.id())) {
                throw new AssertionError(recipe.json() + " is read as " + again.json());
            }
        } catch (RuntimeException e) {
            throw new AssertionError("a recipe was read whose text cannot be read: " + recipe.json(), e);
        }
    }

    @Test
    void damagedSeedsAreReadOrRefused() {
        LAW.checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, "recipe"), 300);
    }

    @FuzzTest
    void recipe(byte[] content) {
        LAW.check(content);
    }
}
