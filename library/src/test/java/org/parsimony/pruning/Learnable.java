package org.parsimony.pruning;

import java.util.SplittableRandom;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;

/** Small data whose classes are told by their features, for tests of steps. */
public final class Learnable {

    private Learnable() {}

    /** Four classes of 12 inputs: 400 training, 100 validation, 100 test samples. */
    public static Dataset vectors() {
        return new Dataset("vectors", "Vectors", samples(400, 1, 12), samples(100, 2, 12), samples(100, 3, 12));
    }

    /** Four classes of images of 8 × 8. */
    public static Dataset images() {
        return new Dataset(
                "images", "Images", samples(200, 1, 1, 8, 8), samples(50, 2, 1, 8, 8), samples(50, 3, 1, 8, 8));
    }

    private static Samples samples(int n, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] x = new float[n * inputs];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(4);
            for (int j = 0; j < inputs; j++) {
                x[i * inputs + j] = (float) (0.6 * random.nextDouble() + (j % 4 == y[i] ? 0.4 : 0));
            }
        }
        return new Samples(x, y, 4, shape);
    }
}
