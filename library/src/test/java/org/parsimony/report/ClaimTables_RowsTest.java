package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Nulls;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

class ClaimTables_RowsTest {

    private final List<Run> runs = List.of(
            Fixtures.run(Fixtures.recipe("CWS", 1), 0.9),
            Fixtures.run(Fixtures.recipe("CWS", 2), 0.9),
            Fixtures.run(Fixtures.recipe("control", 1), 0.9));

    private static Claim claim(String id, String network, String ratio, Rule rule, double value, double sd) {
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
                0.01,
                1,
                "",
                "",
                "");
    }

    private final List<Claim> claims = List.of(
            claim("two-sided", "4-3-2", "0.5", Rule.WITHIN, 0.905, Double.NaN),
            claim("wide", "4-3-2", "0.5", Rule.WITHIN, 0.93, 0.02),
            claim("one-sided", "4-3-2", "0.5", Rule.AT_LEAST, 0.8, Double.NaN),
            claim("missed", "4-3-2", "0.5", Rule.WITHIN, 0.5, Double.NaN),
            claim("setting", "4-3-2", "0.9", Rule.WITHIN, 0.9, Double.NaN),
            claim("network", "vgg19", "0.5", Rule.WITHIN, 0.9, Double.NaN),
            claim("network too", "vgg19", "0.9", Rule.WITHIN, 0.9, Double.NaN));

    private final List<Judged> judged = claims.stream()
            .map(claim -> claim.judge(runs, new Nulls(Set.of("control"))))
            .toList();

    @Test
    void theToleranceSaysWhichSideItIsOn() {
        Table table = ClaimTables.listed(judged.subList(0, 4));
        assertEquals(
                List.of("0.9050 ± 0.0100", "0.9300 ± 0.0400", "≥ 0.8000 − 0.0100", "0.5000 ± 0.0100"),
                table.stringColumn("paper").asList());
        assertEquals(
                List.of("reproduced, weak", "reproduced, weak", "no worse, weak", "not reproduced"),
                table.stringColumn("verdict").asList());
        assertEquals("0.9000 ± 0.0000", table.stringColumn("ours").get(0));
    }

    /** Wide texts are for the file. */
    @Test
    void aScreenHoldsEveryColumn() {
        assertEquals(
                List.of("claim", "the paper states", "paper", "ours", "n", "verdict", "why"),
                ClaimTables.listed(judged).columnNames());
        Table complete = ClaimTables.complete(judged);
        assertEquals("a statement", complete.stringColumn("the paper states").get(0));
        assertEquals("ratio=0.5", complete.stringColumn("settings").get(0));
    }

    @Test
    void everyVerdictThatIsNoneSaysWhy() {
        List<String> why = ClaimTables.listed(judged).stringColumn("why").asList();
        assertEquals(
                "n = 2, the paper's n = 1; 100 % of the runs that do nothing or choose at random pass too", why.get(0));
        assertEquals(
                "higher by 0.4000, 40.0 times what is allowed; ours is the more accurate; not the paper's protocol (tier"
                        + " smoke)",
                why.get(3));
        assertEquals("no run answers it", why.get(4));
    }

    @Test
    void whatIsNotMeasuredIsCountedWithItsReason() {
        Table table = ClaimTables.unmeasured(judged, runs);
        assertEquals(List.of(1, 2), table.intColumn("claims").asList());
        assertEquals(
                List.of("no run with these settings", "no run of this network on this data"),
                table.stringColumn("why not measured").asList());
    }

    @Test
    void everyClaimIsCountedOnce() {
        assertEquals(
                "7 claims: 0 reproduced, 0 no worse, 1 not reproduced, 0 undecided, 3 not measured, 3 borne out, but weak",
                ClaimTables.line(judged));
        assertEquals(
                "7 claims: 2 reproduced, 1 no worse, 1 not reproduced, 0 undecided, 3 not measured, 0 borne out, but weak",
                ClaimTables.line(claims.stream().map(claim -> claim.judge(runs)).toList()));
        assertEquals(1, ClaimTables.summary(judged).rowCount(), "of one kind there is no row for all");
        assertEquals("0 claims", ClaimTables.line(List.of()));
    }

    @Test
    void aFilterLeavesWhatItNames() {
        ClaimReport report = new ClaimReport("paper", judged, runs, false);
        assertEquals(1, report.listed().rowCount(), "without a filter what is not reproduced");
        assertEquals(3, report.withVerdict("Weak").judged().size());
        assertEquals(
                List.of(judged.get(3)), report.withVerdict("not reproduced").judged());
        assertEquals(
                2,
                report.ofNetwork("vgg19").withVerdict("not measured").listed().rowCount());
        assertEquals(0, report.onDataset("mnist").judged().size());
        assertEquals(7, report.ofKind("accur").judged().size());
        String said = assertThrows(IllegalArgumentException.class, () -> report.withVerdict("good"))
                .getMessage();
        assertTrue(said.contains("verdict is \"good\", but must be weak or one of [reproduced, no worse"), said);
    }

    @Test
    void theFigureHasAPointForEachMeasuredClaimAndThePapersIntervals() {
        XYChart chart = new ClaimReport("paper", judged, runs, false).figure().orElseThrow();
        assertEquals(2, chart.getSeriesMap().get("reproduced").getXData().length);
        assertEquals(1, chart.getSeriesMap().get("not reproduced").getXData().length);
        assertTrue(new ClaimReport("paper", judged.subList(0, 2), runs, false)
                .figure()
                .isEmpty());
    }
}
