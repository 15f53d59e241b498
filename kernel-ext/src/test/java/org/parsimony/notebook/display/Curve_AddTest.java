package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Curve_AddTest {

    @Property(tries = 100)
    void theNewestPointIsTheLastAndTheLengthIsBounded(@ForAll @IntRange(min = 1, max = 20_000) int points) {
        Curve curve = new Curve();
        for (int i = 1; i <= points; i++) {
            curve.add(i, 1. / i);
        }
        assertTrue(curve.size() <= 256);
        assertTrue(curve.size() >= Math.min(points, 128), points + " points are " + curve.size());
        assertEquals(points, curve.lastX());
    }

    @Test
    void aLossThatIsNotFiniteIsLeftOut() {
        Curve curve = new Curve();
        curve.add(1, Double.NaN);
        curve.add(2, Double.POSITIVE_INFINITY);
        assertEquals(0, curve.size());
        assertTrue(Curve.chart(Map.of("loss", curve)).getSeriesMap().isEmpty());
    }
}
