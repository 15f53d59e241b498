package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.annealing.cost.Element;
import org.parsimony.data.Dataset;
import org.parsimony.data.Split;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.GraphNets;

/** The search walks over any layer of a graph, and what it says of its mask is what the masked network shows. */
class Annealing_OnGraphsTest {

    private static final Annealing.Options OPTIONS = new Annealing.Options()
            .ratio(0.5)
            .cooling(new Cooling(0.1, 0.5, 2, 3, 1, 1e-6, Cooling.Reference.START))
            .images(Split.VALIDATION, 12)
            .norm(Statistics.RUNNING);

    static List<Model> nets() {
        return GraphNets.all();
    }

    private static Dataset data(Model model) {
        return new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(model, 12, 1),
                GraphNets.samples(model, 12, 2),
                GraphNets.samples(model, 12, 3));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theCostOfTheMaskIsTheLossOfTheMaskedNetwork(Model model) {
        Dataset data = data(model);
        for (int layer = 0; layer < model.net().layers(); layer++) {
            if (!isSearchable(model, layer)) {
                continue;
            }
            AnnealingOutcome outcome = Annealing.run(model, data, OPTIONS.layers(layer), new Context(layer));
            assertEquals(
                    outcome.model().evaluate(data.validation()).loss(),
                    outcome.cost(),
                    1e-5,
                    model.net().name(layer));
            int kept = (int) IntStream.range(0, outcome.kept().length)
                    .filter(e -> outcome.kept()[e])
                    .count();
            assertEquals(outcome.kept().length - outcome.kept().length / 2, kept);
        }
    }

    private static boolean isSearchable(Model model, int layer) {
        String kind = model.net().conf(layer).getClass().getSimpleName();
        return List.of("DenseLayer", "ConvolutionLayer", "DepthwiseConvolution2D")
                .contains(kind);
    }

    @ParameterizedTest
    @MethodSource("nets")
    void unitsThatSeveralLayersReadAreSearched(Model model) {
        Dataset data = data(model);
        for (int layer : Surgery.layers(model)) {
            if (!Arrays.stream(Surgery.readNorms(model, layer)).allMatch(Double::isFinite)) {
                continue;
            }
            AnnealingOutcome outcome =
                    Annealing.run(model, data, OPTIONS.element(Element.UNIT).layers(layer), new Context(layer));
            assertEquals(outcome.model().evaluate(data.validation()).loss(), outcome.cost(), 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(Statistics.class)
    void aChainIsSearchedAsTheGraphOfIt(Statistics norm) {
        Model chain = Architectures.normalised(new int[] {7, 6, 5, 4}, 1);
        Model graph = new Model(chain.network().toComputationGraph());
        Dataset data = data(GraphNets.all().get(6));
        Annealing.Options options = OPTIONS.norm(norm).step(0.25).stepEpochs(1).batchSize(4);
        AnnealingOutcome a = Annealing.run(chain, data, options, new Context(2));
        AnnealingOutcome b = Annealing.run(graph, data, options, new Context(2));
        assertTrue(Arrays.equals(a.kept(), b.kept()));
        assertEquals(a.cost(), b.cost(), 1e-4);
    }
}
