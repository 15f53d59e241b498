package org.parsimony.deepdta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The engine computes what Deeplearning4j computes: affinities, loss and every gradient. */
class Engine_GraphTest {

    private static final DeepDta.Shape SMALL =
            new DeepDta.Shape(new DeepDta.Text(7, 15, 3), new DeepDta.Text(5, 30, 4), 6, 4, List.of(11, 9, 5), 0);

    private final int[][] ligands = sequences(4, 15, 7, 1);
    private final int[][] proteins = sequences(5, 30, 5, 2);
    private final int[] ligandOf = {0, 1, 1, 3, 2, 0, 1, 3};
    private final int[] proteinOf = {4, 0, 1, 1, 1, 2, 0, 4};
    private final float[] affinity = {5, 6.5f, 5, 7, 9, 5, 5.25f, 8};

    /** Of several lengths; one of full length, so that there is no padding to save. */
    private static int[][] sequences(int n, int length, int tokens, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] sequences = new int[n][length];
        for (int i = 0; i < n; i++) {
            int letters = i == 0 ? length : random.nextInt(length);
            for (int j = 0; j < letters; j++) {
                sequences[i][j] = 1 + random.nextInt(tokens - 1);
            }
        }
        return sequences;
    }

    private static int[][] chosen(int[][] all, int[] which) {
        return Arrays.stream(which).mapToObj(i -> all[i]).toArray(int[][]::new);
    }

    /** A net whose biases are not 0, so that they matter. */
    private static DeepDta net() {
        DeepDta net = DeepDta.of(SMALL, 3);
        SplittableRandom random = new SplittableRandom(5);
        INDArray params = net.graph().params();
        float[] values = params.dup().data().asFloat();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (random.nextDouble() - 0.5);
        }
        net.graph().setParams(Nd4j.createFromArray(values).reshape(params.shape()));
        return net;
    }

    @Test
    void predictionsAreThoseOfTheGraph() {
        DeepDta net = net();
        float[] theirs = net.predict(chosen(ligands, ligandOf), chosen(proteins, proteinOf));
        float[] ours = new Engine(net).predict(ligands, proteins, ligandOf, proteinOf, 3);
        assertArrayEquals(theirs, ours, 1e-5f);
        assertTrue(Math.abs(theirs[0] - theirs[1]) > 1e-3, "the pairs differ");
    }

    @Test
    void gradientsAreThoseOfTheGraph() {
        DeepDta net = net();
        Engine engine = new Engine(net);
        double loss = engine.gradient(ligands, proteins, ligandOf, proteinOf, affinity, null);
        var graph = net.graph();
        graph.setInputs(
                DeepDta.input(chosen(ligands, ligandOf), 0, 8), DeepDta.input(chosen(proteins, proteinOf), 0, 8));
        graph.setLabels(Nd4j.createFromArray(affinity).reshape(8, 1));
        graph.computeGradientAndScore();
        assertEquals(graph.score(), loss, 1e-4);
        var theirs = graph.gradient().gradientForVariable();
        List<String> compared = new ArrayList<>();
        for (String name : List.of("ligand", "protein")) {
            Branch branch = name.equals("ligand") ? engine.ligand : engine.protein;
            close(theirs.get(name + "-embedding_W"), branch.embedGradient, compared);
            for (int l = 0; l < 3; l++) {
                String layer = name + "-convolution" + (l + 1);
                close(theirs.get(layer + "_W"), branch.weightGradients[l], compared);
                close(theirs.get(layer + "_b"), branch.biasGradients[l], compared);
            }
        }
        for (int l = 0; l < 4; l++) {
            close(theirs.get(DeepDta.DENSE.get(l) + "_W"), engine.head.weightGradients[l], compared);
            close(theirs.get(DeepDta.DENSE.get(l) + "_b"), engine.head.biasGradients[l], compared);
        }
        assertEquals(theirs.size(), compared.size());
    }

    private static void close(INDArray theirs, float[] ours, List<String> compared) {
        // Deeplearning4j divides by the batch only in the optimiser
        float[] expected = theirs.div(8).dup('c').data().asFloat();
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0, "a gradient is not all zero");
        assertArrayEquals(expected, ours, 1e-4f * largest, "array " + compared.size());
        compared.add("");
    }

    @Test
    void aStoredStepIsInTheGraph() {
        DeepDta net = net();
        Engine engine = new Engine(net);
        float[] before = engine.predict(ligands, proteins, ligandOf, proteinOf, 8);
        double first = 0;
        double last = 0;
        for (int i = 0; i < 30; i++) {
            last = engine.gradient(ligands, proteins, ligandOf, proteinOf, affinity, null);
            first = i == 0 ? last : first;
            engine.step(1e-2);
        }
        assertTrue(last < first / 2, first + " fell to " + last);
        engine.store();
        float[] theirs = net.predict(chosen(ligands, ligandOf), chosen(proteins, proteinOf));
        assertArrayEquals(theirs, engine.predict(ligands, proteins, ligandOf, proteinOf, 8), 1e-4f);
        assertTrue(Math.abs(before[0] - theirs[0]) > 0.1, "the weights have changed");
    }

    @Test
    void aSavedNetworkComesBackAndItsDenseMatricesCanBeChanged(@TempDir Path folder) {
        DeepDta net = net();
        float[] before = net.predict(chosen(ligands, ligandOf), chosen(proteins, proteinOf));
        net.save(folder.resolve("net.zip"));
        DeepDta back = DeepDta.load(folder.resolve("net.zip"), SMALL);
        assertArrayEquals(before, back.predict(chosen(ligands, ligandOf), chosen(proteins, proteinOf)), 1e-6f);
        DeepDta changed = back.copy();
        INDArray last = changed.dense("affinity");
        changed.setDense("affinity", last.mul(0));
        float bias = changed.array("affinity", DeepDta.BIAS).getFloat(0);
        for (float affinity : changed.predict(chosen(ligands, ligandOf), chosen(proteins, proteinOf))) {
            assertEquals(bias, affinity, 1e-6f);
        }
        assertEquals(last, back.dense("affinity"), "the copy is independent");
    }

    @Test
    void thePapersNetworkHasThePapersSizes() {
        var counts = DeepDta.of(new DeepDta.Shape(), 1).parameters();
        long dense = DeepDta.DENSE.stream().mapToLong(counts::get).sum() - (1024 + 1024 + 512 + 1);
        assertEquals(1_769_984, dense);
        long convolutions = counts.entrySet().stream()
                        .filter(layer -> layer.getKey().contains("convolution"))
                        .mapToLong(java.util.Map.Entry::getValue)
                        .sum()
                - 2 * (32 + 64 + 96);
        assertEquals(245_760, convolutions);
        assertEquals(65 * 128, counts.get("ligand-embedding"));
        assertEquals(26 * 128, counts.get("protein-embedding"));
    }
}
