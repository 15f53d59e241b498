package org.parsimony.deepdta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Loss, gradient and Adam's step of a {@link DeepDta} on batches of pairs; a sequence is worked on once a batch. */
final class Engine {

    private static final float RATE_MEAN = 0.9f;
    private static final float RATE_SQUARE = 0.999f;
    /** Keras's epsilon. */
    private static final float EPSILON = 1e-7f;

    private final DeepDta net;
    final Branch ligand;
    final Branch protein;
    final Head head;
    private final List<float[]> weights = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();
    private final List<float[]> means = new ArrayList<>();
    private final List<float[]> squares = new ArrayList<>();
    private int steps;

    /** Takes over the weights of {@code net}. */
    Engine(DeepDta net) {
        this.net = net;
        DeepDta.Shape shape = net.shape();
        ligand = new Branch(shape.ligand(), shape.embedding(), shape.filters());
        protein = new Branch(shape.protein(), shape.embedding(), shape.filters());
        head = new Head(ligand.features() + protein.features(), shape.dense(), shape.dropout());
        for (Branch branch : List.of(ligand, protein)) {
            own(branch.embed, branch.embedGradient);
            for (int l = 0; l < 3; l++) {
                own(branch.weights[l], branch.weightGradients[l]);
                own(branch.biases[l], branch.biasGradients[l]);
            }
        }
        for (int l = 0; l < head.weights.length; l++) {
            own(head.weights[l], head.weightGradients[l]);
            own(head.biases[l], head.biasGradients[l]);
        }
        transfer(false);
        refresh();
    }

    private void own(float[] weight, float[] gradient) {
        weights.add(weight);
        gradients.add(gradient);
        means.add(new float[weight.length]);
        squares.add(new float[weight.length]);
    }

    private void refresh() {
        ligand.refresh();
        protein.refresh();
    }

    /** Writes the weights into the graph. */
    void store() {
        transfer(true);
    }

    private void transfer(boolean toGraph) {
        branch("ligand", ligand, toGraph);
        branch("protein", protein, toGraph);
        for (int l = 0; l < head.weights.length; l++) {
            String layer = DeepDta.DENSE.get(l);
            copy(net.array(layer, DeepDta.WEIGHTS), head.weights[l], toGraph);
            copy(net.array(layer, DeepDta.BIAS), head.biases[l], toGraph);
        }
    }

    private void branch(String name, Branch branch, boolean toGraph) {
        copy(net.array(name + "-embedding", DeepDta.WEIGHTS), branch.embed, toGraph);
        for (int l = 0; l < 3; l++) {
            // the shape there says [filters × below × taps × 1], but the values are used as [taps × below × filters]
            copy(net.array(name + "-convolution" + (l + 1), DeepDta.WEIGHTS), branch.weights[l], toGraph);
            copy(net.array(name + "-convolution" + (l + 1), DeepDta.BIAS), branch.biases[l], toGraph);
        }
    }

    private static void copy(INDArray theirs, float[] ours, boolean toGraph) {
        if (toGraph) {
            theirs.assign(Nd4j.create(ours.clone(), theirs.shape(), 'c'));
        } else {
            System.arraycopy(theirs.dup('c').data().asFloat(), 0, ours, 0, ours.length);
        }
    }

    /** Sequences of a batch without repetition, and which of them each pair has. */
    private record Distinct(int[][] sequences, int[] which) {

        static Distinct of(int[][] all, int[] chosen) {
            int[] numbers = Arrays.stream(chosen).distinct().sorted().toArray();
            int[] which = Arrays.stream(chosen)
                    .map(number -> Arrays.binarySearch(numbers, number))
                    .toArray();
            return new Distinct(Arrays.stream(numbers).mapToObj(i -> all[i]).toArray(int[][]::new), which);
        }
    }

    /**
     * Mean squared error of a batch, before the step; the gradients are left where {@link #step} finds them.
     *
     * @param random of the dropout, or null for none
     */
    double gradient(
            int[][] ligands,
            int[][] proteins,
            int[] ligandOf,
            int[] proteinOf,
            float[] affinity,
            SplittableRandom random) {
        Distinct l = Distinct.of(ligands, ligandOf);
        Distinct p = Distinct.of(proteins, proteinOf);
        int n = affinity.length;
        int fl = ligand.features();
        int fp = protein.features();
        float[] y = head.forward(
                paired(ligand.forward(l.sequences), l.which, protein.forward(p.sequences), p.which), n, random);
        double loss = 0;
        float[] error = new float[n];
        for (int i = 0; i < n; i++) {
            float difference = y[i] - affinity[i];
            loss += (double) difference * difference / n;
            error[i] = 2 * difference / n;
        }
        float[] back = head.backward(error);
        float[] backLigand = new float[l.sequences.length * fl];
        float[] backProtein = new float[p.sequences.length * fp];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < fl; f++) {
                backLigand[l.which[i] * fl + f] += back[i * (fl + fp) + f];
            }
            for (int f = 0; f < fp; f++) {
                backProtein[p.which[i] * fp + f] += back[i * (fl + fp) + fl + f];
            }
        }
        ligand.backward(backLigand);
        protein.backward(backProtein);
        return loss;
    }

    private float[] paired(float[] ligands, int[] ligandOf, float[] proteins, int[] proteinOf) {
        int fl = ligand.features();
        int fp = protein.features();
        float[] features = new float[ligandOf.length * (fl + fp)];
        for (int i = 0; i < ligandOf.length; i++) {
            System.arraycopy(ligands, ligandOf[i] * fl, features, i * (fl + fp), fl);
            System.arraycopy(proteins, proteinOf[i] * fp, features, i * (fl + fp) + fl, fp);
        }
        return features;
    }

    /** One step of Adam (Kingma and Ba, 2015) along the gradients. */
    void step(double learningRate) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(RATE_SQUARE, steps)) / (1 - Math.pow(RATE_MEAN, steps));
        float rate = (float) (learningRate * correction);
        for (int a = 0; a < weights.size(); a++) {
            float[] w = weights.get(a);
            float[] g = gradients.get(a);
            float[] m = means.get(a);
            float[] v = squares.get(a);
            for (int i = 0; i < w.length; i++) {
                m[i] = RATE_MEAN * m[i] + (1 - RATE_MEAN) * g[i];
                v[i] = RATE_SQUARE * v[i] + (1 - RATE_SQUARE) * g[i] * g[i];
                w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
            }
        }
        refresh();
    }

    /** Affinities of all pairs, without dropout. */
    float[] predict(int[][] ligands, int[][] proteins, int[] ligandOf, int[] proteinOf, int batch) {
        float[] fl = features(ligand, ligands, batch);
        float[] fp = features(protein, proteins, batch);
        float[] y = new float[ligandOf.length];
        for (int from = 0; from < y.length; from += batch) {
            int to = Math.min(y.length, from + batch);
            float[] part = head.forward(
                    paired(fl, Arrays.copyOfRange(ligandOf, from, to), fp, Arrays.copyOfRange(proteinOf, from, to)),
                    to - from,
                    null);
            System.arraycopy(part, 0, y, from, part.length);
        }
        return y;
    }

    private static float[] features(Branch branch, int[][] sequences, int batch) {
        float[] features = new float[sequences.length * branch.features()];
        for (int from = 0; from < sequences.length; from += batch) {
            int to = Math.min(sequences.length, from + batch);
            float[] part = branch.forward(Arrays.copyOfRange(sequences, from, to));
            System.arraycopy(part, 0, features, from * branch.features(), part.length);
        }
        return features;
    }
}
