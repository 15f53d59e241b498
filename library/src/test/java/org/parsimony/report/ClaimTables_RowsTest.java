package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Claim;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

class ClaimTables_RowsTest {

    private final List<Run> runs =
            List.of(Fixtures.run(Fixtures.recipe("CWS", 1), 0.9), Fixtures.run(Fixtures.recipe("CWS", 2), 0.9));

    private static Claim claim(String id, String network, String ratio, Claim.Rule rule, double value, double sd) {
        return new Claim(
                id,
                "a statement",
                "Table I",
                Claim.Certainty.TEXT,
                "CWS",
                "toy",
                network,
                Map.of("ratio", ratio),
                "accuracyTuned",
                rule,
                value,
                sd,
                "",
                0.01);
    }

    private final List<Claim> claims = List.of(
            claim("two-sided", "4-3-2", "0.5", Claim.Rule.WITHIN, 0.905, Double.NaN),
            claim("wide", "4-3-2", "0.5", Claim.Rule.WITHIN, 0.93, 0.02),
            claim("one-sided", "4-3-2", "0.5", Claim.Rule.AT_LEAST, 0.8, Double.NaN),
            claim("missed", "4-3-2", "0.5", Claim.Rule.WITHIN, 0.5, Double.NaN),
            claim("setting", "4-3-2", "0.9", Claim.Rule.WITHIN, 0.9, Double.NaN),
            claim("network", "vgg19", "0.5", Claim.Rule.WITHIN, 0.9, Double.NaN),
            claim("network too", "vgg19", "0.9", Claim.Rule.WITHIN, 0.9, Double.NaN));

    @Test
    void theToleranceSaysWhichSideItIsOn() {
        Table table = ClaimTables.measured(claims, runs);
        assertEquals(
                List.of("± 0.0100", "± 0.0400", "− 0.0100", "± 0.0100"),
                table.stringColumn("tolerance").asList());
        assertEquals(
                List.of("reproduced", "reproduced", "reproduced", "not reproduced"),
                table.stringColumn("verdict").asList());
        assertEquals(
                "accuracyTuned at least 0.8000", table.stringColumn("paper").get(2));
    }

    /** A screen shows the first columns. */
    @Test
    void theVerdictStandsBeforeTheLongTexts() {
        List<String> names = ClaimTables.claims(claims, runs).columnNames();
        assertTrue(names.indexOf("verdict") < names.indexOf("the paper states"), names.toString());
        assertTrue(names.indexOf("tier") < names.indexOf("the paper states"), names.toString());
    }

    @Test
    void whatIsNotMeasuredIsCountedWithItsReason() {
        Table table = ClaimTables.unmeasured(claims, runs);
        assertEquals(List.of(1, 2), table.intColumn("claims").asList());
        assertEquals(
                List.of("no run with these settings", "no run of this network on this data"),
                table.stringColumn("why not measured").asList());
    }

    @Test
    void everyClaimIsCountedOnce() {
        assertEquals(
                "7 claims: 3 reproduced, 1 not reproduced, 0 undecided, 3 not measured",
                ClaimTables.summary(claims, runs));
    }
}
