package org.parsimony.network.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;

/** What stands on a model stands on a graph. */
class Model_OfGraphTest {

    @TempDir
    Path folder;

    static List<Model> nets() {
        return GraphNets.all();
    }

    @ParameterizedTest
    @MethodSource("nets")
    void aFileHoldsTheGraphAndItsConstraints(Model model) throws Exception {
        Model constrained = model.copy();
        constrained.mask(0, checkered(model.net().layer(0).getParam("W")));
        Path file = folder.resolve("graph.zip");
        constrained.save(file);
        Model back = Model.read(file);
        Samples samples = GraphNets.samples(model, 5, 1);
        assertEquals(constrained.predict(samples, 0, 5), back.predict(samples, 0, 5));
        assertEquals(constrained.masks(), back.masks());
        for (int l = 0; l < model.net().layers(); l++) {
            assertEquals(model.net().name(l), back.net().name(l), "layers keep their numbers");
        }
        Path again = folder.resolve("again.zip");
        back.save(again);
        assertEquals(-1, Files.mismatch(file, again), "equal networks are equal files");
        assertEquals(
                constrained.net().parameters(),
                ComputationGraph.load(file.toFile(), true).numParams(),
                "Deeplearning4j reads it too");
    }

    @ParameterizedTest
    @MethodSource("nets")
    void trainingLearnsAndKeepsMasks(Model model) {
        Samples samples = GraphNets.samples(model, 40, 2);
        Model trained = model.withOptimiser(new Adam(0.01));
        INDArray mask = checkered(model.net().layer(0).getParam("W"));
        trained.mask(0, mask);
        double before = trained.evaluate(samples).loss();
        Trainer.Training training = Trainer.run(
                trained, samples, samples, new Trainer.Options().epochs(6).batchSize(8), Progress.NONE);
        assertEquals("deeplearning4j", training.engine());
        assertTrue(training.validation().loss() < before, before + " to " + training.validation());
        INDArray weights = trained.net().layer(0).getParam("W");
        assertEquals(weights, weights.mul(mask));
    }

    /** With plain gradient descent, tying two weights must move both by the sum of what each would move alone. */
    @Test
    void tiedWeightsMoveByTheSumOfTheirGradients() {
        Model free = GraphNets.residual().withOptimiser(new Sgd(0.1));
        INDArray w = free.net().layer(0).getParam("W");
        w.putScalar(5, w.getFloat(3));
        w.putScalar(7, w.getFloat(3));
        INDArray start = w.dup();
        Model tied = free.copy();
        INDArray numbers = start.like().assign(-1);
        numbers.putScalar(3, 0).putScalar(5, 0).putScalar(7, 0);
        tied.tie(0, numbers);
        Samples samples = GraphNets.samples(free, 8, 3);
        Trainer.Options step = new Trainer.Options().epochs(1).batchSize(8).choice(Trainer.Choice.LAST);
        Trainer.run(free, samples, samples, step, Progress.NONE);
        Trainer.run(tied, samples, samples, step, Progress.NONE);
        INDArray moved = free.net().layer(0).getParam("W").sub(start);
        INDArray together = tied.net().layer(0).getParam("W").sub(start);
        double sum = moved.getDouble(3) + moved.getDouble(5) + moved.getDouble(7);
        for (int i : new int[] {3, 5, 7}) {
            assertEquals(sum, together.getDouble(i), 1e-6);
        }
        assertEquals(moved.getDouble(4), together.getDouble(4), 1e-7, "others move as before");
    }

    @Test
    void tiedWeightsOfSeveralLayersStayEqualThroughTraining() {
        Model model = GraphNets.mobile().withOptimiser(new Adam(0.01));
        for (int l : new int[] {0, 1}) {
            INDArray w = model.net().layer(l).getParam("W");
            INDArray numbers = w.gt(0).castTo(w.dataType());
            w.assign(numbers.mul(0.4).sub(0.1));
            model.tie(l, numbers);
        }
        Samples samples = GraphNets.samples(model, 24, 4);
        Trainer.Options options = new Trainer.Options().epochs(3).batchSize(8).choice(Trainer.Choice.LAST);
        Trainer.run(model, samples, samples, options, Progress.NONE);
        TreeSet<Float> values = new TreeSet<>();
        for (int l : new int[] {0, 1}) {
            for (float value :
                    model.net().layer(l).getParam("W").dup('c').data().asFloat()) {
                values.add(value);
            }
        }
        assertEquals(2, values.size(), values.toString());
        assertTrue(!values.contains(0.3f), "they have moved");
    }

    @Test
    void whatNeedsAChainSaysSo() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> GraphNets.residual().network());
        assertTrue(e.getMessage().startsWith("the network is a graph, but this needs a chain"), e.getMessage());
    }

    @Test
    void severalOutputsAreNamed() {
        var graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("one", new OutputLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addLayer("two", new OutputLayer.Builder().nIn(3).nOut(4).build(), "x")
                .setOutputs("one", "two")
                .build());
        var e = assertThrows(IllegalArgumentException.class, () -> new Model(graph));
        assertTrue(e.getMessage().contains("2 outputs, [one, two]"), e.getMessage());
    }

    private static INDArray checkered(INDArray weights) {
        INDArray mask = Nd4j.ones(weights.dataType(), weights.shape());
        for (long i = 0; i < mask.length(); i += 2) {
            mask.putScalar(i, 0);
        }
        return mask;
    }
}
