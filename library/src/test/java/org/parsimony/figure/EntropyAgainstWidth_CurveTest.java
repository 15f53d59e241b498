package org.parsimony.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.EntropyAgainstWidth.Layer;

class EntropyAgainstWidth_CurveTest {

    @Test
    void theCurveAddsUpTheBestUnitsFirst() {
        XYChart chart = EntropyAgainstWidth.of("t", List.of(new Layer("layer 1", new double[] {0, 1, 3, 2}, 4.5, 2)));
        var series = chart.getSeriesMap();
        assertArrayEquals(new double[] {0, 1, 2, 3, 4}, series.get("layer 1").getXData());
        assertArrayEquals(new double[] {0, 3, 5, 6, 6}, series.get("layer 1").getYData());
        assertArrayEquals(
                new double[] {0, 3, 5}, series.get("layer 1 chosen").getYData(), "filled as far as the chosen width");
        assertArrayEquals(new double[] {4.5, 4.5}, series.get("layer 1 demand").getYData());
        assertArrayEquals(new double[] {2}, series.get("layer 1 dot").getXData());
        assertArrayEquals(new double[] {5}, series.get("layer 1 dot").getYData());
    }

    @Test
    void aWideLayerIsThinnedButPassesThroughItsWidth() {
        double[] bits = new double[1000];
        java.util.Arrays.fill(bits, 1);
        XYChart chart = EntropyAgainstWidth.of("t", List.of(new Layer("l", bits, 36.5, 37)));
        double[] x = chart.getSeriesMap().get("l").getXData();
        assertTrue(x.length < 110, "" + x.length);
        assertTrue(java.util.Arrays.binarySearch(x, 37) > 0);
        assertEquals(1000, x[x.length - 1]);
        assertArrayEquals(x, chart.getSeriesMap().get("l").getYData(), "a bit for each");
    }

    @Test
    void badLayersAreNamed() {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> new Layer("layer 2", new double[] {1, 2}, 1, 3))
                .getMessage();
        assertEquals("width chosen for layer 2 is 3, but must lie between 1 and 2", said);
        assertThrows(IllegalArgumentException.class, () -> new Layer("l", new double[] {Double.NaN}, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Layer("l", new double[] {1}, 0, 1));
    }

    @Test
    void aHistogramCountsEveryValueOnce() {
        double[] y = Charts.histogram("t", "x", new double[] {0, 0.1, 0.9, 1, 2}, 2)
                .getSeriesMap()
                .get("area")
                .getYData();
        assertArrayEquals(new double[] {0, 3, 3, 2, 2, 0}, y);
    }
}
