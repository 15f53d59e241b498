package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What everybody knows about MNIST, of the copy in the repository. */
class Datasets_MnistTest {

    private static Dataset mnist;

    @BeforeAll
    static void load() {
        mnist = Datasets.load("mnist");
    }

    @Test
    void splitsAreTheFirst50000AndTheLast10000OfTrainingAndThePublishedTest() {
        assertEquals(50_000, mnist.train().size());
        assertEquals(10_000, mnist.validation().size());
        assertEquals(10_000, mnist.test().size());
        assertArrayEquals(new int[] {1, 28, 28}, mnist.train().shape());
        assertArrayEquals(
                new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4},
                IntStream.range(0, 10).map(i -> mnist.train().labels()[i]).toArray());
        assertArrayEquals(
                new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9},
                IntStream.range(0, 10).map(i -> mnist.test().labels()[i]).toArray());
    }

    @Test
    void classCountsAreThePublishedOnes() {
        int[] training = counts(mnist.train());
        int[] validation = counts(mnist.validation());
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
                IntStream.range(0, 10).map(c -> training[c] + validation[c]).toArray());
        assertArrayEquals(new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, counts(mnist.test()));
    }

    @Test
    void meanAndDeviationOfTheTrainingPixelsAreThePublishedOnes() {
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (Samples part : new Samples[] {mnist.train(), mnist.validation()}) {
            for (float x : part.features()) {
                sum += x;
                squares += (double) x * x;
            }
            n += part.features().length;
        }
        double mean = sum / n;
        assertEquals(0.1307, mean, 5e-5);
        assertEquals(0.3081, Math.sqrt(squares / n - mean * mean), 5e-5);
    }

    private static int[] counts(Samples samples) {
        int[] counts = new int[10];
        for (int label : samples.labels()) {
            counts[label]++;
        }
        return counts;
    }
}
