package org.parsimony.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

/** What doing nothing, and choosing at random, say of a claim. */
class Claim_PowerTest {

    private static final Nulls NULLS = new Nulls(Set.of("control", "random"));

    private static Claim claim(String metric, Rule rule, double value, String against, double tolerance) {
        return new Claim(
                "a",
                "s",
                "w",
                Claim.Certainty.TEXT,
                "ours",
                "toy",
                "",
                Map.of("ratio", "0.5"),
                metric,
                rule,
                value,
                Double.NaN,
                against,
                tolerance);
    }

    private static void add(List<Run> runs, Recipe recipe, int seeds, double accuracy) {
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(Fixtures.run(recipe.withSeed(seed), accuracy));
        }
    }

    /** An arm that is its control, seed by seed, whatever the seeds give. */
    @Property(tries = 60)
    void doingNothingIsADifferenceOfZeroAndReproducesNoEffect(
            @ForAll @IntRange(min = 2, max = 8) int seeds,
            @ForAll @DoubleRange(min = 0, max = 1) double accuracy,
            @ForAll @DoubleRange(min = 0, max = 0.1) double spread,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double effect,
            @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            double value = accuracy + spread * Math.sin(seed);
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), value));
            runs.add(Fixtures.run(Fixtures.recipe("control", seed), value));
        }
        Judged less =
                claim("accuracyTuned", Rule.LESS_THAN, Double.NaN, "control", 0).judge(runs);
        assertEquals(0, less.ours().mean());
        assertEquals(0, less.ours().half());
        assertEquals(1, less.ours().p());
        Judged least =
                claim("accuracyTuned", Rule.AT_LEAST, Double.NaN, "control", 0).judge(runs);
        assertFalse(less.verdict().isBorneOut());
        assertNotEquals(Verdict.REPRODUCED, least.verdict());
        for (double sign : new double[] {-1, 1}) {
            // A change whose tolerance does not reach zero is an effect.
            Claim change = claim("accuracyTuned - accuracyTuned", Rule.WITHIN, sign * effect, "", share * effect);
            assertFalse(change.judge(runs).verdict().isBorneOut());
            assertEquals(0, change.judge(runs, new Nulls(Set.of("control"))).power());
        }
    }

    /** Better on one data set does not make up for worse on another: each has its verdict. */
    @Test
    void aClaimWithoutADatasetIsHeldAgainstEach() {
        Claim any = new Claim(
                "a",
                "s",
                "w",
                Claim.Certainty.TEXT,
                "ours",
                "",
                "",
                Map.of(),
                "accuracyTuned",
                Rule.WITHIN,
                0.8,
                Double.NaN,
                "",
                0.05);
        assertEquals(List.of(any), any.onEachDataset(List.of()), "nothing was measured");
        List<Run> runs = new ArrayList<>();
        add(runs, Fixtures.recipe("ours", 1), 5, 0.7);
        add(runs, Fixtures.recipe("ours", 1).withDataset("other"), 5, 0.9);
        assertEquals(0.8, any.judge(runs).ours().mean(), 1e-12, "taken together both cancel");
        List<Claim> each = any.onEachDataset(runs);
        assertEquals(
                List.of("a on other", "a on toy"), each.stream().map(Claim::id).toList());
        assertEquals(
                List.of(0.9, 0.7),
                each.stream().map(claim -> claim.judge(runs).ours().mean()).toList());
        for (Claim claim : each) {
            assertEquals("a", claim.statedAs());
            assertEquals(Verdict.NOT_REPRODUCED, claim.judge(runs).verdict());
            assertEquals(List.of(claim), claim.onEachDataset(runs));
        }
    }

    @Test
    void powerIsTheShareOfTheirRunsThatPass() {
        List<Run> runs = new ArrayList<>();
        add(runs, Fixtures.recipe("ours", 1), 5, 0.9);
        add(runs, Fixtures.recipe("control", 1), 3, 0.95);
        Claim claim = claim("accuracyTuned", Rule.AT_LEAST, 0.9, "", 0.01);
        assertTrue(Double.isNaN(claim.judge(runs).power()), "nobody named such arms");
        assertEquals(1, claim.judge(runs, NULLS).power());
        assertTrue(claim.judge(runs, NULLS).isWeak());
        add(runs, Fixtures.recipe("random", 1), 3, 0.5);
        assertEquals(0.5, claim.judge(runs, NULLS).power());
        assertFalse(claim.judge(runs, NULLS).isWeak(), "half is not most");
        runs.add(Fixtures.run(Fixtures.recipe("control", 4), 0.92));
        assertTrue(claim.judge(runs, NULLS).isWeak());
        runs.add(Fixtures.run(Fixtures.with(Fixtures.recipe("random", 9), "ratio", 0.9), 0.99));
        runs.add(Fixtures.run(Fixtures.recipe("control", 9).withDataset("other"), 0.99));
        runs.add(Fixtures.run(Fixtures.recipe("control", 9).withSamples(7), 0.99));
        assertEquals(4 / 7.0, claim.judge(runs, NULLS).power(), "another ratio, another set, other samples");
        runs.add(Fixtures.run(Fixtures.recipe("control", 9).withTier(Tier.PAPER), 0.99));
        assertEquals(4 / 7.0, claim.judge(runs, NULLS).power(), "another tier");
    }

    @Test
    void aBoundIsPassedByWhatLiesOnIt() {
        List<Run> runs = new ArrayList<>();
        add(runs, Fixtures.recipe("ours", 1), 5, 0.9);
        add(runs, Fixtures.recipe("control", 1), 1, 0.93);
        assertEquals(
                1,
                claim("accuracyTuned", Rule.WITHIN, 0.92, "", 0.01)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                0,
                claim("accuracyTuned", Rule.WITHIN, 0.92, "", 0.009)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                0,
                claim("accuracyTuned", Rule.WITHIN, 0.94, "", 0.009)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                1,
                claim("accuracyTuned", Rule.AT_LEAST, 0.94, "", 0.01)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                0,
                claim("accuracyTuned", Rule.AT_LEAST, 0.94, "", 0.009)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                0,
                claim("accuracyTuned", Rule.LESS_THAN, 0.93, "", 0)
                        .judge(runs, NULLS)
                        .power());
        assertEquals(
                1,
                claim("accuracyTuned", Rule.LESS_THAN, 0.931, "", 0)
                        .judge(runs, NULLS)
                        .power());
    }

    /** The arm in question is no null of its own claim, and what has no value does not count. */
    @Test
    void onlyOthersThatWereMeasuredCount() {
        List<Run> runs = new ArrayList<>();
        add(runs, Fixtures.recipe("ours", 1), 5, 0.9);
        Nulls own = new Nulls(Set.of("ours"));
        assertTrue(Double.isNaN(claim("accuracyTuned", Rule.AT_LEAST, 0.9, "", 0)
                .judge(runs, own)
                .power()));
        add(runs, Fixtures.recipe("control", 1), 5, Double.NaN);
        assertTrue(Double.isNaN(claim("accuracyTuned", Rule.AT_LEAST, 0.9, "", 0)
                .judge(runs, NULLS)
                .power()));
    }

    @Test
    void causesAreMadeFromTheRuns() {
        List<Run> runs = new ArrayList<>();
        add(runs, Fixtures.recipe("ours", 1).withTier(Tier.PAPER), 5, 0.9);
        assertEquals(
                "lower by 0.0500, 5.0 times what is allowed",
                claim("accuracyTuned", Rule.WITHIN, 0.95, "", 0.01).judge(runs).cause());
        assertEquals(
                "higher by 0.0500, 5.0 times what is allowed; ours is the more accurate",
                claim("accuracyTuned", Rule.WITHIN, 0.85, "", 0.01).judge(runs).cause());
        assertEquals(
                "lower by 0.0500",
                claim("accuracyTuned", Rule.AT_LEAST, 0.95, "", 0).judge(runs).cause());
        assertEquals(
                "equal",
                claim("accuracyTuned", Rule.LESS_THAN, 0.9, "", 0).judge(runs).cause());
        assertEquals(
                "lower by 877",
                claim("parameters", Rule.WITHIN, 900, "", 0).judge(runs).cause().split(",")[0]);
        assertEquals(
                "",
                claim("accuracyTuned", Rule.WITHIN, 0.9, "", 0.01).judge(runs).cause());
        assertEquals(
                "no run answers it",
                claim("accuracyTuned", Rule.WITHIN, 0.9, "", 0.01)
                        .judge(List.of())
                        .cause());
        assertEquals(
                "n = 4, but a verdict takes 5",
                claim("accuracyTuned", Rule.WITHIN, 0.9, "", 0.01)
                        .judge(runs.subList(0, 4))
                        .cause());
        runs.set(0, Fixtures.run(runs.get(0).recipe(), 0.7));
        assertEquals(
                "our interval reaches over the edge of what is allowed",
                claim("accuracyTuned", Rule.WITHIN, 0.9, "", 0.05).judge(runs).cause());
        List<Run> few = new ArrayList<>();
        add(few, Fixtures.recipe("ours", 1).withTier(Tier.PAPER).withSamples(2000), 5, 0.9);
        assertEquals(
                "lower by 0.0500; not the paper's protocol (tier paper, 2,000 training samples)",
                claim("accuracyTuned", Rule.AT_LEAST, 0.95, "", 0).judge(few).cause());
    }
}
