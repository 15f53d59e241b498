package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.annealing.cost.Element;
import org.parsimony.annealing.cost.Elements;
import org.parsimony.annealing.cost.MaskCost;
import org.parsimony.annealing.cost.Slow;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/** However a walk is carried out, it is the same walk, move by move and bit by bit. */
class Chain_SameWalkTest {

    private static final long SEED = 11;
    private final Samples images = Slow.samples(1500, 5, 12);

    @ParameterizedTest
    @CsvSource({"BATCH, 1, ANYWHERE", "RUNNING, 1, ANYWHERE", "BATCH, 2, ANYWHERE", "RUNNING, 3, WITHIN_ROW"})
    void earlyRejectionAndThreadsChangeNothing(
            Statistics statistics, int exchanges, Annealing.Neighbourhood neighbourhood) {
        var options = options(statistics).moves(neighbourhood, exchanges);
        List<Object> plain = walk(options, new Chain.Execution(1, false));
        assertEquals(plain, walk(options, new Chain.Execution(1, true)));
        assertEquals(plain, walk(options, new Chain.Execution(2, true)));
        assertEquals(plain, walk(options, new Chain.Execution(3, true)));
        assertNotEquals(plain, walk(options, new Chain.Execution(1, true), SEED + 1));
    }

    /** After every temperature: the mask, the loss to the last bit, the moves accepted. */
    private List<Object> walk(Annealing.Options options, Chain.Execution execution) {
        return walk(options, execution, SEED);
    }

    private List<Object> walk(Annealing.Options options, Chain.Execution execution, long seed) {
        List<Object> log = new ArrayList<>();
        try (Chain chain = chain(options, execution, seed, null)) {
            while (!chain.isDone()) {
                log.add(chain.round());
                log.add(Arrays.toString(chain.kept()));
                log.add(chain.state().moves);
            }
        }
        long accepted = log.stream()
                .filter(Round.class::isInstance)
                .mapToLong(r -> ((Round) r).accepted())
                .sum();
        assertTrue(accepted > 50 && accepted < 950, "accepted " + accepted);
        return log;
    }

    private Annealing.Options options(Statistics statistics) {
        return new Annealing.Options()
                .norm(statistics)
                .cooling(new Cooling(0.02, 0.75, 20, 50, 1, 0, Cooling.Reference.START));
    }

    private Chain chain(Annealing.Options options, Chain.Execution execution, long seed, Chain.State state) {
        Model model = Slow.published(4);
        Elements elements = Elements.of(model, Element.WEIGHT);
        boolean[] all = new boolean[elements.size()];
        Arrays.fill(all, true);
        boolean within = options.neighbourhood() == Annealing.Neighbourhood.WITHIN_ROW;
        return new Chain(
                MaskCost.of(model, elements, images, options.norm()),
                start(elements.size()),
                all,
                within ? elements.rows() : null,
                options,
                execution,
                seed,
                state);
    }

    private static boolean[] start(int n) {
        boolean[] kept = new boolean[n];
        int[] order = Seeds.permutation(n, new SplittableRandom(9));
        for (int i = 0; i < n / 4; i++) {
            kept[order[i]] = true;
        }
        return kept;
    }

    /** The whole method once more in its plainest form: full 64-bit passes, exp on the right-hand side. */
    @Test
    void itIsMetropolisWalk() {
        var options = options(Statistics.BATCH);
        Model model = Slow.published(4);
        Elements elements = Elements.of(model, Element.WEIGHT);
        var reference = Slow.reference(model, elements, images, Statistics.BATCH);
        boolean[] all = new boolean[elements.size()];
        Arrays.fill(all, true);
        Mask mask = new Mask(start(elements.size()), all, null);
        double current = reference.applyAsDouble(mask.kept()) / images.size();
        long move = 0;
        try (Chain chain = chain(options, new Chain.Execution(2, true), SEED, null)) {
            for (int r = 0; r < 12; r++) {
                double temperature = 0.02 * Math.pow(0.75, r);
                for (int m = 0; m < 50; m++) {
                    var random = new SplittableRandom(Seeds.derive(SEED + move++, "move"));
                    int[] places = mask.propose(1, random);
                    Mask candidate = new Mask(mask.kept(), all, null);
                    candidate.order(mask.order());
                    candidate.make(places);
                    double loss = reference.applyAsDouble(candidate.kept()) / images.size();
                    double d = loss - current;
                    if (d <= 0 || 1 - random.nextDouble() < Math.exp(-d / temperature)) {
                        mask.make(places);
                        current = loss;
                    }
                }
                Round round = chain.round();
                assertArrayEquals(mask.kept(), chain.kept(), "round " + r);
                assertEquals(current, round.cost(), 1e-6 * current);
            }
        }
    }

    @Test
    void aWalkIsResumedFromAnyRound() {
        var options = options(Statistics.BATCH);
        var execution = new Chain.Execution(1, true);
        List<Object> whole = walk(options, execution);
        for (int stop : new int[] {1, 5, 13}) {
            List<Object> log = new ArrayList<>();
            Chain.State state;
            try (Chain first = chain(options, execution, SEED, null)) {
                for (int r = 0; r < stop; r++) {
                    log.add(first.round());
                    log.add(Arrays.toString(first.kept()));
                    log.add(first.state().moves);
                }
                state = first.state();
            }
            try (Chain second = chain(options, execution, SEED, state)) {
                while (!second.isDone()) {
                    log.add(second.round());
                    log.add(Arrays.toString(second.kept()));
                    log.add(second.state().moves);
                }
            }
            assertEquals(whole, log, "stopped after " + stop);
        }
    }
}
