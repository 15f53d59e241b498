package org.parsimony.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.claims.Verdict.Rule;

/** What lies on an edge lies inside, and what touches the edge from outside is not beyond it. */
class Verdict_EdgesTest {

    private static Estimate between(double low, double high) {
        return new Estimate((low + high) / 2, 1, 5, (high - low) / 2);
    }

    private static Verdict of(Rule rule, Estimate ours, double target, double allowance, boolean isStated) {
        return Verdict.of(rule, ours, target, allowance, isStated, 5);
    }

    /** In units of the slack for rounding, 10⁻¹²: a claim of 0 without tolerance allows −1 to 1. */
    @ParameterizedTest
    @CsvSource({
        "within, -1, 1, reproduced",
        "within, -1.01, 1, undecided",
        "within, -1, 1.01, undecided",
        "within, 0.99, 2, undecided",
        "within, 1.01, 2, not reproduced",
        "within, -2, -0.99, undecided",
        "within, -2, -1.01, not reproduced",
        "at least, -1, 1, reproduced",
        "at least, -1, 1.01, no worse",
        "at least, -1.01, 1, undecided",
        "at least, -2, -0.99, undecided",
        "at least, -2, -1.01, not reproduced",
        "less than, -1, 0, undecided",
        "less than, -1, -0.01, reproduced",
        "less than, 0, 1, not reproduced",
    })
    void edges(String rule, double low, double high, String verdict) {
        Rule named = Rule.valueOf(rule.toUpperCase(Locale.ROOT).replace(' ', '_'));
        Estimate ours = between(low * 1e-12, high * 1e-12);
        assertEquals(verdict, of(named, ours, 0, 0, true).toString());
    }

    @Test
    void aBoundByAnotherArmIsNeverMet() {
        assertEquals(Verdict.NO_WORSE, of(Rule.AT_LEAST, between(0, 0), 0, 0, false));
        assertEquals(Verdict.REPRODUCED, of(Rule.AT_LEAST, between(0, 0), 0, 0, true));
    }

    /** However target and allowance round, equal values as far off as is allowed are allowed, on both sides. */
    @Property(tries = 500)
    void equalValuesOnTheEdgeAreInside(
            @ForAll @DoubleRange(min = -1, max = 1) double target,
            @ForAll @DoubleRange(min = 0, max = 1) double allowance) {
        for (double value : new double[] {target - allowance, target + allowance}) {
            Estimate ours = Estimate.of(value, value, value, value, value);
            assertEquals(Verdict.REPRODUCED, of(Rule.WITHIN, ours, target, allowance, true));
            assertEquals(Verdict.REPRODUCED, of(Rule.AT_LEAST, ours, target, allowance, true));
            assertTrue(Verdict.holds(Rule.WITHIN, value, target, allowance));
            assertTrue(Verdict.holds(Rule.AT_LEAST, value, target, allowance));
        }
    }

    /** A single value is held to the same edges as an interval of no width. */
    @ParameterizedTest
    @CsvSource({"-1.01", "-1", "-0.5", "0", "0.5", "1", "1.01"})
    void oneValueIsAnIntervalOfNoWidth(double slacks) {
        double value = slacks * 1e-12;
        for (Rule rule : Rule.values()) {
            boolean holds = Verdict.holds(rule, value, 0, 0);
            assertEquals(holds, of(rule, between(value, value), 0, 0, true).isBorneOut(), rule + " " + slacks);
        }
    }

    @Test
    void whatBearsAClaimOut() {
        EnumSet<Verdict> borneOut = EnumSet.noneOf(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            if (verdict.isBorneOut()) {
                borneOut.add(verdict);
            }
        }
        assertEquals(EnumSet.of(Verdict.REPRODUCED, Verdict.NO_WORSE), borneOut);
    }
}
