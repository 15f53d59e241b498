package org.parsimony.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;

/** Which runs answer a claim, and what each adds to the estimate. */
class Claim_AnswersTest {

    private static Claim claim(String dataset, String network, Map<String, Object> options, String against) {
        return claim(dataset, network, options, against, Double.NaN, 0);
    }

    private static Claim claim(
            String dataset, String network, Map<String, Object> options, String against, double sd, double tolerance) {
        double value = against.isEmpty() ? 0.5 : Double.NaN;
        return new Claim(
                "a",
                "s",
                "w",
                Claim.Certainty.TEXT,
                "ours",
                dataset,
                network,
                options,
                "accuracyTuned",
                Rule.WITHIN,
                value,
                sd,
                against,
                tolerance);
    }

    private static Claim withOptions(Map<String, Object> options) {
        return claim("", "", options, "");
    }

    @Test
    void aRunAnswersByArmDataNetworkAndOptions() {
        Run run = Fixtures.run(Fixtures.recipe("ours", 1));
        assertTrue(withOptions(Map.of()).answeredBy(run));
        assertTrue(claim("toy", "4-3-2", Map.of("ratio", "0.5"), "").answeredBy(run));
        assertFalse(claim("other", "4-3-2", Map.of("ratio", "0.5"), "").answeredBy(run));
        assertFalse(claim("toy", "4-2-2", Map.of("ratio", "0.5"), "").answeredBy(run));
        assertFalse(claim("toy", "4-3-2", Map.of("ratio", "0.6"), "").answeredBy(run));
        assertFalse(withOptions(Map.of("k", "4")).answeredBy(run));
        assertFalse(withOptions(Map.of()).answeredBy(Fixtures.run(Fixtures.recipe("theirs", 1))));
    }

    /** The arm's setting counts before the recipe's option, which counts where the arm has none. */
    @Test
    void theSettingOfTheArmComesFirst() {
        Run run = Fixtures.run(Fixtures.recipe("ours", 1)).as(new Arm("ours").with("ratio", 0.7));
        assertTrue(withOptions(Map.of("ratio", "0.7")).answeredBy(run));
        assertFalse(withOptions(Map.of("ratio", "0.5")).answeredBy(run));
        Run bare = run.as(new Arm("ours"));
        assertTrue(withOptions(Map.of("ratio", "0.5")).answeredBy(bare));
        assertFalse(withOptions(Map.of("ratio", "0.7")).answeredBy(bare));
    }

