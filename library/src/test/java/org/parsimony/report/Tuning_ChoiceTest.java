package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.With;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;
import tech.tablesaw.api.Table;

class Tuning_ChoiceTest {

    private static Run run(double step, long seed, double validation, double test) {
        Run run = Fixtures.run(Fixtures.recipe("splitting", seed));
        Measurement measurement = With.component(
                With.component(run.measurement(), "validationAccuracy", validation), "accuracyTuned", test);
        return new Run(
                run.recipe(), new Arm("splitting").with("step", step), measurement, run.steps(), run.provenance());
    }

    /** 0.1 is best on validation samples, 0.3 on test samples, and the runs of the values come mixed. */
    @Test
    void validationAloneChooses() {
        List<Run> runs = List.of(
                run(0.01, 1, 0.90, 0.95),
                run(0.1, 1, 0.92, 0.80),
                run(0.3, 1, 0.93, 0.99),
                run(0.01, 2, 0.90, 0.95),
                run(0.1, 2, 0.94, 0.80),
                run(0.3, 2, 0.91, 0.99));
        Tuning tuning = Tuning.of(runs, "step");
        assertEquals(0.1, tuning.best());
        Table table = tuning.table();
        assertEquals(List.of("0.01", "0.1", "0.3"), table.stringColumn(0).asList());
        assertEquals(
                List.of(90.0, 93.0, 92.0),
                table.doubleColumn("validation accuracy %").asList());
        assertEquals(List.of(false, true, false), table.booleanColumn("chosen").asList());
        assertEquals(2, table.intColumn("seeds").get(1));
    }

    /** Another accuracy may choose, and pair, as a claim asks for it: here that of the test, the way round. */
    @Test
    void anyMetricOfAClaimMayChooseAndPair() {
        List<Run> runs = List.of(run(0.1, 1, 0.92, 0.80), run(0.3, 1, 0.90, 0.99));
        assertEquals(0.1, Tuning.of(runs, "step", "validationAccuracy").best());
        assertEquals(0.3, Tuning.of(runs, "step", "accuracyTuned").best());
        Run other = new Run(
                runs.get(1).recipe(),
                new Arm("other"),
                runs.get(1).measurement(),
                runs.get(1).steps(),
                runs.get(1).provenance());
        Table table = Paired.of(List.of(runs.get(0), other), "other", "validationAccuracy");
        assertEquals(List.of(92.0, 90.0), table.doubleColumn("accuracy %").asList());
        assertEquals(-2.0, table.doubleColumn("\"other\" ahead by").get(0));
    }

    @Test
    void ofEqualsTheFirstIsChosen() {
        assertEquals(
                0.3,
                Tuning.of(List.of(run(0.3, 1, 0.9, 0), run(0.1, 1, 0.9, 1)), "step")
                        .best());
    }

    @Test
    void aSettingThatNoArmHasIsNamed() {
        List<Run> runs = List.of(run(0.3, 1, 0.9, 0));
        String said = assertThrows(IllegalArgumentException.class, () -> Tuning.of(runs, "mass"))
                .getMessage();
        assertTrue(said.contains("none of the 1 runs has a setting \"mass\""), said);
    }

    /** Differences are taken seed by seed, whatever network an arm starts from; a seed without partner is left out. */
    @Test
    void pairsAreOfOneSeed() {
        List<Run> runs = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            runs.add(run(0.1, seed, 0, 0.5 + 0.1 * seed));
            if (seed < 3) {
                Run other = run(0.1, seed, 0, 0.48 + 0.11 * seed);
                Measurement dearer = With.component(other.measurement(), "macsDense", 36L);
                runs.add(new Run(other.recipe(), new Arm("wide"), dearer, other.steps(), other.provenance()));
            }
        }
        Table table = Paired.of(runs, "splitting");
        assertEquals(List.of("splitting", "wide"), table.stringColumn("arm").asList());
        assertEquals(List.of(3, 2), table.intColumn("seeds").asList());
        assertEquals(List.of(100.0, 200.0), table.doubleColumn("MACs %").asList());
        assertEquals(
                List.of(0.0, 0.5), table.doubleColumn("\"splitting\" ahead by").asList()); // 1 point, then 0
        assertEquals(6.35, table.doubleColumn("±95 %").get(1), 0.01); // 12.706 · 0.7071 / √2
        runs.add(runs.get(0));
        String said = assertThrows(IllegalArgumentException.class, () -> Paired.of(runs, "splitting"))
                .getMessage();
        assertTrue(said.contains("two runs with seed 1"), said);
    }
}
