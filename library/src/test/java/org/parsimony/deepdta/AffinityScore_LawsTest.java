package org.parsimony.deepdta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The fast concordance equals the slow one over all pairs. */
class AffinityScore_LawsTest {

    @Property(tries = 200)
    void concordanceIsThatOfAllPairs(@ForAll @Size(20) @IntRange(min = 0, max = 6) int[] draws) {
        float[] truth = new float[10];
        float[] predicted = new float[10];
        for (int i = 0; i < 10; i++) {
            truth[i] = draws[i];
            predicted[i] = draws[10 + i] / 2f - 1;
        }
        double ordered = 0;
        int pairs = 0;
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                if (truth[i] > truth[j]) {
                    pairs++;
                    ordered += predicted[i] > predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0;
                }
            }
        }
        assertEquals(ordered / pairs, AffinityScore.of(truth, predicted).concordance(), 1e-12);
    }

    @Test
    void workedByHand() {
        AffinityScore score = AffinityScore.of(new float[] {5, 6, 7}, new float[] {5, 8, 6});
        assertEquals((0 + 4 + 1) / 3.0, score.meanSquaredError());
        assertEquals(2 / 3.0, score.concordance());
        assertTrue(Double.isNaN(
                AffinityScore.of(new float[] {5, 5}, new float[] {1, 2}).concordance()));
    }
}
