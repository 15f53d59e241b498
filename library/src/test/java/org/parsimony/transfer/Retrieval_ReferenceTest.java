package org.parsimony.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;

class Retrieval_ReferenceTest {

    private static final boolean[] TOY = {false, true, false, true, true, false};

    @Test
    void theToyOfSixItems() {
        Retrieval toy = Retrieval.ofRelevance(List.of(TOY));
        assertEquals(0.53333, toy.meanAveragePrecision(), 1e-5);
        assertEquals(0.6, toy.interpolated(), 1e-12);
        assertEquals(0.427273, toy.asPublished(), 1e-6);
        assertEquals(0.5, toy.precisionAt10(), 1e-12);
        assertEquals(0, toy.nearest());
    }

    /** Six queries at once let the script's loop run over all six items. */
    @Test
    void theScriptsInterpolationReachesAsFarAsItsBlockIsLong() {
        Retrieval alone = Retrieval.ofRelevance(List.of(TOY));
        List<boolean[]> block = new ArrayList<>();
        for (int q = 0; q < 6; q++) {
            block.add(TOY);
        }
        Retrieval together = Retrieval.ofRelevance(block);
        assertEquals(alone.meanAveragePrecision(), together.meanAveragePrecision(), 1e-12);
        assertEquals(alone.interpolated(), together.interpolated(), 1e-12);
        assertTrue(together.asPublished() > alone.asPublished() + 0.05);
    }

    /** By definition: for every relevant item the share of relevant ones among all that are at least as similar. */
    @Test
    void meanAveragePrecisionIsThatOfASlowReference() {
        SplittableRandom random = new SplittableRandom(1);
        int items = 230;
        int queries = 140; // more than one block
        float[] database = draw(items * 5, random);
        float[] asked = draw(queries * 5, random);
        int[] classes = IntStream.range(0, items).map(i -> i % 7).toArray();
        int[] wanted = IntStream.range(0, queries).map(i -> i * 3 % 7).toArray();
        double sum = 0;
        double atTen = 0;
        for (int q = 0; q < queries; q++) {
            double[] similar = new double[items];
            for (int i = 0; i < items; i++) {
                similar[i] = cosine(asked, q * 5, database, i * 5);
            }
            double average = 0;
            int relevant = 0;
            for (int i = 0; i < items; i++) {
                int rank = 0;
                int hits = 0;
                for (int j = 0; j < items; j++) {
                    if (similar[j] >= similar[i]) {
                        rank++;
                        hits += classes[j] == wanted[q] ? 1 : 0;
                    }
                }
                if (classes[i] == wanted[q]) {
                    relevant++;
                    average += (double) hits / rank;
                }
                atTen += rank <= 10 && classes[i] == wanted[q] ? 0.1 : 0;
            }
            sum += average / relevant;
        }
        Retrieval found =
                Retrieval.of(new Features(5, database), classes, new Features(5, asked), wanted, Progress.NONE);
        assertEquals(queries, found.queries());
        assertEquals(
                sum / queries, found.meanAveragePrecision(), 1e-5, "nearly equal ones may change places in 32 bits");
        assertEquals(atTen / queries, found.precisionAt10(), 1e-6);
        assertTrue(found.precisionAt10AsPublished() > found.precisionAt10(), "the script's figure is the larger one");
        assertTrue(found.interpolated() > found.meanAveragePrecision());
    }

    @Test
    void perfectFeaturesFindAllAndOrderDecidesBetweenEqualOnes() {
        Features database = new Features(2, new float[] {1, 0, 0, 1, 2, 0, 0, 3});
        Features queries = new Features(2, new float[] {5, 0, 0, 1});
        Retrieval all = Retrieval.of(database, new int[] {0, 1, 0, 1}, queries, new int[] {0, 1}, Progress.NONE);
        assertEquals(1, all.meanAveragePrecision(), 1e-12);
        assertEquals(1, all.nearest());
        Features zero = new Features(2, new float[2]);
        Retrieval none = Retrieval.of(database, new int[] {0, 1, 1, 1}, zero, new int[] {0}, Progress.NONE);
        assertEquals(1, none.meanAveragePrecision(), 1e-12, "a zero vector ranks the database in its order");
    }

    @Test
    void aClassThatIsNotThereIsSaid() {
        Features one = new Features(1, new float[] {1});
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Retrieval.of(one, new int[] {0}, one, new int[] {1}, Progress.NONE))
                .getMessage()
                .contains("class of a query"));
    }

    private static float[] draw(int n, SplittableRandom random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextDouble() - 0.4);
        }
        return values;
    }

    private static double cosine(float[] a, int i, float[] b, int j) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int d = 0; d < 5; d++) {
            dot += (double) a[i + d] * b[j + d];
            aa += (double) a[i + d] * a[i + d];
            bb += (double) b[j + d] * b[j + d];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
