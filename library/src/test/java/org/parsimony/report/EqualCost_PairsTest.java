package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

class EqualCost_PairsTest {

    private static final double[] SEEDS = {0, 0.002, -0.001, 0.001, 0.0015};

    /** Five seeds of an arm at one setting. */
    private static void add(List<Run> runs, String arm, long bytes, double accuracy) {
        for (int i = 0; i < SEEDS.length; i++) {
            Recipe recipe = Recipe.of("toy", "4-3-2", Step.of("magnitude", Map.of("ratio", 1.0 / bytes)))
                    .withSeed(i + 1);
            double wobble = arm.equals("b") ? 0.0001 * i : 0;
            runs.add(Fixtures.run(recipe, 100, accuracy + SEEDS[i] + wobble, Map.of("raw", 400L, "pars", bytes))
                    .as(new Arm(arm).with("ratio", 1.0 / bytes)));
        }
    }

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        add(runs, "a", 100, 0.80);
        add(runs, "a", 400, 0.90);
        add(runs, "b", 100, 0.86);
        add(runs, "b", 400, 0.88);
        add(runs, "c", 300, 0.70);
        add(runs, "c", 400, 0.80);
        add(runs, "alone", 200, 0.99);
        return runs;
    }

    /** At 200 bytes, in the middle of 100 and 400 as logarithms go: 0.85 and 0.87, and b's wobble of 0.02 points on average. */
    @Test
    void betweenTwoSettingsAccuracyIsLinearInTheLogarithmOfTheCost() {
        Table table = EqualCost.of(runs(), "bytesDisk.pars", 200).table();
        assertEquals(List.of("a", "b"), table.stringColumn("arm").asList());
        assertEquals(85.07, table.doubleColumn("accuracy %").get(0), 1e-9);
        assertEquals("-2.02 ± 0.02 *", table.stringColumn("− b").get(0));
        assertEquals("+2.02 ± 0.02 *", table.stringColumn("− a").get(1));
        assertEquals("", table.stringColumn("− a").get(0));
    }

    @Test
    void theCostIsOneThatMostArmsReach() {
        double cost = EqualCost.of(runs(), "bytesDisk.pars").cost();
        assertTrue(cost > 300 && cost < 400, "cost " + cost);
        assertEquals(3, EqualCost.of(runs(), "bytesDisk.pars").table().rowCount());
    }

    /** a rises by 10 points and b by 2 over log 4; they are 6.02 apart at 100: after 6.02 / 8 of the way. */
    @Test
    void crossingsAreWhereTheMeanCurvesMeet() {
        String sentence = EqualCost.of(runs(), "bytesDisk.pars", 200).crossings();
        long meet = Math.round(100 * Math.pow(4, 6.02 / 8));
        assertEquals(
                "a and b cross at about " + meet + " bytes: a is ahead above it, b below it (100 bytes to 400 bytes).",
                sentence);
    }

    @Test
    void armsThatMeetNowhereAreRefusedByName() {
        List<Run> runs = new ArrayList<>();
        add(runs, "a", 100, 0.80);
        add(runs, "a", 200, 0.90);
        add(runs, "b", 300, 0.86);
        add(runs, "b", 400, 0.88);
        String message = assertThrows(IllegalArgumentException.class, () -> EqualCost.of(runs, "bytesDisk.pars"))
                .getMessage();
        assertTrue(message.contains("no two arms reach the same bytesDisk.pars: [a, b]"), message);
        assertTrue(EqualCost.overlapping(runs, "bytesDisk.pars").isEmpty());
        assertEquals(
                "No two arms cross within the costs that both reach.",
                EqualCost.of(runs, "bytesDisk.pars", 150).crossings());
    }
}
