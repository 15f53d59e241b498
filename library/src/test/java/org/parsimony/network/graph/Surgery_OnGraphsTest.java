package org.parsimony.network.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** Masked and compact graphs compute the same, whatever is chosen of whichever group. */
class Surgery_OnGraphsTest {

    private static final List<Model> NETS = GraphNets.all();
    private static final int SAMPLES = 3;

    @Property(tries = 200)
    void theCompactResidualNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(0), seed);
    }

    @Property(tries = 200)
    void theCompactMobileNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(1), seed);
    }

    @Property(tries = 200)
    void theCompactInceptionNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(2), seed);
    }

    @Property(tries = 200)
    void theCompactGatedNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(3), seed);
    }

    @Property(tries = 200)
    void theCompactMixedNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(4), seed);
    }

    @Property(tries = 200)
    void theCompactNetOfTwoInputsComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(5), seed);
    }

    @Property(tries = 200)
    void theCompactSkippingNetComputesWhatTheMaskedOneComputes(@ForAll long seed) {
        maskedIsCompact(NETS.get(6), seed);
    }

    /** In every group some units are masked, each width at least 1. */
    private static void maskedIsCompact(Model model, long seed) {
        SplittableRandom random = Seeds.random(seed, "units");
        Map<Integer, int[]> units = new TreeMap<>();
        for (int layer : Surgery.layers(model)) {
            units.put(layer, someUnits(model, layer, random));
        }
        int cut = units.values().stream().mapToInt(each -> each.length).sum();
        Model masked = Surgery.mask(model, units);
        assertEquals(parameters(model), parameters(masked), "masking keeps the shape");
        Model compact = Surgery.compact(masked);
        assertSame(masked, compact, seed);
        assertTrue(cut == 0 || parameters(compact) < parameters(model), "units are gone");
        assertEquals(parameters(compact), parameters(Surgery.compact(compact)), "every unit that is left is read");
    }

    @Property(tries = 20)
    void unitsAreMaskedLayerByLayerAsTheyAreAllAtOnce(@ForAll long seed, @ForAll @IntRange(max = 6) int net) {
        Model model = NETS.get(net);
        SplittableRandom random = Seeds.random(seed, "units");
        Map<Integer, int[]> units = new TreeMap<>();
        Model oneByOne = model;
        for (int layer : Surgery.layers(model)) {
            units.put(layer, someUnits(model, layer, random));
            oneByOne = Surgery.mask(oneByOne, layer, units.get(layer));
        }
        Model atOnce = Surgery.mask(model, units);
        assertEquals(oneByOne.net().params(), atOnce.net().params());
        assertEquals(oneByOne.masks(), atOnce.masks());
    }

    /** Fewer than all units, and where subsets split a layer, not all of one subset. */
    private static int[] someUnits(Model model, int layer, SplittableRandom random) {
        int units = Surgery.units(model, layer);
        int[] order = Seeds.permutation(units, random);
        int half = units / 2;
        return Arrays.stream(order)
                .filter(unit -> unit != 0 && unit != half && random.nextBoolean())
                .toArray();
    }

    @Property(tries = 100)
    void theOrderOfUnitsDoesNotMatterNorDoCopies(@ForAll long seed, @ForAll @IntRange(max = 6) int net) {
        Model model = NETS.get(net);
        SplittableRandom random = Seeds.random(seed, "layer");
        int[] layers = Surgery.layers(model);
        int layer = layers[random.nextInt(layers.length)];
        int units = Surgery.units(model, layer);
        int unit = random.nextInt(units);
        Model wider = Surgery.duplicate(model, layer, unit, random.nextDouble());
        assertEquals(units + 1, Surgery.units(wider, layer));
        assertSame(model, wider, seed);
    }

    /** A copy that is appended would be taken by the last subset, whichever its original belongs to. */
    @Test
    void everyUnitOfALayerThatSubsetsTakeCanBeDoubled() {
        Model mixed = NETS.get(4);
        int d = layer(mixed, "d");
        for (int unit = 0; unit < 6; unit++) {
            assertSame(mixed, Surgery.duplicate(mixed, d, unit, 0.3), unit);
        }
    }

    @Test
    void unitsThatAreAddedAreOneGroup() {
        Model residual = NETS.get(0);
        List<List<String>> makers = names(residual, Surgery.groups(residual));
        assertEquals(List.of(List.of("stem", "a"), List.of("b"), List.of("c", "short")), makers);
        Model cut = Surgery.remove(residual, layer(residual, "a"), 1, 4);
        assertEquals(4, Surgery.units(cut, layer(cut, "stem")));
        assertEquals(4, cut.graph().getLayer("b").getParam("W").size(1));
        assertEquals(4, cut.graph().getLayer("stem_n").getParam("mean").length());
    }

    @Test
    void aConcatenationAddedToALayerGivesTwoGroups() {
        Model mixed = NETS.get(4);
        assertEquals(
                List.of(List.of("a", "c"), List.of("b", "c"), List.of("d"), List.of("e"), List.of("f")),
                names(mixed, Surgery.groups(mixed)));
        Model cut = Surgery.remove(mixed, layer(mixed, "b"), 0);
        assertEquals(6, Surgery.units(cut, layer(cut, "c")));
        INDArray whole = mixed.graph().getLayer("c").getParam("W");
        INDArray left = cut.graph().getLayer("c").getParam("W");
        assertEquals(whole.getDouble(2, 0, 0, 0), left.getDouble(2, 0, 0, 0));
        assertEquals(whole.getDouble(4, 0, 0, 0), left.getDouble(3, 0, 0, 0), "channel 3 was the first of b");
        assertArrayEquals(
                new long[] {6, 6, 6},
                cut.graph().getLayer("slopes").getParam("W").shape());
    }

    @Test
    void aDepthwiseKernelGoesWithItsChannel() {
        Model cut = Surgery.remove(NETS.get(1), layer(NETS.get(1), "stem"), 2);
        assertArrayEquals(
                new long[] {3, 3, 4, 2}, cut.graph().getLayer("d").getParam("W").shape());
        assertEquals(8, cut.graph().getLayer("d_n").getParam("gamma").length());
        assertEquals(8, cut.graph().getLayer("point").getParam("W").size(1));
    }

    @Test
    void groupsOfInputAndOutputAreNeverCut() {
        Model skipping = NETS.get(6);
        assertEquals(List.of(List.of("a", "c"), List.of("b")), names(skipping, Surgery.groups(skipping)));
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.remove(skipping, layer(skipping, "out"), 0));
        assertTrue(e.getMessage().contains("out gives the network's output"), e.getMessage());
    }

    @Test
    void aVertexThatIsNotKnownIsNamed() {
        var graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("a", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addVertex("turned", new ReshapeVertex(-1, 4), "a")
                .addLayer("b", new DenseLayer.Builder().nIn(4).nOut(5).build(), "turned")
                .addLayer("out", new OutputLayer.Builder().nIn(5).nOut(2).build(), "b")
                .setOutputs("out")
                .build());
        graph.init();
        Model model = new Model(graph);
        assertEquals(List.of(List.of("b")), names(model, Surgery.groups(model)), "the rest can be cut");
        var e = assertThrows(IllegalArgumentException.class, () -> Surgery.mask(model, 0, 1));
        assertTrue(e.getMessage().contains("turned (ReshapeVertex)"), e.getMessage());
    }

    @Test
    void constraintsGoWithTheirUnits() {
        Model model = NETS.get(4).copy();
        int c = layer(model, "c");
        INDArray numbers =
                Nd4j.arange(14).reshape(7, 2, 1, 1).castTo(model.net().params().dataType());
        model.tie(c, numbers);
        Model cut = Surgery.remove(model, layer(model, "a"), 1);
        float[] left = cut.constraints().ties().get(c).dup('c').data().asFloat();
        assertArrayEquals(new float[] {0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, left);
    }

    @Test
    void costFallsWithWhatIsCut() {
        Model residual = NETS.get(0);
        Cost before = Cost.of(residual, 2, 8, 8);
        Cost after = Cost.of(Surgery.remove(residual, layer(residual, "b"), 0), 2, 8, 8);
        // of b 6 · 3 · 3 weights and a bias, of c 7 · 3 · 3 weights; images are 4 × 4 there
        assertEquals(before.parameters() - 55 - 63, after.parameters());
        assertEquals(before.macsDense() - (54 + 63) * 16, after.macsDense());
        Cost mobile = Cost.of(NETS.get(1), 2, 8, 8);
        assertEquals(3 * 3 * 5 * 2 * 64, mobile.layers().get(1).macsDense());
        assertEquals("depthwise convolution", mobile.layers().get(1).kind());
        Cost mixed = Cost.of(NETS.get(4), 2, 6, 6);
        assertEquals(
                2 * 3 * 9 * 36,
                mixed.layers().stream()
                        .filter(layer -> NETS.get(4).net().name(layer.index()).equals("e"))
                        .findFirst()
                        .orElseThrow()
                        .macsDense());
    }

    private static List<List<String>> names(Model model, List<Groups.Group> groups) {
        List<List<String>> names = new ArrayList<>();
        for (Groups.Group group : groups) {
            names.add(group.layers().stream().map(model.net()::name).toList());
        }
        return names;
    }

    private static int layer(Model model, String name) {
        return IntStream.range(0, model.net().layers())
                .filter(l -> model.net().name(l).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long parameters(Model model) {
        return model.net().parameters();
    }

    private static void assertSame(Model expected, Model actual, long seed) {
        Samples samples = GraphNets.samples(expected, SAMPLES, seed);
        double difference = expected.predict(samples, 0, SAMPLES)
                .sub(actual.predict(samples, 0, SAMPLES))
                .amaxNumber()
                .doubleValue();
        assertTrue(difference < 1e-5, () -> "outputs differ by " + difference);
    }
}
