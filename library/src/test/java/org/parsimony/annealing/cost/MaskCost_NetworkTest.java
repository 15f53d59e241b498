package org.parsimony.annealing.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.steps.Recalibrate;

/** Both evaluators against Deeplearning4j's own pass through the whole masked network. */
class MaskCost_NetworkTest {

    private final Samples vectors = Slow.samples(700, 5, 12);
    private final Samples pictures = Slow.samples(120, 5, 2, 6, 6);

    @ParameterizedTest
    @CsvSource({"published", "normalised", "plain"})
    void bothAreTheNetworksLoss(String net) {
        Model model =
                switch (net) {
                    case "published" -> Slow.published(3);
                    case "normalised" -> Slow.normalised(3);
                    default -> Slow.plain(3);
                };
        for (Statistics statistics : Statistics.values()) {
            Elements elements =
                    Elements.of(model, Element.WEIGHT, 0, model.network().getnLayers() > 5 ? 3 : 1);
            check(model, elements, IncrementalCost.of(model, elements, vectors, statistics), vectors, statistics);
            check(model, elements, new NetworkCost(model, elements, vectors, statistics), vectors, statistics);
        }
    }

    @ParameterizedTest
    @CsvSource({"KERNEL, 0", "KERNEL, 2", "UNIT, 0", "UNIT, 2", "UNIT, 3", "WEIGHT, 2"})
    void convolutionsToo(Element element, int layer) {
        Model model = Slow.convolutional(3);
        Elements elements = Elements.of(model, element, layer);
        assertNull(element == Element.WEIGHT ? null : IncrementalCost.of(model, elements, pictures, Statistics.BATCH));
        for (Statistics statistics : Statistics.values()) {
            check(model, elements, new NetworkCost(model, elements, pictures, statistics), pictures, statistics);
        }
    }

    private static void check(Model model, Elements elements, MaskCost cost, Samples images, Statistics statistics) {
        SplittableRandom random = new SplittableRandom(1);
        boolean[] kept = new boolean[elements.size()];
        for (int e = 0; e < kept.length; e++) {
            kept[e] = e % 2 == 0;
        }
        cost.arrange(kept);
        MaskCost.Trial trial = cost.trial();
        for (int m = 0; m < 20; m++) {
            int[] flips = Slow.swaps(kept, 1, random);
            double total = trial.evaluate(flips, Double.POSITIVE_INFINITY);
            kept = Slow.flipped(kept, flips);
            cost.commit(trial);
            Model masked = elements.masked(model, kept);
            if (statistics == Statistics.BATCH) {
                Recalibrate.of(masked, images);
            }
            double expected = masked.evaluate(images).loss();
            assertEquals(expected, total / images.size(), 2e-5 * expected, "move " + m);
            assertTrue(trial.evaluate(flips, 1e-3) > 1e-3);
        }
    }

    /** What the network's own masks hold is no element, and masks and ties of other layers stay. */
    @Test
    void constraintsOfTheNetworkStay() {
        Model model = Slow.published(3);
        INDArray held = model.network().getLayer(3).getParam("W").ulike().assign(1);
        held.putScalar(0, 0, 0);
        model.mask(3, held);
        INDArray numbers = model.network().getLayer(0).getParam("W").ulike().assign(2);
        model.tie(0, numbers);
        model.tie(3, held.ulike().assign(3));
        Elements elements = Elements.of(model, Element.WEIGHT, 3);
        boolean[] candidates = elements.candidates(model);
        assertFalse(candidates[0]);
        candidates[5] = false;
        Model masked = elements.masked(model, candidates);
        float[] mask = masked.masks().get(3).dup('c').data().asFloat();
        float[] ties = masked.constraints().ties().get(3).dup('c').data().asFloat();
        for (int e = 0; e < mask.length; e++) {
            boolean out = e == 0 || e == 5;
            assertEquals(out ? 0 : 1, mask[e], "element " + e);
            assertEquals(out ? -1 : 3, ties[e], "what is masked is no shared value");
        }
        assertEquals(numbers, masked.constraints().ties().get(0));
        assertEquals(0, masked.network().getLayer(3).getParam("W").getDouble(0, 0));
    }

    @Test
    void aRemovedFilterCanBeCompactedAway() {
        Model model = Slow.convolutional(3);
        Elements elements = Elements.of(model, Element.UNIT, 0);
        Model masked = elements.masked(model, new boolean[] {true, false, true, false});
        Model compact = org.parsimony.network.Surgery.compact(masked);
        assertEquals(2, org.parsimony.network.Surgery.units(compact, 0));
        assertEquals(
                masked.evaluate(pictures).loss(), compact.evaluate(pictures).loss(), 1e-6);
    }
}
