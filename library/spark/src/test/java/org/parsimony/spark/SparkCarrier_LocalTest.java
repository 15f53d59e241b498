package org.parsimony.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;
import org.parsimony.spark.bench.Facts;

class SparkCarrier_LocalTest {

    @TempDir
    Path folder;

    private Workplace place(String name) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        return new Workplace(own.resolve("runs.sqlite"), own.resolve("networks"), new Materials(), 2);
    }

    @Test
    void dataOfOnesOwnTravelByPathAndHashAndAFailureIsARow() throws Exception {
        StringBuilder table = new StringBuilder("x,y,kind\n");
        for (int i = 0; i < 120; i++) {
            table.append(i % 7)
                    .append(',')
                    .append(i % 5)
                    .append(',')
                    .append(i % 3 == 0 ? "a" : "b")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("own.csv"), table);
        SweepPlan plan = SweepPlan.of(
                "own", "dataset " + file + ":label=kind\nnetwork 2-4-2|2-4-3\ntrain epochs=1\nmagnitude ratio=0.5\n");
        SweepOutcome threads = Sweeping.run(plan, place("threads"), Carrier.THREADS, Progress.NONE);
        try (Carrier carrier = Carriers.at("local[2]", Carriers.Kernel.OF_DRIVER)) {
            SweepOutcome spark = Sweeping.run(plan, place("spark"), carrier, Progress.NONE);
            assertEquals(Facts.of(threads), Facts.of(spark));
            assertEquals(1, spark.failed().size());
            assertEquals(threads.failed().get(0).errors(), spark.failed().get(0).errors());
        }
    }

    @Test
    void recipesThatBeginAlikeStandTogether() {
        String[] ends = {"magnitude ratio=0.5", "magnitude ratio=0.6\ncode", "magnitude ratio=0.5\ncode"};
        List<Recipe> recipes = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> RecipeText.read("dataset iris\nnetwork 4-6-3\nseed " + (i % 2 + 1) + "\ntrain epochs="
                        + (i / 6 + 1) + "\n" + ends[i / 2 % 3]))
                .toList();
        List<List<Recipe>> groups = Groups.of(recipes, 100);
        assertEquals(4, groups.size());
        groups.forEach(group -> {
            assertEquals(
                    1, group.stream().map(recipe -> recipe.prefix(1)).distinct().count());
            assertEquals(group.get(0).prefix(2), group.get(1).prefix(2), "neighbours share more");
        });
        assertTrue(Groups.of(recipes, 2).stream().allMatch(group -> group.size() <= 2));
        assertEquals(12, Groups.of(recipes, 2).stream().mapToInt(List::size).sum());
    }
}
