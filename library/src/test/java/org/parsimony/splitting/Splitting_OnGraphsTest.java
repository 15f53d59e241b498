package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.network.graph.Op;
import org.parsimony.pruning.Learnable;
import org.parsimony.splitting.Splitting.Growth;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.SplittingMatrices;
import org.parsimony.splitting.eigen.Vectors;
import org.parsimony.steps.Train;

/** The laws of splitting where layers branch, add, concatenate, gate, and go channel by channel. */
class Splitting_OnGraphsTest {

    /** Of a mean loss of 32-bit floats. */
    private static final double ROUNDING = 2e-8;

    private static final Set<String> SMOOTH = Set.of("tanh", "sigmoid", "elu(alpha=1.0)");

    static Stream<Model> nets() {
        return GraphNets.all().stream();
    }

    private static Dataset data(Model model) {
        return new Dataset(
                "made",
                "made",
                GraphNets.samples(model, 40, 1),
                GraphNets.samples(model, 10, 2),
                GraphNets.samples(model, 10, 3));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void stepZeroLeavesEveryOutput(Model model) {
        Dataset data = data(model);
        for (Growth growth : List.of(Growth.SPLITTING, Growth.RANDOM_SPLITS, Growth.RANDOM_UNITS)) {
            Splitting.Options options =
                    new Splitting.Options().threshold(0).step(0).growth(growth).rounds(2, 0);
            Grown grown = Splitting.run(model, data, options, new Context(1));
            assertTrue(grown.rounds().get(1).chosen() > 0, grown.verdict());
            INDArray before = model.predict(data.train(), 0, 40);
            INDArray after = grown.model().predict(data.train(), 0, 40);
            assertEquals(0, before.sub(after).amaxNumber().doubleValue(), 1e-6, growth + " " + grown.verdict());
        }
    }

    /** Each layer of smooth units whose readers take them with no activation but a kink between. */
    @Test
    void theLossChangesAsTheMatrixSays() {
        Set<String> seen = new TreeSet<>();
        nets().forEach(model -> {
            Samples samples = data(model).train();
            List<SplitLayer> layers = SplitLayer.of(model).stream()
                    .filter(layer -> SMOOTH.contains(layer.function().toString()))
                    .toList();
            List<SplittingMatrices> matrices =
                    layers.isEmpty() ? List.of() : LayerMatrices.of(model, layers, samples, 3);
            for (int l = 0; l < layers.size(); l++) {
                seen.add(model.net().name(layers.get(l).index()));
                law(model, samples, layers.get(l), matrices.get(l));
            }
        });
        assertEquals(Set.of("b", "e", "point", "s", "t"), seen);
    }

    /** Two pairs: batch norm and an activation behind the first depthwise convolution, an activation of its own the second's. */
    @Test
    void theActivationBehindADepthwiseConvolutionCounts() {
        Model model = smoothMobile();
        Samples samples = Learnable.images().train().range(0, 90);
        List<SplitLayer> layers = SplitLayer.of(model);
        assertEquals(2, layers.size());
        List<SplittingMatrices> matrices = LayerMatrices.of(model, layers, samples, 3);
        for (int l = 0; l < layers.size(); l++) {
            law(model, samples, layers.get(l), matrices.get(l));
        }
        double[][] v =
                Vectors.directions(matrices.get(0).units(), matrices.get(0).inputs(), new SplittableRandom(1));
        double[][] whole =
                LayerMatrices.of(model, layers, samples, 48, 3).get(0).times(v, 30, 60);
        double[][] alone =
                LayerMatrices.of(model, layers, samples.range(30, 60), 3).get(0).times(v);
        for (int j = 0; j < v.length; j++) {
            assertArrayEquals(alone[j], whole[j], 1e-7);
        }
    }

    private static Model smoothMobile() {
        String[] words = {
            "conv 4 3x3 same nobias",
            "batchnorm 0.001 0.9",
            "activation tanh",
            "depthwise 2 3x3 by 2x2 same nobias",
            "batchnorm 0.001 0.9",
            "activation swish",
            "conv 5 1x1 sigmoid",
            "depthwise 1 3x3 tanh",
            "flatten",
            "dense 4 softmax"
        };
        List<Blueprint.Node> nodes = new ArrayList<>();
        for (String op : words) {
            nodes.add(new Blueprint.Node(
                    "n" + nodes.size(), Op.parse(op), List.of(nodes.isEmpty() ? "x" : "n" + (nodes.size() - 1))));
        }
        Blueprint blueprint = new Blueprint(Map.of("x", Shape.of(1, 8, 8)), nodes);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Weights> weights = new HashMap<>();
        for (Blueprint.Node node : blueprint.parametrised()) {
            boolean norm = node.op().text().startsWith("batchnorm");
            int[] size = node.op().weights(Blueprint.reaching(node, blueprint.shapes()));
            float[] values = new float[size[0] * size[1]];
            float[] bias = new float[node.op().biased() ? size[1] : 0];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (norm ? 0.5 + random.nextDouble() : random.nextDouble() - 0.5);
            }
            for (int i = 0; i < bias.length; i++) {
                bias[i] = (float) random.nextDouble();
            }
            weights.put(node.name(), new Weights(size[0], size[1], values, bias));
        }
        return blueprint.model(weights);
    }

