package org.parsimony.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.graph.GraphNets;

/** The weights of depthwise kernels are read, written and pruned as those of any layer, kernel after kernel. */
class LayerWeights_DepthwiseTest {

    /** Its layer 1 has kernels {@code [3 × 3 × 5 channels × 2]}. */
    private static final Model MOBILE = GraphNets.all().get(1);

    private static LayerWeights kernels() {
        return LayerWeights.chosen(MOBILE, new int[] {1}, LayerWeights.Kinds.ALL)
                .get(0);
    }

    @Test
    void kernelsStandSideBySide() {
        LayerWeights layer = kernels();
        INDArray w = MOBILE.net().layer(1).getParam("W");
        float[] values = layer.read(MOBILE);
        assertEquals(9, layer.inputs());
        assertEquals(10, layer.units());
        for (int channel = 0; channel < 5; channel++) {
            for (int m = 0; m < 2; m++) {
                for (int place = 0; place < 9; place++) {
                    assertEquals(w.getFloat(place / 3, place % 3, channel, m), values[(2 * channel + m) * 9 + place]);
                }
            }
        }
        assertEquals(w, layer.shaped(MOBILE, values));
    }

    @Test
    void theLeastWeightsOfKernelsArePruned() {
        Dataset data = new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(MOBILE, 20, 1),
                GraphNets.samples(MOBILE, 20, 2),
                GraphNets.samples(MOBILE, 20, 3));
        var options = new Pruning.Options().layers(1).ratio(0.5);
        Model pruned = Pruning.run(Importance.MAGNITUDE, MOBILE, data, options, new Context(1))
                .model();
        float[] before = kernels().read(MOBILE);
        float[] after = kernels().read(pruned);
        double threshold = java.util.stream.IntStream.range(0, before.length)
                .mapToDouble(i -> Math.abs(before[i]))
                .sorted()
                .skip(45)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < before.length; i++) {
            assertEquals(Math.abs(before[i]) < threshold ? 0 : before[i], after[i]);
        }
        Cost cost = Cost.of(pruned, 2, 8, 8);
        assertEquals(45 * 64, cost.layers().get(1).macsNonzero(), "images are 8 × 8 there");
        var units = assertThrows(
                IllegalArgumentException.class,
                () -> Pruning.run(Importance.MAGNITUDE, MOBILE, data, options.remove(Removal.Of.UNIT), new Context(1)));
        assertTrue(units.getMessage().contains("none has units to remove"), units.getMessage());
    }
}
