package org.parsimony.coding.prototypes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is added up for several prototypes at once, and only where weights are marked, is what the plain search finds. */
class Prototypes_SlowReferenceTest {

    /** @param likeness share of weights that a column has from the one of {@code kinds} columns that it is made from */
    @ParameterizedTest
    @CsvSource({
        "1, 4, 2, 1, 0.9",
        "7, 9, 2, 2, 0.5",
        "30, 300, 5, 6, 0.9",
        "200, 40, 17, 3, 0.8",
        "64, 150, 256, 12, 0.95",
        "90, 80, 9, 40, 0",
        "120, 500, 33, 20, 0.97"
    })
    void theSearchFindsTheSamePrototypes(int rows, int cols, int alphabet, int kinds, double likeness) {
        SplittableRandom random = new SplittableRandom(rows);
        int[] kind = random.ints((long) kinds * rows, 0, alphabet).toArray();
        int[] symbols = new int[rows * cols];
        for (int i = 0; i < symbols.length; i++) {
            boolean like = random.nextDouble() < likeness;
            int own = random.nextInt(3) > 0 ? 0 : random.nextInt(alphabet); // most weights are of one value
            symbols[i] = like ? kind[i / rows % kinds * rows + i % rows] : own;
        }
        SlowPrototypes slow = SlowPrototypes.of(rows, cols, alphabet, symbols);
        Prototypes fast = Prototypes.of(rows, cols, alphabet, symbols);
        assertEquals(slow.count(), fast.count());
        assertArrayEquals(slow.member, fast.member);
        for (int p = 0; p < fast.count(); p++) {
            assertArrayEquals(Arrays.copyOfRange(slow.columns, p * rows, (p + 1) * rows), fast.column(p));
        }
        assertTrue(likeness == 0 || rows == 1 || rows == 7 || fast.count() > 0, "there is something to find");
    }
}
