package org.parsimony.annealing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.annealing.cost.Crew;
import org.parsimony.annealing.cost.MaskCost;
import org.parsimony.base.Seeds;

/**
 * One annealing at fixed weights: the Metropolis walk over masks, temperature by temperature.
 *
 * <p>Move i draws from a generator of its own, seeded by i, first where to exchange and then its uniform number u; it is
 * accepted if its loss is at most the current one minus k · T · ln u, which is Metropolis' rule solved for the loss. So
 * the limit is known before the loss, moves can be evaluated ahead, and a walk is resumed from the number of its next
 * move.
 */
final class Chain implements AutoCloseable {

    private final MaskCost cost;
    private final Mask mask;
    private final int exchanges;
    private final Cooling cooling;
    private final long seed;
    private final boolean rejectEarly;
    private final Crew crew;
    private final State state;
    private double acceptance = 1;

    /**
     * All that the walk depends on besides its options.
     *
     * <p>The columns that the cost keeps are a function of the mask that the images were arranged for, of the one that
     * everything was last computed for, and of the moves since.
     */
    static final class State {
        /** Temperatures done. */
        int round;
        /** Moves done. */
        long moves;
        /** The loss that the next move is compared with. */
        double current;
        /** The mask's order of elements, see {@link Mask#order()}. */
        int[] order;

        boolean[] arranged;
        boolean[] computed;
        List<int[]> since = new ArrayList<>();
        boolean[] best;
        double bestTotal;
    }

    /**
     * How a walk is carried out; the walk is the same whatever is chosen here.
     *
     * @param threads that evaluate moves, at least 1
     * @param rejectEarly whether a move's images are left alone once those before exceed what can be accepted
     */
    record Execution(int threads, boolean rejectEarly) {}

    /**
     * @param cost computed anew here
     * @param kept the start mask
     * @param candidates elements that may move
     * @param rows the pools of moves, or null
     * @param state of an earlier walk to resume, or null
     */
    Chain(
            MaskCost cost,
            boolean[] kept,
            boolean[] candidates,
            int[] rows,
            Annealing.Options options,
            Execution execution,
            long seed,
            State state) {
        this.cost = cost;
        this.exchanges = options.exchanges();
        this.cooling = options.cooling();
        this.seed = seed;
        this.rejectEarly = execution.rejectEarly();
        this.mask = new Mask(kept, candidates, rows);
        this.crew = new Crew(cost, cost.isParallel() ? execution.threads() : 1);
        if (state != null) {
            this.state = state;
            mask.order(state.order);
            cost.arrange(state.arranged);
            cost.compute(state.computed);
            for (int[] flips : state.since) {
                crew.firstAccepted(new int[][] {flips}, new double[] {Double.POSITIVE_INFINITY});
            }
            return;
        }
        this.state = new State();
        this.state.order = mask.order();
        if (cooling.reference() == Cooling.Reference.DENSE) {
            cost.compute(candidates);
            this.state.current = cost.total();
        }
        arrange();
        this.state.best = kept.clone();
        this.state.bestTotal = cost.total();
        if (cooling.reference() == Cooling.Reference.START) {
            this.state.current = cost.total();
        }
    }

    State state() {
        return state;
    }

    boolean isDone() {
        return !cooling.isSearch() || !mask.isMovable() || state.round >= cooling.length();
    }

    boolean[] kept() {
        return mask.kept();
    }

    /** One temperature. */
    Round round() {
        double temperature = cooling.temperature(state.round);
        long end = state.moves + cooling.loopLength();
        int accepted = 0;
        while (state.moves < end) {
            int ahead = (int) Math.min(end - state.moves, lookAhead());
            int[][] places = new int[ahead][];
            int[][] flips = new int[ahead][];
            double[] limits = new double[ahead];
            for (int i = 0; i < ahead; i++) {
                SplittableRandom random = new SplittableRandom(Seeds.derive(seed + state.moves + i, "move"));
                places[i] = mask.propose(exchanges, random);
                flips[i] = mask.flips(places[i]);
                limits[i] =
                        state.current - cost.images() * cooling.k() * temperature * Math.log(1 - random.nextDouble());
            }
            int first = rejectEarly ? crew.firstAccepted(flips, limits) : firstAcceptedPlainly(flips, limits);
            state.moves += Math.min(first + 1, ahead);
            acceptance += (Math.min(first, ahead) + 1) * 0.02 * ((first < ahead ? 1.0 / (first + 1) : 0) - acceptance);
            acceptance = Math.max(0, Math.min(1, acceptance));
            if (first < ahead) {
                accepted++;
                accept(places[first], flips[first]);
            }
        }
        state.round++;
        if (state.since.size() >= cost.movesPerRefresh()) {
            refresh();
        }
        state.order = mask.order();
        double n = cost.images();
        return new Round(
                state.round, temperature, state.current / n, state.bestTotal / n, cooling.loopLength(), accepted);
    }

    /** Without early rejection every move is summed to its end before it is compared. */
    private int firstAcceptedPlainly(int[][] flips, double[] limits) {
        MaskCost.Trial trial = cost.trial();
        for (int i = 0; i < flips.length; i++) {
            if (trial.evaluate(flips[i], Double.POSITIVE_INFINITY) <= limits[i]) {
                cost.commit(trial);
                return i;
            }
        }
        return flips.length;
    }

    /** How many moves to evaluate before looking: about as many as are rejected in a row. */
    private long lookAhead() {
        return crew.threads() == 1
                ? 1
                : Math.max(crew.threads(), Math.min(64, Math.round(1 / Math.max(acceptance, 1e-3))));
    }

    private void accept(int[] places, int[] flips) {
        mask.make(places);
        state.since.add(flips);
        state.current = cost.total();
        if (state.current < state.bestTotal) {
            state.bestTotal = state.current;
            state.best = mask.kept();
        }
    }

    /** Computes everything anew, and at the rounds that are powers of two arranges the images anew. */
    private void refresh() {
        if (Integer.bitCount(state.round) == 1) {
            arrange();
        } else {
            cost.compute(mask.kept());
        }
        state.computed = mask.kept();
        state.since = new ArrayList<>();
        state.current = cost.total();
    }

    private void arrange() {
        state.arranged = mask.kept();
        state.computed = state.arranged;
        cost.arrange(state.arranged);
    }

    @Override
    public void close() {
        crew.close();
    }
}