    /** Other runs of the arm, and other arms, change nothing. */
    @Test
    void onlyRunsThatAnswerCount() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), 0.8));
        }
        Claim claim = claim("", "", Map.of("ratio", "0.5"), "");
        Judged alone = claim.judge(runs);
        assertEquals(List.of(claim.id() + " on toy"), ids(claim.onEachDataset(runs)));
        runs.add(Fixtures.run(Fixtures.with(Fixtures.recipe("ours", 4), "ratio", 0.9), 0.1));
        runs.add(Fixtures.run(Fixtures.recipe("theirs", 5).withDataset("other"), 0.2));
        assertEquals(alone.ours(), claim.judge(runs).ours());
        assertEquals(List.of(claim.id() + " on toy"), ids(claim.onEachDataset(runs)), "no set where nothing answers");
    }

    private static List<String> ids(List<Claim> claims) {
        return claims.stream().map(Claim::id).toList();
    }

    /** A value that was not measured is none, beside others of its seed and alone. */
    @Test
    void whatWasNotMeasuredIsLeftOut() {
        Recipe recipe = Fixtures.recipe("ours", 1);
        List<Run> runs = List.of(
                Fixtures.run(recipe, 0.8),
                Fixtures.run(Fixtures.with(recipe, "other", 1), Double.NaN),
                Fixtures.run(Fixtures.with(recipe, "other", 2), 0.6),
                Fixtures.run(recipe.withSeed(2), Double.NaN));
        Estimate ours = withOptions(Map.of("ratio", "0.5")).judge(runs).ours();
        assertEquals(0.7, ours.mean(), 1e-12);
        assertEquals(1, ours.n());
    }

    /** Pairs differ in nothing but the arm: seed, data, network, tier, samples, settings that both have. */
    @Test
    void onlyPairsAreCompared() {
        Recipe recipe = Fixtures.recipe("ours", 1);
        Run ours = Fixtures.run(recipe, 0.8).as(new Arm("ours").with("k", 4));
        Run control = Fixtures.run(Fixtures.recipe("control", 1), 0.7);
        Claim claim = claim("", "", Map.of(), "control");
        assertEquals(1, pairs(claim, ours, control.as(new Arm("control"))));
        assertEquals(1, pairs(claim, ours, control.as(new Arm("control").with("k", 4))));
        assertEquals(1, pairs(claim, ours, control.as(new Arm("control").with("other", 9))));
        assertEquals(0, pairs(claim, ours, control.as(new Arm("control").with("k", 8))));
        Recipe other = control.recipe();
        assertEquals(0, pairs(claim, ours, Fixtures.run(other.withSeed(2))));
        assertEquals(0, pairs(claim, ours, Fixtures.run(other.withDataset("other"))));
        Recipe net = new Recipe(other.dataset(), 0, "4-2-2", other.tier(), 1, other.steps());
        assertEquals(0, pairs(claim, ours, Fixtures.run(net)));
    }

    /** Where training otherwise is the method itself, its experiment says why; the claim is judged, and repeats the reason. */
    @Test
    void anArmThatIsExemptIsComparedAndSaysWhy() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            Recipe longer = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 3)))
                    .withSeed(seed);
            Recipe control = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 2)))
                    .withSeed(seed);
            runs.add(Fixtures.run(longer, 0.8).as(new Arm("ours")));
            runs.add(Fixtures.run(control, 0.7).as(new Arm("control")));
        }
        Claim claim = claim("", "", Map.of(), "control");
        assertEquals(0, claim.judge(runs).ours().n());
        assertFalse(claim.judge(runs).cause().contains("terms"));
        Nulls exempt = new Nulls(Set.of(), Map.of("ours", "it grows"));
        assertEquals(5, claim.judge(runs, exempt).ours().n());
        assertTrue(claim.judge(runs, exempt).cause().endsWith("not on the terms of control: it grows"));
        assertEquals(
                0,
                claim.judge(runs, new Nulls(Set.of(), Map.of("other", "it grows")))
                        .ours()
                        .n());
    }

    private static int pairs(Claim claim, Run ours, Run other) {
        return claim.judge(List.of(ours, other)).ours().n();
    }

    /** The tolerance, or twice the stated sd where that is more. */
    @Property(tries = 200)
    void theAllowanceIsTheToleranceOrTwiceTheDeviation(
            @ForAll @DoubleRange(min = 0, max = 3) double sd, @ForAll @DoubleRange(min = 0, max = 3) double tolerance) {
        double allowance = claim("", "", Map.of(), "", sd, tolerance).allowance();
        assertTrue(allowance >= tolerance && allowance >= sd + sd);
        assertTrue(allowance == tolerance || allowance == sd + sd);
        assertEquals(
                tolerance, claim("", "", Map.of(), "", Double.NaN, tolerance).allowance());
    }

    @Test
    void causesTellWhatTheRunsWere() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), 0.8));
        }
        String cause = withOptions(Map.of()).judge(runs).cause();
        assertTrue(cause.endsWith("; not the paper's protocol (tier smoke)"), cause);
        Claim size = new Claim(
                "a",
                "s",
                "w",
                Claim.Certainty.TEXT,
                "ours",
                "",
                "",
                Map.of(),
                "parameters",
                Rule.WITHIN,
                123,
                Double.NaN,
                "",
                0);
        cause = size.judge(runs).cause();
        assertTrue(cause.startsWith("lower by 100;"), cause);
    }
}
