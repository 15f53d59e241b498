package org.parsimony.optinet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.GraphNets;

/** A chain and the graph that is that chain are sized alike; branching graphs are sized at all. */
class OptiNET_OnGraphsTest {

    private static final OptiNET.Options OPTIONS =
            new OptiNET.Options().fineTuneEpochs(0).probe(30);

    static List<Model> nets() {
        return GraphNets.all();
    }

    private static Samples images(int n, long seed) {
        Samples flat = GraphNets.samples(GraphNets.all().get(1), 2 * n, seed);
        return new Samples(
                java.util.Arrays.copyOf(flat.features(), n * 256),
                java.util.Arrays.copyOf(flat.labels(), n),
                4,
                1,
                16,
                16);
    }

    @Test
    void aChainIsSizedAsTheGraphOfIt() {
        Model chain = Architectures.lenet5(1, 16, new int[] {4, 6, 8, 4}, 1, new Architectures.Options());
        Model graph = new Model(chain.network().toComputationGraph());
        Dataset data = new Dataset("images", "Images", images(30, 1), images(20, 2), images(20, 3));
        int[] layers = Surgery.layers(chain);
        int[] graphs = Surgery.layers(graph);
        for (int l = 0; l < layers.length; l++) {
            LayerEntropy a = entropy(chain, layers[l], data.train());
            LayerEntropy b = entropy(graph, graphs[l], data.train());
            assertArrayEquals(a.bits(), b.bits());
            assertArrayEquals(a.ranking(), b.ranking());
            assertArrayEquals(a.gains(), b.gains());
        }
        Model sizedChain = OptiNET.run(chain, data, OPTIONS, new Context(1)).model();
        Model sizedGraph = OptiNET.run(graph, data, OPTIONS, new Context(1)).model();
        assertArrayEquals(Architectures.widths(sizedChain), Architectures.widths(sizedGraph));
        assertEquals(
                sizedChain.evaluate(data.test()).loss(),
                sizedGraph.evaluate(data.test()).loss(),
                1e-6);
    }

    private static LayerEntropy entropy(Model model, int layer, Samples probe) {
        return LayerEntropy.of(model, layer, probe, LayerEntropy.Measure.JOINT, 16, 0.95, Progress.NONE);
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theSizedGraphIsTheOneWithItsUnpickedUnitsMasked(Model model) {
        Dataset data = new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(model, 60, 1),
                GraphNets.samples(model, 20, 2),
                GraphNets.samples(model, 20, 3));
        OptiNetOutcome outcome = OptiNET.run(model, data, OPTIONS.demand(1, 2), new Context(1));
        int[] widths = outcome.tries().get(0).widths();
        java.util.Map<Integer, int[]> masked = new java.util.TreeMap<>();
        for (int l = 0; l < widths.length; l++) {
            LayerEntropy entropy = outcome.entropies().get(l);
            int[] kept = entropy.best(widths[l]);
            masked.put(
                    entropy.layer(),
                    java.util.stream.IntStream.range(0, entropy.units())
                            .filter(unit -> java.util.Arrays.binarySearch(kept, unit) < 0)
                            .toArray());
        }
        assertTrue(outcome.model().net().parameters() < model.net().parameters());
        assertEquals(
                Surgery.mask(model, masked).evaluate(data.test()).loss(),
                outcome.model().evaluate(data.test()).loss(),
                1e-5);
    }
}
