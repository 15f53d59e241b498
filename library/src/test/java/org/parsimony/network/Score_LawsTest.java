package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.parsimony.data.Samples;

/** Scores of real values equal their definitions, worked out over all samples and all pairs. */
class Score_LawsTest {

    private static Samples truth(float... targets) {
        return Samples.valued(new float[targets.length], targets, 1);
    }

    @Property(tries = 200)
    void theyAreThoseOfAllSamplesAndAllPairs(@ForAll @Size(20) List<@IntRange(min = 0, max = 6) Integer> draws) {
        float[] truth = new float[10];
        float[] told = new float[10];
        for (int i = 0; i < 10; i++) {
            truth[i] = draws.get(i);
            told[i] = draws.get(10 + i) / 2f - 1;
        }
        double squares = 0;
        double ordered = 0;
        int pairs = 0;
        for (int i = 0; i < 10; i++) {
            squares += (truth[i] - told[i]) * (truth[i] - told[i]);
            for (int j = 0; j < 10; j++) {
                if (truth[i] > truth[j]) {
                    pairs++;
                    ordered += told[i] > told[j] ? 1 : told[i] == told[j] ? 0.5 : 0;
                }
            }
        }
        Score score = Score.of(told, truth(truth));
        assertEquals(squares / 10, score.loss(), 1e-12);
        assertEquals(ordered / pairs, score.concordance(), 1e-12);
        assertEquals(10, score.samples());
    }

    @Test
    void workedByHand() {
        Score score = Score.of(new float[] {5, 8, 6}, truth(5, 6, 7));
        assertEquals((0 + 4 + 1) / 3.0, score.loss());
        assertEquals(2 / 3.0, score.concordance());
        assertEquals("mean squared error 1.6667, concordance 0.6667, 3 samples", score.toString());
        assertTrue(Double.isNaN(Score.of(new float[] {1, 2}, truth(5, 5)).concordance()));
    }

    @Test
    void aLessErrorIsTheBetterScoreAndClassesHaveNoConcordance() {
        Score near = Score.of(new float[] {5, 6}, truth(5, 7));
        Score far = Score.of(new float[] {5, 9}, truth(5, 7));
        assertTrue(near.merit() > far.merit());
        assertTrue(near.isValued() && Double.isNaN(near.accuracy()));
        Samples classes = new Samples(new float[2], new int[] {0, 1}, 2, 1);
        Score right = Score.of(new float[] {0.9f, 0.1f, 0.2f, 0.8f}, classes);
        Score half = Score.of(new float[] {0.9f, 0.1f, 0.7f, 0.3f}, classes);
        assertTrue(right.merit() > half.merit());
        assertFalse(right.isValued());
        assertTrue(Double.isNaN(right.concordance()));
        assertThrows(IllegalArgumentException.class, () -> truth(1).labels());
        assertThrows(IllegalArgumentException.class, classes::targets);
        assertThrows(IllegalArgumentException.class, () -> truth(1, Float.NaN));
    }
}
