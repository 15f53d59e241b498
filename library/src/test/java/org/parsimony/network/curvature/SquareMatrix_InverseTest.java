package org.parsimony.network.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix times its inverse is the identity, in every size around the blocks of the factorisation. */
class SquareMatrix_InverseTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 47, 48, 49, 64, 95, 96, 97, 100, 145, 200})
    void aMatrixTimesItsInverseIsTheIdentity(int size) {
        SplittableRandom random = new SplittableRandom(size);
        double[] rows = random.doubles((long) size * (size + 7), -1, 1).toArray();
        SquareMatrix matrix = SquareMatrix.gram(size, rows, 1.0 / size).plus(0.05);
        SquareMatrix inverse = matrix.inverse();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += matrix.values()[i * size + k] * inverse.values()[k * size + j];
                }
                assertEquals(i == j ? 1 : 0, sum, 1e-11, i + ", " + j);
                assertEquals(inverse.values()[i * size + j], inverse.values()[j * size + i], 0.0, "symmetric");
            }
        }
    }

    @Test
    void aFactorWorkedByHand() {
        // L = (2 0; 1 3), so LLᵀ = (4 2; 2 10), and L⁻¹ = (1/2 0; −1/6 1/3).
        double[] inverse = Cholesky.inverseFactor(2, new double[] {4, Double.NaN, 2, 10});
        assertEquals(0.5, inverse[0]);
        assertEquals(0, inverse[1]);
        assertEquals(-1.0 / 6, inverse[2], 1e-15);
        assertEquals(1.0 / 3, inverse[3], 1e-15);
    }

    @Test
    void whatIsNotPositiveDefiniteIsRefusedWithItsRow() {
        double[] values = SquareMatrix.scaled(60, 1).values();
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] matrix = values.clone();
            matrix[55 * 60 + 55] = bad;
            Exception e =
                    assertThrows(ArithmeticException.class, () -> new SquareMatrix(60, matrix).inverse(), "" + bad);
            assertTrue(e.getMessage().contains("row 55"), e.getMessage());
        }
    }
}
