package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

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
        boolean[] all = kept.clone();
        Arrays.fill(all, true);
        for (int e = 0; e < kept.length; e++) {
            kept[e] = e % 2 == 0;
        }
        Mask mask = new Mask(kept, all, null);
        cost.arrange(kept);
        MaskCost.Trial trial = cost.trial();
        for (int m = 0; m < 20; m++) {
            int[] places = mask.propose(1, random);
            double total = trial.evaluate(mask.flips(places), Double.POSITIVE_INFINITY);
            mask.make(places);
            cost.commit(trial);
            Model masked = elements.masked(model, mask.kept());
            if (statistics == Statistics.BATCH) {
                Recalibration.of(masked, images);
            }
            double expected = masked.evaluate(images).loss();
            assertEquals(expected, total / images.size(), 2e-5 * expected, "move " + m);
            assertTrue(trial.evaluate(mask.flips(places), 1e-3) > 1e-3);
        }
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
