package org.parsimony.optinet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.optinet.LayerEntropy.Measure;

/** One input that goes evenly from 0 to 1, and hidden ReLU units whose entropies can be worked by hand. */
class LayerEntropy_MeasureTest {

    private static final int N = 1600;

    /** Units: x; a copy of it; dead; x − ½ cut at 0, which rests half the time; ½ − x cut at 0. */
    private final Model model = withHidden(new float[] {1, 1, 0, 1, -1}, new float[] {0, 0, 0, -0.5f, 0.5f});

    private final Samples ramp = ramp();

    @Test
    void entropiesAreThoseWorkedByHand() {
        double[] bits = LayerEntropy.of(model, 0, ramp, Measure.MARGINAL, 16, 1, Progress.NONE)
                .bits();
        // x falls evenly into 16 bins: 4 bits. A half-resting unit fills the first of the 16 bins in 9 of 16 cases
        // and seven more in 1 of 16 each.
        double half = -9 / 16.0 * Math.log(9 / 16.0) / Math.log(2) + 7 / 16.0 * 4;
        assertEquals(4, bits[0], 1e-2);
        assertEquals(4, bits[1], 1e-2);
        assertEquals(0, bits[2]);
        assertEquals(half, bits[3], 1e-2);
        assertEquals(half, bits[4], 1e-2);
    }

    @Test
    void aCopyOfAUnitDoesNotCount() {
        LayerEntropy filtered = LayerEntropy.of(model, 0, ramp, Measure.MARGINAL, 16, 0.95, Progress.NONE);
        assertEquals(4, filtered.ranking().length);
        assertEquals(0, filtered.ranking()[0]);
        LayerEntropy all = LayerEntropy.of(model, 0, ramp, Measure.MARGINAL, 16, 1, Progress.NONE);
        assertEquals(5, all.ranking().length);
        assertEquals(4, all.widthFor(12), "4 + 4 + 2.2 + 2.2 bits");
    }

    @Test
    void theWidthIsTheLeastThatReachesTheDemand() {
        LayerEntropy entropy = LayerEntropy.of(model, 0, ramp, Measure.MARGINAL, 16, 0.95, Progress.NONE);
        double[] sums = entropy.carried();
        for (int m = 1; m < sums.length; m++) {
            if (sums[m] > sums[m - 1]) {
                assertEquals(m, entropy.widthFor((sums[m] + sums[m - 1]) / 2));
            }
        }
        assertEquals(0, entropy.widthFor(0));
        assertEquals(entropy.ranking().length, entropy.widthFor(1e9));
    }

