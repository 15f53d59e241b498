package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.prototypes.PrototypeMatrix;

/** Every code gives back its matrix bit for bit, and its product is the dense one. */
class CompressedMatrix_LawsTest {

    @Property(tries = 150)
    void arbitraryMatricesComeBackAndMultiply(@ForAll("matrices") DenseMatrix matrix) {
        check(matrix);
    }

    @Provide
    Arbitrary<DenseMatrix> matrices() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(1, 80),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.doubles().between(0, 0.3),
                        Arbitraries.longs())
                .as((rows, cols, values, zeros, noise, seed) ->
                        Matrices.trained(rows, cols, 1 + cols / 8, zeros, values, noise, seed));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void oddMatricesComeBackAndMultiply(DenseMatrix matrix) {
        check(matrix);
    }

    /** Weights without any likeness, of words with few lost bits: ours is then HAM's stream, found again without starts. */
    @Test
    void whatDoesNotRepeatIsWrittenInHamsWords() {
        Random random = new Random(3);
        float[] weights = new float[300 * 200];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(5) < 2 ? 0 : 0.01f * (1 + random.nextInt(60)) - 0.3f;
        }
        DenseMatrix matrix = new DenseMatrix(300, 200, weights);
        PrototypeMatrix ours = PrototypeMatrix.of(matrix);
        assertEquals(HamMatrix.of(matrix).stream(), ours.stream());
        CodedLayer layer = LayerFormat.read(ByteBuffer.wrap(LayerFormat.write(new CodedLayer(ours, new float[0]))));
        assertArrayEquals(weights, layer.matrix().toDense().values());
        check(matrix);
    }

    static Stream<DenseMatrix> odd() {
        return Matrices.odd().stream();
    }

    @ParameterizedTest
    @MethodSource("odd")
    void moreThreadsGiveTheSameProduct(DenseMatrix matrix) {
        for (int batch : new int[] {1, 3}) {
            float[] x = gaussian(batch * matrix.rows());
            for (CompressedMatrix code : CodeReport.codes(matrix)) {
                float[] one = new float[batch * matrix.cols()];
                float[] three = new float[batch * matrix.cols()];
                code.dot(x, one, batch);
                code.dot(x, three, batch, 3);
                assertEquals(Arrays.toString(one), Arrays.toString(three), code.name());
            }
        }
    }

    /** As many values as the coder has states, each once or twice: what pruning without sharing leaves. */
    @Test
    void aMatrixOfManyRareValuesComesBack() {
        float[] values = new float[300 * 80];
        for (int i = 0; i < 4700; i++) {
            values[5 * i] = 1 + i % 4105;
        }
        check(new DenseMatrix(300, 80, values));
    }

    @Test
    void wrongShapesAreNamed() {
        HamMatrix code = HamMatrix.of(Matrices.trained(5, 6, 2, 0.5, 3, 0.1, 1));
        String message = assertThrows(IllegalArgumentException.class, () -> code.dot(new float[4], new float[6]))
                .getMessage();
        assertEquals("x has 4 values, but 1 vectors of 5 inputs have 5", message);
        assertThrows(IllegalArgumentException.class, () -> code.dot(new float[5], new float[7]));
        assertThrows(IllegalArgumentException.class, () -> new DenseMatrix(1 << 16, 1 << 15, new float[3]));
    }

    static void check(DenseMatrix matrix) {
        int rows = matrix.rows();
        int cols = matrix.cols();
        for (CompressedMatrix code : CodeReport.codes(matrix)) {
            float[] back = code.toDense().values();
            for (int i = 0; i < back.length; i++) {
                assertEquals(
                        Float.floatToRawIntBits(matrix.values()[i]), Float.floatToRawIntBits(back[i]), code.name());
            }
            for (int batch : new int[] {1, 2, 11}) {
                float[] x = gaussian(batch * rows);
                float[] y = new float[batch * cols];
                Arrays.fill(y, Float.NaN);
                code.dot(x, y, batch);
                compare(matrix, x, y, batch, code.name());
            }
        }
    }

    private static void compare(DenseMatrix matrix, float[] x, float[] y, int batch, String name) {
        for (int vector = 0; vector < batch; vector++) {
            for (int col = 0; col < matrix.cols(); col++) {
                double sum = 0;
                double scale = 0;
                for (int row = 0; row < matrix.rows(); row++) {
                    double term = (double) x[vector * matrix.rows() + row] * matrix.get(row, col);
                    sum += term;
                    scale += Math.abs(term);
                }
                double error = Math.abs(sum - y[vector * matrix.cols() + col]);
                double allowed = 1e-5 * scale + 1e-12 * largest(matrix) + Float.MIN_NORMAL;
                assertTrue(error <= allowed, name + ": column " + col + " is off by " + error);
            }
        }
    }

    private static double largest(DenseMatrix matrix) {
        double largest = 0;
        for (float weight : matrix.values()) {
            largest = Math.max(largest, Math.abs(weight));
        }
        return largest;
    }

    static float[] gaussian(int n) {
        Random random = new Random(7);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
