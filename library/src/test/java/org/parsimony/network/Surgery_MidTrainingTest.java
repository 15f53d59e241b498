package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.network.training.GroupLasso;
import org.parsimony.network.training.Trainer;

/** A unit that goes in the middle of a training leaves behind what masking it leaves behind, in the updates to come too. */
class Surgery_MidTrainingTest {

    /**
     * With more than the usual ε: the derivative of a bias before batch norm is zero but for rounding, which a division by its
     * own size would blow up to a step.
     */
    private static final List<IUpdater> OPTIMISERS = List.of(
            Adam.builder().learningRate(0.01).epsilon(1e-2).build(),
            new Nesterovs(0.02, 0.9),
            RmsProp.builder().learningRate(0.01).epsilon(1e-2).build(),
            new Sgd(0.1));

    static Stream<Arguments> nets() {
        Stream<Model> chains =
                Stream.of(Nets.dense(), Nets.denseWithBatchNorm(), Nets.sigmoids(), Nets.convolutional());
        Stream<Arguments> all = chains.flatMap(net -> OPTIMISERS.stream().map(how -> Arguments.of(net, how)));
        Stream<Arguments> graphs = GraphNets.all().stream().map(net -> Arguments.of(net, OPTIMISERS.get(0)));
        return Stream.concat(all, graphs);
    }

    private static Samples samples(Model model) {
        return model.isGraph() ? GraphNets.samples(model, 24, 3) : Nets.samplesFor(model, 40, 3);
    }

    private static void train(Model model, int epochs) {
        Samples samples = samples(model);
        Trainer.run(
                model,
                samples,
                samples,
                new Trainer.Options().epochs(epochs).batchSize(8).choice(Trainer.Choice.LAST),
                Progress.NONE);
    }

    private static float[] state(Model model) {
        INDArray state =
                (model.isGraph() ? model.graph().getUpdater() : model.network().getUpdater()).getStateViewArray();
        return state == null ? new float[0] : state.dup().data().asFloat();
    }

    private static float[] parameters(Model model) {
        return model.net().params().dup().data().asFloat();
    }

