package org.parsimony.coding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.parsimony.data.format.Npy;

/** Matrices for the tests: the real ones where they are, and made ones of the same structure. */
public final class Matrices {

    private Matrices() {}

    /** A real matrix by the beginning of its file's name, where {@code PARSIMONY_DATA} or {@code ../shared/data} has it. */
    static Optional<DenseMatrix> real(String name) {
        String variable = System.getenv("PARSIMONY_DATA");
        List<Path> places = variable != null
                ? List.of(Path.of(variable))
                : List.of(Path.of("../shared/data"), Path.of("../../shared/data"), Path.of("../../../shared/data"));
        for (Path place : places) {
            Path file = place.resolve("matrices").resolve(name + ".npy.gz");
            if (Files.exists(file)) {
                return Optional.of(DenseMatrix.of(Npy.read(file)));
            }
        }
        return Optional.empty();
    }

    /**
     * A pruned and quantised layer whose columns repeat a few others: each column is a copy of one of
     * {@code prototypes} columns with a share {@code noise} of its weights drawn anew.
     */
    public static DenseMatrix trained(
            int rows, int cols, int prototypes, double zeros, int values, double noise, long seed) {
        Random random = new Random(seed);
        float[] table = new float[values];
        for (int i = 0; i < values; i++) {
            table[i] = (float) random.nextGaussian() * 0.05f;
        }
        float[][] columns = new float[prototypes][rows];
        for (float[] column : columns) {
            for (int row = 0; row < rows; row++) {
                column[row] = draw(random, zeros, table);
            }
        }
        float[] dense = new float[rows * cols];
        for (int col = 0; col < cols; col++) {
            float[] column = columns[random.nextInt(prototypes)];
            for (int row = 0; row < rows; row++) {
                dense[row * cols + col] = random.nextDouble() < noise ? draw(random, zeros, table) : column[row];
            }
        }
        return new DenseMatrix(rows, cols, dense);
    }

    private static float draw(Random random, double zeros, float[] table) {
        return random.nextDouble() < zeros
                ? 0
                : table[Math.min(random.nextInt(table.length), random.nextInt(table.length))];
    }

    /** Shapes and contents at which coders break. */
    static List<DenseMatrix> odd() {
        List<DenseMatrix> odd = new ArrayList<>();
        odd.add(new DenseMatrix(1, 1, new float[1]));
        odd.add(new DenseMatrix(1, 1, new float[] {2.5f}));
        odd.add(new DenseMatrix(7, 90, new float[630]));
        odd.add(filled(33, 40, i -> 0.5f));
        odd.add(filled(33, 40, i -> i % 40 == 3 ? i : 0f));
        odd.add(filled(1, 300, i -> i % 5));
        odd.add(filled(300, 1, i -> i % 5));
        odd.add(filled(60, 60, i -> i));
        odd.add(filled(20, 30, i -> -0f));
        odd.add(filled(20, 30, i -> i % 3 == 0 ? -0f : i % 3 == 1 ? 0f : Float.MIN_VALUE));
        odd.add(filled(300, 20, i -> i % 1500 == 7 ? 1 : 0));
        odd.add(filled(64, 64, i -> (float) Math.pow(1.7, Integer.numberOfTrailingZeros(i + 1))));
        odd.add(filled(100, 300, i -> Integer.numberOfTrailingZeros(i + 1)));
        odd.add(filled(80, 100, i -> i % 3 == 0 ? i : 0));
        odd.add(filled(70_000, 2, i -> i % 9973 == 0 ? i : 0));
        odd.add(filled(9_000, 40, i -> i % 40 < 3 || i % 97 == 0 ? 1 + Integer.numberOfTrailingZeros(i / 7 + 1) : 0));
        odd.add(trained(50, 120, 6, 0.6, 20, 0.2, 1));
        odd.add(trained(40, 70, 1, 0.3, 300, 1, 2));
        odd.add(trained(64, 256, 3, 0.99, 2, 0.05, 3));
        return odd;
    }

    private interface Fill {
        float at(int i);
    }

    private static DenseMatrix filled(int rows, int cols, Fill fill) {
        float[] dense = new float[rows * cols];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = fill.at(i);
        }
        return new DenseMatrix(rows, cols, dense);
    }
}
