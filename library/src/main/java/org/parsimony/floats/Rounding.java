package org.parsimony.floats;

/** To which of its two neighbours a number goes that a format does not have. */
public enum Rounding {
    /** To the nearer one; of two equally near ones to that with the even last bit, as IEEE 754 does by default. */
    NEAREST_EVEN,
    /** To the nearer one; of two equally near ones away from zero. */
    NEAREST_AWAY,
    /** To the one nearer to zero: truncation, as in the paper. */
    TOWARD_ZERO,
    /** To the upper one in magnitude with a probability that is the distance to the lower one, so that the mean is kept. */
    STOCHASTIC;

    /**
     * A whole number for {@code q}.
     *
     * @param q at least 0, finite
     * @param u uniform in [0, 1); looked at by {@link #STOCHASTIC} alone
     */
    double whole(double q, double u) {
        double below = Math.floor(q);
        double above = q - below; // exact, where q + 0.5 would be rounded itself
        return switch (this) {
            case NEAREST_EVEN -> Math.rint(q);
            case NEAREST_AWAY -> above >= 0.5 ? below + 1 : below;
            case TOWARD_ZERO -> below;
            case STOCHASTIC -> above > u ? below + 1 : below;
        };
    }
}
