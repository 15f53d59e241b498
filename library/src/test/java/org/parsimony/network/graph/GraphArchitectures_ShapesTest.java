package org.parsimony.network.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** Named graphs have the sizes of their papers, and everything that graphs can have done to them can be done to them. */
class GraphArchitectures_ShapesTest {

    private static final int SIDE = 9;

    private static Samples images(int n, int channels, int side) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = new float[n * channels * side * side];
        int[] labels = new int[n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3;
        }
        return new Samples(x, labels, 3, channels, side, side);
    }

    private static Model resolved(String network, long seed) {
        Samples samples = images(6, 2, SIDE);
        return Architectures.resolve(network, new Dataset("images", "Images", samples, samples, samples), seed);
    }

    /** He et al. say 0.27 million; counted by hand with projections: weights 270 906, batch norm 1 568. */
    @Test
    void resNet20HasThePapersSize() {
        Model model = GraphArchitectures.of("resnet20", Shape.of(3, 32, 32), 10).drawn(1);
        Cost cost = Cost.of(model, 3, 32, 32);
        assertEquals(272_474, cost.parameters());
        assertEquals(40_813_184, cost.macsDense());
        // a stage's additions tie its first convolution or projection, and the second of each block
        assertEquals(
                List.of(4, 4, 4),
                Surgery.groups(model).stream()
                        .map(group -> group.layers().size())
                        .filter(size -> size > 1)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet8-2-3-4", "mobilenet", "inception"})
    void whatIsMaskedIsTakenOutAndTheFileSaysTheSame(String network) {
        Model model = resolved(network, 1);
        Map<Integer, int[]> units = new TreeMap<>();
        for (int layer : Surgery.layers(model)) {
            units.put(layer, new int[] {Surgery.units(model, layer) - 1});
        }
        Model masked = Surgery.mask(model, units);
        Model compact = Surgery.compact(masked);
        assertTrue(compact.net().parameters() < model.net().parameters());
        Samples samples = images(4, 2, SIDE);
        var expected = masked.predict(samples, 0, 4);
        assertEquals(
                0, expected.sub(compact.predict(samples, 0, 4)).amaxNumber().doubleValue(), 1e-5);
        var coded = CodedNetwork.encode(compact, new CodedNetwork.Options());
        assertArrayEquals(expected.dup('c').data().asFloat(), coded.predict(samples, 0, 4), 1e-4f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet8-2-3-4", "mobilenet", "inception"})
    void theSeedGivesTheWeights(String network) {
        var params = resolved(network, 1).net().params();
        assertEquals(params, resolved(network, 1).net().params());
        assertNotEquals(params, resolved(network, 2).net().params());
    }

    @Test
    void whatCannotBeIsSaid() {
        var depth = assertThrows(IllegalArgumentException.class, () -> resolved("resnet9", 1));
        assertTrue(depth.getMessage().contains("depth 9, but must have 8, 14, 20"), depth.getMessage());
        Samples vectors = images(6, 2, SIDE).flattened();
        Dataset table = new Dataset("table", "Table", vectors, vectors, vectors);
        var flat = assertThrows(IllegalArgumentException.class, () -> Architectures.resolve("inception", table, 1));
        assertTrue(flat.getMessage().contains("takes images of at least 4 × 4"), flat.getMessage());
    }
}
