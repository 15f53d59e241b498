package org.parsimony.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.method.Measurement;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.graph.GraphNets;

/** Batch statistics and file sizes of graphs. */
class Steps_OnGraphsTest {

    private static final Context CONTEXT = new Context(3);

    static List<Model> nets() {
        return GraphNets.all();
    }

    private static Dataset data(Model model) {
        return new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(model, 24, 1),
                GraphNets.samples(model, 12, 2),
                GraphNets.samples(model, 12, 3));
    }

    /** With the statistics of a batch, a net says of it in use what it says of it in training. */
    @ParameterizedTest
    @MethodSource("nets")
    void afterRecalibrationANetTreatsItsImagesAsABatchOfThem(Model model) {
        Dataset data = data(model);
        var options = new Recalibrate.Options();
        var outcome = Recalibrate.run(model, data, options, CONTEXT);
        Samples train = data.train();
        INDArray inUse = outcome.model().predict(train, 0, train.size());
        INDArray inTraining = trainingOutput(model, train);
        assertEquals(0, inUse.sub(inTraining).amaxNumber().doubleValue(), 1e-4);
        assertEquals(outcome.norms().isEmpty(), outcome.verdict().startsWith("nothing changed"), outcome.verdict());
    }

    private static INDArray trainingOutput(Model model, Samples samples) {
        INDArray[] parts = model.net().wiring().split(samples.x(0, samples.size()));
        return model.copy().graph().output(true, parts)[0];
    }

    @Test
    void aChainIsRecalibratedAsTheGraphOfIt() {
        Model chain = Architectures.normalised(new int[] {7, 5, 4}, 1);
        Model graph = new Model(chain.network().toComputationGraph());
        Dataset data = data(GraphNets.all().get(6));
        var options = new Recalibrate.Options().images(20);
        Model a = Recalibrate.run(chain, data, options, CONTEXT).model();
        Model b = Recalibrate.run(graph, data, options, CONTEXT).model();
        assertEquals(a.net().params(), b.net().params());
    }

    /** These graphs do not say how large their images are; the data do. */
    @ParameterizedTest
    @MethodSource("nets")
    void everyGraphHasTheSizeOfItsFile(Model model) {
        Dataset data = data(model);
        Encode.Encoded encoded = Encode.run(model, data, new Encode.Options(), CONTEXT);
        assertTrue(encoded.table().rowCount() > 2);
        assertEquals(encoded.fileBytes(), encoded.measurement().bytesDisk().get(Measurement.FILE));
    }
}
