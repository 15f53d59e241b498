package org.parsimony.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.steps.Compact;
import org.parsimony.steps.Encode;
import org.parsimony.steps.Scratch;
import org.parsimony.steps.Train;

/** The steps of a recipe on graphs: train, prune, compact, code, begin anew. */
class Pruning_OnGraphsTest {

    private static final Context CONTEXT = new Context(5);

    @TempDir
    Path folder;

    static List<Model> nets() {
        return GraphNets.all();
    }

    private static Dataset data(Model model) {
        return new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(model, 40, 1),
                GraphNets.samples(model, 20, 2),
                GraphNets.samples(model, 20, 3));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void unitsGoTrainingHoldsThemCompactTakesThemOut(Model model) {
        Dataset data = data(model);
        Pruning.Options half =
                new Pruning.Options().remove(Removal.Of.UNIT).ratio(0.4).kinds(LayerWeights.Kinds.ALL);
        Model pruned =
                Pruning.run(Importance.MAGNITUDE, model, data, half, CONTEXT).model();
        Train.Options epochs = new Train.Options().epochs(2).batchSize(8);
        Model trained = Train.run(pruned, data, epochs, CONTEXT).model();
        Model compact =
                Compact.run(trained, data, new Compact.Options(), CONTEXT).model();
        for (int layer : Surgery.layers(model)) {
            int units = Surgery.units(model, layer);
            assertEquals(
                    units - (int) Math.floor(0.4 * units),
                    Surgery.units(compact, layer),
                    model.net().name(layer));
        }
        assertTrue(compact.net().parameters() < model.net().parameters());
        assertEquals(
                trained.evaluate(data.test()).loss(),
                compact.evaluate(data.test()).loss(),
                1e-5);
    }

    @ParameterizedTest
    @EnumSource(Sensitivity.Moment.class)
    void weightsAreScoredByGradientsOfTheGraph(Sensitivity.Moment moment) {
        Model model = GraphNets.all().get(0);
        Importance importance = moment == Sensitivity.Moment.SQUARE ? Importance.HESSIAN : Importance.GRADIENT;
        Pruning.Options options = new Pruning.Options().ratio(0.5).kinds(LayerWeights.Kinds.ALL);
        Model pruned =
                Pruning.run(importance, model, data(model), options, CONTEXT).model();
        for (LayerWeights layer : LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL)) {
            int out = 0;
            for (boolean masked : layer.masked(pruned)) {
                out += masked ? 1 : 0;
            }
            assertEquals(layer.size() / 2, out);
        }
    }

    /** The norm of a unit is that of all weights into it: of the stem and of what is added to it. */
    @Test
    void aUnitIsAsImportantAsAllThatIsTiedToIt() {
        Model model = GraphNets.all().get(0).copy();
        INDArray stem = model.graph().getLayer("stem").getParam("W");
        INDArray added = model.graph().getLayer("a").getParam("W");
        stem.tensorAlongDimension(2, 1, 2, 3).muli(0.01);
        added.tensorAlongDimension(2, 1, 2, 3).muli(10);
        List<LayerWeights> layers =
                Removal.Of.UNIT.layers(model, LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL));
        double[] scores = Removal.Of.UNIT
                .scores(Importance.MAGNITUDE, model, data(model), layers, 1, CONTEXT)
                .get(0);
        for (int unit = 0; unit < 6; unit++) {
            double norm = Math.hypot(
                    stem.tensorAlongDimension(unit, 1, 2, 3).dup().norm2Number().doubleValue(),
                    added.tensorAlongDimension(unit, 1, 2, 3)
                            .dup()
                            .norm2Number()
                            .doubleValue());
            assertEquals(norm, scores[unit], 1e-4);
        }
        Pruning.Options one = new Pruning.Options()
                .remove(Removal.Of.UNIT)
                .layers(layers.get(0).layer())
                .ratio(0.5);
        Model pruned = Pruning.run(Importance.MAGNITUDE, model, data(model), one, CONTEXT)
                .model();
        assertTrue(
                Surgery.readNorms(pruned, layers.get(0).layer())[2] > 0, "the weak stem's unit stays for its partner");
    }

    @Test
    void aGraphIsCodedAsAStep() {
        Model model = GraphNets.all().get(5);
        Encode.Encoded encoded = Encode.run(model, data(model), new Encode.Options(), CONTEXT);
        assertTrue(encoded.verdict().length() > 0);
        assertTrue(encoded.coded().sizeInBytes() > 0);
    }

    /** A graph of a file stands where a network's name stands, if it fits the data. */
    @Test
    void aFileOfAGraphIsTheNetworkOfARecipe() {
        Model model = GraphNets.all().get(2);
        Dataset data = data(model);
        Path file = folder.resolve("graph.zip");
        model.save(file);
        Model resolved = Architectures.resolve(file.toString(), data, 1);
        assertEquals(model.net().params(), resolved.net().params());
        Dataset other = data(GraphNets.all().get(0));
        var e = assertThrows(IllegalArgumentException.class, () -> Architectures.resolve(file.toString(), other, 1));
        assertTrue(e.getMessage().contains("flattens images of 6 × 6, but images of 8 × 8 reach it"), e.getMessage());
    }

    @Test
    void scratchDrawsFromTheContextAlone() {
        Model model = GraphNets.all().get(0);
        Dataset data = data(model);
        Scratch.Options options = new Scratch.Options();
        var one =
                Scratch.run(model, data, options, new Context(1)).model().net().params();
        var again =
                Scratch.run(model, data, options, new Context(1)).model().net().params();
        var other =
                Scratch.run(model, data, options, new Context(2)).model().net().params();
        assertEquals(one, again);
        assertNotEquals(one, other);
        assertNotEquals(one, model.net().params());
    }
}
