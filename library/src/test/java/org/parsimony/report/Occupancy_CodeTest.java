package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import tech.tablesaw.api.Table;

class Occupancy_CodeTest {

    private static Run run(String method, Map<String, Long> bytes) {
        TreeMap<String, Object> options =
                new TreeMap<>(Map.of("epochs", 10, "percentiles", List.of(90), "k", List.of(16)));
        Run run = Fixtures.run(new Recipe(method, "toy", "4-3-2", Tier.SMOKE, 1, options), 23, 0.9);
        return new Run(run.recipe(), run.measurement().withBytesDisk(bytes), run.trace(), run.provenance());
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
        Table table = Occupancy.best(List.of(run("original", Map.of("raw", 10_000L)), run(method, bytes)));
        int row = table.stringColumn("method").firstIndexOf(method);
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
        Run all =
                new Run(run.recipe().withOption("population", "all"), run.measurement(), run.trace(), run.provenance());
        for (Run one : List.of(run, all)) {
            Table table = Occupancy.best(List.of(run("original", Map.of("raw", 10_000L)), one));
            int row = table.stringColumn("method").firstIndexOf("Pr-CWS");
            assertEquals(
                    one == all ? "90/16 all" : "90/16",
                    table.stringColumn("p/k").get(row));
        }
    }
}
