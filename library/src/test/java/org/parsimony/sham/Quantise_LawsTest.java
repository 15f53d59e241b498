package org.parsimony.sham;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Learnable;
import org.parsimony.pruning.Pruning;
import org.parsimony.pruning.Scope;
import org.parsimony.steps.Train;

class Quantise_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(3);
    private static final Quantise.Options SIX = new Quantise.Options().k(6);

    private static Model net() {
        return Architectures.mlp("12-20-16-4", 1);
    }

    private static Model pruned() {
        return Pruning.run(
                        Importance.MAGNITUDE,
                        net(),
                        DATA,
                        new Pruning.Options().ratio(0.5).rounds(1, 2),
                        CONTEXT)
                .model();
    }

    private static Model trained(Model model, int epochs) {
        Train.Options options = new Train.Options().epochs(epochs).choice(Trainer.Choice.LAST);
        return Train.run(model, DATA, options, CONTEXT.at(9)).model();
    }

    private static List<LayerWeights> layers(Model model) {
        return LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL);
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    private static Set<Float> nonzero(float[] weights) {
        Set<Float> values = new HashSet<>();
        for (float w : weights) {
            if (w != 0) {
                values.add(w);
            }
        }
        return values;
    }

    /** Equal weights stay equal to the bit, zeros zero, and values few, through every later training. */
    @ParameterizedTest
    @EnumSource(Quantiser.class)
    void whatIsSharedStaysSharedThroughTraining(Quantiser quantiser) {
        Quantised quantised = Quantise.run(pruned(), DATA, SIX.quantiser(quantiser), CONTEXT);
        Model after = trained(trained(quantised.model(), 2), 1);
        for (LayerWeights layer : layers(after)) {
            float[] before = layer.read(quantised.model());
            float[] now = layer.read(after);
            assertTrue(nonzero(before).size() <= 6, quantised.verdict());
            Map<Float, Float> moved = new HashMap<>();
            for (int i = 0; i < now.length; i++) {
                float first = moved.computeIfAbsent(before[i] + 0f, value -> 0f);
                if (moved.get(before[i] + 0f) == 0f && now[i] != 0) {
                    moved.put(before[i] + 0f, now[i]);
                    first = now[i];
                }
                assertEquals(before[i] == 0 ? 0f : first, now[i]);
            }
            assertNotEquals(Arrays.hashCode(before), Arrays.hashCode(now), "values are tuned");
        }
        assertEquals(3, quantised.trace().rowCount());
    }

    @Test
    void savedAndReadItTrainsOnAsIfItHadNotBeen(@TempDir Path folder) {
        Model quantised = Quantise.run(pruned(), DATA, SIX, CONTEXT).model();
        quantised.save(folder.resolve("net.zip"));
        assertArrayEquals(
                parameters(trained(quantised, 2)), parameters(trained(Model.read(folder.resolve("net.zip")), 2)));
    }

    @Test
    void oneCodebookServesAllLayers() throws IOException {
        Quantised outcome = Quantise.run(pruned(), DATA, SIX.codebooks(Scope.NETWORK), CONTEXT);
        Model quantised = outcome.model();
        assertTrue(BitmapEncoder.getBitmapBytes(outcome.figure(), BitmapFormat.PNG).length > 1000);
        for (Model model : List.of(quantised, trained(quantised, 2))) {
            Set<Float> all = new HashSet<>();
            layers(model).forEach(layer -> all.addAll(nonzero(layer.read(model))));
            assertEquals(6, all.size());
        }
    }

    /** Layers that are quantised in two steps do not come to share values with each other. */
    @Test
    void stepsOneAfterTheOtherGiveNumbersOfTheirOwn() {
        Model first = Quantise.run(net(), DATA, SIX.layers(0), CONTEXT).model();
        Model both =
                Quantise.run(first, DATA, SIX.k(3).layers(1, 2), CONTEXT.at(1)).model();
        Set<Integer> numbers = new HashSet<>();
        int sum = 0;
        for (var ties : both.constraints().ties().values()) {
            Set<Integer> own = new HashSet<>();
            for (float number : ties.dup().data().asFloat()) {
                own.add((int) number);
            }
            sum += own.size();
            numbers.addAll(own);
        }
        assertEquals(6 + 3 + 3, sum);
        assertEquals(sum, numbers.size(), "no number twice");
        Model after = trained(both, 2);
        assertEquals(6, nonzero(layers(after).get(0).read(after)).size());
        assertEquals(3, nonzero(layers(after).get(1).read(after)).size());
    }

    /** A weight that is pruned afterwards bears no longer on the value it had. */
    @Test
    void prunedAfterwardsWeightsLeaveTheirValue() {
        Model quantised = Quantise.run(net(), DATA, SIX, CONTEXT).model();
        Model thinned = Pruning.run(Importance.RANDOM, quantised, DATA, new Pruning.Options().ratio(0.5), CONTEXT.at(1))
                .model();
        for (LayerWeights layer : layers(thinned)) {
            boolean[] masked = layer.masked(thinned);
            float[] numbers = layer.flat(thinned.constraints().ties().get(layer.layer()));
            for (int i = 0; i < masked.length; i++) {
                assertEquals(masked[i], numbers[i] == -1);
            }
        }
        Model after = trained(thinned, 2);
        layers(after).forEach(layer -> assertTrue(nonzero(layer.read(after)).size() <= 6));
    }

    /** One step of plain gradient descent moves a shared value by the derivative of the loss with respect to it. */
    @Test
    void aSharedValueGetsTheDerivativeOfTheLoss() {
        Model model = Quantise.run(net(), DATA, SIX.k(3), CONTEXT).model();
        Train.Options step = new Train.Options()
                .epochs(1)
                .batchSize(DATA.train().size())
                .optimiser(Train.Optimiser.SGD, 0.1)
                .choice(Trainer.Choice.LAST);
        Model after = Train.run(model, DATA, step, CONTEXT).model();
        for (LayerWeights layer : layers(model)) {
            float[] w = layer.read(model);
            double h = 1e-4;
            double[] loss = new double[2];
            for (int side = 0; side < 2; side++) {
                float[] moved = w.clone();
                for (int i = 0; i < w.length; i++) {
                    moved[i] += w[i] == w[0] ? (float) (side == 0 ? -h : h) : 0;
                }
                Model other = model.copy();
                layer.write(other, moved);
                loss[side] = other.evaluate(DATA.train()).loss();
            }
            double derivative = (loss[1] - loss[0]) / (2 * h);
            assertTrue(Math.abs(derivative) > 0.01, "a slope to see: " + derivative);
            assertEquals(-0.1 * derivative, layer.read(after)[0] - w[0], 2e-3 * Math.abs(derivative) + 1e-5);
        }
    }

    @Test
    void allWeightsOrThoseThatAreLeft() {
        Model start = pruned();
        Quantised left = Quantise.run(start, DATA, SIX, CONTEXT);
        Quantised all = Quantise.run(start, DATA, SIX.population(Quantise.Population.ALL), CONTEXT);
        for (int l = 0; l < 3; l++) {
            LayerWeights layer = layers(start).get(l);
            assertEquals(7, left.layers().get(l).values(), "six and zero");
            assertTrue(all.layers().get(l).values() <= 7);
            assertTrue(all.layers().get(l).error() >= left.layers().get(l).error());
            boolean[] masked = layer.masked(start);
            float[] w = layer.read(all.model());
            for (int i = 0; i < w.length; i++) {
                assertTrue(!masked[i] || w[i] == 0, "what is masked stays zero");
            }
        }
    }

    @Test
    void theSameContextGivesTheSameBytes() {
        Model start = net();
        float[] before = parameters(start);
        for (Quantise.Options options : List.of(SIX.quantiser(Quantiser.PWS), SIX.clustering(Clustering.MINI_BATCH))) {
            float[] one = parameters(Quantise.run(start, DATA, options, CONTEXT).model());
            assertArrayEquals(
                    one, parameters(Quantise.run(start, DATA, options, CONTEXT).model()));
            assertFalse(Arrays.equals(
                    one,
                    parameters(Quantise.run(start, DATA, options, CONTEXT.at(1)).model())));
        }
        assertArrayEquals(before, parameters(start), "the network given is not changed");
    }

    @Test
    void convolutionsToo() {
        Model lenet = Architectures.lenet5(1, 28, new int[] {4, 6, 20, 10}, 1, new Architectures.Options());
        float[] x = new float[20 * 784];
        int[] y = new int[20];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (i * 7919L % 1000 / 1000.0);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 10;
        }
        var samples = new org.parsimony.data.Samples(x, y, 10, 1, 28, 28);
        Dataset noise = new Dataset("noise", "Noise", samples, samples, samples);
        Quantised quantised = Quantise.run(lenet, noise, SIX.kinds(LayerWeights.Kinds.ALL), CONTEXT);
        Model after = Train.run(
                        quantised.model(),
                        noise,
                        new Train.Options().epochs(2).batchSize(10).choice(Trainer.Choice.LAST),
                        CONTEXT)
                .model();
        assertEquals(4, quantised.layers().size());
        layers(after)
                .forEach(layer -> assertEquals(6, nonzero(layer.read(after)).size()));
    }

    @Test
    void aSecondTimeNothingChangesAndItSaysSo() {
        Model once = Quantise.run(net(), DATA, SIX, CONTEXT).model();
        Quantised twice = Quantise.run(once, DATA, SIX, CONTEXT);
        assertArrayEquals(parameters(once), parameters(twice.model()), 1e-7f);
        assertTrue(twice.layers().stream().allMatch(layer -> layer.before() == 6));
        assertTrue(twice.verdict().startsWith("no weight changed"), twice.verdict());
    }

    @Test
    void wrongOptionsAreNamed() {
        refused("k has 1", () -> SIX.k(1));
        refused("k has 2 numbers", () -> SIX.k(3, 4).codebooks(Scope.NETWORK));
        refused("lambda is -1", () -> SIX.lambda(-1));
        refused("quantiser is missing", () -> SIX.quantiser(null));
        refused("3 chosen layers", () -> Quantise.run(net(), DATA, SIX.k(3, 4), CONTEXT));
        refused("layers has 5", () -> Quantise.run(net(), DATA, SIX.layers(5), CONTEXT));
    }

    private static void refused(String message, Runnable call) {
        String told = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        try {
            assertThrows(CancellationException.class, () -> Quantise.run(net(), DATA, SIX, CONTEXT));
        } finally {
            Thread.interrupted();
        }
    }
}
