package org.parsimony.equilibrium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.parsimony.coding.Code;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.method.Context;

/** The directed network in numbers, its bounds, and its matrix in code. */
class DirectedNet_ArithmeticTest {

    private static DirectedNet example() {
        double[][] w = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 3; j < 6; j++) {
                w[i][j] = i == j ? 0 : 0.1 * ((3 * i + 5 * j) % 7 - 3);
            }
        }
        return new DirectedNet(3, 1, w, DirectedNet.Leak.OUTGOING);
    }

    /** Three inputs, two hidden units, one output, worked out independently of this code. */
    @Test
    void theExampleGoesWhereItMust() {
        DirectedNet net = example();
        assertArrayEquals(new double[] {0.2, -0.3, -0.1, 0.1, 0.2, -0.4}, net.leaks(), 1e-12);
        double[] free = net.settle(new double[] {0, 1, 1, 0.05, 0.05, 0.05}, 0.05, 20);
        assertArrayEquals(new double[] {0, 1, 1, 0, 0.12915826, 0}, free, 1e-8);
        double[][] change = new double[6][6];
        double[] nudged = net.nudge(free, new double[] {1}, 1, 0.05, 10, change);
        assertArrayEquals(new double[] {0, 1, 1, 0, 0.14378939, 0.30020916}, nudged, 1e-8);
        double[][] expected = new double[6][6];
        expected[1] = new double[] {0, 0, 0, 0, 0.00146311, 0.03002092};
        expected[2] = expected[1];
        expected[4][5] = 0.00422695;
        expected[5][4] = 0.00013727;
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(expected[i], change[i], 1e-8, "weights from unit " + i);
        }
    }

    @Test
    void statesStayWithinTheirBoundsWhateverTheWeights() {
        SplittableRandom random = new SplittableRandom(3);
        for (int t = 0; t < 200; t++) {
            DirectedNet net = DirectedNet.drawn(3, 4, 2, 10 * random.nextDouble(), DirectedNet.Leak.OUTGOING, random);
            double[] begin = net.begin(new double[] {random.nextDouble(), 1}, random);
            double[] end = net.settle(begin, 0.05, 50);
            for (int j = 0; j < end.length; j++) {
                assertTrue(end[j] >= 0 && end[j] <= 1, "unit " + j + ": " + end[j]);
            }
            assertEquals(begin[0], end[0]);
            assertEquals(1, end[2], "the constant input");
            assertEquals(6 * 8, net.free());
        }
    }

    @Test
    void pruningTakesTheSmallestAndTheCodeGivesTheSameStates() {
        DirectedNet net = DirectedNet.drawn(3, 5, 1, 0.3, DirectedNet.Leak.OUTGOING, new SplittableRandom(1));
        assertEquals(48, net.free());
        assertEquals(0, net.zeros());
        DirectedNet pruned = net.pruned(20);
        assertEquals(20, pruned.zeros());
        double largest = 0;
        double smallest = 1;
        for (int i = 0; i < 9; i++) {
            for (int j = 3; j < 9; j++) {
                if (i != j && pruned.weights()[i][j] == 0) {
                    largest = Math.max(largest, Math.abs(net.weights()[i][j]));
                } else if (i != j) {
                    smallest = Math.min(smallest, Math.abs(net.weights()[i][j]));
                }
            }
        }
        assertTrue(largest <= smallest);
        DenseMatrix matrix = pruned.matrix();
        CompressedMatrix coded = Code.SMALLEST.encode(matrix);
        assertArrayEquals(matrix.values(), coded.toDense().values());
        assertTrue(coded.sizeInBytes() < 4L * matrix.values().length + 64);
    }

    /** An output at a bound does not answer a small nudge: the share that answers does not grow as β falls. */
    @Test
    void mostUnitsEndAtABoundSoTheLimitOfSmallBetaSaysNothing() {
        for (double deviation : new double[] {0.05, 0.3}) {
            Saturation law = Saturation.of(60, deviation, new Context(2), 10, 1e-2, 1e-4);
            assertTrue(law.units() > 0.7, "saturated units: " + law.units());
            assertTrue(law.outputs() > 0.6, "saturated outputs: " + law.outputs());
            assertTrue(
                    law.answering()[0] > 0.9,
                    "a strong nudge is answered: " + law.table().print());
            assertTrue(
                    law.answering()[2] <= 1 - 0.6 * law.outputs(), law.table().print());
        }
    }

    @Test
    void aSampleOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> example().begin(new double[3], new SplittableRandom(1)));
    }
}
