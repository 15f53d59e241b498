package org.parsimony.pruning;

/**
 * How the share that is removed grows over the rounds of a gradual pruning.
 *
 * <p>M. Zhu and S. Gupta, To prune, or not to prune: exploring the efficacy of pruning for model compression, 2017,
 * equation 1.
 */
public enum Schedule {
    /** Fast at first, slowly near the end: {@code s = s₁ + (s₀ − s₁)(1 − r/R)³}. */
    CUBIC(3),
    /** The same share every round. */
    LINEAR(1);

    private final int power;

    Schedule(int power) {
        this.power = power;
    }

    /**
     * The share that is out after a round.
     *
     * @param start share that is out before the first, {@code s₀}
     * @param end share that is out after the last, {@code s₁}
     * @param round from 1 to {@code rounds}
     */
    public double share(double start, double end, int round, int rounds) {
        return round == rounds ? end : end + (start - end) * Math.pow(1 - (double) round / rounds, power);
    }
}