    private static void law(Model model, Samples samples, SplitLayer layer, SplittingMatrices matrices) {
        List<Ends> ends =
                EigenSolver.LANCZOS.ends(matrices, new EigenSolver.Effort(), new SplittableRandom(1), Progress.NONE);
        double before = model.evaluate(samples).loss();
        int unit = 0;
        for (int j = 0; j < ends.size(); j++) {
            unit = ends.get(j).least() < ends.get(unit).least() ? j : unit;
        }
        double[] errors = new double[3];
        double[] steps = {0.1, 0.03, 0.01};
        int units = layer.units(model);
        for (int e = 0; e < 3; e++) {
            int place = unit;
            int[] source = java.util.stream.IntStream.range(0, units + 1)
                    .map(k -> k <= place ? k : k - 1)
                    .toArray();
            double[] share = new double[units + 1];
            Arrays.fill(share, 1);
            share[unit] = 0.5;
            share[unit + 1] = 0.5;
            Model split = Surgery.rebuild(model, layer.index(), source, share);
            layer.move(split, unit, steps[e], ends.get(unit).leastVector());
            layer.move(split, unit + 1, -steps[e], ends.get(unit).leastVector());
            double change = split.evaluate(samples).loss() - before;
            errors[e] =
                    Math.abs(change / (steps[e] * steps[e] / 2) / ends.get(unit).least() - 1);
        }
        String said = model.net().name(layer.index()) + ", eigenvalue "
                + ends.get(unit).least() + ": " + Arrays.toString(errors);
        for (int e = 0; e < 3; e++) {
            double rounding =
                    ROUNDING / (steps[e] * steps[e] / 2 * -ends.get(unit).least());
            assertTrue(errors[e] < (e == 0 ? 0.5 : 0.05) + rounding, said);
        }
    }

    /** Pairs of depthwise and pointwise convolutions, batch norm after each: a channel's kernel doubles with it. */
    @Test
    void aMobileNetGrows() {
        Dataset data = Learnable.images();
        Model seed = Architectures.resolve("mobilenet-4-5-6", data, 1);
        Model model = Train.run(seed, data, new Train.Options().epochs(4), new Context(1))
                .model();
        assertEquals(
                List.of("stem", "pointwise 1", "pointwise 2"),
                SplitLayer.of(model).stream()
                        .map(layer -> model.net().name(layer.index()))
                        .toList());
        Splitting.Options all = new Splitting.Options().threshold(0);
        Grown still = Splitting.run(model, data, all.step(0).rounds(2, 0), new Context(1));
        INDArray before = model.predict(data.test(), 0, 50);
        assertEquals(
                0,
                before.sub(still.model().predict(data.test(), 0, 50))
                        .amaxNumber()
                        .doubleValue(),
                1e-6);
        GrowthRound first = still.rounds().get(0);
        assertTrue(first.chosen() > 5 && first.predicted() == 0, first.toString());
        var kernels = still.model().graph().getLayer("depthwise 1").getParam("W");
        assertEquals(still.rounds().get(1).after()[0], kernels.size(2));
        for (Growth growth : List.of(Growth.SPLITTING, Growth.RANDOM_UNITS)) {
            Grown grown = Splitting.run(
                    model,
                    data,
                    all.growth(growth)
                            .step(0.05)
                            .budget(Resource.MACS, 0.5, Price.COST)
                            .rounds(2, 1),
                    new Context(1));
            long cost = Cost.of(grown.model(), data.train().shape()).macsDense();
            assertEquals(grown.rounds().get(1).macs(), cost);
            long start = Cost.of(model, data.train().shape()).macsDense();
            assertTrue(cost > start && cost <= 1.5 * 1.5 * start, start + " became " + cost);
            assertTrue(growth != Growth.SPLITTING || grown.rounds().get(0).measured() < 0, grown.verdict());
        }
    }

    /** Stopped before the second round; it goes on after the first. */
    @Test
    void anInterruptedGrowthGoesOn(@TempDir Path folder) {
        Dataset data = Learnable.images();
        Model model = Architectures.resolve("mobilenet-3-4", data, 1);
        Splitting.Options options = new Splitting.Options().threshold(0).rounds(2, 1);
        Path file = folder.resolve("growth.checkpoint");
        Progress stops = (done, total, what) -> {
            if (what.contains("round 2, eigenvalues")) {
                throw new CancellationException("enough");
            }
        };
        assertThrows(
                CancellationException.class,
                () -> Splitting.run(
                        model, data, options, new Context(1).checkpoint(file).progress(stops)));
        Grown resumed = Splitting.run(model, data, options, new Context(1).checkpoint(file));
        Grown whole = Splitting.run(model, data, options, new Context(1));
        assertArrayEquals(
                whole.model().net().params().dup('c').data().asFloat(),
                resumed.model().net().params().dup('c').data().asFloat());
        assertEquals(whole.neurons(), resumed.neurons());
    }

    /** Units that are added to others' are left; a layer of them is refused by its name. */
    @Test
    void whatIsPutTogetherIsLeft() {
        Model residual = GraphNets.all().get(0);
        List<String> names = SplitLayer.of(residual).stream()
                .map(layer -> residual.net().name(layer.index()))
                .toList();
        assertEquals(List.of("b"), names);
        String said = assertThrows(IllegalArgumentException.class, () -> SplitLayer.of(residual, 0))
                .getMessage();
        assertTrue(said.contains("the units of stem are put together with those of [a]"), said);
    }
}
