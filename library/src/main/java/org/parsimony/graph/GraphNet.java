package org.parsimony.graph;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.parsimony.data.NodeGraph;

/**
 * Two graph convolutions: {@code H = dropout(relu(S X W₁ + b₁))}, {@code Z = S H W₂ + b₂}, soft-max of Z. S averages over
 * neighbours, X are the features, each row divided by its sum. S X does not change, and is computed once.
 *
 * <p>Weights of a layer are {@code [inputs + 1 × units]}, row-major, biases last.
 */
final class GraphNet {

    private final Propagation neighbours;
    private final Propagation averaged;
    private final int hidden;
    private final int classes;

    /** What a pass over all nodes leaves behind. */
    static final class Pass {
        /** {@code [nodes × hidden]}: dropped and scaled activations; where they are 0 nothing comes back. */
        double[] activations;
        /** By what each activation was scaled: 0 where it is dropped or not above 0. */
        double[] gates;
        /** S H, {@code [nodes × hidden]}. */
        double[] averages;
        /** Logarithms of class probabilities, {@code [nodes × classes]}. */
        double[] logits;

        /** The likeliest class of a node. */
        int predicted(int node, int classes) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = logits[node * classes + c] > logits[node * classes + best] ? c : best;
            }
            return best;
        }
    }

    /**
     * Derivatives of the loss.
     *
     * @param first of the sums of the first layer, {@code [nodes × hidden]}
     * @param second of those of the second, {@code [nodes × classes]}
     * @param weights of both layers' weights
     */
    record Derivatives(double[] first, double[] second, double[][] weights) {}

    GraphNet(NodeGraph graph, int hidden, int classes) {
        this.neighbours = Propagation.of(graph);
        this.averaged = neighbours.times(Propagation.normalised(graph.features()));
        this.hidden = hidden;
        this.classes = classes;
    }

    int nodes() {
        return neighbours.rows();
    }

    int hidden() {
        return hidden;
    }

    int classes() {
        return classes;
    }

    /** What goes into the first layer, S X. */
    Propagation averaged() {
        return averaged;
    }

    /**
     * A forward pass over all nodes.
     *
     * @param dropout share of the activations that is dropped, in [0, 1)
     * @param random of dropout; null where nothing is dropped
     */
    Pass forward(double[][] weights, double dropout, SplittableRandom random) {
        Pass pass = new Pass();
        double[] z = averaged.times(weights[0], hidden);
        pass.gates = new double[z.length];
        double scale = random == null ? 1 : 1 / (1 - dropout);
        int bias = averaged.columns() * hidden;
        for (int i = 0; i < z.length; i++) {
            z[i] += weights[0][bias + i % hidden];
            boolean kept = random == null || random.nextDouble() >= dropout;
            pass.gates[i] = kept && z[i] > 0 ? scale : 0;
            z[i] *= pass.gates[i];
        }
        pass.activations = z;
        pass.averages = neighbours.times(z, hidden);
        pass.logits = new double[nodes() * classes];
        for (int node = 0; node < nodes(); node++) {
            logProbabilities(weights[1], pass, node);
        }
        return pass;
    }

    private void logProbabilities(double[] w, Pass pass, int node) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            double sum = w[hidden * classes + c];
            for (int u = 0; u < hidden; u++) {
                sum += pass.averages[node * hidden + u] * w[u * classes + c];
            }
            pass.logits[node * classes + c] = sum;
            most = Math.max(most, sum);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(pass.logits[node * classes + c] - most);
        }
        double norm = most + Math.log(sum);
        for (int c = 0; c < classes; c++) {
            pass.logits[node * classes + c] -= norm;
        }
    }

    /**
     * The derivatives of {@code Σ weight_i · (−log p_i(label_i))}.
     *
     * @param labels one a node
     * @param nodeWeights one a node; 0 for nodes that are no part of the loss
     */
    Derivatives backward(double[][] weights, Pass pass, int[] labels, double[] nodeWeights) {
        double[] second = new double[pass.logits.length];
        double[] back = new double[nodes() * hidden];
        double[] ofSecond = new double[weights[1].length];
        for (int node = 0; node < nodes(); node++) {
            if (nodeWeights[node] == 0) {
                continue;
            }
            for (int c = 0; c < classes; c++) {
                double g =
                        nodeWeights[node] * (Math.exp(pass.logits[node * classes + c]) - (labels[node] == c ? 1 : 0));
                second[node * classes + c] = g;
                for (int u = 0; u < hidden; u++) {
                    back[node * hidden + u] += g * weights[1][u * classes + c];
                    ofSecond[u * classes + c] += pass.averages[node * hidden + u] * g;
                }
                ofSecond[hidden * classes + c] += g;
            }
        }
        double[] first = neighbours.times(back, hidden);
        double[] ofFirst = new double[weights[0].length];
        int bias = averaged.columns() * hidden;
        for (int i = 0; i < first.length; i++) {
            first[i] *= pass.gates[i];
            ofFirst[bias + i % hidden] += first[i];
        }
        averaged.addTransposed(first, hidden, ofFirst);
        return new Derivatives(first, second, new double[][] {ofFirst, ofSecond});
    }

    /** Mean loss in nats and accuracy in [0, 1] over some nodes. */
    double[] score(Pass pass, int[] some, int[] labels) {
        double loss = 0;
        int right = 0;
        for (int node : some) {
            loss -= pass.logits[node * classes + labels[node]] / some.length;
            right += pass.predicted(node, classes) == labels[node] ? 1 : 0;
        }
        return new double[] {loss, (double) right / some.length};
    }

    /** All nodes. */
    int[] all() {
        return IntStream.range(0, nodes()).toArray();
    }
}
