package org.parsimony.splitting.eigen;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Vectors as plain arrays. */
public final class Vectors {

    private Vectors() {}

    /** The inner product. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code y += factor · x}. */
    public static void add(double[] y, double factor, double[] x) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    /** Gives {@code vector} length 1 and returns the length it had; zeros stay zeros. */
    public static double normalise(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length && length > 0; i++) {
            vector[i] /= length;
        }
        return length;
    }

    /** {@code vector} with length 1 and the component of greatest modulus positive; zeros stay zeros. */
    public static double[] normal(double[] vector) {
        double[] normal = vector.clone();
        double greatest = 0;
        for (double x : vector) {
            greatest = Math.abs(x) > Math.abs(greatest) ? x : greatest;
        }
        double length = normalise(normal);
        for (int i = 0; i < normal.length && length > 0 && greatest < 0; i++) {
            normal[i] = -normal[i];
        }
        return normal;
    }

    /** {@code [count × length]} components uniform in [−1, 1), then each row of length 1. */
    public static double[][] directions(int count, int length, SplittableRandom random) {
        double[][] vectors = new double[count][length];
        for (double[] vector : vectors) {
            Arrays.setAll(vector, i -> 2 * random.nextDouble() - 1);
            normalise(vector);
        }
        return vectors;
    }
}