    @Test
    void theBestUnitsComeBeforeRedundantOnes() {
        LayerEntropy entropy = LayerEntropy.of(model, 0, ramp, Measure.MARGINAL, 16, 0.95, Progress.NONE);
        assertArrayEquals(new int[] {0}, entropy.best(1));
        assertArrayEquals(new int[] {0, 3, 4}, entropy.best(3));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, entropy.best(5));
        assertThrows(IllegalArgumentException.class, () -> entropy.best(6));
    }

    @Test
    void theOutputLayerHasNoWidthToChoose() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LayerEntropy.of(model, 1, ramp, Measure.MARGINAL, 16, 0.95, Progress.NONE));
        assertTrue(e.getMessage().contains("layers that have are [0]"), e.getMessage());
    }

    /** The sum of gains is the log-determinant itself, computed here by elimination. */
    @Test
    void jointGainsAddUpToTheCapacityOfTheChannel() {
        Model net = Architectures.mlp("1-6-2", 3);
        net.network()
                .getLayer(0)
                .setParam("b", Nd4j.create(new float[] {.1f, -.2f, .3f, -.4f, .5f, -.1f}, new long[] {1, 6}, 'c'));
        LayerEntropy entropy = LayerEntropy.of(net, 0, ramp, Measure.JOINT, 16, 1, Progress.NONE);
        assertEquals(6, entropy.ranking().length);
        double[][] a = net.network()
                .feedForwardToLayer(0, ramp.x(0, N), false)
                .get(1)
                .transpose()
                .dup('c')
                .toDoubleMatrix();
        double[][] reading = net.network().getLayer(1).getParam("W").toDoubleMatrix();
        for (int u = 0; u < 6; u++) {
            double norm = Math.hypot(reading[u][0], reading[u][1]);
            a[u] = java.util.Arrays.stream(a[u]).map(v -> norm * v).toArray();
        }
        assertEquals(capacity(a, 16), entropy.carried()[6], 0.01);
        for (int m = 1; m < 6; m++) {
            assertTrue(entropy.gains()[m] <= entropy.gains()[m - 1] + 1e-9);
        }
    }

    @Test
    void jointlyACopyAddsHalfABitAndADeadUnitNothing() {
        LayerEntropy entropy = LayerEntropy.of(model, 0, ramp, Measure.JOINT, 16, 1, Progress.NONE);
        int dead = java.util.Arrays.stream(entropy.ranking()).boxed().toList().indexOf(2);
        assertEquals(0, entropy.gains()[dead], 1e-6);
        // Twice the signal through two noisy channels: ½ log₂(1 + 2s) − ½ log₂(1 + s), near half a bit for large s.
        Model twins = withHidden(new float[] {1, 1}, new float[] {0, 0});
        double[] gains = LayerEntropy.of(twins, 0, ramp, Measure.JOINT, 16, 1, Progress.NONE)
                .gains();
        double signal = 256.0; // variance 1/12 of the ramp over the noise (1/16)²/12
        assertEquals(0.5 * Math.log(1 + signal) / Math.log(2), gains[0], 0.01);
        assertEquals(0.5 * Math.log((1 + 2 * signal) / (1 + signal)) / Math.log(2), gains[1], 0.01);
        assertEquals(
                1,
                LayerEntropy.of(twins, 0, ramp, Measure.JOINT, 16, 0.95, Progress.NONE)
                        .ranking()
                        .length);
    }

    /** ½ log₂ det(I + C/σ²) by Gaussian elimination, for rows of activations. */
    private static double capacity(double[][] a, int bins) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        int units = a.length;
        double[][] centred = new double[units][];
        for (int u = 0; u < units; u++) {
            double mean = java.util.Arrays.stream(a[u]).average().orElseThrow();
            low = Math.min(low, java.util.Arrays.stream(a[u]).min().orElseThrow());
            high = Math.max(high, java.util.Arrays.stream(a[u]).max().orElseThrow());
            centred[u] = java.util.Arrays.stream(a[u]).map(v -> v - mean).toArray();
        }
        double noise = Math.pow((high - low) / bins, 2) / 12;
        double[][] m = new double[units][units];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                for (int k = 0; k < a[0].length; k++) {
                    m[i][j] += centred[i][k] * centred[j][k] / a[0].length / noise;
                }
                m[i][j] += i == j ? 1 : 0;
            }
        }
        double bits = 0;
        for (int p = 0; p < units; p++) {
            bits += 0.5 * Math.log(m[p][p]) / Math.log(2);
            for (int i = p + 1; i < units; i++) {
                double f = m[i][p] / m[p][p];
                for (int j = p; j < units; j++) {
                    m[i][j] -= f * m[p][j];
                }
            }
        }
        return bits;
    }

    private static Model withHidden(float[] weights, float[] biases) {
        Model model = Architectures.mlp(new int[] {1, weights.length, 2}, 1, new Architectures.Options());
        model.network().getLayer(0).setParam("W", Nd4j.create(weights, new long[] {1, weights.length}, 'c'));
        model.network().getLayer(0).setParam("b", Nd4j.create(biases, new long[] {1, biases.length}, 'c'));
        model.network().getLayer(1).setParam("W", Nd4j.ones(weights.length, 2));
        return model;
    }

    private static Samples ramp() {
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = (float) i / (N - 1);
        }
        return new Samples(x, new int[N], 2, 1);
    }
}
