package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class Overview_ColumnsTest {

    private static void add(List<Run> runs, String arm, String network, long bytes, double... accuracies) {
        for (int i = 0; i < accuracies.length; i++) {
            Recipe recipe = Recipe.of("toy", network, Step.of("train", Map.of("epochs", 2)))
                    .withSeed(i + 1);
            runs.add(Fixtures.run(recipe, 100, accuracies[i], Map.of("raw", 400L, "pars", bytes))
                    .as(new Arm(arm)));
        }
    }

    /** Fixtures have 18 multiply-accumulates, 15 with weights that are not zero. */
    @Test
    void ratiosAreAgainstTheControlAndDifferencesPairedBySeed() {
        List<Run> runs = new ArrayList<>();
        add(runs, "control", "4-3-2", 400, 0.90, 0.92);
        add(runs, "small", "4-3-2", 40, 0.89, 0.91);
        Table table = Overview.of(runs, "control");
        assertEquals(List.of("control", "small"), table.stringColumn("arm").asList());
        assertEquals(10.0, table.doubleColumn("× smaller").get(1), 1e-9);
        assertEquals(1.2, table.doubleColumn("× fewer MACs").get(1), 1e-9);
        assertEquals(-1.0, table.doubleColumn("Δ control").get(1), 1e-9);
        assertEquals(0.0, table.doubleColumn("±95 %").get(1), 1e-9);
    }

    /** A network that grows begins as another than the control's. */
    @Test
    void anArmThatStartsFromAnotherNetworkStandsBesideTheOneControl() {
        List<Run> runs = new ArrayList<>();
        add(runs, "control", "4-3-2", 400, 0.90, 0.92);
        add(runs, "grown", "4-2-2", 40, 0.88, 0.90);
        assertEquals(
                -2.0, Overview.of(runs, "control").doubleColumn("Δ control").get(1), 1e-9);
        add(runs, "control", "4-9-2", 900, 0.95, 0.96);
        Table two = Overview.of(runs, "control");
        assertTrue(
                two.doubleColumn("Δ control")
                        .isMissing(two.stringColumn("arm").asList().indexOf("grown")),
                two.print());
    }
}
