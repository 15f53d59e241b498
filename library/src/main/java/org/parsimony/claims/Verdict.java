package org.parsimony.claims;

import java.util.Locale;

/** Whether runs bear a claim out. */
public enum Verdict {
    /**
     * Our whole 95 % interval lies where the claim says: about a stated value within the tolerance on both sides, or wholly
     * below what it must be less than.
     */
    REPRODUCED,
    /** Our whole interval is no lower than stated, allowing for the tolerance: the claim holds on the one side it bounds. */
    NO_WORSE,
    /** No value of our interval is where the claim says. */
    NOT_REPRODUCED,
    /** Our interval reaches over the edge, or there are too few repeats for one. */
    UNDECIDED,
    /** No run answers the claim. */
    NOT_MEASURED;

    /** So that 0.92 lies within 0.01 of 0.93, which in binary it does not quite. */
    private static final double ROUNDING = 1e-12;

    /** What must hold of what was measured. */
    public enum Rule {
        /** No further from the value than the allowance. */
        WITHIN,
        /** No lower than the value less the allowance. */
        AT_LEAST,
        /** Lower than the value. */
        LESS_THAN
    }

    /**
     * The verdict on an estimate.
     *
     * @param target the stated value; of a claim that compares with an arm 0, and {@code ours} is the difference
     * @param allowance what ours may miss it by, at least 0
     * @param isStated whether the value is one that the paper states, which may be met; a bound by another arm cannot
     * @param least repeats that a verdict takes, at least 2: fewer have no interval
     */
    static Verdict of(Rule rule, Estimate ours, double target, double allowance, boolean isStated, int least) {
        if (ours.n() == 0) {
            return NOT_MEASURED;
        }
        if (ours.n() < least) {
            return UNDECIDED;
        }
        double lowest = target - allowance - ROUNDING;
        double highest = target + allowance + ROUNDING;
        return switch (rule) {
            case WITHIN ->
                ours.low() >= lowest && ours.high() <= highest
                        ? REPRODUCED
                        : ours.high() < lowest || ours.low() > highest ? NOT_REPRODUCED : UNDECIDED;
            case AT_LEAST ->
                ours.low() >= lowest
                        ? isStated && ours.high() <= highest ? REPRODUCED : NO_WORSE
                        : ours.high() < lowest ? NOT_REPRODUCED : UNDECIDED;
            case LESS_THAN -> ours.high() < target ? REPRODUCED : ours.low() >= target ? NOT_REPRODUCED : UNDECIDED;
        };
    }

    /** Whether one measured value is where a claim says: what {@link #of} asks of a whole interval. */
    static boolean holds(Rule rule, double value, double target, double allowance) {
        return switch (rule) {
            case WITHIN -> Math.abs(value - target) <= allowance + ROUNDING;
            case AT_LEAST -> value >= target - allowance - ROUNDING;
            case LESS_THAN -> value < target;
        };
    }

    /** Whether the claim is borne out, on both sides or on one. */
    public boolean isBorneOut() {
        return this == REPRODUCED || this == NO_WORSE;
    }

    /** As it is written: {@code not reproduced}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
