package org.parsimony.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.curvature.KroneckerCurvature;
import org.parsimony.network.curvature.SquareMatrix;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.Learnable;
import org.parsimony.pruning.Pruning;

class GraphConvolution_LawsTest {

    private static final Context CONTEXT = new Context(3);
    private static final int LABELLED = 4;

    private static Model net() {
        Model net = Architectures.mlp("4-3-3", 2);
        net.network().getLayer(0).getParam("b").assign(1); // no unit is dead
        return net;
    }

    private static double[][] weights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new double[][] {
            random.doubles((TenNodes.INPUTS + 1) * TenNodes.HIDDEN, -2, 2).toArray(),
            random.doubles((TenNodes.HIDDEN + 1) * TenNodes.CLASSES, -2, 2).toArray()
        };
    }

    private static GraphNet graphNet(Dataset data) {
        return new GraphNet(data.graph(), TenNodes.HIDDEN, TenNodes.CLASSES);
    }

    private static double[] share(Dataset data) {
        double[] share = new double[TenNodes.NODES];
        for (int node : data.graph().train()) {
            share[node] = 1.0 / data.graph().train().length;
        }
        return share;
    }

    private static int[] labels(Dataset data) {
        int[] labels = Fitting.labels(data);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.max(0, labels[i]);
        }
        return labels;
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    /** Sums of both layers and activations, by matrices written out. */
    private static double[][][] slow(Dataset data, double[][] weights, double[] shift) {
        double[][] s = TenNodes.propagation(data.graph());
        double[][] first = TenNodes.withOne(TenNodes.product(s, TenNodes.features(data.graph())));
        double[][] h = TenNodes.product(first, rows(weights[0], TenNodes.HIDDEN));
        for (int i = 0; i < TenNodes.NODES; i++) {
            for (int u = 0; u < TenNodes.HIDDEN; u++) {
                h[i][u] = Math.max(0, h[i][u] + (shift == null ? 0 : shift[i * TenNodes.HIDDEN + u]));
            }
        }
        double[][] second = TenNodes.withOne(TenNodes.product(s, h));
        return new double[][][] {first, second, TenNodes.product(second, rows(weights[1], TenNodes.CLASSES))};
    }

    private static double[][] rows(double[] flat, int width) {
        double[][] rows = new double[flat.length / width][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    private static double loss(Dataset data, double[][] logits) {
        double loss = 0;
        int[] labels = labels(data);
        for (int node : data.graph().train()) {
            double sum = 0;
            for (double z : logits[node]) {
                sum += Math.exp(z);
            }
            loss += (Math.log(sum) - logits[node][labels[node]]) / data.graph().train().length;
        }
        return loss;
    }

    /** Sparse products give what dense ones do, and their gradient is the loss's by central differences. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theGradientIsTheLosss(long seed) {
        Dataset data = TenNodes.data(LABELLED);
        double[][] weights = weights(seed);
        GraphNet net = graphNet(data);
        GraphNet.Pass pass = net.forward(weights, 0, null);
        double fast = net.score(pass, data.graph().train(), labels(data))[0];
        assertEquals(loss(data, slow(data, weights, null)[2]), fast, 1e-12);
        double[][] gradients =
                net.backward(weights, pass, labels(data), share(data)).weights();
        double step = 1e-6;
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < weights[l].length; i++) {
                double w = weights[l][i];
                weights[l][i] = w + step;
                double up = loss(data, slow(data, weights, null)[2]);
                weights[l][i] = w - step;
                double down = loss(data, slow(data, weights, null)[2]);
                weights[l][i] = w;
                assertEquals((up - down) / (2 * step), gradients[l][i], 1e-7);
            }
        }
    }

    /**
     * The factors are the moments of dense inputs and of derivatives by central differences, over all ten nodes or over the
     * labelled ones.
     */
    @ParameterizedTest
    @EnumSource(
            value = Factors.class,
            names = {"ALL_NODES", "LABELLED"})
    void theFactorsAreDenseMoments(Factors factors) {
        Dataset data = TenNodes.data(LABELLED);
        double[][] weights = weights(7);
        GraphNet net = graphNet(data);
        GraphNet.Pass pass = net.forward(weights, 0, null);
        GraphNet.Derivatives derivatives = net.backward(weights, pass, labels(data), share(data));
        boolean all = factors == Factors.ALL_NODES;
        int[] rows = all ? net.all() : data.graph().train();
        double[][][] slow = slow(data, weights, null);
        int[] labelled = data.graph().train();
        assertMoments(slow[0], rows, 1.0 / LABELLED, factors.firstInputs(net, labelled, 0));
        assertMoments(slow[1], rows, 1.0 / LABELLED, factors.secondInputs(net, pass, labelled, 0));
        double[][] back = new double[TenNodes.NODES][TenNodes.HIDDEN];
        for (int i = 0; i < TenNodes.NODES; i++) {
            for (int u = 0; u < TenNodes.HIDDEN; u++) {
                double[] shift = new double[TenNodes.NODES * TenNodes.HIDDEN];
                shift[i * TenNodes.HIDDEN + u] = 1e-6;
                double up = loss(data, slow(data, weights, shift)[2]);
                shift[i * TenNodes.HIDDEN + u] = -1e-6;
                back[i][u] = (up - loss(data, slow(data, weights, shift)[2])) / 2e-6;
            }
        }
        double scale = all ? TenNodes.HIDDEN : LABELLED;
        assertMoments(
                back,
                net.all(),
                scale * scale / LABELLED,
                factors.derivatives(derivatives.first(), TenNodes.HIDDEN, LABELLED, 0));
    }

    private static void assertMoments(double[][] x, int[] rows, double scale, SquareMatrix actual) {
        int d = x[0].length;
        assertEquals(d, actual.size());
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int r : rows) {
                    sum += scale * x[r][i] * x[r][j];
                }
                assertEquals(sum, actual.values()[i * d + j], 1e-8);
            }
        }
    }

    /** One labelled node: the product of the last layer's factors is the empirical Fisher information itself. */
    @Test
    void ofOneLabelledNodeTheProductIsTheInformation() {
        Dataset data = TenNodes.data(1);
        double[][] weights = weights(11);
        GraphNet net = graphNet(data);
        GraphNet.Pass pass = net.forward(weights, 0, null);
        GraphNet.Derivatives derivatives = net.backward(weights, pass, labels(data), share(data));
        int[] labelled = data.graph().train();
        SquareMatrix a = Factors.LABELLED.secondInputs(net, pass, labelled, 0);
        SquareMatrix g = Factors.LABELLED.derivatives(derivatives.second(), TenNodes.CLASSES, 1, 0);
        double[] gradient = derivatives.weights()[1];
        for (int p = 0; p < gradient.length; p++) {
            for (int q = 0; q < gradient.length; q++) {
                double product = a.values()[p / TenNodes.CLASSES * a.size() + q / TenNodes.CLASSES]
                        * g.values()[p % TenNodes.CLASSES * g.size() + q % TenNodes.CLASSES];
                assertEquals(gradient[p] * gradient[q], product, 1e-12);
            }
        }
    }

    /** Identity factors: what comes out of them is the gradient, and so much damping that they are ones gives the plain step. */
    @Test
    void withIdentityFactorsTheStepIsThePlainOne() {
        double[] gradient = weights(5)[0];
        var identity = new KroneckerCurvature(
                SquareMatrix.scaled(TenNodes.INPUTS + 1, 0), SquareMatrix.scaled(TenNodes.HIDDEN, 0), 1);
        assertArrayEquals(gradient, identity.inverseTimes(gradient));
        Dataset data = TenNodes.data(LABELLED);
        Model plain = GraphConvolution.run(net(), data, sgd(0.1, Factors.NONE, 1), CONTEXT)
                .model();
        for (Factors factors : List.of(Factors.ALL_NODES, Factors.LABELLED)) {
            // the damping is what the gradient is divided by
            Model same = GraphConvolution.run(net(), data, sgd(0.1 * 1e12, factors, 1e12), CONTEXT)
                    .model();
            Model other = GraphConvolution.run(net(), data, sgd(0.1, factors, 1), CONTEXT)
                    .model();
            assertArrayEquals(parameters(plain), parameters(same), 1e-4f);
            assertTrue(distance(plain, other) > 0.05);
        }
        assertTrue(distance(net(), plain) > 0.05);
    }

    private static GraphConvolution.Options sgd(double rate, Factors factors, double damping) {
        return new GraphConvolution.Options(20, GraphConvolution.Optimiser.SGD, rate, 0, 0.5, factors, damping, 5, 2);
    }

    private static double distance(Model a, Model b) {
        float[] x = parameters(a);
        float[] y = parameters(b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs(x[i] - y[i]);
        }
        return sum;
    }

    @Test
    void theSameSeedGivesTheSameBytesAndTheStartStays() {
        Dataset data = TenNodes.data(LABELLED);
        Model start = net();
        float[] before = parameters(start);
        var options = new GraphConvolution.Options()
                .epochs(12)
                .factors(Factors.ALL_NODES, 0.1, 4)
                .gamma(2);
        Model one = GraphConvolution.run(start, data, options, CONTEXT).model();
        Model two =
                GraphConvolution.run(start, data, options, CONTEXT.threads(2)).model();
        assertArrayEquals(parameters(one), parameters(two));
        assertArrayEquals(before, parameters(start));
        Model other = GraphConvolution.run(start, data, options, new Context(4)).model();
        assertNotEquals(0, distance(one, other));
    }

    /** No label of a test node, and with it no choice, has a say in the weights. */
    @Test
    void testLabelsHaveNoSay() {
        Dataset data = TenNodes.data(LABELLED);
        Dataset turned = new Dataset(
                data.name(),
                data.title(),
                data.train(),
                data.validation(),
                new org.parsimony.data.Samples(
                        data.test().features(), new int[] {2, 2}, TenNodes.CLASSES, TenNodes.INPUTS),
                data.classNames(),
                data.lineage(),
                data.graph());
        var options = new GraphConvolution.Options().epochs(15).gamma(1);
        assertArrayEquals(
                parameters(GraphConvolution.run(net(), data, options, CONTEXT).model()),
                parameters(GraphConvolution.run(net(), turned, options, CONTEXT).model()));
    }

    /** Masks hold, and a run without epochs measures what is there. */
    @Test
    void masksHoldAndNoEpochsMeasure() {
        Dataset data = TenNodes.data(LABELLED);
        var options = new GraphConvolution.Options().epochs(10);
        Model pruned = Pruning.run(Importance.MAGNITUDE, net(), data, new Pruning.Options().ratio(0.5), CONTEXT)
                .model();
        Convolved trained = GraphConvolution.run(pruned, data, options, CONTEXT);
        float[] zeros = parameters(pruned);
        float[] after = parameters(trained.model());
        pruned.masks()
                .forEach((layer, mask) -> assertEquals(
                        mask.length() - mask.sumNumber().intValue(),
                        trained.model()
                                .network()
                                .getLayer(layer)
                                .getParam("W")
                                .eq(0)
                                .castTo(mask.dataType())
                                .sumNumber()
                                .intValue()));
        assertEquals(zeros.length, after.length);
        Convolved measured = GraphConvolution.run(trained.model(), data, options.epochs(0), CONTEXT);
        assertArrayEquals(after, parameters(measured.model()));
        assertEquals(trained.testAccuracy(), measured.testAccuracy());
        assertEquals(trained.validationAccuracy(), measured.validationAccuracy());
    }

    @Test
    void whatIsNoNodeOrNoSuchNetworkIsRefused() {
        var options = new GraphConvolution.Options().epochs(1);
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> GraphConvolution.run(
                                Architectures.mlp("12-5-4", 1), Learnable.vectors(), options, CONTEXT))
                .getMessage();
        assertTrue(said.contains("has no graph") && said.contains("cora"), said);
        assertThrows(
                IllegalArgumentException.class,
                () -> GraphConvolution.run(Architectures.mlp("4-3-3-3", 1), TenNodes.data(4), options, CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> new GraphConvolution.Options().dropout(1));
        assertEquals("graph", Methods.named("graph").paper());
    }
}
