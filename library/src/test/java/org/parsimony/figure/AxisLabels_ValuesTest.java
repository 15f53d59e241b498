package org.parsimony.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisLabels_ValuesTest {

    @Test
    void theShorterALogarithmicAxisTheMoreLabelsADecadeHas() {
        assertArrayEquals(new double[] {20, 30, 50, 70, 100}, AxisLabels.decades(15, 120), 1e-9);
        assertArrayEquals(new double[] {10, 20, 50, 100, 200, 500, 1000}, AxisLabels.decades(6, 1000), 1e-9);
        assertArrayEquals(new double[] {0.1, 1, 10, 100}, AxisLabels.decades(0.05, 300), 1e-9);
        assertEquals("0.05", AxisLabels.text(0.05, 0.05));
        assertEquals("1,000", AxisLabels.text(1000, 1000));
    }

    @Test
    void aLinearAxisHasRoundLabelsAndAZeroWithoutSign() {
        assertEquals(
                List.of("-0.6", "-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6"),
                Arrays.stream(AxisLabels.multiples(-0.62, 0.62))
                        .mapToObj(value -> AxisLabels.text(value, 0.2))
                        .toList());
        assertEquals(7, AxisLabels.multiples(-0.0171, 0.0171).length);
    }
}
