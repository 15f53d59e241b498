package org.parsimony.claims;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Estimate_IntervalTest {

    /** Values 1, 2, 4: sd √(7/3), t(0.975, 2) = 4.302653, t = 7/3 / (sd/√3) = 2.645751, p by tables 0.118. */
    @Test
    void threeValuesByHand() {
        Estimate three = Estimate.of(1, Double.NaN, 2, 4);
        assertEquals(3, three.n());
        assertEquals(7 / 3.0, three.mean(), 1e-12);
        assertEquals(Math.sqrt(7 / 3.0), three.sd(), 1e-12);
        assertEquals(4.302652730 * Math.sqrt(7 / 9.0), three.half(), 1e-8);
        assertEquals(three.mean() - three.half(), three.low(), 1e-12);
        assertEquals(three.mean() + three.half(), three.high(), 1e-12);
        assertEquals(0.118, three.p(), 5e-4);
        assertEquals(three.p(), Estimate.of(-1, -2, -4).p(), 1e-12);
        assertEquals(three, Estimate.stated(three.mean(), three.sd(), 3));
    }

    @Test
    void fewValuesHaveNoInterval() {
        for (Estimate few :
                new Estimate[] {Estimate.of(), Estimate.of(Double.NaN), Estimate.of(3), Estimate.stated(3, 1, 1)}) {
            assertTrue(Double.isNaN(few.half()) && Double.isNaN(few.p()), few.toString());
            assertEquals(few.mean(), few.low());
            assertEquals(few.mean(), few.high());
        }
        assertEquals(0, Estimate.of().n());
        assertEquals(1, Estimate.of(3).n());
        assertEquals(12.706204736 * 1.5, Estimate.of(0, 3).half(), 1e-6, "two values have one");
    }

    @Test
    void equalValuesAreCertain() {
        assertEquals(1, Estimate.of(0, 0, 0).p());
        assertEquals(0, Estimate.of(2, 2).p());
        assertEquals(0, Estimate.of(2, 2).half());
    }

    /** A 95 % interval excludes zero exactly where p is below 0.05. */
    @Property(tries = 300)
    void theIntervalAndTheTestAgree(@ForAll @Size(min = 2, max = 7) List<@DoubleRange(min = -3, max = 5) Double> list) {
        Estimate estimate = Estimate.of(list.stream().mapToDouble(d -> d).toArray());
        if (estimate.sd() > 1e-9 && Math.abs(estimate.p() - 0.05) > 1e-6) {
            assertEquals(estimate.p() < 0.05, estimate.low() > 0 || estimate.high() < 0);
        }
    }

    /** Holm's own kind of example: 0.01, 0.04, 0.03, 0.005 of four. */
    @Test
    void holmByHand() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjusted(0.01, 0.04, 0.03, 0.005), 1e-12);
        assertArrayEquals(
                new double[] {0.02, Double.NaN, 0.9},
                Holm.adjusted(0.01, Double.NaN, 0.9),
                1e-12,
                "not made, not counted");
        assertArrayEquals(new double[] {1, 1}, Holm.adjusted(0.6, 0.7), 1e-12);
        assertEquals(0, Holm.adjusted().length);
    }

    @Property(tries = 300)
    void holmNeverLowersAndKeepsTheOrder(@ForAll @Size(max = 8) List<@DoubleRange(max = 1) Double> list) {
        double[] p = list.stream().mapToDouble(d -> d).toArray();
        double[] adjusted = Holm.adjusted(p);
        for (int i = 0; i < p.length; i++) {
            assertTrue(adjusted[i] >= p[i] - 1e-15 && adjusted[i] <= 1, Arrays.toString(adjusted));
            for (int j = 0; j < p.length; j++) {
                assertTrue(p[i] >= p[j] || adjusted[i] <= adjusted[j], Arrays.toString(adjusted));
            }
        }
    }
}
