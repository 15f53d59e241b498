package org.parsimony.sham;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parsimony.base.Progress;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Training;

class Sham_RunTest {

    private static final Dataset DIGITS = Datasets.load("mnist").limited(1000, 300, 300, 1);
    private static final Sham.Options QUICK =
            new Sham.Options().epochs(2, 1, 2).k(6).percentiles(80);

    private static Model net(long seed) {
        return Architectures.mlp("784-30-20-10", seed);
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    @ParameterizedTest
    @EnumSource(Quantiser.class)
    void zerosStayZeroAndValuesFew(Quantiser quantiser) {
        ShamOutcome outcome = Sham.run(net(1), DIGITS, QUICK.quantiser(quantiser), Progress.NONE);
        for (ShamOutcome.CodedWeights layer : outcome.layers()) {
            long weights = (long) layer.rows() * layer.cols();
            assertTrue(layer.nonzeros() <= Math.ceil(0.2 * weights), outcome.verdict());
            assertTrue(quantiser == Quantiser.NONE || layer.distinct() <= 7, outcome.verdict());
        }
        var shared =
                outcome.steps().stream().filter(s -> s.phase().equals("share")).toList();
        for (ShamOutcome.Step step : outcome.steps()) {
            if (step.phase().equals("tune")) {
                assertEquals(shared.get(0).nonzeros(), step.nonzeros(), "masks are exact");
                assertTrue(step.distinct() <= shared.get(0).distinct(), "values never become more");
            }
        }
        assertEquals(outcome.steps().size(), outcome.trace().rowCount());
        assertEquals(3, outcome.table().rowCount());
    }

    @Test
    void sharedValuesMove() {
        Sham.Options options = QUICK.percentiles(0).rates(1e-3, 1e-3);
        float[] still = parameters(
                Sham.run(net(1), DIGITS, options.epochs(2, 0, 0), Progress.NONE).model());
        Sham.Options tuned = options.epochs(2, 0, 1).stop(Sham.Stop.TRAINING_GAIN);
        ShamOutcome outcome = Sham.run(net(1), DIGITS, tuned, Progress.NONE);
        assertNotEquals(Arrays.hashCode(still), Arrays.hashCode(parameters(outcome.model())));
        outcome.layers().forEach(layer -> assertTrue(layer.distinct() <= 6));
    }

    @Test
    void layersShareOneCodebookIfTheyShall() {
        ShamOutcome outcome = Sham.run(
                net(1), DIGITS, QUICK.pruning(Sham.Scope.NETWORK).codebooks(Sham.Scope.NETWORK), Progress.NONE);
        float[] all = new float[0];
        long nonzeros = 0;
        for (ShamOutcome.CodedWeights layer : outcome.layers()) {
            float[] w = new Weights(layer.layer(), layer.rows(), layer.cols()).read(outcome.model());
            int n = all.length;
            all = Arrays.copyOf(all, n + w.length);
            System.arraycopy(w, 0, all, n, w.length);
            nonzeros += layer.nonzeros();
        }
        assertTrue(Codebook.distinct(all).length <= 7);
        assertEquals(0.2, (double) nonzeros / all.length, 1e-3);
    }

    @Test
    void pruningInRoundsOnlyRemoves() {
        ShamOutcome outcome = Sham.run(net(1), DIGITS, QUICK.rounds(3).l1(1e-4), Progress.NONE);
        long[] nonzeros = outcome.steps().stream()
                .filter(s -> s.phase().equals("prune"))
                .mapToLong(ShamOutcome.Step::nonzeros)
                .toArray();
        assertEquals(3, nonzeros.length);
        assertTrue(nonzeros[0] > nonzeros[1] && nonzeros[1] > nonzeros[2]);
    }

    @Test
    void removedBiasesStayAwayAndCostNothing() {
        ShamOutcome outcome = Sham.run(net(1), DIGITS, QUICK.biases(Sham.Biases.REMOVE), Progress.NONE);
        for (int l = 0; l < 3; l++) {
            assertEquals(
                    0f,
                    outcome.model()
                            .network()
                            .getLayer(l)
                            .getParam("b")
                            .amaxNumber()
                            .floatValue());
        }
        ShamOutcome kept = Sham.run(net(1), DIGITS, QUICK, Progress.NONE);
        assertTrue(outcome.fileBytes() < kept.fileBytes() - 200);
    }

    @Test
    void theFileHoldsTheModelsWeights() throws IOException {
        ShamOutcome outcome = Sham.run(net(2), DIGITS, QUICK.epochs(1, 1, 1), Progress.NONE);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        outcome.coded().write(file);
        assertEquals(file.size(), outcome.fileBytes());
        assertEquals((long) file.size(), outcome.measurement().bytesDisk().get("pars"));
        CodedNetwork read = CodedNetwork.read(new ByteArrayInputStream(file.toByteArray()));
        for (int l = 0; l < 3; l++) {
            var layer = outcome.model().network().getLayer(l);
            assertArrayEquals(
                    layer.getParam("W").dup('c').data().asFloat(),
                    read.layers().get(l).matrix().toDense().values());
            assertArrayEquals(
                    layer.getParam("b").dup().data().asFloat(),
                    read.layers().get(l).bias());
        }
    }

    @Test
    void convolutionsAreCodedIfTheyShall() {
        Model lenet = Architectures.lenet5(1, 28, new int[] {4, 6, 20, 10}, 1, new Architectures.Options());
        ShamOutcome outcome = Sham.run(lenet, DIGITS, QUICK.layers(Sham.Layers.ALL), Progress.NONE);
        assertArrayEquals(
                new int[] {25, 100, 96, 20},
                outcome.layers().stream()
                        .mapToInt(ShamOutcome.CodedWeights::rows)
                        .toArray());
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Model model = net(3);
        float[] before = parameters(model);
        Sham.Options options = QUICK.quantiser(Quantiser.PWS).clustering(Clustering.MINI_BATCH);
        assertArrayEquals(
                parameters(Sham.run(model, DIGITS, options, Progress.NONE).model()),
                parameters(Sham.run(model, DIGITS, options, Progress.NONE).model()));
        assertArrayEquals(before, parameters(model), "the model given is not changed");
    }

    /** The gradient that a shared value gets is the derivative of the loss with respect to it. */
    @Test
    void theTiedGradientIsTheLosssDerivative() {
        Model model = net(5);
        List<Weights> layers = Weights.chosen(model, Sham.Layers.DENSE);
        int[][] value = new int[layers.size()][];
        int values = 0;
        for (int l = 0; l < value.length; l++) {
            float[] w = layers.get(l).read(model);
            Codebook book = KMeans.exact(w, 4);
            layers.get(l).write(model, book.weights());
            int first = values;
            value[l] = Arrays.stream(book.member()).map(m -> first + m).toArray();
            values += book.values().length;
        }
        int[] order = IntStream.range(0, 200).toArray();
        var samples = model.fitted(DIGITS.train());
        float[][] gradient = new float[1][];
        int[] offset = new int[layers.size()];
        Hook reader = new Hook() {
            @Override
            public void gradient(Training training) {
                gradient[0] = training.gradients().clone();
                for (int l = 0; l < offset.length; l++) {
                    offset[l] =
                            TiedWeights.weights(training, layers.get(l).layer()).offset();
                }
            }
        };
        Fused.Options settings = new Fused.Options()
                .batchSize(200)
                .threads(1)
                .hook(new TiedWeights(layers, value, Sham.Tying.SUM))
                .hook(reader);
        try (FusedNet net = Fused.net(model, settings, samples.shape())) {
            net.gradient(samples, order, 0, 200);
            for (int l = 0; l < value.length; l++) {
                float[] tied = gradient[0];
                float[] w = layers.get(l).read(model);
                double step = 2e-5; // a shared value moves every unit, so ReLUs switch within larger steps
                double[] loss = new double[2];
                for (int side = 0; side < 2; side++) {
                    float[] moved = w.clone();
                    for (int i = 0; i < w.length; i++) {
                        moved[i] += value[l][i] == value[l][0] ? (float) (side == 0 ? -step : step) : 0;
                    }
                    layers.get(l).write(model, moved);
                    net.load();
                    loss[side] = net.evaluate(samples.range(0, 200)).loss();
                }
                layers.get(l).write(model, w);
                double derivative = (loss[1] - loss[0]) / (2 * step);
                assertEquals(derivative, tied[offset[l]], 0.01 * Math.abs(derivative) + 5e-3);
            }
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> QUICK.percentiles(100))
                .getMessage()
                .startsWith("percentiles has 100"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> QUICK.k(1))
                .getMessage()
                .startsWith("k has 1"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Sham.run(net(1), DIGITS, QUICK.percentiles(10, 20), Progress.NONE))
                .getMessage()
                .contains("3 chosen layers"));
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        try {
            assertThrows(
                    CancellationException.class, () -> Sham.run(net(1), DIGITS, QUICK.epochs(0, 1, 1), Progress.NONE));
        } finally {
            Thread.interrupted();
        }
    }
}
