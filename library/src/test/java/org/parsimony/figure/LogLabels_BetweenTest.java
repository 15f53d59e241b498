package org.parsimony.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LogLabels_BetweenTest {

    @Test
    void theShorterTheAxisTheMoreLabelsADecadeHas() {
        assertArrayEquals(new double[] {20, 30, 50, 70, 100}, LogLabels.between(15, 120), 1e-9);
        assertArrayEquals(new double[] {10, 20, 50, 100, 200, 500, 1000}, LogLabels.between(6, 1000), 1e-9);
        assertArrayEquals(new double[] {0.1, 1, 10, 100}, LogLabels.between(0.05, 300), 1e-9);
    }
}
