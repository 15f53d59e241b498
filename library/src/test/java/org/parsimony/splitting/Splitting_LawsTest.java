package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.TestNetworks;
import org.parsimony.pruning.Learnable;
import org.parsimony.splitting.Splitting.Growth;
import org.parsimony.steps.Train;

class Splitting_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(1);
    private static final Splitting.Options ALL = new Splitting.Options().threshold(0);

    private static final List<Growth> ADDING = List.of(Growth.SPLITTING, Growth.RANDOM_SPLITS, Growth.RANDOM_UNITS);

    private static final String DENSE = "[12],dense 6 relu,dense 5 relu,dense 4 softmax";
    private static final String NORMED =
            "[12],dense 6,batchnorm 0.001 0.9,activation relu,dense 5,batchnorm 0.001 0.9,activation relu,dense 4 softmax";
    private static final String CONVOLUTIONS = "[1 8 8],conv 4 3x3,batchnorm 0.001 0.9,activation relu,max 2x2 by 2x2,"
            + "conv 5 2x2 relu,flatten,dense 6 relu,dense 4 softmax";

    private static Dataset fitting(String network) {
        return network.startsWith("[1 ") ? Learnable.images() : DATA;
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> networksAndSplits() {
        return Stream.of(DENSE, NORMED, CONVOLUTIONS).flatMap(network -> Arrays.stream(Scheme.values())
                .map(split -> org.junit.jupiter.params.provider.Arguments.of(network, split)));
    }

    /** Every unit of every layer; into halves twice over. Signed shares, which cancel, multiply rounding errors by c. */
    @ParameterizedTest
    @MethodSource("networksAndSplits")
    void stepZeroLeavesEveryOutput(String network, Scheme split) {
        Dataset data = fitting(network);
        Model model = TestNetworks.random(network);
        Splitting.Options options = ALL.step(0).split(split).rounds(split.isSigned() ? 1 : 2, 0);
        Grown grown = Splitting.run(model, data, options, CONTEXT);
        assertTrue(grown.rounds().stream().allMatch(round -> round.chosen() > 0), grown.verdict());
        INDArray before = model.predict(data.test(), 0, 50);
        INDArray after = grown.model().predict(data.test(), 0, 50);
        assertEquals(0, before.sub(after).amaxNumber().doubleValue(), 1e-6);
        assertTrue(grown.rounds().stream().allMatch(round -> round.difference() <= 1e-6));
        for (GrowthRound round : grown.rounds()) {
            int added = 0;
            for (int l = 0; l < round.after().length; l++) {
                added += round.after()[l] - round.before()[l];
            }
            assertTrue(added >= round.chosen() && added <= 3 * round.chosen());
        }
    }

    /** All layers at once: gains add up, because no split moves a mean. */
    @ParameterizedTest
    @EnumSource(Scheme.class)
    void theLossFallsByWhatWasPromisedAsTheStepFalls(Scheme split) {
        Model model = TestNetworks.random("[12],dense 6 tanh,dense 5 swish,dense 4 softmax");
        double[] errors = new double[3];
        double[] steps = {0.1, 0.03, 0.01};
        for (int e = 0; e < 3; e++) {
            GrowthRound round = Splitting.run(model, DATA, ALL.split(split).step(steps[e]), CONTEXT)
                    .rounds()
                    .get(0);
            assertTrue(round.predicted() < 0);
            errors[e] = Math.abs(round.measured() / round.predicted() - 1);
        }
        assertTrue(errors[1] < errors[0] && errors[0] < 0.5, Arrays.toString(errors));
        assertTrue(errors[2] < 0.05, Arrays.toString(errors));
    }

    @Test
    void theLossOfATrainedReluNetFalls() {
        Dataset data = DATA;
        Model model = Train.run(
                        TestNetworks.random("[12],dense 3 relu,dense 4 softmax"), data, new Train.Options(), CONTEXT)
                .model();
        GrowthRound round =
                Splitting.run(model, data, ALL.step(0.05), CONTEXT).rounds().get(0);
        assertTrue(round.measured() < 0, round.toString());
    }

    @Test
    void aShareTakesThoseThatPromiseMost() {
        Model model = TestNetworks.random(DENSE);
        Grown grown = Splitting.run(model, DATA, new Splitting.Options().share(0.3), CONTEXT);
        assertEquals(3, grown.rounds().get(0).chosen()); // 0.3 of 11
        double worst = grown.neurons().stream()
                .filter(Neuron::chosen)
                .mapToDouble(Neuron::gain)
                .max()
                .orElseThrow();
        for (Neuron neuron : grown.neurons()) {
            assertEquals(Math.min(0, neuron.least()), neuron.gain());
            assertTrue(neuron.chosen() || neuron.gain() >= worst);
        }
        assertEquals(11, grown.indices().rowCount());
        assertEquals(1, grown.trace().rowCount());
    }

    /** The halves of a unit are at ± ε v around it, side by side in its place, and the others keep their order. */
    @Test
    void theHalvesLieOnBothSidesOfTheWhole() {
        Model model = TestNetworks.random("[12],dense 6 tanh,dense 4 softmax");
        Grown grown =
                Splitting.run(model, DATA, new Splitting.Options().share(0.2).step(0.1), CONTEXT);
        int split = grown.neurons().stream()
                .filter(Neuron::chosen)
                .findFirst()
                .orElseThrow()
                .unit();
        double[][] before = model.network().getLayer(0).getParam("W").toDoubleMatrix();
        double[][] after = grown.model().network().getLayer(0).getParam("W").toDoubleMatrix();
        double squares = 0;
        for (int i = 0; i < 12; i++) {
            assertEquals(7, after[i].length);
            assertEquals(before[i][split], (after[i][split] + after[i][split + 1]) / 2, 1e-6);
            squares += Math.pow(after[i][split] - after[i][split + 1], 2);
            for (int j = 0; j < 6; j++) {
                assertTrue(j == split || before[i][j] == after[i][j < split ? j : j + 1]);
            }
        }
        assertEquals(0.2, Math.sqrt(squares), 1e-5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Resource.class,
            names = {"MACS", "BYTES"})
    void aBudgetIsKept(Resource resource) {
        for (String network : List.of(DENSE, CONVOLUTIONS)) {
            Dataset data = fitting(network);
            Model model = TestNetworks.random(network);
            for (Price price : Price.values()) {
                for (Growth growth : ADDING) {
                    Grown grown = Splitting.run(
                            model, data, ALL.budget(resource, 0.5, price).growth(growth), CONTEXT);
                    double before = resource.of(model, data);
                    double added = resource.of(grown.model(), data) - before;
                    assertTrue(added > 0 && added <= 0.5 * before, price + " adds " + added + " to " + before);
                }
            }
        }
    }

    @Test
    void aBudgetOfLatencyIsMeasured() {
        Grown grown =
                Splitting.run(TestNetworks.random(DENSE), DATA, ALL.budget(Resource.LATENCY, 10, Price.COST), CONTEXT);
        assertTrue(grown.rounds().get(0).chosen() > 0);
        assertTrue(grown.neurons().stream().allMatch(n -> n.cost() > 0 && n.cost() < 1));
    }

    @Test
    void oneMoreUnitCostsItselfAndItsReaders() {
        Model model = TestNetworks.random(DENSE);
        double[] costs = Resource.MACS.ofOneMore(model, SplitLayer.of(model), DATA);
        assertArrayEquals(new double[] {12 + 5, 6 + 4}, costs);
    }

    @Test
    void noLayerGrowsBeyondTheWidest() {
        Model model = TestNetworks.random(DENSE);
        Grown grown = Splitting.run(
                model, DATA, ALL.widest(1.5).growth(Growth.RANDOM_SPLITS).rounds(3, 0), CONTEXT);
        assertArrayEquals(new int[] {9, 7}, grown.rounds().get(0).after());
        assertEquals(0, grown.rounds().get(2).chosen());
        assertTrue(grown.verdict().contains("as wide as widest = 1.5 allows"), grown.verdict());
    }

    /** Controls leave the function nearly or quite as it was, and grow as many units. */
    @Test
    void controlsGrowAsMuch() {
        for (String network : List.of(DENSE, NORMED, CONVOLUTIONS)) {
            Dataset data = fitting(network);
            Model model = TestNetworks.random(network);
            for (Growth growth : ADDING) {
                Grown grown = Splitting.run(
                        model, data, new Splitting.Options().share(0.3).growth(growth), CONTEXT);
                GrowthRound round = grown.rounds().get(0);
                assertEquals((int) (0.3 * Arrays.stream(round.before()).sum()), round.chosen());
                assertTrue(round.difference() < (growth == Growth.RANDOM_UNITS ? 1e-6 : 1e-2), growth + " " + round);
                assertEquals(growth == Growth.SPLITTING, !Double.isNaN(round.predicted()));
                grown.figure();
                assertFalse(grown.verdict().contains("NaN"), grown.verdict());
            }
        }
    }

    /** The rounds of the control that adds nothing are trainings, one after the other. */
    @Test
    void growthOfNothingOnlyTrains() {
        Model model = TestNetworks.random(DENSE);
        Grown grown =
                Splitting.run(model, DATA, new Splitting.Options().rounds(3, 2).growth(Growth.NONE), CONTEXT);
        assertEquals(4, grown.change().epochs());
        assertNull(grown.change().changed());
        assertTrue(grown.verdict().contains("growth = none adds nothing"), grown.verdict());
        Train.Options two = new Train.Options().epochs(2);
        Model once = Train.run(model, DATA, two, CONTEXT.within("training after round 1"))
                .model();
        Model twice = Train.run(once, DATA, two, CONTEXT.within("training after round 2"))
                .model();
        assertArrayEquals(parameters(twice), parameters(grown.model()));
        grown.figure();
    }

    /** A fresh unit before batch norm says values of mean 0 and variance 1 there. */
    @Test
    void freshUnitsAreNormalised() {
        Model model = TestNetworks.random(NORMED);
        Splitting.Options options =
                new Splitting.Options().share(0.5).growth(Growth.RANDOM_UNITS).layers(0);
        Grown grown = Splitting.run(model, DATA, options, CONTEXT);
        INDArray said = org.parsimony.network.Forward.below(
                grown.model(), DATA.train(), 2, org.parsimony.network.Statistics.RUNNING);
        int fresh = 0;
        for (Neuron neuron : grown.neurons()) {
            if (neuron.chosen()) {
                INDArray column = said.getColumn(neuron.unit() + ++fresh); // beside the one it was drawn for
                assertEquals(0, column.meanNumber().doubleValue(), 1e-4);
                assertEquals(1, column.varNumber().doubleValue(), 0.05);
            }
        }
        assertEquals(3, fresh);
        assertEquals(9, said.size(1));
    }

    @Test
    void masksHoldForTheHalves() {
        Model model = TestNetworks.random(DENSE);
        var mask = Nd4j.ones(12, 6);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 12 * 6; i++) {
            mask.putScalar(i, random.nextInt(2));
        }
        model.mask(0, mask);
        Grown grown = Splitting.run(model, DATA, ALL.step(0.1), CONTEXT);
        INDArray held = grown.model().masks().get(0);
        assertEquals(grown.rounds().get(0).after()[0], held.size(1));
        INDArray weights = grown.model().network().getLayer(0).getParam("W");
        assertEquals(0, weights.mul(held.rsub(1)).amaxNumber().doubleValue());
        assertTrue(grown.rounds().get(0).measured() < 0);
    }

    @Test
    void trainingStandsBetweenRoundsOnly() {
        Model model = TestNetworks.random(DENSE);
        float[] before = parameters(model);
        Grown grown = Splitting.run(model, DATA, new Splitting.Options().rounds(3, 2), CONTEXT);
        assertEquals(4, grown.change().epochs());
        assertFalse(Double.isNaN(grown.rounds().get(1).accuracyTuned()));
        assertTrue(Double.isNaN(grown.rounds().get(2).accuracyTuned()));
        assertArrayEquals(parameters(grown.model()), parameters(grown.change().changed()));
        assertArrayEquals(before, parameters(model), "the start network was changed");
        assertArrayEquals(grown.rounds().get(0).after(), grown.rounds().get(1).before());
        assertEquals(
                grown.rounds().get(2).macs(),
                Cost.of(grown.model(), DATA.train().shape()).macsDense());
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Model model = TestNetworks.random(DENSE);
        Splitting.Options options = new Splitting.Options().rounds(2, 1).samples(100);
        Grown one = Splitting.run(model, DATA, options, CONTEXT);
        Grown two = Splitting.run(model, DATA, options, CONTEXT.threads(2));
        assertArrayEquals(parameters(one.model()), parameters(two.model()));
        assertEquals(one.neurons(), two.neurons());
        assertFalse(Arrays.equals(
                parameters(one.model()),
                parameters(Splitting.run(model, DATA, options, CONTEXT.at(1)).model())));
    }

    /** Stopped in the training after the second round; it goes on after the first. */
    @Test
    void anInterruptedGrowthGoesOnToTheSameBytes(@TempDir Path folder) throws Exception {
        Model model = TestNetworks.random(DENSE);
        Splitting.Options options = new Splitting.Options().rounds(3, 1).growth(Growth.SPLITTING);
        Path file = folder.resolve("growth.checkpoint");
        Progress stops = (done, total, what) -> {
            if (what.contains("round 2, eigenvalues")) {
                throw new CancellationException("enough");
            }
        };
        assertThrows(
                CancellationException.class,
                () -> Splitting.run(
                        model, DATA, options, CONTEXT.checkpoint(file).progress(stops)));
        assertTrue(Files.exists(file));
        assertSays(
                "is the checkpoint of another growth",
                () -> Splitting.run(model, DATA, options.share(0.4), CONTEXT.checkpoint(file)));
        Grown resumed = Splitting.run(model, DATA, options, CONTEXT.checkpoint(file));
        Grown whole = Splitting.run(model, DATA, options, CONTEXT);
        assertArrayEquals(parameters(whole.model()), parameters(resumed.model()));
        assertEquals(whole.neurons(), resumed.neurons());
        assertEquals(3, resumed.rounds().size());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count(), "a finished growth leaves no checkpoint");
        }
        Files.writeString(file, "no checkpoint at all");
        assertSays(
                "not a checkpoint of splitting", () -> Splitting.run(model, DATA, options, CONTEXT.checkpoint(file)));
    }

    /** Nothing promises anything where the classes are told without error: growth says so, and training goes on. */
    @Test
    void aStableNetworkIsLeftAloneAndSaysWhy() {
        Model model = TestNetworks.random(DENSE);
        Grown grown = Splitting.run(
                model, DATA, new Splitting.Options().threshold(1e9).rounds(2, 1), CONTEXT);
        assertTrue(grown.verdict().startsWith("nothing was split; round 1: no unit promises more"), grown.verdict());
        assertNull(grown.change().changed());
        assertEquals(1, grown.change().epochs());
    }

    @Test
    void whatCannotGrowSaysWhy() {
        assertSays(
                "has no hidden layer, but splitting grows hidden layers",
                () -> Splitting.run(Architectures.mlp("12-4", 1), DATA, ALL, CONTEXT));
        Model linear = TestNetworks.random("[12],dense 6,dense 4 softmax");
        assertSays("are linear, so their splitting matrices are zero", () -> Splitting.run(linear, DATA, ALL, CONTEXT));
        Model half = TestNetworks.random("[12],dense 6,dense 5 tanh,dense 4 softmax");
        assertSays("the units of layer 0 are linear", () -> Splitting.run(half, DATA, ALL.layers(0), CONTEXT));
        assertEquals(1, Splitting.run(half, DATA, ALL, CONTEXT).rounds().get(0).before().length);
        Model model = TestNetworks.random(DENSE);
        assertSays(
                "layers has 2, but the layers that can be split are [0, 1]",
                () -> Splitting.run(model, DATA, ALL.layers(2), CONTEXT));
        assertSays(
                "share is 0.05 of 11 units, which is less than one; it must be at least 0.091",
                () -> Splitting.run(model, DATA, ALL.share(0.05), CONTEXT));
        assertSays(
                "but the cheapest split adds 10.0 (macs); it must be at least 0.082",
                () -> Splitting.run(model, DATA, ALL.budget(Resource.MACS, 0.01, Price.COST), CONTEXT));
        Model hard = TestNetworks.random("[12],dense 6 hardtanh,dense 4 softmax");
        assertSays("has no curvature here", () -> Splitting.run(hard, DATA, ALL, CONTEXT));
        Model tied = TestNetworks.random(DENSE);
        tied.tie(0, Nd4j.zeros(12, 6));
        assertSays("layer 0 has shared weights", () -> Splitting.run(tied, DATA, ALL, CONTEXT));
        assertSays("step is -1, but must lie between 0", () -> ALL.step(-1));
        assertSays("widest is 0.5, but must be at least 1, or 0", () -> ALL.widest(0.5));
    }

    private static void assertSays(String message, org.junit.jupiter.api.function.Executable what) {
        String said = assertThrows(IllegalArgumentException.class, what).getMessage();
        assertTrue(said.contains(message), said);
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup('c').data().asFloat();
    }

    /** Masked or not, the layers a split duplicates are those of the surgery's own tests. */
    @Test
    void widthsAreThoseOfTheNetwork() {
        Grown grown = Splitting.run(TestNetworks.random(CONVOLUTIONS), Learnable.images(), ALL, CONTEXT);
        int[] widths = Arrays.stream(Surgery.layers(grown.model()))
                .map(l -> Surgery.units(grown.model(), l))
                .toArray();
        assertArrayEquals(widths, grown.rounds().get(0).after());
    }
}
