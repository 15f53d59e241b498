package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Nulls;
import org.parsimony.claims.Verdict;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

/** Arms of one name in two experiments: one shot they reach 0.8, retrained 0.6; random 0.3 and 0.5. */
class ClaimReport_ExperimentTest {

    private static final List<Run> RUNS = runs();

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (String name : List.of("oneshot", "retrained")) {
            boolean once = name.equals("oneshot");
            for (Experiment.Trial trial : Experiment.of("obs", name, Tier.PAPER).trials()) {
                boolean random = trial.arm().name().equals("random");
                double accuracy = random ? (once ? 0.3 : 0.5) : once ? 0.8 : 0.6;
                runs.add(Fixtures.run(trial.recipe(), accuracy).as(trial.arm()));
            }
        }
        return runs;
    }

    private static Judged judged(String experiment, double value, String against, Rule rule) {
        Claim claim = new Claim(
                "a",
                "s",
                "w",
                Claim.Certainty.DATA,
                "magnitude",
                "",
                "784-40-20-10",
                Map.of("ratio", "0.95"),
                "accuracyTuned",
                rule,
                value,
                Double.NaN,
                against,
                0.01,
                0,
                "",
                "",
                experiment);
        List<Judged> judged = ClaimReport.of("obs", List.of(claim), RUNS, Nulls.ofPaper("obs"))
                .judged();
        assertEquals(1, judged.size());
        return judged.get(0);
    }

    private static Judged judged(String experiment, double value) {
        return judged(experiment, value, "", Rule.WITHIN);
    }

    @Test
    void aClaimIsHeldAgainstItsExperimentAlone() {
        assertEquals(Verdict.REPRODUCED, judged("oneshot", 0.8).verdict());
        assertEquals(5, judged("oneshot", 0.8).runs().size());
        assertEquals(0.6, judged("retrained", 0.8).ours().mean(), 1e-12);
        assertEquals(Verdict.NOT_REPRODUCED, judged("retrained", 0.8).verdict());
    }

    /** As claims were before they could name one. */
    @Test
    void aClaimThatNamesNoneTakesTheRunsOfAll() {
        assertEquals(0.7, judged("", 0.8).ours().mean(), 1e-12);
        assertEquals(10, judged("", 0.8).runs().size());
    }

    /** Its pairs and its power too: random arms of the other experiment would bear it out. */
    @Test
    void pairsAndPowerAreOfTheExperimentToo() {
        assertEquals(
                0.5,
                judged("oneshot", Double.NaN, "random", Rule.AT_LEAST).ours().mean(),
                1e-12);
        assertEquals(
                0.1,
                judged("retrained", Double.NaN, "random", Rule.AT_LEAST).ours().mean(),
                1e-12);
        assertEquals(0, judged("oneshot", 0.5).power(), 1e-12);
        assertEquals(1, judged("retrained", 0.5).power(), 1e-12);
        assertEquals(0.5, judged("", 0.5).power(), 1e-12);
    }

    @Test
    void theFileOfClaimsNamesTheExperimentWhereOneDoes() {
        assertEquals(
                List.of("oneshot"),
                ClaimTables.complete(List.of(judged("oneshot", 0.8)))
                        .stringColumn("experiment")
                        .asList());
        assertFalse(ClaimTables.complete(List.of(judged("", 0.8))).columnNames().contains("experiment"));
    }

    @Test
    void anExperimentThatThereIsNotIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> judged("twice", 0.8));
    }
}
