package org.parsimony.experiment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.ReaderLaw;

/** No recipe and no list of claims crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static ReaderLaw law(String target) {
        ReaderLaw.Reader reader =
                switch (target) {
                    case "recipe" -> Reader_FuzzTest::readRecipe;
                    case "claims" -> Reader_FuzzTest::readClaims;
                    default -> throw new IllegalArgumentException(target);
                };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class, IOException.class), 1 << 20, 512);
    }

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

    private static void readClaims(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".csv");
        try {
            Files.write(file, content);
            Claims.read(file);
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipe", "claims"})
    void damagedSeedsAreReadOrRefused(String target) {
        law(target).checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, target), 300);
    }

    @FuzzTest
    void recipe(byte[] content) {
        law("recipe").check(content);
    }

    @FuzzTest
    void claims(byte[] content) {
        law("claims").check(content);
    }
}
