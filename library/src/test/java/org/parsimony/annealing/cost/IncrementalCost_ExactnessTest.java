package org.parsimony.annealing.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/** The law: after any sequence of moves the incremental loss is that of the full forward pass. */
class IncrementalCost_ExactnessTest {

    private static final double RELATIVE = 1e-6;
    private final Samples images = Slow.samples(600, 5, 12);

    @ParameterizedTest
    @CsvSource({
        "published, BATCH, 3, 0.9",
        "published, BATCH, 3, 0.3",
        "published, RUNNING, 3, 0.7",
        "normalised, BATCH, 3, 0.8",
        "normalised, RUNNING, 3, 0.8",
        "normalised, BATCH, 0, 0.5",
        "plain, BATCH, 0, 0.7",
        "plain, RUNNING, 1, 0.2",
        "plain, RUNNING, 3, 0.5",
    })
    void thousandsOfSwapsGiveTheLossOfTheFullPass(String net, Statistics statistics, int layer, double ratio) {
        checkWalk(net(net).apply(7), statistics, ratio, 2000, layer);
    }

    @ParameterizedTest
    @CsvSource({"published, BATCH", "published, RUNNING", "normalised, BATCH", "plain, RUNNING"})
    void swapsBetweenAnyTwoLayersToo(String net, Statistics statistics) {
        Model model = net(net).apply(8);
        int[] layers = java.util.stream.IntStream.range(0, model.network().getnLayers())
                .filter(l -> model.network().getLayer(l).paramTable().containsKey("W"))
                .toArray();
        checkWalk(model, statistics, 0.6, 800, layers);
    }

    private static LongFunction<Model> net(String name) {
        return switch (name) {
            case "published" -> Slow::published;
            case "normalised" -> Slow::normalised;
            default -> Slow::plain;
        };
    }

    /** Walks by swaps, keeping about a third of them, and compares every candidate with the reference. */
    private void checkWalk(Model model, Statistics statistics, double ratio, int moves, int... layers) {
        Elements elements = Elements.of(model, Element.WEIGHT, layers);
        IncrementalCost cost = IncrementalCost.of(model, elements, images, statistics);
        assertNotNull(cost);
        var reference = Slow.reference(model, elements, images, statistics);
        SplittableRandom random = new SplittableRandom(3);
        boolean[] all = new boolean[elements.size()];
        Arrays.fill(all, true);
        boolean[] kept = all.clone();
        int[] order = Seeds.permutation(kept.length, random);
        for (int k = 0; k < (int) (ratio * kept.length); k++) {
            kept[order[k]] = false;
        }
        cost.arrange(kept);
        var trial = cost.trial();
        int sinceRefresh = 0;
        for (int m = 0; m < moves; m++) {
            int[] flips = Slow.swaps(kept, 1 + m % 2, random);
            double fast = trial.evaluate(flips, Double.POSITIVE_INFINITY);
            boolean[] candidate = Slow.flipped(kept, flips);
            double slow = reference.applyAsDouble(candidate);
            assertEquals(slow, fast, RELATIVE * slow, "move " + m + " of " + model);
            if (random.nextInt(3) == 0) {
                cost.commit(trial);
                kept = candidate;
                if (++sinceRefresh >= cost.movesPerRefresh()) {
                    cost.compute(kept);
                    sinceRefresh = 0;
                }
            }
        }
    }
}
