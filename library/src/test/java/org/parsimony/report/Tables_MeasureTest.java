package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import tech.tablesaw.api.Table;

/** Arms compared by what their experiment measures: a fixture's validation accuracy is its accuracy less 0.01. */
class Tables_MeasureTest {

    private static final String METRIC = "validationAccuracy * 3";

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            Recipe recipe = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 2)))
                    .withSeed(seed);
            runs.add(Fixtures.run(recipe, 0.5 + 0.1 * seed).as(new Arm("control")));
            runs.add(Fixtures.run(recipe, 0.6 + 0.1 * seed + 0.01 * (seed % 2)).as(new Arm("ours")));
        }
        return runs;
    }

    @Test
    void theTableHasTheMeasureInPlaceOfTheAccuracy() {
        Table table = Tables.byArm(runs(), "control", "", METRIC);
        assertFalse(table.columnNames().contains("accuracy %"));
        assertFalse(table.columnNames().stream().anyMatch(name -> name.startsWith("before fine-tuning")));
        int ours = table.stringColumn("arm").asList().indexOf("ours");
        // (0.71 + 0.80 + 0.91) / 3 - 0.01 three times; seed by seed 0.11, 0.10 and 0.11 more
        assertEquals(2.39, table.doubleColumn(METRIC).get(ours), 1e-9);
        assertEquals(0.32, table.doubleColumn("Δ control").get(ours), 1e-9);
    }

    @Test
    void accuraciesAreInPercentAndColumnsOfTracesGoByTheirName() {
        Table table = Tables.byArm(runs(), "control", "", "trace.accuracy@epoch=1");
        assertEquals(10, table.doubleColumn("accuracy %").get(0), 1e-9);
        assertEquals("test accuracy", Quality.name("trace.test accuracy@row=1"));
    }

    @Test
    void sentencesSayHigherAndLower() {
        String said = Sentences.against(runs(), "control", Quality.of(runs(), METRIC));
        assertTrue(said.contains("higher: ours (+0.320 ± 0.043)"), said);
        assertTrue(said.contains("lower: none"), said);
        assertEquals(
                Sentences.against(runs(), "control"), Sentences.against(runs(), "control", Quality.of(runs(), "")));
    }
}
