package org.parsimony.network.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Every kept form of a curvature is the matrix that it stands for. */
class Curvature_DenseReferenceTest {

    private static void assertSame(DenseCurvature slow, Curvature fast, SplittableRandom random, double tolerance) {
        assertEquals(slow.size(), fast.size());
        double[] v = DenseCurvature.uniform(slow.size(), random);
        assertClose(slow.times(v), fast.times(v), tolerance);
        assertClose(slow.inverseTimes(v), fast.inverseTimes(v), tolerance);
        assertClose(slow.inverseDiagonal(), fast.inverseDiagonal(), tolerance);
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance) {
        double largest = 0;
        for (double each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertArrayEquals(expected, actual, tolerance * largest);
    }

    @Property(tries = 200)
    void gradientsAreTheirMeanOuterProduct(
            @ForAll @IntRange(min = 1, max = 9) int d, @ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = DenseCurvature.uniform(n * d, random);
        double damping = Math.pow(10, -4 * random.nextDouble());
        assertSame(DenseCurvature.ofGradients(x, d, damping), new BlockCurvature(x, d, damping), random, 1e-9);
    }

    /** The recursion of WoodFisher over the samples, written down as published, ends where one inverse does. */
    @Property(tries = 100)
    void theRecursionOverSamplesEndsInTheSameInverse(
            @ForAll @IntRange(min = 1, max = 8) int d, @ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = DenseCurvature.uniform(n * d, random);
        double damping = 1e-3;
        RealMatrix h = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            h.setEntry(i, i, 1 / damping);
        }
        for (int s = n - 1; s >= 0; s--) {
            double[] g = java.util.Arrays.copyOfRange(x, s * d, (s + 1) * d);
            RealMatrix u = new Array2DRowRealMatrix(h.operate(g));
            double scale =
                    n + new Array2DRowRealMatrix(g).transpose().multiply(u).getEntry(0, 0);
            h = h.subtract(u.multiply(u.transpose()).scalarMultiply(1 / scale));
        }
        double[] v = DenseCurvature.uniform(d, random);
        assertClose(h.operate(v), new BlockCurvature(x, d, damping).inverseTimes(v), 1e-9);
    }

    @Property(tries = 200)
    void kroneckerFactorsAreTheirProduct(
            @ForAll @IntRange(min = 1, max = 5) int units,
            @ForAll @IntRange(min = 1, max = 6) int inputs,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] back = DenseCurvature.uniform(3 * units, random);
        double[] in = DenseCurvature.uniform(7 * inputs, random);
        double damping = 0.01;
        RealMatrix g = DenseCurvature.ofGradients(back, units, 0.1).matrix();
        RealMatrix a = DenseCurvature.ofGradients(in, inputs, 0.1).matrix();
        double[][] h = new double[units * inputs][units * inputs];
        for (int i = 0; i < h.length; i++) {
            for (int j = 0; j < h.length; j++) {
                h[i][j] = g.getEntry(i / inputs, j / inputs) * a.getEntry(i % inputs, j % inputs);
            }
        }
        Curvature fast = new KroneckerCurvature(
                SquareMatrix.gram(units, back, 1 / 3.0), SquareMatrix.gram(inputs, in, 1 / 7.0), damping);
        assertSame(new DenseCurvature(h), fast, random, 1e-9);
    }

    @Property(tries = 100)
    void theDiagonalIsOne(@ForAll @IntRange(min = 1, max = 9) int d, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(d, 0, 2).toArray();
        double[][] h = new double[d][d];
        for (int i = 0; i < d; i++) {
            h[i][i] = values[i] + 0.25;
        }
        assertSame(new DenseCurvature(h), new DiagonalCurvature(values, 0.25), random, 1e-12);
    }

    /** Without curvature every form is the damping alone. */
    @Test
    void withoutCurvatureTheDampingIsLeft() {
        double[] v = {1, -2, 3, 4, 5, -6};
        double[] scaled = {4, -8, 12, 16, 20, -24};
        assertArrayEquals(scaled, new DiagonalCurvature(new double[6], 0.25).inverseTimes(v), 1e-12);
        assertArrayEquals(scaled, new BlockCurvature(new double[12], 6, 0.25).inverseTimes(v), 1e-12);
        Curvature kronecker = new KroneckerCurvature(SquareMatrix.scaled(2, 0), SquareMatrix.scaled(3, 0), 0.25);
        assertArrayEquals(scaled, kronecker.inverseTimes(v), 1e-12);
    }

    @Test
    void whatIsNotPositiveDefiniteIsRefused() {
        ArithmeticException e =
                assertThrows(ArithmeticException.class, () -> new SquareMatrix(2, new double[] {1, 2, 2, 1}).inverse());
        assertTrue(e.getMessage().contains("more damping"), e.getMessage());
    }
}
