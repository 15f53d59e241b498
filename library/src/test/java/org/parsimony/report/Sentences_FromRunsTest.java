package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import tech.tablesaw.api.Table;

class Sentences_FromRunsTest {

    private static void add(List<Run> runs, String arm, double... accuracies) {
        for (int i = 0; i < accuracies.length; i++) {
            Recipe recipe = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 2)))
                    .withSeed(i + 1);
            runs.add(Fixtures.run(
                            recipe,
                            100 + 10 * i,
                            accuracies[i],
                            Map.of("raw", 400L, "pars", arm.equals("worse") ? 40L : 80L))
                    .as(new Arm(arm)));
        }
    }

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        add(runs, "control", 0.90, 0.91, 0.92, 0.93);
        add(runs, "worse", 0.80, 0.811, 0.82, 0.829);
        add(runs, "better", 0.95, 0.961, 0.97, 0.979);
        add(runs, "like", 0.90, 0.911, 0.92, 0.929);
        return runs;
    }

    /** Differences −0.1 ± and so on: sd of (0, 0.1, 0, −0.1) points is 0.0816, half of the interval 0.13. */
    @Test
    void onlyWhatTheIntervalShowsIsCalledADifference() {
        assertEquals(
                "Against control, paired by seed, with Holm's correction over 3 comparisons: less accurate: worse (-10.00 ±"
                        + " 0.13 points); more accurate: better (+5.00 ± 0.13 points); no difference is shown of: like"
                        + " (+0.00 ± 0.13 points).",
                Sentences.against(runs(), "control"));
    }

    @Test
    void oneSeedTellsNothing() {
        List<Run> runs = new ArrayList<>();
        add(runs, "control", 0.9);
        assertEquals("Nothing stands beside control.", Sentences.against(runs, "control"));
        add(runs, "worse", 0.8);
        assertEquals("One seed tells nothing about differences to control.", Sentences.against(runs, "control"));
        assertTrue(Sentences.smallest(runs, "control").contains("a single seed does not tell"));
    }

    @Test
    void withoutLossIsSaidOnlyWhereTheIntervalSaysSo() {
        assertEquals(
                "+0.50 ± 0.50 points against c (n = 3), without loss",
                Sentences.loss(Quality.ACCURACY, new Estimate(0.5, 1, 3, 0.5), "c"));
        assertTrue(Sentences.loss(Quality.ACCURACY, new Estimate(0.4, 1, 3, 0.5), "c")
                .endsWith("which does not tell whether that is without loss"));
        assertTrue(Sentences.loss(Quality.ACCURACY, new Estimate(-0.4, 1, 3, 0.5), "c")
                .endsWith("does not tell whether that is without loss"));
        assertTrue(Sentences.loss(Quality.ACCURACY, new Estimate(-0.6, 1, 3, 0.5), "c")
                .endsWith(", a loss"));
        assertEquals(
                "The smallest file is that of worse: 40 bytes, 10.0 times smaller than all parameters as 32-bit floats, at a"
                        + " test accuracy of 81.50 %; -10.00 ± 0.13 points against control (n = 4), a loss.",
                Sentences.smallest(runs(), "control"));
    }

    @Test
    void trainingsAreCountedWhereTheyDiffer() {
        List<Run> runs = runs();
        assertEquals("", Sentences.trainings(runs, "control"));
        Recipe twice =
                Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 1)), Step.of("train", Map.of("epochs", 1)));
        runs.add(Fixtures.run(twice).as(new Arm("twice")));
        assertEquals(
                "The optimiser begins afresh, and an epoch is chosen, in each training; the control has 1 of them, twice 2.",
                Sentences.trainings(runs, "control"));
    }

    @Test
    void aTableHasBothDifferencesTheirCorrectionAndTheSpreadOfSizes() {
        Table table = Tables.byArm(runs(), "control", "better");
        assertEquals(
                List.of(0.0, -10.0, 5.0, 0.0), table.doubleColumn("Δ control").asList());
        assertEquals(
                List.of(-5.0, -15.0, 0.0, -5.0), table.doubleColumn("Δ better").asList());
        assertTrue(table.doubleColumn("Δ p (Holm)").isMissing(0), "the control is not tested against itself");
        assertEquals(1, table.doubleColumn("Δ p (Holm)").get(3));
        assertTrue(table.doubleColumn("Δ p (Holm)").get(1) < 0.001);
        assertEquals("100–130", table.stringColumn("parameters, least–greatest").get(0));
        assertEquals(13, table.doubleColumn("parameters sd").get(0));
        assertFalse(table.columnNames().contains("trained otherwise"));
        List<Run> unfair = runs();
        Recipe longer = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 3)));
        unfair.add(Fixtures.run(longer).as(new Arm("longer")));
        assertEquals(
                "trains 3 epochs in all, but 2 are those of control",
                Tables.byArm(unfair, "control")
                        .stringColumn("trained otherwise")
                        .get(4));
    }
}
