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

/** One input that goes evenly from 0 to 1, and hidden ReLU units whose entropies can be worked by hand. */
class LayerEntropy_MeasureTest {

    private static final int N = 1600;

    /** Units: x; a copy of it; dead; x − ½ cut at 0, which rests half the time; ½ − x cut at 0. */
    private final Model model = withHidden(new float[] {1, 1, 0, 1, -1}, new float[] {0, 0, 0, -0.5f, 0.5f});

    private final Samples ramp = ramp();

    @Test
    void entropiesAreThoseWorkedByHand() {
        double[] bits = LayerEntropy.of(model, 0, ramp, 16, 1, Progress.NONE).bits();
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
        LayerEntropy filtered = LayerEntropy.of(model, 0, ramp, 16, 0.95, Progress.NONE);
        assertEquals(4, filtered.ranking().length);
        assertEquals(0, filtered.ranking()[0]);
        LayerEntropy all = LayerEntropy.of(model, 0, ramp, 16, 1, Progress.NONE);
        assertEquals(5, all.ranking().length);
        assertEquals(4, all.widthFor(12), "4 + 4 + 2.2 + 2.2 bits");
    }

    @Test
    void theWidthIsTheLeastThatReachesTheDemand() {
        LayerEntropy entropy = LayerEntropy.of(model, 0, ramp, 16, 0.95, Progress.NONE);
        double[] sums = entropy.cumulated();
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
        LayerEntropy entropy = LayerEntropy.of(model, 0, ramp, 16, 0.95, Progress.NONE);
        assertArrayEquals(new int[] {0}, entropy.best(1));
        assertArrayEquals(new int[] {0, 3, 4}, entropy.best(3));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, entropy.best(5));
        assertThrows(IllegalArgumentException.class, () -> entropy.best(6));
    }

    @Test
    void theOutputLayerHasNoWidthToChoose() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> LayerEntropy.of(model, 1, ramp, 16, 0.95, Progress.NONE));
        assertTrue(e.getMessage().contains("layers that have are [0]"), e.getMessage());
    }

    private static Model withHidden(float[] weights, float[] biases) {
        Model model = Architectures.mlp(new int[] {1, weights.length, 2}, 1, new Architectures.Options());
        model.network().getLayer(0).setParam("W", Nd4j.create(weights, new long[] {1, weights.length}, 'c'));
        model.network().getLayer(0).setParam("b", Nd4j.create(biases, new long[] {1, biases.length}, 'c'));
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
