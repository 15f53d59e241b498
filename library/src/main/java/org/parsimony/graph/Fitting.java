package org.parsimony.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;
import org.parsimony.data.NodeGraph;
import org.parsimony.network.curvature.KroneckerCurvature;

/** One training over all nodes at once: a step an epoch. */
final class Fitting {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    private final GraphNet net;
    private final NodeGraph graph;
    private final int[] labels;
    private final GraphConvolution.Options options;
    private final boolean[] trained;
    private final double[][] weights;
    private final boolean[][] held;
    private final double[][] mean;
    private final double[][] square;
    private List<KroneckerCurvature> curvatures = List.of();
    private double countThen = Double.NaN;

    /**
     * One epoch.
     *
     * @param number from 1; 0 before the first
     * @param loss of the step, self-given labels included, in nats
     * @param validation loss in nats and accuracy in [0, 1] on validation nodes, after it, without dropout
     */
    record Epoch(int number, double loss, double[] validation) {}

    /**
     * What came of it.
     *
     * @param weights of the epoch of the least validation loss
     * @param kept that epoch
     */
    record Fitted(double[][] weights, Epoch kept, List<Epoch> epochs, double[][] last) {}

    /**
     * @param labels one a node; those of other than training nodes are looked at for scores alone
     * @param weights to start from, changed
     * @param held weights that stay zero
     */
    Fitting(
            GraphNet net,
            NodeGraph graph,
            int[] labels,
            GraphConvolution.Options options,
            double[][] weights,
            boolean[][] held) {
        this.net = net;
        this.graph = graph;
        this.labels = labels;
        this.options = options;
        this.weights = weights;
        this.held = held;
        this.mean = new double[][] {new double[weights[0].length], new double[weights[1].length]};
        this.square = new double[][] {new double[weights[0].length], new double[weights[1].length]};
        this.trained = new boolean[net.nodes()];
        for (int node : graph.train()) {
            trained[node] = true;
        }
    }

    Fitted run(SplittableRandom random, Progress progress) {
        List<Epoch> epochs = new ArrayList<>();
        Epoch best = new Epoch(0, Double.NaN, validation());
        double[][] kept = copy();
        epochs.add(best);
        for (int epoch = 1; epoch <= options.epochs(); epoch++) {
            progress.checkCancelled();
            double loss = step(epoch, random);
            if (!Double.isFinite(loss)) {
                throw new ArithmeticException("the loss is " + loss + " in epoch " + epoch
                        + ": training diverges; take a lower learningRate or more damping");
            }
            Epoch now = new Epoch(epoch, loss, validation());
            epochs.add(now);
            if (best.number() == 0 || now.validation()[0] < best.validation()[0]) {
                best = now;
                kept = copy();
            }
            progress.watch("validation accuracy", epoch, 100 * now.validation()[1]);
            progress.report(epoch, options.epochs(), "epoch " + epoch);
        }
        return new Fitted(kept, best, List.copyOf(epochs), weights);
    }

    private double[][] copy() {
        return new double[][] {weights[0].clone(), weights[1].clone()};
    }

    private double[] validation() {
        return net.score(net.forward(weights, 0, null), graph.validation(), labels);
    }

    /** One update; returns the loss before it. */
    private double step(int epoch, SplittableRandom random) {
        GraphNet.Pass pass = net.forward(weights, options.dropout(), random);
        double weight = options.gamma() == 0 ? 0 : Math.pow((double) (epoch - 1) / options.epochs(), options.gamma());
        int others = net.nodes() - graph.train().length;
        int[] targets = labels.clone();
        double[] share = new double[net.nodes()];
        double loss = 0;
        for (int node = 0; node < net.nodes(); node++) {
            if (!trained[node]) {
                targets[node] = pass.predicted(node, net.classes());
            }
            share[node] = trained[node] ? 1.0 / graph.train().length : weight / others;
            loss -= share[node] * pass.logits[node * net.classes() + targets[node]];
        }
        GraphNet.Derivatives derivatives = net.backward(weights, pass, targets, share);
        double[][] gradients = derivatives.weights();
        if (options.factors() != Factors.NONE) {
            refresh(epoch, pass, derivatives, weight * others);
            for (int l = 0; l < gradients.length; l++) {
                gradients[l] = curvatures.get(l).inverseTimes(gradients[l]);
            }
        }
        update(epoch, gradients);
        return loss;
    }

    private void refresh(int epoch, GraphNet.Pass pass, GraphNet.Derivatives derivatives, double others) {
        if ((epoch - 1) % options.refresh() == 0) {
            double count = options.factors().count(graph.train().length, others);
            curvatures = options.factors()
                    .curvatures(
                            net,
                            pass,
                            derivatives,
                            graph.train(),
                            others,
                            options.damping(),
                            curvatures,
                            count == countThen);
            countThen = count;
        }
    }

    private void update(int epoch, double[][] gradients) {
        for (int l = 0; l < weights.length; l++) {
            for (int i = 0; i < weights[l].length; i++) {
                double g = gradients[l][i] + options.decay() * weights[l][i];
                if (options.optimiser() == GraphConvolution.Optimiser.ADAM) {
                    mean[l][i] = FIRST * mean[l][i] + (1 - FIRST) * g;
                    square[l][i] = SECOND * square[l][i] + (1 - SECOND) * g * g;
                    double m = mean[l][i] / (1 - Math.pow(FIRST, epoch));
                    double v = square[l][i] / (1 - Math.pow(SECOND, epoch));
                    g = m / (Math.sqrt(v) + EPSILON);
                } else {
                    mean[l][i] = FIRST * mean[l][i] + g;
                    g = mean[l][i];
                }
                weights[l][i] = held[l][i] ? 0 : weights[l][i] - options.learningRate() * g;
            }
        }
    }

    /** Ones where a weight stays zero, of a layer {@code [inputs + 1 × units]} from {@code [units × inputs]}. */
    static boolean[] held(boolean[] masked, int inputs, int units) {
        boolean[] held = new boolean[(inputs + 1) * units];
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < inputs; i++) {
                held[i * units + u] = masked[u * inputs + i];
            }
        }
        return held;
    }

    /** All labels of the graph's nodes; those that no split has are −1. */
    static int[] labels(org.parsimony.data.Dataset data) {
        int[] labels = new int[data.graph().nodes()];
        Arrays.fill(labels, -1);
        fill(labels, data.graph().train(), data.train().labels());
        fill(labels, data.graph().validation(), data.validation().labels());
        fill(labels, data.graph().test(), data.test().labels());
        return labels;
    }

    private static void fill(int[] labels, int[] nodes, int[] own) {
        for (int i = 0; i < nodes.length; i++) {
            labels[nodes[i]] = own[i];
        }
    }
}
