package org.parsimony.dynhp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.Dataset;
import org.parsimony.dynhp.DynHP.Criterion;
import org.parsimony.dynhp.DynHP.RateRule;
import org.parsimony.dynhp.DynHP.Removal;
import org.parsimony.method.Context;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Training;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.pruning.Learnable;

/** What a run of hard pruning keeps to, whatever it prunes. */
class DynHP_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final String DENSE = "[12],dense 40 relu,dense 30 sigmoid,dense 4 softmax";
    private static final String NORMED =
            "[12],dense 40,batchnorm 0.001 0.9,activation relu,dense 30 relu,dense 4 softmax";
    private static final String CONVOLUTIONS = "[1 8 8],conv 8 3x3,batchnorm 0.001 0.9,activation relu,max 2x2 by 2x2,"
            + "conv 9 2x2 relu,flatten,dense 20 relu,dense 4 softmax";
    private static final DynHP.Options SHORT = new DynHP.Options()
            .compression(4)
            .epochs(7)
            .batchSize(16)
            .checks(1, 0.6)
            .leastUnits(2)
            .reuse(1)
            .mostBatch(160);

    private static Dataset fitting(String network) {
        return network.equals(CONVOLUTIONS) ? Learnable.images() : DATA;
    }

    private static long parameters(Model model, Dataset data) {
        return Cost.of(model, data.train().shape()).parameters();
    }

    /** Counts bytes in every step from the arrays that are there. */
    private static final class Meter implements Hook {
        private final int inputs;
        private final List<Long> bytes = new ArrayList<>();

        Meter(int inputs) {
            this.inputs = inputs;
        }

        @Override
        public void updated(Training training) {
            long trained = training.parameters().stream()
                    .filter(p -> !p.name().equals("mean") && !p.name().equals("var"))
                    .mapToLong(p -> p.end() - p.offset())
                    .sum();
            long activations = training.parameters().stream()
                    .mapToInt(p -> p.layer())
                    .distinct()
                    .mapToLong(l -> (long) training.units(l) * training.columns(l))
                    .sum();
            bytes.add(4 * (4 * trained + (long) training.samples() * inputs + 2 * activations));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DENSE, NORMED, CONVOLUTIONS})
    void theTargetIsMetAndTheBudgetNeverExceededAtAnyStep(String network) {
        Dataset data = fitting(network);
        Model start = TestNetworks.random(network);
        long dense = parameters(start, data);
        Meter meter = new Meter(data.inputs());
        Slimmed slim = new Slimming(start, data, SHORT, new Context(1), List.of(meter)).run();
        assertTrue(parameters(slim.model(), data) <= dense / 4, slim.verdict());
        long budget = slim.epochs().get(0).budget();
        assertEquals(slim.epochs().stream().mapToInt(SlimmedEpoch::steps).sum(), meter.bytes.size());
        assertTrue(
                meter.bytes.stream().allMatch(bytes -> bytes <= budget),
                () -> meter.bytes.stream().max(Long::compare) + " of " + budget);
        assertEquals(budget, meter.bytes.get(0), "the first step takes all of it");
        SlimmedEpoch last = slim.epochs().get(6);
        assertTrue(last.memory().batchSize() > 16, "the freed memory became a larger batch: " + last);
        slim.epochs()
                .forEach(epoch -> assertTrue(
                        epoch.held().bytes() <= slim.epochs().get(0).held().bytes(),
                        "held in epoch " + epoch.number()));
    }

    @ParameterizedTest
    @ValueSource(strings = {DENSE, NORMED, CONVOLUTIONS})
    void hardPruningComputesWhatTheMaskedArmComputes(String network) {
        Dataset data = fitting(network);
        DynHP.Options same = SHORT.reuse(0).epochs(4).checks(1, 0.5).patience(1);
        Model start = TestNetworks.random(network);
        Slimmed hard = DynHP.run(start, data, same, new Context(3));
        Slimmed soft = DynHP.run(start, data, same.removal(Removal.SOFT), new Context(3));
        assertEquals(
                hard.epochs().stream().map(e -> e.removed()).toList(),
                soft.epochs().stream().map(e -> e.removed()).toList());
        assertArrayEquals(
                hard.model().predict(data.test(), 0, 50).dup().data().asFloat(),
                soft.model().predict(data.test(), 0, 50).dup().data().asFloat(),
                2e-3f,
                "rounding grows over the epochs, nothing else differs");
        assertEquals(
                parameters(hard.model(), data), parameters(Surgery.compact(soft.model()), data), "the same units went");
        assertTrue(soft.epochs().get(3).held().bytes()
                > hard.epochs().get(3).held().bytes());
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void theSameSeedGivesTheSameBytesByEveryCriterion(Criterion criterion) {
        DynHP.Options options = SHORT.criterion(criterion);
        Model start = TestNetworks.random(NORMED);
        Slimmed one = DynHP.run(start, DATA, options, new Context(5));
        Slimmed two = DynHP.run(start, DATA, options, new Context(5).threads(2));
        assertArrayEquals(
                one.model().net().params().dup().data().asFloat(),
                two.model().net().params().dup().data().asFloat(),
                0);
        assertTrue(parameters(one.model(), DATA) <= parameters(start, DATA) / 4);
        assertTrue(one.change().changed() != null && one.keptEpoch() > 4);
        assertEquals(7, one.epochs().size());
        assertTrue(
                one.epochs().stream().allMatch(e -> e.memory().bytes() <= e.budget()),
                "gates are within the budget too");
    }

    @Test
    void residualGroupsGoTogether() {
        Model start = GraphNets.all().get(0);
        Dataset data = new Dataset(
                "graph",
                "Graph",
                GraphNets.samples(start, 96, 1),
                GraphNets.samples(start, 40, 2),
                GraphNets.samples(start, 40, 3));
        DynHP.Options options = SHORT.compression(2).epochs(5).mostBatch(48);
        Slimmed slim = DynHP.run(start, data, options, new Context(1));
        assertTrue(parameters(slim.model(), data) <= parameters(start, data) / 2, slim.verdict());
        int[] groups = Surgery.layers(slim.model());
        for (int layer : groups) {
            for (int tied : Surgery.tied(slim.model(), layer)) {
                assertEquals(Surgery.units(slim.model(), layer), Surgery.units(slim.model(), tied));
            }
        }
        SlimmedEpoch first = slim.epochs().get(0);
        slim.epochs().forEach(epoch -> assertTrue(epoch.memory().bytes() <= epoch.budget(), "epoch " + epoch.number()));
        assertTrue(first.held().batch() > 0 && first.held().parameters() > 0, "held " + first.held());
    }

    @Test
    void nothingOfThePenaltyIsLeftAndTheStartStaysAsItWas() {
        Model start = TestNetworks.random(DENSE);
        float[] before = start.net().params().dup().data().asFloat();
        Model slim = DynHP.run(start, DATA, SHORT, new Context(1)).model();
        for (int l = 0; l < slim.net().layers(); l++) {
            assertTrue(((BaseLayer) slim.net().conf(l)).getRegularization().isEmpty(), "penalty of layer " + l);
        }
        assertArrayEquals(before, start.net().params().dup().data().asFloat(), 0);
    }

    /** Fewer units than the curve asks for in the middle, because none has been unimportant for long enough. */
    @Test
    void patienceDelaysAndTheLastCheckMakesUpForIt() {
        DynHP.Options patient = SHORT.patience(10);
        Slimmed slim = DynHP.run(TestNetworks.random(DENSE), DATA, patient, new Context(1));
        assertEquals(
                List.of(0, 0, 0),
                slim.epochs().subList(0, 3).stream().map(SlimmedEpoch::removed).toList());
        assertTrue(slim.epochs().get(3).removed() > 0);
        assertTrue(parameters(slim.model(), DATA) <= parameters(TestNetworks.random(DENSE), DATA) / 4);
    }

    @Test
    void theControlOfEqualBatchesHasThemAndAllItsUnits() {
        Model start = TestNetworks.random(DENSE);
        List<Integer> pruned = batches(DynHP.run(start, DATA, SHORT, new Context(2)));
        Slimmed control = DynHP.run(start, DATA, SHORT.removal(Removal.BATCHES_ONLY), new Context(2));
        assertEquals(pruned, batches(control));
        assertEquals(parameters(start, DATA), parameters(control.model(), DATA));
        Slimmed dense = DynHP.run(start, DATA, SHORT.removal(Removal.NONE), new Context(2));
        assertEquals(List.of(16, 16, 16, 16, 16, 16, 16), batches(dense));
        assertTrue(dense.verdict().contains("no unit was removed"), dense.verdict());
    }

    private static List<Integer> batches(Slimmed slim) {
        return slim.epochs().stream().map(e -> e.memory().batchSize()).toList();
    }

    @ParameterizedTest
    @CsvSource({"KEPT, 0", "ROOT, 0.5", "LINEAR, 1"})
    void theLearningRateFollowsItsRule(RateRule rule, double power) {
        Slimmed slim = DynHP.run(TestNetworks.random(DENSE), DATA, SHORT.rateRule(rule), new Context(1));
        int batch = slim.epochs().get(6).memory().batchSize();
        assertTrue(batch > 32, "the batch grew");
        assertEquals(1e-3 * Math.pow(batch / 16.0, power), slim.model().net().learningRate(), 1e-8);
    }

    @Test
    void unitsAreScoredByWhatLeadsInTimesWhatReadsThem() {
        Model model = TestNetworks.random("[2],dense 3 relu,dense 2 softmax");
        model.net().layer(0).setParam("W", org.nd4j.linalg.factory.Nd4j.create(new float[][] {{3, 0, 6}, {4, 1, 8}}));
        model.net().layer(1).setParam("W", org.nd4j.linalg.factory.Nd4j.create(new float[][] {{1, 0}, {0, 2}, {0, 0}}));
        double[] scores = UnitNorms.of(model, Map.of(0, new boolean[3])).get(0);
        assertArrayEquals(new double[] {15.0 / 7, 6.0 / 7, 0}, scores, 1e-6, "5·1, 1·2 and 10·0, over their mean");
    }

    private static String refused(DynHP.Options options) {
        Model start = TestNetworks.random(DENSE);
        float[] before = start.net().params().dup().data().asFloat();
        var e = assertThrows(IllegalArgumentException.class, () -> DynHP.run(start, DATA, options, new Context(1)));
        assertArrayEquals(before, start.net().params().dup().data().asFloat(), 0);
        return e.getMessage();
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingIsTrained() {
        assertTrue(refused(SHORT.budget(10_000))
                .contains("budget is 10,000 bytes, but the dense network 12-40-30-4 takes"));
        String compression = refused(SHORT.compression(1000));
        assertTrue(compression.contains("compression is 1000.0") && compression.contains("at most"), compression);
        assertTrue(refused(SHORT.mostBatch(0).batchSize(401)).contains("batchSize is 401, but there are only 400"));
        assertTrue(refused(SHORT.mostBatch(500)).contains("mostBatch is 500"));
        var never = assertThrows(IllegalArgumentException.class, () -> new DynHP.Options().epochs(1));
        assertTrue(never.getMessage().contains("first check"), never.getMessage());
        Model graph = GraphNets.all().get(0);
        var samples = GraphNets.samples(graph, 40, 1);
        var gates = assertThrows(
                IllegalArgumentException.class,
                () -> DynHP.run(
                        graph,
                        new Dataset("g", "G", samples, samples, samples),
                        SHORT.compression(2).mostBatch(0).criterion(Criterion.L0_GATES),
                        new Context(1)));
        assertTrue(gates.getMessage().contains("l0-gates"), gates.getMessage());
    }

    @Test
    void theReadingsAreSharesOfTheFirstEpoch() {
        Slimmed slim = DynHP.run(TestNetworks.random(DENSE), DATA, SHORT.reuse(0), new Context(1));
        double[] modelled = slim.readings().doubleColumn("by the model").asDoubleArray();
        long first = slim.epochs().get(0).memory().networkBytes();
        long last = slim.epochs().get(6).memory().networkBytes();
        assertEquals(1 - (double) last / first, modelled[0], 1e-12);
        assertEquals(modelled[1], modelled[2], 1e-12, "the batch did not grow");
        assertTrue(modelled[3] < modelled[1], "the mean is less than the end");
        double[] held = slim.readings().doubleColumn("held").asDoubleArray();
        assertTrue(IntStream.range(0, 4).allMatch(i -> held[i] > 0 && held[i] < 1));
        assertFalse(slim.figure() == null || slim.memoryFigure() == null);
        assertEquals(7, slim.trace().rowCount());
    }
}
