package org.parsimony.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/** Reads: noise, its management, bounds, their management, converters. */
class Periphery_ReadTest {

    private static Periphery reads(double noise, double bound, Management.Noise managed, Management.Bounds bounds) {
        return new Periphery(noise, bound, 0, 0, 1, managed, bounds);
    }

    private static CrossArray array(int outputs, int inputs, float[] weights) {
        return CrossArray.ideal(outputs, inputs, weights, new boolean[weights.length]);
    }

    private static float[] random(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian() / 3;
        }
        return values;
    }

    @Test
    void withoutNoiseAndBoundsReadsAreProducts() {
        for (int columns : new int[] {1, 6}) {
            int outputs = 7;
            int inputs = 11;
            float[] w = random(outputs * inputs, 1);
            float[] x = random(inputs * columns, 2);
            float[] d = random(outputs * columns, 3);
            float[] y = new float[outputs * columns];
            float[] z = new float[(inputs - 1) * columns];
            Periphery.IDEAL.forward(array(outputs, inputs, w), x, columns, y, Draws.at(1));
            Periphery.IDEAL.backward(array(outputs, inputs, w), d, columns, z, Draws.at(1));
            for (int c = 0; c < columns; c++) {
                for (int i = 0; i < outputs; i++) {
                    double sum = 0;
                    for (int j = 0; j < inputs; j++) {
                        sum += (double) w[i * inputs + j] * x[j * columns + c];
                    }
                    assertEquals(sum, y[i * columns + c], 1e-6);
                }
                for (int j = 0; j < inputs - 1; j++) {
                    double sum = 0;
                    for (int i = 0; i < outputs; i++) {
                        sum += (double) w[i * inputs + j] * d[i * columns + c];
                    }
                    assertEquals(sum, z[j * columns + c], 1e-6);
                }
            }
        }
    }

    /** Standard deviation of backward reads of an error of this size. */
    private static double spread(Management.Noise managed, float size) {
        int columns = 20_000;
        CrossArray array = array(1, 2, new float[] {.5f, .5f});
        float[] d = new float[columns];
        Arrays.fill(d, size);
        float[] z = new float[columns];
        reads(0.06, 12, managed, Management.Bounds.NONE).backward(array, d, columns, z, Draws.at(4));
        double squares = 0;
        for (float value : z) {
            squares += Math.pow(value - 0.5 * size, 2) / columns;
        }
        return Math.sqrt(squares);
    }

    @Test
    void noiseManagementMakesBackwardNoiseAsSmallAsTheError() {
        double within = 5 * 0.06 / Math.sqrt(40_000);
        assertEquals(0.06, spread(Management.Noise.NONE, 0.01f), within);
        assertEquals(0.0006, spread(Management.Noise.BACKWARD, 0.01f), 0.01 * within);
        assertEquals(0, spread(Management.Noise.BACKWARD, 0), 0);
        assertEquals(0.06, spread(Management.Noise.NONE, 0), within);
    }

    /** Patches that see a pixel are added up; their noise is drawn once for each pixel: the same law. */
    @Test
    void noiseThatIsDrawnForSumsOfReadsHasTheVarianceOfTheSums() {
        CrossArray array = array(2, 5, new float[] {.5f, .2f, -.3f, .1f, 0, -.1f, .4f, .2f, .3f, 0});
        Layers.Window window = Layers.Window.of(new int[] {2, 2}, new int[] {1, 1}, false);
        Patches patches = new Patches(window, Shape.of(1, 3, 3), Shape.of(2, 2, 2));
        float[] d = {.3f, 0, -.2f, .1f, .1f, 0, .4f, .2f};
        for (Management.Noise managed : Management.Noise.values()) {
            Periphery periphery = reads(0.06, 12, managed, Management.Bounds.NONE);
            float[] apart = new float[16];
            float[] spreads = patches.spreads(periphery.backwardApart(array, d, 4, apart));
            float[] exact = new float[16];
            Periphery.IDEAL.backward(array, d, 4, exact, Draws.at(1));
            assertArrayEquals(exact, apart, 1e-6f);
            float[] mean = patches.image(exact, 1);
            int n = 20_000;
            double[] squares = new double[9];
            Draws draws = Draws.at(6);
            for (int k = 0; k < n; k++) {
                float[] z = new float[16];
                periphery.backward(array, d, 4, z, draws);
                float[] image = patches.image(z, 1);
                for (int pixel = 0; pixel < 9; pixel++) {
                    squares[pixel] += Math.pow(image[pixel] - mean[pixel], 2) / n;
                }
            }
            for (int pixel = 0; pixel < 9; pixel++) {
                double law = spreads[pixel] * spreads[pixel];
                assertEquals(law, squares[pixel], 5 * law * Math.sqrt(2.0 / n) + 1e-12, managed + ", pixel " + pixel);
            }
        }
    }

    @Test
    void boundManagementFindsWhatIsCutOffWithoutIt() {
        float[] w = new float[200];
        Arrays.fill(w, .6f);
        float[] x = new float[200];
        Arrays.fill(x, .5f);
        Arrays.fill(w, 100, 200, 0.01f);
        float[] two = Arrays.copyOf(x, 100);
        CrossArray array = array(2, 100, w);
        float[] y = new float[2];
        int cut = reads(0, 12, Management.Noise.NONE, Management.Bounds.NONE).forward(array, two, 1, y, Draws.at(1));
        assertArrayEquals(new float[] {12, .5f}, y, 1e-5f);
        assertEquals(1, cut);
        cut = reads(0, 12, Management.Noise.NONE, Management.Bounds.HALVING).forward(array, two, 1, y, Draws.at(1));
        assertArrayEquals(new float[] {30, .5f}, y, 1e-4f);
        assertEquals(2, cut, "at first, and halved once");
    }

    @Test
    void convertersRoundToTheirStepsAndInputsEndAtOne() {
        CrossArray one = array(1, 2, new float[] {1, 0});
        Periphery coarse = new Periphery(0, 12, 3, 4, 1, Management.Noise.NONE, Management.Bounds.NONE);
        float[] y = new float[1];
        coarse.forward(one, new float[] {.4f, 1}, 1, y, Draws.at(1));
        // inputs in steps of 1/3, outputs in steps of 24/14
        assertEquals(0, y[0]);
        Periphery inputs = new Periphery(0, 0, 3, 0, 1, Management.Noise.NONE, Management.Bounds.NONE);
        inputs.forward(one, new float[] {.4f, 1}, 1, y, Draws.at(1));
        assertEquals(1.0 / 3, y[0], 1e-6);
        inputs.forward(one, new float[] {7, 1}, 1, y, Draws.at(1));
        assertEquals(1, y[0]);
        new Periphery(0, 0, 3, 0, 1, Management.Noise.BOTH, Management.Bounds.NONE)
                .forward(one, new float[] {7, 1}, 1, y, Draws.at(1));
        assertEquals(7, y[0]);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Periphery(0, 0, 0, 9, 1, Management.Noise.NONE, Management.Bounds.NONE));
    }

    @Test
    void severalDevicesOfAWeightSpreadLess() {
        int n = 20_000;
        double[] spreads = new double[2];
        for (int k = 0; k < 2; k++) {
            Devices devices = new Devices(0.001, 0.3, 0, 0, 1e6, 0, k == 0 ? 1 : 13);
            CrossArray array = CrossArray.resistive(1, n, new float[n], new boolean[n], devices, 1, 0, Draws.at(2));
            long[] all = new long[n];
            Arrays.fill(all, 1);
            array.pulse(all, new long[n], new long[] {1}, new long[1], Draws.at(3));
            double squares = 0;
            for (float w : array.weights()) {
                squares += Math.pow(w / 0.001 - 1, 2) / n;
            }
            spreads[k] = Math.sqrt(squares);
        }
        assertEquals(0.3, spreads[0], 0.01);
        assertEquals(0.3 / Math.sqrt(13), spreads[1], 0.004);
        assertTrue(spreads[1] < spreads[0]);
    }
}
