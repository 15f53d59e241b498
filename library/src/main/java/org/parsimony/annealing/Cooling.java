package org.parsimony.annealing;

import org.parsimony.base.Require;

/**
 * Geometric cooling: {@code loopLength} moves at temperature T, then T ← eta · T, until {@code rounds} temperatures are
 * done or T falls below {@code least}. A move that changes the mean loss by d nats is accepted with probability
 * min(1, exp(-d / (k · T))).
 *
 * @param temperature first temperature T0 in nats, above 0; default 0.2
 * @param eta factor from one temperature to the next, above 0, up to 1; default 0.95
 * @param rounds temperatures at most, at least 0 (the start mask stays); default 150
 * @param loopLength moves at each temperature (the article's Metropolis loop length), at least 0; default 50
 * @param k above 0; default 1
 * @param leastTemperature temperature T_min at which to stop, at least 0; default 1e-4
 * @param reference what the first move is compared with; default {@link Reference#START}
 */
public record Cooling(
        double temperature,
        double eta,
        int rounds,
        int loopLength,
        double k,
        double leastTemperature,
        Reference reference) {

    /** The loss that the first moves are compared with, until one is accepted. */
    public enum Reference {
        /** The start mask's own. */
        START,
        /**
         * The dense network's, as in the authors' code: below it every first move looks like a deterioration, so that the
         * search needs a high start temperature or never leaves the start mask.
         */
        DENSE
    }

    public Cooling {
        Require.positive("temperature", temperature);
        Require.that(eta > 0 && eta <= 1, "eta is %s, but must lie above 0, up to 1", eta);
        Require.atLeast("rounds", rounds, 0);
        Require.atLeast("loopLength", loopLength, 0);
        Require.positive("k", k);
        Require.between("leastTemperature", leastTemperature, 0, Double.MAX_VALUE);
        Require.that(reference != null, "reference is missing, but must be START or DENSE");
    }

    /** The article's: 0.2 · 0.95^r with 50 moves each, until 1e-4. */
    public Cooling() {
        this(0.2, 0.95, 150, 50, 1, 1e-4, Reference.START);
    }

    /** The one-shot command of the authors' code: 5 · 0.9^r, 100 rounds, compared with the dense network's loss first. */
    public static Cooling oneShotAsPublished() {
        return new Cooling(5, 0.9, 100, 50, 1, 0, Reference.DENSE);
    }

    /** The gradual command of the authors' code: 0.2 · 0.9^r, 100 rounds at every step. */
    public static Cooling gradualAsPublished() {
        return new Cooling(0.2, 0.9, 100, 50, 1, 0, Reference.DENSE);
    }

    /** This cooling with other temperatures. */
    public Cooling temperatures(double first, double factor, int count) {
        return new Cooling(first, factor, count, loopLength, k, leastTemperature, reference);
    }

    /** This cooling with another loop length. */
    public Cooling loopLength(int other) {
        return new Cooling(temperature, eta, rounds, other, k, leastTemperature, reference);
    }

    /** This cooling with another reference. */
    public Cooling reference(Reference other) {
        return new Cooling(temperature, eta, rounds, loopLength, k, leastTemperature, other);
    }

    /** Whether there is anything to do at all. */
    boolean isSearch() {
        return rounds > 0 && loopLength > 0;
    }

    /** The temperature of round {@code r}, from 0. */
    double temperature(int r) {
        return temperature * Math.pow(eta, r);
    }

    /** Number of temperatures that are done. */
    int length() {
        int r = 0;
        while (r < rounds && temperature(r) >= leastTemperature) {
            r++;
        }
        return r;
    }
}
