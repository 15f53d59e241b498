package org.parsimony.equilibrium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.Pruning;
import org.parsimony.steps.Encode;

/** Chains that settle: the gradient law layer by layer, and the step in a recipe. */
class Equilibrium_LawsTest {

    private static final Dataset IRIS = Datasets.load("iris");
    private static final Context CONTEXT = new Context(1);
    private static final int N = 6;

    private static LayeredNet net(long seed, int... widths) {
        Random random = new Random(seed);
        double[][] w = new double[widths.length - 1][];
        double[][] b = new double[w.length][];
        for (int l = 0; l < w.length; l++) {
            w[l] = random.doubles(widths[l] * widths[l + 1], -0.8, 0.8).toArray();
            b[l] = random.doubles(widths[l + 1], -0.3, 0.3).toArray();
        }
        return new LayeredNet(widths, w, b);
    }

    private static double[] samples(long seed, int n, int width) {
        return new Random(seed).doubles(n * width).toArray();
    }

    private static double[] targets(int classes) {
        double[] y = new double[N * classes];
        for (int s = 0; s < N; s++) {
            y[s * classes + s % classes] = 1;
        }
        return y;
    }

    /** Relative error of the estimate, all weights and biases together, against central differences of the settled cost. */
    private static double error(LayeredNet net, double[] x, double[] y, double beta, Phases phases) {
        double[][] w = new double[net.weights().length][];
        double[][] b = new double[w.length][];
        for (int l = 0; l < w.length; l++) {
            w[l] = new double[net.weights()[l].length];
            b[l] = new double[net.bias()[l].length];
        }
        net.estimate(x, y, beta, phases, 500, N, w, b);
        double difference = 0;
        double length = 0;
        for (int l = 0; l < w.length; l++) {
            for (double[][] pair : new double[][][] {{net.weights()[l], w[l]}, {net.bias()[l], b[l]}}) {
                for (int i = 0; i < pair[0].length; i++) {
                    double before = pair[0][i];
                    pair[0][i] = before + 1e-5;
                    double up = net.cost(net.free(x, 500, N), y, N);
                    pair[0][i] = before - 1e-5;
                    double down = net.cost(net.free(x, 500, N), y, N);
                    pair[0][i] = before;
                    double exact = -(up - down) / 2e-5;
                    difference += (pair[1][i] - exact) * (pair[1][i] - exact);
                    length += exact * exact;
                }
            }
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void theUpdateIsTheGradientUpToBetaOrItsSquare() {
        for (int[] widths : new int[][] {{3, 5, 3}, {3, 5, 4, 3}}) {
            LayeredNet net = net(7, widths);
            double[] x = samples(8, N, 3);
            double[] y = targets(3);
            double one = error(net, x, y, 0.4, Phases.ONE_SIDED) / error(net, x, y, 0.04, Phases.ONE_SIDED);
            double three = error(net, x, y, 0.4, Phases.THREE_PHASE) / error(net, x, y, 0.04, Phases.THREE_PHASE);
            assertEquals(1, Math.log10(one), 0.1, widths.length + " widths");
            assertEquals(2, Math.log10(three), 0.1, widths.length + " widths");
            assertTrue(error(net, x, y, 0.04, Phases.THREE_PHASE) < 1e-3);
        }
    }

    /** The same gradient that Deeplearning4j finds by its backward pass. */
    @Test
    void withOneHiddenLayerItIsBackpropagation() {
        LayeredNet net = net(3, 4, 6, 3);
        Samples batch = IRIS.train().range(0, N);
        Model model = Chains.write(net, Architectures.mlp("4-6-3", 1));
        int[] order = {0, 1, 2, 3, 4, 5};
        double[][] w = {new double[24], new double[18]};
        double[][] b = {new double[6], new double[3]};
        net.estimate(
                Equilibrium.inputs(batch, order, 0, N),
                Equilibrium.targets(batch, order, 0, N),
                0.01,
                Phases.THREE_PHASE,
                500,
                N,
                w,
                b);
        model.network().setInput(batch.x(0, N));
        model.network().setLabels(batch.y(0, N));
        model.network().computeGradientAndScore();
        for (int l = 0; l < 2; l++) {
            INDArray gradient = model.network().gradient().gradientForVariable().get(l + "_W");
            float[] exact = gradient.dup('c').data().asFloat();
            for (int i = 0; i < exact.length; i++) {
                assertEquals(-exact[i] / N, w[l][i], 1e-4 * Math.abs(exact[i]) + 1e-6, "layer " + l + ", weight " + i);
            }
        }
    }

    @Test
    void withOneHiddenLayerTheChainIsWhatSettles() {
        Settled settled =
                Equilibrium.run(Architectures.mlp("4-6-3", 2), IRIS, new Equilibrium.Options().epochs(2), CONTEXT);
        Settled.Epoch last = settled.epochs().get(1);
        assertEquals(settled.model().evaluate(IRIS.validation()).accuracy(), last.validationAccuracy());
        assertEquals(settled.model().evaluate(IRIS.validation()).loss(), last.validationLoss(), 1e-5);
    }

    @Test
    void theEnergyNeverRisesWhileTheNetworkSettles() {
        LayeredNet net = net(11, 3, 6, 5, 4, 2);
        double[] x = samples(12, 1, 3);
        LayeredNet.States states = net.forward(x, 1);
        double before = net.energy(x, states.hidden());
        double first = before;
        for (int sweep = 0; sweep < 30; sweep++) {
            states = net.settle(null, 0, states, 1, 1);
            double energy = net.energy(x, states.hidden());
            assertTrue(energy <= before + 1e-12, "sweep " + sweep + ": " + energy + " after " + before);
            before = energy;
        }
        assertTrue(before < first - 1e-4, "feedback moves the states");
        LayeredNet.States still = net.settle(null, 0, states, 1, 1);
        assertEquals(states.p()[0], still.p()[0], 1e-8);
    }

    @Test
    void masksHoldThePenaltyMakesExactZerosAndTheCodeIsExact() {
        Equilibrium.Options options = new Equilibrium.Options().epochs(8);
        Model dense = Equilibrium.run(Architectures.mlp("4-12-3", 1), IRIS, options, CONTEXT)
                .model();
        Model cut = Pruning.run(Importance.MAGNITUDE, dense, IRIS, new Pruning.Options().ratio(0.6), CONTEXT.at(1))
                .model();
        Model tuned = Equilibrium.run(cut, IRIS, options, CONTEXT.at(2)).model();
        for (int l = 0; l < 2; l++) {
            INDArray w = tuned.net().layer(l).getParam("W");
            assertEquals(w, w.mul(tuned.masks().get(l)));
        }
        Settled soft = Equilibrium.run(dense, IRIS, options.penalty(0.03), CONTEXT.at(1));
        double zeros = soft.epochs().get(7).zeros();
        assertTrue(zeros > 0.1, soft.verdict());
        INDArray w = soft.model().net().layer(0).getParam("W");
        assertEquals(w, w.mul(soft.model().masks().get(0)));
        Encode.Encoded coded = Encode.run(soft.model(), IRIS, new Encode.Options(), CONTEXT.at(2));
        CodedNetwork file = coded.coded();
        assertEquals(
                soft.model().evaluate(IRIS.test()).accuracy(),
                file.evaluate(IRIS.test()).accuracy());
        assertEquals(soft.model().net().params(), file.model().net().params());
    }

    @Test
    void theStartStaysAndTheSameSeedGivesTheSameBytes() {
        Model start = Architectures.mlp("4-6-5-3", 1);
        INDArray before = start.net().params().dup();
        Equilibrium.Options options = new Equilibrium.Options().epochs(2);
        Settled one = Equilibrium.run(start, IRIS, options, CONTEXT);
        Settled two = Equilibrium.run(start, IRIS, options, CONTEXT.threads(2));
        assertEquals(before, start.net().params());
        assertEquals(one.model().net().params(), two.model().net().params());
        assertTrue(one.verdict().contains("one pass forward"), one.verdict());
        assertTrue(one.trace().rowCount() == 2 && one.figure() != null);
    }

    @Test
    void whatCannotSettleIsRefusedAndNumbersThatAreNoneStop() {
        Equilibrium.Options options = new Equilibrium.Options().epochs(3);
        assertThrows(
                IllegalArgumentException.class,
                () -> Equilibrium.run(Architectures.mlp("4-3", 1), IRIS, options, CONTEXT));
        assertThrows(
                IllegalArgumentException.class,
                () -> Equilibrium.run(Architectures.normalised(new int[] {4, 5, 3}, 1), IRIS, options, CONTEXT));
        Model broken = Architectures.mlp("4-6-3", 1);
        broken.net().layer(0).getParam("W").putScalar(0, Double.NaN);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Equilibrium.run(broken, IRIS, options, CONTEXT));
        assertTrue(e.getMessage().contains("epoch") && e.getMessage().contains("learningRate"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> options.nudge(0, Phases.ONE_SIDED));
    }
}
