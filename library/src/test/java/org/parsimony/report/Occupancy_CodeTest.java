package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

class Occupancy_CodeTest {

    private static final Map<String, Long> DENSE = Map.of("raw", 10_000L, "pars", 9_000L);

    private static Run run(String arm, Map<String, Long> bytes) {
        Recipe recipe = Fixtures.with(Fixtures.with(Fixtures.recipe(arm, 1), "ratio", 0.9), "k", List.of(16));
        return Fixtures.run(recipe, 23, 0.9, bytes);
    }

    private static Map<String, Long> bytes(long csc, long ham, long sham, long hamCorrected, long shamCorrected) {
        return Map.of(
                "dense",
                10_000L,
                "raw",
                10_000L,
                "pars",
                500L,
                "CSC",
                csc,
                "HAM as published",
                ham,
                "sHAM as published",
                sham,
                "HAM corrected",
                hamCorrected,
                "sHAM corrected",
                shamCorrected);
    }

    private static List<String> psi(String method, Map<String, Long> bytes) {
        Table table = Occupancy.best(List.of(run("control", DENSE), run(method, bytes)), "control");
        int row = table.stringColumn("arm").firstIndexOf(method);
        return List.of(
                table.stringColumn("ψ as published").get(row),
                table.stringColumn("ψ corrected").get(row));
    }

    /** MNIST, 784-300-100-10, Pr-CWS 90/16: the doubled stream weighs more in HAM, which codes the zeros too. */
    @Test
    void eachColumnChoosesItsOwnCode() {
        assertEquals(List.of("0.076*", "0.044"), psi("Pr-CWS", bytes(1506, 874, 755, 440, 655)));
    }

    @Test
    void theDenserCodeIsNotMarked() {
        assertEquals(List.of("0.874", "0.440"), psi("CWS", bytes(15_060, 8740, 9550, 4400, 6550)));
    }

    /** Their table of values makes both of the papers' own codes larger than the weights. */
    @Test
    void weightsThatAreOnlyPrunedAreInCsc() {
        assertEquals(List.of("0.301†", "0.301†"), psi("Pr", bytes(3006, 17_140, 17_024, 15_880, 16_070)));
        assertEquals(List.of("1.714", "1.588"), psi("Pr-CWS", bytes(3006, 17_140, 17_144, 15_880, 16_070)));
    }

    @Test
    void theAuthorsPopulationIsNamedInTheSetting() {
        Run run = run("Pr-CWS", bytes(1506, 874, 755, 440, 655));
        Run all = run.as(run.arm().with("population", "all"));
        for (Run one : List.of(run, all)) {
            Table table = Occupancy.best(List.of(run("control", DENSE), one), "control");
            int row = table.stringColumn("arm").firstIndexOf("Pr-CWS");
            assertEquals(
                    one == all ? "90/16 all" : "90/16",
                    table.stringColumn("p/k").get(row));
        }
    }
}
