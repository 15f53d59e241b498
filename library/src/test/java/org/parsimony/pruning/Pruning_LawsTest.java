package org.parsimony.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.steps.Train;

class Pruning_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(5);

    private static List<LayerWeights> layers(Model model) {
        return LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL);
    }

    private static int masked(Model model, LayerWeights layer) {
        int n = 0;
        for (boolean m : layer.masked(model)) {
            n += m ? 1 : 0;
        }
        return n;
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    /** Out are ⌊ratio · n⌋ weights of every layer, of those none larger than one that stays. */
    @Property(tries = 40)
    void exactlyTheShareOfEachLayerGoes(
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 0, max = 999) int perMille,
            @ForAll @IntRange(min = 1, max = 3) int rounds,
            @ForAll Schedule schedule) {
        double ratio = perMille / 1000.0;
        Model start = Architectures.mlp("12-" + width + "-4", 1);
        Model model = Pruning.run(
                        Importance.MAGNITUDE,
                        start,
                        DATA,
                        new Pruning.Options().ratio(ratio).rounds(rounds, 0).schedule(schedule),
                        CONTEXT)
                .model();
        for (LayerWeights layer : layers(start)) {
            assertEquals((int) Math.floor(ratio * layer.size() + 1e-9), masked(model, layer));
            float[] before = layer.read(start);
            float[] after = layer.read(model);
            boolean[] out = layer.masked(model);
            double largestOut = 0;
            double leastLeft = Double.POSITIVE_INFINITY;
            for (int i = 0; i < out.length; i++) {
                assertEquals(out[i] ? 0 : before[i], after[i]);
                largestOut = out[i] ? Math.max(largestOut, Math.abs(before[i])) : largestOut;
                leastLeft = out[i] ? leastLeft : Math.min(leastLeft, Math.abs(before[i]));
            }
            assertTrue(largestOut <= leastLeft);
        }
    }

    /** Of all layers together ⌊ratio · n⌋ weights go, but never a layer's last. */
    @Property(tries = 40)
    void exactlyTheShareOfTheNetworkGoesAndNoLayerIsEmptied(
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 0, max = 999) int perMille,
            @ForAll @IntRange(min = 1, max = 1000) int scale) {
        double ratio = perMille / 1000.0;
        Model start = Architectures.mlp("12-" + width + "-4", 1);
        start.network().getLayer(1).getParam("W").muli(scale / 1000.0);
        Model model = Pruning.run(
                        Importance.MAGNITUDE,
                        start,
                        DATA,
                        new Pruning.Options().ratio(ratio).scope(Scope.NETWORK),
                        CONTEXT)
                .model();
        int all = 0;
        int out = 0;
        for (LayerWeights layer : layers(start)) {
            all += layer.size();
            out += masked(model, layer);
            assertTrue(masked(model, layer) < layer.size(), "layer " + layer.layer() + " has a weight");
        }
        assertEquals(Math.min(all - 2, (int) Math.floor(ratio * all + 1e-9)), out);
    }

    /** 0.7 · 10 is 7, though the product in floating point lies below. */
    @Test
    void theCountIsNotLostToRounding() {
        assertEquals(7, Scope.count(0.7, 10));
        assertEquals(29, Scope.count(0.29, 100));
        assertEquals(0, Scope.count(0.0999, 10));
    }

    @Test
    void tiesGoByIndexAndMaskedOnesFirst() {
        var elements = new Scope.Elements(
                List.of(new double[] {1, 1, 0, 1}, new double[] {1, 1}),
                List.of(new boolean[] {false, false, false, true}, new boolean[2]));
        List<boolean[]> half = Scope.NETWORK.choose(elements, new double[] {0.5});
        assertArrayEquals(new boolean[] {true, false, true, true}, half.get(0));
        assertArrayEquals(new boolean[] {false, false}, half.get(1));
        List<boolean[]> each = Scope.LAYER.choose(elements, new double[] {0.5, 0.5});
        assertArrayEquals(new boolean[] {false, false, true, true}, each.get(0));
        assertArrayEquals(new boolean[] {true, false}, each.get(1));
    }

    /** Zhu and Gupta, equation 1, by hand: half of the rounds leave an eighth of the way. */
    @Test
    void theCubicScheduleIsThePapers() {
        assertEquals(0.9 - 0.6 / 8, Schedule.CUBIC.share(0.3, 0.9, 2, 4), 1e-15);
        assertEquals(0.6, Schedule.LINEAR.share(0.3, 0.9, 2, 4), 1e-15);
        assertEquals(0.9, Schedule.CUBIC.share(0.3, 0.9, 4, 4));
    }

    @Test
    void whatIsOutStaysOutOverRoundsAndSteps() {
        Model start = Architectures.mlp("12-16-4", 1);
        Pruned first = Pruning.run(
                Importance.GRADIENT,
                start,
                DATA,
                new Pruning.Options().ratio(0.5).rounds(3, 1).l1(1e-4),
                CONTEXT);
        double[] ratios =
                first.rounds().stream().mapToDouble(Pruned.Round::ratio).toArray();
        assertTrue(ratios[0] > 0 && ratios[0] < ratios[1] && ratios[1] < ratios[2]);
        assertEquals(3, first.change().epochs());
        Pruned second =
                Pruning.run(Importance.RANDOM, first.model(), DATA, new Pruning.Options().ratio(0.8), CONTEXT.at(1));
        for (LayerWeights layer : layers(start)) {
            boolean[] before = layer.masked(first.model());
            boolean[] after = layer.masked(second.model());
            for (int i = 0; i < before.length; i++) {
                assertTrue(after[i] || !before[i]);
            }
            assertEquals((int) Math.floor(0.8 * layer.size() + 1e-9), masked(second.model(), layer));
        }
        Pruned third = Pruning.run(
                Importance.MAGNITUDE, second.model(), DATA, new Pruning.Options().ratio(0.7), CONTEXT.at(2));
        assertTrue(third.verdict().startsWith("nothing was pruned"), third.verdict());
        assertArrayEquals(parameters(second.model()), parameters(third.model()));
    }

    @Test
    void chanceComesFromTheContextAlone() {
        Model start = Architectures.mlp("12-16-4", 1);
        float[] before = parameters(start);
        Pruning.Options options = new Pruning.Options().ratio(0.5).rounds(2, 1);
        float[] one = parameters(Pruning.run(Importance.RANDOM, start, DATA, options, new Context(1))
                .model());
        float[] again = parameters(Pruning.run(Importance.RANDOM, start, DATA, options, new Context(1))
                .model());
        float[] other = parameters(Pruning.run(Importance.RANDOM, start, DATA, options, new Context(2))
                .model());
        assertArrayEquals(one, again);
        assertFalse(Arrays.equals(one, other));
        assertArrayEquals(before, parameters(start), "the network given is not changed");
    }

    /** Masked units are those of least norm, and the compact network says the same. */
    @Test
    void unitsGoAsAWhole() {
        Model start = Architectures.mlp("12-10-8-4", 1);
        Pruned outcome = Pruning.run(
                Importance.MAGNITUDE,
                start,
                DATA,
                new Pruning.Options().remove(Removal.Of.UNIT).ratio(0.5, 0.99),
                CONTEXT);
        Model compact = Surgery.compact(outcome.model());
        assertArrayEquals(new int[] {12, 5, 1, 4}, Architectures.widths(compact));
        assertEquals(
                outcome.model().evaluate(DATA.test()).loss(),
                compact.evaluate(DATA.test()).loss(),
                1e-5);
        assertTrue(outcome.verdict().contains("layer 2 skipped"), outcome.verdict());
        LayerWeights layer = layers(start).get(0);
        float[] w = layer.read(start);
        double[] norms = new double[10];
        for (int i = 0; i < w.length; i++) {
            norms[i / 12] += (double) w[i] * w[i];
        }
        boolean[] out = layer.masked(outcome.model());
        double median = Arrays.stream(norms).sorted().toArray()[5];
        for (int unit = 0; unit < 10; unit++) {
            assertEquals(norms[unit] < median, out[unit * 12]);
        }
    }

    @Test
    void filtersGoAndTheNextLayerReadsThemNoMore() {
        Model start = Architectures.lenet5(1, 28, new int[] {4, 6, 20, 10}, 1, new Architectures.Options());
        Dataset none = images28();
        Pruned outcome = Pruning.run(
                Importance.HESSIAN,
                start,
                none,
                new Pruning.Options()
                        .remove(Removal.Of.UNIT)
                        .kinds(LayerWeights.Kinds.ALL)
                        .ratio(0.5)
                        .samples(8),
                CONTEXT);
        assertArrayEquals(new int[] {2, 3, 10, 10}, last(Architectures.widths(Surgery.compact(outcome.model())), 4));
    }

    private static int[] last(int[] widths, int n) {
        return Arrays.copyOfRange(widths, widths.length - n, widths.length);
    }

    private static Dataset images28() {
        float[] x = new float[10 * 784];
        int[] y = new int[10];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) ((i * 7919L % 1000) / 1000.0);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = i;
        }
        var samples = new org.parsimony.data.Samples(x, y, 10, 1, 28, 28);
        return new Dataset("noise", "Noise", samples, samples, samples);
    }

    @Test
    void removedBiasesStayZeroThroughTraining() {
        Model start = Architectures.mlp("12-16-4", 1);
        Model trained =
                Train.run(start, DATA, new Train.Options().epochs(1), CONTEXT).model();
        assertTrue(trained.network().getLayer(0).getParam("b").amaxNumber().doubleValue() > 0);
        Model pruned = Pruning.run(
                        Importance.MAGNITUDE,
                        trained,
                        DATA,
                        new Pruning.Options().ratio(0).biases(Pruning.Biases.REMOVE),
                        CONTEXT)
                .model();
        Model after = Train.run(pruned, DATA, new Train.Options().epochs(1), CONTEXT.at(2))
                .model();
        for (int l = 0; l < 2; l++) {
            assertEquals(
                    0, after.network().getLayer(l).getParam("b").amaxNumber().doubleValue());
        }
    }

    /** The penalty draws the weights that are left to zero. */
    @Test
    void thePenaltyShrinksWhatIsLeft() {
        Model start = Architectures.mlp("12-16-4", 1);
        Pruning.Options options = new Pruning.Options().ratio(0.3).rounds(6, 3);
        double free = norm(
                Pruning.run(Importance.MAGNITUDE, start, DATA, options, CONTEXT).model());
        double drawn = norm(Pruning.run(Importance.MAGNITUDE, start, DATA, options.l1(0.2), CONTEXT)
                .model());
        assertTrue(drawn < 0.9 * free, drawn + " against " + free);
    }

    private static double norm(Model model) {
        double sum = 0;
        for (LayerWeights layer : layers(model)) {
            for (float w : layer.read(model)) {
                sum += Math.abs(w);
            }
        }
        return sum;
    }

    @Test
    void wrongOptionsAreNamed() {
        Pruning.Options options = new Pruning.Options();
        refused("ratio has 1.0", () -> options.ratio(1));
        refused("ratio has 2 values", () -> options.ratio(0.1, 0.2).scope(Scope.NETWORK));
        refused("rounds is 0", () -> options.rounds(0, 1));
        refused("epochs is -1", () -> options.rounds(1, -1));
        refused("l1 is 2", () -> options.l1(2));
        refused("samples is 0", () -> options.samples(0));
        Model model = Architectures.mlp("12-16-4", 1);
        refused(
                "one for each of the 2 layers",
                () -> Pruning.run(Importance.MAGNITUDE, model, DATA, options.ratio(0.1, 0.2, 0.3), CONTEXT));
        refused("layers has 7", () -> Pruning.run(Importance.MAGNITUDE, model, DATA, options.layers(7), CONTEXT));
        refused(
                "the output layer's",
                () -> Pruning.run(
                        Importance.MAGNITUDE, model, DATA, options.layers(0, 1).remove(Removal.Of.UNIT), CONTEXT));
    }

    private static void refused(String message, Runnable call) {
        String told = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void theRegistryHasAllFour() throws IOException {
        assertTrue(Methods.names().containsAll(List.of("gradient", "hessian", "magnitude", "random")));
        Model start = Architectures.mlp("12-16-4", 1);
        var options = java.util.Map.of("ratio", List.of(0.5), "remove", "unit");
        for (String name : List.of("gradient", "hessian", "magnitude", "random")) {
            var outcome = Methods.run(Methods.named(name), start, DATA, options, CONTEXT);
            assertEquals(1, outcome.trace().rowCount());
            assertTrue(BitmapEncoder.getBitmapBytes(outcome.figure(), BitmapFormat.PNG).length > 1000);
            assertArrayEquals(new int[] {12, 8, 4}, Architectures.widths(Surgery.compact(outcome.model())));
        }
    }
}
