package org.parsimony.floats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.steps.Train;

/** Rounding as a step of a recipe, and the search beside the sweep. */
class Floats_ChainTest {

    private static final Dataset DATA = Datasets.load("digits");
    private static final Context CONTEXT = new Context(1);
    private static Model net;

    @BeforeAll
    static void train() {
        net = trained("64-24-10");
    }

    private static Model trained(String widths) {
        Model fresh = Architectures.resolve(widths, DATA, 1);
        return Train.run(fresh, DATA, new Train.Options().epochs(5), CONTEXT).model();
    }

    private static List<LayerWeights> layers(Model model) {
        return LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL);
    }

    private static Floats.Options options(String... formats) {
        return new Floats.Options().formats(formats).samples(100);
    }

    @Test
    void everyWeightAndBiasIsANumberOfItsFormat() {
        RoundedNet rounded = Floats.run(net, DATA, options("fl-3-5", "e4m3"), CONTEXT);
        List<Precision> formats = List.of(FloatFormat.custom(3, 5), FloatFormat.E4M3);
        for (int l = 0; l < 2; l++) {
            for (float w : layers(net).get(l).read(rounded.model())) {
                assertEquals(w, (float) formats.get(l).round(w));
            }
            for (float b : rounded.model().net().layer(l).getParam("b").data().asFloat()) {
                assertEquals(b, (float) formats.get(l).round(b));
            }
        }
        assertEquals(9, rounded.trace().intColumn("bits").get(0));
    }

    @Test
    void zerosStayZeroAndSharedValuesStaySharedEvenByChance() {
        Model start = net.copy();
        LayerWeights first = layers(start).get(0);
        float[] numbers = new float[first.size()];
        float[] values = first.read(start);
        boolean[] zero = new boolean[first.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 7;
            values[i] = 0.01f + 0.0123f * (i % 7);
            zero[i] = i % 5 == 0;
        }
        first.write(start, values);
        start.tie(0, first.shaped(start, numbers));
        first.mask(start, zero);
        RoundedNet rounded = Floats.run(start, DATA, options("fl-2-6:stochastic"), CONTEXT);
        float[] after = first.read(rounded.model());
        for (int i = 0; i < after.length; i++) {
            if (zero[i]) {
                assertEquals(0, after[i]);
            } else {
                int same = i % 7;
                float shared = Float.NaN;
                for (int j = same; j < after.length && Float.isNaN(shared); j += 7) {
                    shared = zero[j] ? Float.NaN : after[j];
                }
                assertEquals(shared, after[i]);
            }
        }
        INDArray ties = rounded.model().constraints().ties().get(0);
        assertArrayEquals(first.flat(start.constraints().ties().get(0)), first.flat(ties));
    }

    @Test
    void fewerBitsMakeASmallerFile() {
        long before = CodedNetwork.encode(net, new CodedNetwork.Options()).sizeInBytes();
        for (String format : new String[] {"half", "e4m3", "fl-1-4"}) {
            Model model = Floats.run(net, DATA, options(format), CONTEXT).model();
            long bytes = CodedNetwork.encode(model, new CodedNetwork.Options()).sizeInBytes();
            assertTrue(bytes < before, format + ": " + bytes + " < " + before);
            before = bytes;
        }
    }

    @Test
    void theStartStaysAndTheSameSeedGivesTheSameWeights() {
        INDArray params = net.net().params().dup();
        Floats.Options byChance = options("fl-4-6:stochastic");
        INDArray one = Floats.run(net, DATA, byChance, CONTEXT).model().net().params();
        INDArray two = Floats.run(net, DATA, byChance, CONTEXT.threads(2))
                .model()
                .net()
                .params();
        INDArray other =
                Floats.run(net, DATA, byChance, CONTEXT.at(1)).model().net().params();
        assertEquals(params, net.net().params());
        assertEquals(one, two);
        assertTrue(!one.equals(other));
    }

    @Test
    void floatsThemselvesChangeNothingAndSaySo() {
        Floats.Options exact = options("float").arithmetic(Arithmetic.WEIGHTS_ONLY);
        RoundedNet rounded = Floats.run(net, DATA, exact, CONTEXT);
        assertTrue(rounded.verdict().contains("no weight changed"), rounded.verdict());
        assertEquals(rounded.test().floats(), rounded.test().rounded());
    }

    /** Three nets, each searched with a line fitted on the two others: one bit from the sweep's answer at most. */
    @Test
    void theSearchIsWithinOneFormatOfTheSweep() throws Exception {
        int[] exponents = {4, 5};
        int[] mantissas = {1, 2, 3, 4, 5, 7};
        PrecisionSearch.Options sweep = new PrecisionSearch.Options()
                .candidates(exponents, mantissas)
                .samples(100)
                .by(PrecisionSearch.By.SWEEP);
        List<FoundPrecision> swept = new ArrayList<>();
        List<Model> nets = List.of(net, trained("64-20-20-10"), trained("64-12-12-10"));
        for (Model model : nets) {
            swept.add(PrecisionSearch.run(model, DATA, sweep, CONTEXT));
        }
        for (int n = 0; n < 3; n++) {
            List<Plane> others =
                    new ArrayList<>(swept.stream().map(FoundPrecision::plane).toList());
            others.remove(n);
            PrecisionSearch.Options search =
                    sweep.by(PrecisionSearch.By.SEARCH).checks(3).line(AccuracyLine.fit(others));
            FoundPrecision found = PrecisionSearch.run(nets.get(n), DATA, search, CONTEXT);
            FloatFormat answer = swept.get(n).found();
            assertTrue(found.looks().size() <= 3);
            assertTrue(
                    Math.abs(found.found().mantissaBits() - answer.mantissaBits()) <= 1
                            && Math.abs(found.found().exponentBits() - answer.exponentBits()) <= 1,
                    found.verdict() + " beside " + answer.text());
            assertTrue(
                    found.looks().stream()
                            .anyMatch(look -> look.format().equals(found.found()) && look.measured() >= 0.99),
                    "only a measured format is an answer");
        }
        assertTrue(BitmapEncoder.getBitmapBytes(swept.get(0).figure(), BitmapFormat.PNG).length > 1000);
    }

    @Test
    void aTargetThatNothingReachesLeavesTheNetwork() {
        PrecisionSearch.Options hopeless = new PrecisionSearch.Options()
                .candidates(new int[] {2}, new int[] {0, 1})
                .samples(50);
        FoundPrecision found = PrecisionSearch.run(net, DATA, hopeless, CONTEXT);
        assertNull(found.found());
        assertEquals(net.net().params(), found.model().net().params());
        assertTrue(found.verdict().contains("as it was"));
    }

    /** The two points that the paper prints, which the model was fitted to. */
    @Test
    void theModelOfAMacUnitGoesThroughThePapersPoints() {
        assertEquals(7.2, MacModel.speedUp(FloatFormat.custom(7, 6)), 0.1);
        assertEquals(5.7, MacModel.speedUp(FloatFormat.custom(8, 6)), 0.1);
        assertEquals(3.4, MacModel.energySaving(FloatFormat.custom(7, 6)), 0.05);
        assertEquals(3.0, MacModel.energySaving(FloatFormat.custom(8, 6)), 0.05);
        assertTrue(Double.isNaN(MacModel.speedUp(new FixedFormat(8, 8))));
    }

    @Test
    void optionsSayWhatIsWrong() {
        assertThrows(IllegalArgumentException.class, () -> new Floats.Options().formats("fl-7"));
        assertThrows(IllegalArgumentException.class, () -> new Floats.Options().formats(new String[0]));
        assertThrows(
                IllegalArgumentException.class, () -> Floats.run(net, DATA, options("half", "half", "half"), CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> new PrecisionSearch.Options()
                .candidates(new int[] {9}, new int[] {3}));
        assertSame(FloatFormat.HALF, Precision.parse("half"));
    }
}
