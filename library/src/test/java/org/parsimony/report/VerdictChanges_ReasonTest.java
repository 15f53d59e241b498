package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Claim;
import org.parsimony.claims.EarlierVerdict;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;

class VerdictChanges_ReasonTest {

    private static final List<Run> RUNS = runs();

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), 0.9));
        }
        return runs;
    }

    private static Judged judged(String id, Rule rule, double value, double tolerance, String counting) {
        return new Claim(
                        id,
                        "s",
                        "w",
                        Claim.Certainty.TEXT,
                        id.equals("gone") ? "nobody" : "ours",
                        "",
                        "",
                        Map.of(),
                        "accuracyTuned",
                        rule,
                        value,
                        Double.NaN,
                        "",
                        tolerance,
                        0,
                        counting,
                        "",
                        "")
                .judge(RUNS);
    }

    private static EarlierVerdict earlier(String id, double mean, double half, int n, String verdict) {
        return new EarlierVerdict(id, new Estimate(mean, Double.NaN, n, half), "paper", verdict);
    }

    /** One claim for each way in which a verdict may have changed, and one that is as it was. */
    @Test
    void everyChangeHasTheReasonThatItsNumbersTell() {
        List<Judged> now = List.of(
                judged("same", Rule.WITHIN, 0.9, 0.01, ""),
                judged("side", Rule.AT_LEAST, 0.8, 0.01, ""),
                judged("runs", Rule.WITHIN, 0.9, 0.01, ""),
                judged("gone", Rule.WITHIN, 0.9, 0.01, ""),
                judged("count", Rule.WITHIN, 1.8, 0.01, "2 * accuracyTuned"));
        VerdictChanges changes = new VerdictChanges(
                "toy",
                List.of(
                        earlier("same", 0.9, 0.001, 5, "reproduced"),
                        earlier("side", 0.91, 0.001, 5, "reproduced"),
                        earlier("runs", 0.7, 0.001, 5, "not reproduced"),
                        earlier("gone", 0.9, 0.5, 5, "reproduced"),
                        earlier("count", 0.9, 0.001, 5, "not reproduced"),
                        earlier("unknown", 0.9, 0.001, 5, "reproduced")),
                now);
        var table = changes.changes();
        assertEquals(
                List.of("side", "runs", "gone", "count"),
                table.stringColumn("claim").asList());
        assertEquals(
                List.of("no worse", "reproduced", "not measured", "reproduced"),
                table.stringColumn("after").asList());
        assertEquals(
                List.of(
                        "the claim bounds one side, and ours lies beyond the tolerance on the other",
                        "other runs",
                        "not measured again",
                        "counted as the authors' scripts do"),
                table.stringColumn("why").asList());
        assertEquals(
                "0.7000 ± 0.0010 (n = 5) became 0.9000 ± 0.0000 (n = 5)",
                table.stringColumn("numbers").get(1));
        assertEquals(
                "by today's rule the earlier number is undecided",
                table.stringColumn("numbers").get(2));
        assertEquals(4, changes.grouped().rowCount());
        var counts = changes.counts();
        assertEquals(List.of(6, 4, 4), counts.intColumn("decided").asList());
        assertEquals(List.of(4, 1, 3), counts.intColumn("reproduced").asList());
        assertEquals(List.of(2, 2, 0), counts.intColumn("not reproduced").asList());
        assertEquals(List.of(0, 1, 0), counts.intColumn("undecided").asList());
    }

    @Test
    void anUndecidedOneSaysWhetherItIsForItsRepeatsOrItsInterval() {
        List<Run> wide = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            wide.add(Fixtures.run(Fixtures.recipe("ours", seed), 0.8 + 0.04 * seed));
        }
        Claim claim = judged("a", Rule.WITHIN, 0.92, 0.01, "").claim();
        VerdictChanges spread = new VerdictChanges(
                "toy", List.of(earlier("a", 0.92, 0.08, 5, "reproduced")), List.of(claim.judge(wide)));
        assertEquals(
                "our mean lies on one side, our interval reaches over the edge",
                spread.changes().stringColumn("why").get(0));
        VerdictChanges few = new VerdictChanges(
                "toy", List.of(earlier("a", 0.92, 0.08, 2, "reproduced")), List.of(claim.judge(wide.subList(0, 2))));
        assertEquals(
                "too few repeats decide nothing",
                few.changes().stringColumn("why").get(0));
    }
}
