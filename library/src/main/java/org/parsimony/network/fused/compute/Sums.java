package org.parsimony.network.fused.compute;

/** Sums of runs of an array in double precision, four at a time, so that additions do not wait for each other. */
public final class Sums {

    private Sums() {}

    /** The sum of x from one index to before another. */
    public static double of(float[] x, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < to; i++) {
            a += x[i];
        }
        return a + b + (c + d);
    }

    /** The sum of (x − centre)². */
    public static double ofSquares(float[] x, float centre, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            float p = x[i] - centre;
            float q = x[i + 1] - centre;
            float r = x[i + 2] - centre;
            float s = x[i + 3] - centre;
            a += p * p;
            b += q * q;
            c += r * r;
            d += s * s;
        }
        for (; i < to; i++) {
            float p = x[i] - centre;
            a += p * p;
        }
        return a + b + (c + d);
    }

    /** The sum of x · y. */
    public static double ofProducts(float[] x, float[] y, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < to; i++) {
            a += x[i] * y[i];
        }
        return a + b + (c + d);
    }
}
