package org.parsimony.annealing.cost;

import java.util.Arrays;

/**
 * Loops over the images of one tile, each so plain that the virtual machine turns it into vector instructions: one index
 * from 0 to {@code n} for every array, no branches, no sums across images. Arrays that are written are distinct from
 * those that are read, unless said.
 */
final class Kernels {

    /** Below this, exp(x) counts as exp(FLOOR) = 4e-11, which no mean loss in 32 bits can tell from 0. */
    static final float FLOOR = -24;

    /** Down to here the polynomial still falls, so that what it gives below FLOOR is next to nothing. */
    static final float NEAR = -64;

    private static final int LANES = 16;

    // exp(x) = p(x / 32)^32. On [-0.75, 0] the polynomial is exact to 2e-9; its first coefficients are exactly 1, 1 and
    // 1/2, so that exp(0) is exactly 1. Rounding grows 32 times in the squarings, to 7e-7 for the terms that matter;
    // it averages out over images (its mean is below 1e-8).
    private static final float SCALE = 1f / 32;
    private static final float C3 = 0.1666661220338115f;
    private static final float C4 = 0.041660575885316596f;
    private static final float C5 = 0.008307347371177495f;
    private static final float C6 = 0.0013351192507042536f;
    private static final float C7 = 0.00014304196291208254f;

    private Kernels() {}

    /** sum += exp(x - top), where x ≤ top. */
    static void addExp(float[] sum, float[] x, float[] top, int n) {
        for (int i = 0; i < n; i++) {
            float y = Math.max(x[i] - top[i], FLOOR) * SCALE;
            float p = ((((((C7 * y + C6) * y + C5) * y + C4) * y + C3) * y + 0.5f) * y + 1f) * y + 1f;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            sum[i] += p * p;
        }
    }

    /** {@link #addExp} where x - top is known to lie above {@link #NEAR}: no floor is needed. */
    static void addExpNear(float[] sum, float[] x, float[] top, int n) {
        for (int i = 0; i < n; i++) {
            float y = (x[i] - top[i]) * SCALE;
            float p = ((((((C7 * y + C6) * y + C5) * y + C4) * y + C3) * y + 0.5f) * y + 1f) * y + 1f;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            sum[i] += p * p;
        }
    }

    /** The greatest of the first n values, at least 0; uses {@code scratch}. */
    static float greatest(float[] x, float[] scratch, int n) {
        System.arraycopy(x, 0, scratch, 0, n);
        int width = n;
        while (width > LANES) {
            int half = (width + 1) / 2;
            foldGreatest(scratch, half, width - half);
            width = half;
        }
        float greatest = 0;
        for (int i = 0; i < width; i++) {
            greatest = Math.max(greatest, scratch[i]);
        }
        return greatest;
    }

    private static void foldGreatest(float[] x, int half, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], x[i + half]);
        }
    }

    /** top = max(top, x). */
    static void raise(float[] top, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            top[i] = Math.max(top[i], x[i]);
        }
    }

    /** out = scale · (x - center) + shift. */
    static void affine(float[] out, float[] x, float center, float scale, float shift, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = scale * (x[i] - center) + shift;
        }
    }

    /** x = max(x, 0), in place: half of x + |x| is exactly that, in fewer instructions than a maximum takes. */
    static void rectify(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 0.5f * (x[i] + Math.abs(x[i]));
        }
    }

    /** out = max(scale · (x - center) + shift, 0). */
    static void affineRectified(float[] out, float[] x, float center, float scale, float shift, int n) {
        for (int i = 0; i < n; i++) {
            float y = scale * (x[i] - center) + shift;
            out[i] = 0.5f * (y + Math.abs(y));
        }
    }

    /** out = a - b. */
    static void subtract(float[] out, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] - b[i];
        }
    }

    /** out = base + w · x; {@code out} may be {@code base}. */
    static void add(float[] out, float[] base, float w, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = base[i] + w * x[i];
        }
    }

    /** out = base + w · x + v · y; {@code out} may be {@code base}. */
    static void add(float[] out, float[] base, float w, float[] x, float v, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = base[i] + (w * x[i] + v * y[i]);
        }
    }

    /** Adds x - about and its square to two arrays of running sums, one for each place in a tile. */
    static void addMoments(float[] first, float[] second, float[] x, float about, int n) {
        for (int i = 0; i < n; i++) {
            float d = x[i] - about;
            first[i] += d;
            second[i] += d * d;
        }
    }

    /** The sum of the first n values, which are overwritten: by halves, so that rounding stays small. */
    static double sum(float[] x, int n) {
        int width = n;
        while (width > LANES) {
            int half = (width + 1) / 2;
            fold(x, half, width - half);
            width = half;
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static void fold(float[] x, int half, int n) {
        for (int i = 0; i < n; i++) {
            x[i] += x[i + half];
        }
    }

    /**
     * The sum of the logarithms of the first n values, which lie between 1 and {@code most} and are overwritten: of
     * products as long as 32 bits can hold, so that few logarithms are taken.
     */
    static double sumOfLogarithms(float[] x, int n, double most) {
        int width = n;
        for (double product = most * most; width > LANES && product < Float.MAX_VALUE; product *= product) {
            int half = (width + 1) / 2;
            foldProducts(x, half, width - half);
            width = half;
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.log(x[i]);
        }
        return sum;
    }

    private static void foldProducts(float[] x, int half, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= x[i + half];
        }
    }

    static float[] filled(int n, float value) {
        float[] x = new float[n];
        Arrays.fill(x, value);
        return x;
    }
}