    private static int[] some(Model model, int layer) {
        double[] read = Surgery.readNorms(model, layer);
        int[] free = IntStream.range(0, read.length)
                .filter(unit -> Double.isFinite(read[unit]))
                .toArray();
        SplittableRandom random = new SplittableRandom(layer);
        return IntStream.of(free)
                .filter(unit -> unit % 2 == 1 && random.nextInt(3) > 0)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theNextUpdatesAreThoseOfTheMaskedNetUnitByUnit(Model net, IUpdater optimiser) {
        for (int layer : Surgery.layers(net)) {
            Model model = net.withOptimiser(optimiser);
            train(model, 1);
            int[] units = some(model, layer);
            Model masked = Surgery.mask(model, layer, units);
            Model cut = Surgery.remove(model, layer, Model.OptimiserState.KEPT, units);
            Samples samples = samples(model);
            assertArrayEquals(
                    masked.predict(samples, 0, 16).dup().data().asFloat(),
                    cut.predict(samples, 0, 16).dup().data().asFloat(),
                    1e-5f);
            train(masked, 1);
            train(cut, 1);
            Model reference = Surgery.remove(masked, layer, Model.OptimiserState.KEPT, units);
            assertArrayEquals(
                    parameters(reference), parameters(cut), 1e-5f, "parameters after a cut of layer " + layer);
            assertArrayEquals(state(reference), state(cut), 1e-5f, "optimiser state after a cut of layer " + layer);
        }
    }

    /** Adam's correction of its moments must not begin anew: the first steps would be ten times as long. */
    @Test
    void updatesAreCountedOn() {
        Model model = Nets.convolutional().withOptimiser(new Adam(0.01));
        train(model, 2);
        Model kept = Surgery.remove(model, 0, Model.OptimiserState.KEPT, 1);
        assertEquals(10, kept.network().getLayerWiseConfigurations().getIterationCount());
        assertEquals(2, kept.network().getLayerWiseConfigurations().getEpochCount());
        Model fresh = Surgery.remove(model, 0, 1);
        assertEquals(0, fresh.network().getLayerWiseConfigurations().getIterationCount());
        train(kept, 1);
        train(fresh, 1);
        assertNotEquals(Arrays.hashCode(parameters(kept)), Arrays.hashCode(parameters(fresh)));
    }

    /** Of each half half is read, so half the gradient and a quarter of its square: the steps into it are the whole's. */
    @Test
    void theNextUpdateOfHalvesIsTheWholesUnitByUnit() {
        for (IUpdater optimiser : List.of(new Adam(0.01), new RmsProp(0.01), new AdaGrad(0.01), new Nadam(0.01))) {
            Model model = Nets.dense().withOptimiser(optimiser);
            train(model, 1);
            int[] twice = IntStream.range(0, 18).map(unit -> unit % 9).toArray();
            double[] halves = IntStream.range(0, 18).mapToDouble(unit -> 0.5).toArray();
            Model wider = Surgery.rebuild(model, 0, twice, halves, Model.OptimiserState.KEPT);
            INDArray[] whole = stepOf(model);
            INDArray[] split = stepOf(wider);
            for (int unit = 0; unit < 18; unit++) {
                String what = optimiser + ", unit " + unit;
                assertArrayEquals(
                        whole[0].getColumn(unit % 9).toFloatVector(),
                        split[0].getColumn(unit).toFloatVector(),
                        1e-4f,
                        what);
                assertArrayEquals(
                        whole[1].getRow(unit % 9).toFloatVector(),
                        split[1].getRow(unit).toFloatVector(),
                        1e-4f,
                        what);
            }
        }
    }

    /** By how much one step on all samples at once moves the weights into the first layer and out of it. */
    private static INDArray[] stepOf(Model model) {
        INDArray into = model.net().layer(0).getParam("W").dup();
        INDArray outOf = model.net().layer(1).getParam("W").dup();
        Samples all = samples(model);
        Trainer.run(
                model,
                all,
                all,
                new Trainer.Options().epochs(1).batchSize(all.size()).choice(Trainer.Choice.LAST),
                Progress.NONE);
        return new INDArray[] {
            model.net().layer(0).getParam("W").sub(into),
            model.net().layer(1).getParam("W").sub(outOf)
        };
    }

    /** A unit that nothing reads has had no gradient, and nothing that reads it has. */
    @Test
    void aUnitThatNothingReadsBeginsWithoutMoments() {
        Model model = Nets.dense().withOptimiser(new Adam(0.01));
        train(model, 1);
        int[] source = {0, 1, 2, 3, 4, 5, 6, 7, 8, 8};
        double[] shares = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
        Model wider = Surgery.rebuild(model, 0, source, shares, Model.OptimiserState.KEPT);
        Model back = Surgery.remove(wider, 0, Model.OptimiserState.KEPT, 9);
        assertArrayEquals(state(model), state(back), 0);
        long zeros = IntStream.range(0, state(wider).length)
                .filter(i -> state(wider)[i] == 0)
                .count();
        long before = IntStream.range(0, state(model).length)
                .filter(i -> state(model)[i] == 0)
                .count();
        assertTrue(zeros - before >= state(wider).length - state(model).length, zeros + " zeros, before " + before);
    }

    @Test
    void aGroupLassoFollowsTheNumberOfUnits() {
        Model model = Nets.dense();
        ((BaseLayer) model.net().conf(0)).setRegularization(List.of(new GroupLasso(0.01, 9)));
        Model cut = Surgery.remove(model, 0, 2, 5);
        assertEquals(List.of(new GroupLasso(0.01, 7)), ((BaseLayer) cut.net().conf(0)).getRegularization());
        train(cut, 1);
    }
}
