package org.parsimony.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Errors_ByHandTest {

    @Test
    void threeNetworksWorkedOutByHand() {
        Errors errors = Errors.of(new double[] {10, 20, 40}, new double[] {10.4, 18.5, 45});
        assertEquals(1 / 3.0, errors.within5());
        assertEquals(2 / 3.0, errors.within10());
        assertEquals(1, errors.within15());
        assertEquals(8.7274, errors.rmspe(), 1e-4);
        assertEquals(3.0227, errors.rmse(), 1e-4);
        assertEquals(1, errors.spearman(), 1e-12);
    }

    @Test
    void equalValuesShareTheirRank() {
        assertEquals(
                0.9486833,
                Errors.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 2, 4}).spearman(),
                1e-6);
        assertEquals(
                -1, Errors.of(new double[] {1, 2, 3}, new double[] {9, 8, 7}).spearman(), 1e-12);
    }

    @Test
    void aPercentileLiesBetweenNeighbours() {
        long[] values = {50, 10, 40, 20, 30, 60};
        assertEquals(20, Stopwatch.percentile(values, 0.2), 1e-12);
        assertEquals(35, Stopwatch.percentile(values, 0.5), 1e-12);
    }

    @Test
    void aLineInTheWorkIsFoundExactly() {
        double[] x = {1, 2, 5, 9};
        Line line = Line.fitted(x, new double[] {5, 7, 13, 21});
        assertEquals(3, line.constant(), 1e-9);
        assertEquals(23, line.at(10), 1e-9);
    }

    @Test
    void theExampleOfTheRuleOfFusion() {
        assertTrue(new Fusion("se", "relu", 20.521, 2.6194, 20.3537).isFused());
        assertFalse(new Fusion("se", "relu", 20.521, 2.6194, 23.0).isFused());
    }

    @Test
    void anOverheadIsFoundExactlyOrIsAConstant() {
        var networks = java.util.List.of(
                new Overhead.Measured(2, 10, 2 + 2 * 0.5 + 12),
                new Overhead.Measured(3, 40, 2 + 3 * 0.5 + 48),
                new Overhead.Measured(7, 15, 2 + 7 * 0.5 + 18),
                new Overhead.Measured(4, 100, 2 + 4 * 0.5 + 120));
        Overhead fitted = Overhead.fitted(networks);
        assertEquals(2, fitted.perCall(), 1e-9);
        assertEquals(0.5, fitted.perKernel(), 1e-9);
        assertEquals(1.2, fitted.factor(), 1e-9);
        Overhead few =
                Overhead.fitted(java.util.List.of(new Overhead.Measured(2, 10, 13), new Overhead.Measured(3, 10, 13)));
        assertEquals(new Overhead(3, 0, 1), few);
    }
}
