package org.parsimony.notebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The interval is that of the sign test, from tables and by drawing. */
class Spread_IntervalTest {

    @Test
    void placesFromTheTables() {
        // ranks of the 95 % interval of a median, from the table of the sign test
        assertPlaces(5, 1, 5, 0.9375);
        assertPlaces(6, 1, 6, 0.96875);
        assertPlaces(8, 1, 8, 0.9921875);
        assertPlaces(9, 2, 8, 0.9609375);
        assertPlaces(12, 3, 10, 0.9614258);
        assertPlaces(20, 6, 15, 0.9586105);
    }

    private static void assertPlaces(int n, int low, int high, double certainty) {
        double[] values =
                IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray();
        Spread spread = Spread.of(values);
        assertEquals(low, spread.low());
        assertEquals(high, spread.high());
        assertEquals((n + 1) / 2.0, spread.median());
        assertEquals(certainty, spread.certainty(), 1e-7);
    }

    @Test
    void holdsTheMedianAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(1);
        int inside = 0;
        double certainty = 0;
        for (int i = 0; i < 20_000; i++) {
            double[] values = new double[11];
            Arrays.setAll(values, j -> Math.exp(3 * random.nextDouble()));
            Spread spread = Spread.of(values);
            certainty = spread.certainty();
            inside += spread.low() <= Math.exp(1.5) && Math.exp(1.5) <= spread.high() ? 1 : 0;
        }
        assertEquals(certainty, inside / 20_000.0, 0.005);
    }

    @Test
    void ratiosAreTakenWithinARound() {
        double[] slowedTogether = {10, 5, 20, 1, 8};
        double[] half = Arrays.stream(slowedTogether).map(x -> x / 2).toArray();
        Spread spread = Spread.ofRatios(slowedTogether, half);
        assertEquals("2.00 (2.00–2.00)", spread.toString());
    }

    @Test
    void everyContenderHasItsTurnInEveryRound() {
        StringBuilder turns = new StringBuilder();
        List<DoubleSupplier> contenders = List.of(
                () -> {
                    turns.append('a');
                    return 1;
                },
                () -> {
                    turns.append('b');
                    return 3;
                },
                () -> {
                    turns.append('c');
                    return 2;
                });
        double[][] rates = Rounds.of(5, contenders);
        assertEquals("abccbaabccbaabc", turns.toString());
        assertEquals(1, Rounds.fastest(rates, 0, 3));
        assertEquals(2, Rounds.fastest(rates, 2, 3));
        assertTrue(Arrays.stream(rates[2]).allMatch(x -> x == 2));
        assertThrows(IllegalArgumentException.class, () -> Rounds.of(4, contenders));
    }
}
