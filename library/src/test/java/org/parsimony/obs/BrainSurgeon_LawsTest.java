package org.parsimony.obs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.curvature.Curvature;
import org.parsimony.network.curvature.DenseCurvature;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Learnable;
import org.parsimony.pruning.Pruned;
import org.parsimony.pruning.Pruning;
import org.parsimony.pruning.Scope;
import org.parsimony.steps.Train;

class BrainSurgeon_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(5);
    private static final int INPUTS = 12;
    private static final int HIDDEN = 3;
    private static final int CLASSES = 4;

    private static Model trained() {
        return Train.run(Architectures.mlp("12-8-4", 1), DATA, new Train.Options().epochs(6), CONTEXT)
                .model();
    }

    private static List<LayerWeights> layers(Model model, LayerWeights.Kinds kinds) {
        return LayerWeights.chosen(model, new int[0], kinds);
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    /**
     * Inputs and derivatives of both layers for every training sample, by back-propagation written out: {@code [a₀, g₀, a₁,
     * g₁]}, each row-major.
     */
    private static double[][] passes(Model model, Samples train) {
        int n = train.size();
        List<LayerWeights> layers = layers(model, LayerWeights.Kinds.DENSE);
        float[] w0 = layers.get(0).read(model);
        float[] w1 = layers.get(1).read(model);
        float[] b0 = model.network().getLayer(0).getParam("b").dup().data().asFloat();
        float[] b1 = model.network().getLayer(1).getParam("b").dup().data().asFloat();
        double[][] all = {
            new double[n * INPUTS], new double[n * HIDDEN], new double[n * HIDDEN], new double[n * CLASSES]
        };
        for (int s = 0; s < n; s++) {
            double[] out = new double[CLASSES];
            double sum = 0;
            for (int u = 0; u < HIDDEN; u++) {
                double z = b0[u];
                for (int i = 0; i < INPUTS; i++) {
                    all[0][s * INPUTS + i] = train.features()[s * INPUTS + i];
                    z += (double) w0[u * INPUTS + i] * train.features()[s * INPUTS + i];
                }
                all[2][s * HIDDEN + u] = Math.max(0, z);
            }
            for (int c = 0; c < CLASSES; c++) {
                double z = b1[c];
                for (int u = 0; u < HIDDEN; u++) {
                    z += w1[c * HIDDEN + u] * all[2][s * HIDDEN + u];
                }
                out[c] = Math.exp(z);
                sum += out[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                double g = out[c] / sum - (train.labels()[s] == c ? 1 : 0);
                all[3][s * CLASSES + c] = g;
                for (int u = 0; u < HIDDEN; u++) {
                    all[1][s * HIDDEN + u] += all[2][s * HIDDEN + u] > 0 ? g * w1[c * HIDDEN + u] : 0;
                }
            }
        }
        return all;
    }

    /** The whole Fisher information of a layer, weight by weight, and what the product of its factors is. */
    private static DenseCurvature dense(
            double[] a, int inputs, double[] g, int units, boolean isFactored, double damping) {
        int n = a.length / inputs;
        int d = units * inputs;
        double root = Math.sqrt(damping);
        double[][] h = new double[d][d];
        for (int p = 0; p < d; p++) {
            for (int q = 0; q < d; q++) {
                double both = 0;
                double in = p % inputs == q % inputs ? root : 0;
                double back = p / inputs == q / inputs ? root : 0;
                for (int s = 0; s < n; s++) {
                    double aa = a[s * inputs + p % inputs] * a[s * inputs + q % inputs];
                    double gg = g[s * units + p / inputs] * g[s * units + q / inputs];
                    both += aa * gg / n;
                    in += aa / n;
                    back += gg / n;
                }
                h[p][q] = isFactored ? in * back : both + (p == q ? damping : 0);
            }
        }
        return new DenseCurvature(h);
    }

    /** Every kept form is what it says of the dense information of a tiny net, which is worked out beside it. */
    @ParameterizedTest
    @EnumSource
    void factorsAreThoseOfTheDenseInformation(Fisher fisher) {
        Model model = TestNetworks.random("[12],dense " + HIDDEN + " relu,dense 4 softmax");
        model.network().getLayer(0).getParam("b").assign(1); // no unit is dead on any sample
        Dataset few = new Dataset("few", "Few", DATA.train().range(0, 40), DATA.validation(), DATA.test());
        double[][] passes = passes(model, few.train());
        for (double h : passes[2]) {
            assertTrue(h > 0, "a unit that is dead on a sample tells nothing of its input");
        }
        double damping = 1e-2;
        for (LayerWeights layer : layers(model, LayerWeights.Kinds.DENSE)) {
            int l = layer.layer();
            DenseCurvature slow = dense(
                    passes[2 * l], layer.inputs(), passes[2 * l + 1], layer.units(), fisher == Fisher.KFAC, damping);
            Curvature fast = fisher.of(model, few, layer, 40, damping, CONTEXT);
            for (int i = 0; i < layer.size(); i++) {
                double[] unit = new double[layer.size()];
                unit[i] = 1;
                double[] expected = slow.times(unit);
                if (fisher == Fisher.DIAGONAL) {
                    double own = expected[i];
                    expected = new double[layer.size()];
                    expected[i] = own;
                }
                assertArrayEquals(expected, fast.times(unit), 1e-5);
            }
        }
    }

    /** One sample: the product of the factors is the information itself, the cross terms of the damping apart. */
    @Test
    void ofOneSampleTheFactorsAreExact() {
        Model model = TestNetworks.random("[12],dense 3 relu,dense 4 softmax");
        LayerWeights last = layers(model, LayerWeights.Kinds.DENSE).get(1);
        Curvature factors = Fisher.KFAC.of(model, DATA, last, 1, 1e-12, CONTEXT);
        Curvature block = Fisher.BLOCK.of(model, DATA, last, 1, 1e-12, CONTEXT);
        for (int i = 0; i < last.size(); i++) {
            double[] unit = new double[last.size()];
            unit[i] = 1;
            assertArrayEquals(block.times(unit), factors.times(unit), 1e-4);
        }
    }

    /** The diagonal without damping is the step hessian's importance. */
    @Test
    void theDiagonalIsOptimalBrainDamage() {
        Model model = trained();
        List<LayerWeights> layers = layers(model, LayerWeights.Kinds.DENSE);
        Surgeon surgeon = new Surgeon(Fisher.DIAGONAL, Update.NONE, 1e-12);
        List<float[]> own = surgeon.scores(model, DATA, layers, 100, CONTEXT);
        List<float[]> hessian = Importance.HESSIAN.scores(model, DATA, layers, 100, CONTEXT);
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < own.get(l).length; i++) {
                assertEquals(hessian.get(l)[i], own.get(l)[i], 1e-4 * hessian.get(l)[i] + 1e-10);
            }
        }
    }

    /** With so much damping that the factors are identities it is magnitude, and the others stay as they are. */
    @ParameterizedTest
    @EnumSource
    void withIdentityFactorsItIsMagnitude(Fisher fisher) {
        Model model = trained();
        for (Update update : Update.values()) {
            Model surgeon = BrainSurgeon.run(
                            model,
                            DATA,
                            new BrainSurgeon.Options()
                                    .fisher(fisher)
                                    .update(update)
                                    .damping(1e14)
                                    .ratio(0.7),
                            CONTEXT)
                    .model();
            Model magnitude = Pruning.run(
                            Importance.MAGNITUDE,
                            model,
                            DATA,
                            new Pruning.Options().ratio(0.7).scope(Scope.NETWORK),
                            CONTEXT)
                    .model();
            assertArrayEquals(parameters(magnitude), parameters(surgeon), 1e-5f);
        }
    }

    /** What is asked for goes, exactly, by rounds too, and an earlier mask holds. */
    @ParameterizedTest
    @EnumSource
    void theShareGoesAndMasksHold(Fisher fisher) {
        Model model = trained();
        var options = new BrainSurgeon.Options().fisher(fisher).ratio(0.5);
        Pruned half = BrainSurgeon.run(model, DATA, options.update(Update.JOINT), CONTEXT);
        Pruned more = BrainSurgeon.run(
                half.model(), DATA, options.ratio(0.8).rounds(2, 1).update(Update.SUM), CONTEXT.at(1));
        int all = 0;
        int zero = 0;
        for (LayerWeights layer : layers(model, LayerWeights.Kinds.DENSE)) {
            float[] before = layer.read(half.model());
            float[] after = layer.read(more.model());
            for (int i = 0; i < after.length; i++) {
                assertTrue(before[i] != 0 || after[i] == 0);
                all++;
                zero += after[i] == 0 ? 1 : 0;
            }
        }
        assertEquals((int) Math.floor(0.8 * all), zero);
    }

    /** Making up for what goes keeps the loss of the samples that it looked at lower than masks alone do. */
    @Test
    void makingUpKeepsTheLoss() {
        Model model = trained();
        var options = new BrainSurgeon.Options().ratio(0.6).samples(400).fisher(Fisher.BLOCK);
        double none = loss(model, options.update(Update.NONE));
        double joint = loss(model, options.update(Update.JOINT));
        assertTrue(joint < none, joint + " is below " + none);
    }

    private static double loss(Model model, BrainSurgeon.Options options) {
        return BrainSurgeon.run(model, DATA, options, CONTEXT)
                .model()
                .evaluate(DATA.train())
                .loss();
    }

    @Test
    void theSameSeedGivesTheSameBytesAndTheStartStays() {
        Model model = trained();
        float[] before = parameters(model);
        var options = new BrainSurgeon.Options().rounds(2, 1);
        Model one = BrainSurgeon.run(model, DATA, options, CONTEXT).model();
        Model two = BrainSurgeon.run(model, DATA, options, CONTEXT.threads(2)).model();
        assertArrayEquals(parameters(one), parameters(two));
        assertArrayEquals(before, parameters(model));
    }

    @Test
    void convolutionsTooButNotByKroneckerFactors() {
        Dataset images = Learnable.images();
        Model model = TestNetworks.random("[1 8 8],conv 2 3x3 relu,flatten,dense 6 relu,dense 4 softmax");
        var options = new BrainSurgeon.Options()
                .kinds(LayerWeights.Kinds.ALL)
                .samples(20)
                .ratio(0.5);
        Pruned pruned = BrainSurgeon.run(model, images, options, CONTEXT);
        assertEquals(3, pruned.layers().size());
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> BrainSurgeon.run(model, images, options.fisher(Fisher.KFAC), CONTEXT))
                .getMessage();
        assertTrue(said.contains("ConvolutionLayer") && said.contains("block"), said);
    }

    @Test
    void itIsInTheRegistry() {
        assertEquals("obs", Methods.named("obs").paper());
        assertThrows(IllegalArgumentException.class, () -> new BrainSurgeon.Options().damping(0));
        assertThrows(IllegalArgumentException.class, () -> new BrainSurgeon.Options().ratio(1));
    }
}
