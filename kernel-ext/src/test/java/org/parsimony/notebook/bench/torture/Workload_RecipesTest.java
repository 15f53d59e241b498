package org.parsimony.notebook.bench.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.experiment.Recipe;
import org.parsimony.notebook.run.Parameters;

/** Every recipe of the work is one, each another run; some begin alike; the notebook has a cell for each. */
class Workload_RecipesTest {

    @TempDir
    Path folder;

    @Test
    void recipesAreDistinctAndSomeBeginAlike() throws IOException {
        List<Path> files = new Workload(folder).recipes(3);
        List<Recipe> recipes = new java.util.ArrayList<>();
        for (Path file : files) {
            recipes.add(Recipe.read(file).complete());
        }
        assertEquals(9, recipes.stream().map(Recipe::id).distinct().count());
        assertTrue(recipes.stream().allMatch(recipe -> recipe.steps().size() >= 5), "many steps");
        long beginnings =
                recipes.stream().map(recipe -> recipe.prefix(3).id()).distinct().count();
        assertTrue(beginnings < recipes.size(), "shared work");
    }

    @Test
    void aNotebookHasACellForEachRecipeInAnOrderOfItsOwn() throws IOException {
        Workload workload = new Workload(folder);
        Path first = workload.notebook(1, 2, new Random(1));
        Path second = workload.notebook(2, 2, new Random(2));
        assertEquals("turn", Parameters.of(first).list().get(0).name());
        assertEquals(7, cells(first).size());
        assertTrue(!cells(first).subList(1, 7).equals(cells(second).subList(1, 7)), "order");
        assertEquals(
                cells(first).subList(1, 7).stream().sorted().toList(),
                cells(second).subList(1, 7).stream().sorted().toList());
    }

    private static List<String> cells(Path notebook) throws IOException {
        return JsonParser.parseString(Files.readString(notebook))
                .getAsJsonObject()
                .getAsJsonArray("cells")
                .asList()
                .stream()
                .map(cell -> cell.getAsJsonObject().get("source").getAsString())
                .toList();
    }
}
