package org.parsimony.coding;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.data.Npy;

/**
 * How long yᵀ = xᵀW takes in every code, beside the dense product of ND4J's BLAS, our CSC and SciPy's CSC. All of them
 * are timed in turns, round after round, each as the fastest of a few products in a row; a ratio is the median of the
 * ratios within a round, so that a busy machine slows both sides of it.
 */
public final class DotBench {

    /** Rounds at most, and at least, and the time after which no further one begins. */
    private static final int ROUNDS = 101;

    private static final int LEAST_ROUNDS = 7;
    private static final long PATIENCE = 6_000_000_000L;
    private static final long WARM_UP = 300_000_000L;
    private static final int IN_A_ROW = 3;

    private DotBench() {}

    /**
     * Times every {@code .npy} and {@code .npy.gz} matrix in {@code path} and prints a table for each: median time,
     * nanoseconds a weight and a nonzero weight, ratios to the three references, then two threads and batches of 8 and
     * 64 vectors as factors against one vector on one thread (time per vector).
     *
     * @param path a folder, or one matrix
     * @param codes the names of the codes to time beside CSC; all if empty
     * @throws IllegalArgumentException if the folder holds no matrix
     */
    public static void run(Path path, Collection<String> codes, PrintStream out) throws IOException {
        run(path, codes, WARM_UP, out);
    }

    /** @param warmUp nanoseconds before each contender is timed */
    static void run(Path path, Collection<String> codes, long warmUp, PrintStream out) throws IOException {
        for (Path file : matrices(path)) {
            matrix(file, codes, warmUp, out);
        }
    }

    /** The matrices of a folder, or the one that {@code path} is itself. */
    static List<Path> matrices(Path path) throws IOException {
        try (Stream<Path> all = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            List<Path> files = all.filter(
                            f -> f.toString().endsWith(".npy") || f.toString().endsWith(".npy.gz"))
                    .sorted()
                    .toList();
            Require.that(!files.isEmpty(), "%s holds no .npy or .npy.gz file; name a matrix or a folder of them", path);
            return files;
        }
    }

    /**
     * The product of the BLAS that ND4J multiplies with, called directly: what ND4J itself does around a call takes longer
     * than the product of a small layer.
     *
     * @param matrix row-major, from its first value on
     */
    static Runnable dense(INDArray matrix, float[] x) {
        int rows = matrix.rows();
        int cols = matrix.columns();
        INDArray vector = Nd4j.createFromArray(x);
        INDArray product = Nd4j.create(cols);
        // the arrays, not their pointers, are what keeps the memory
        return () -> openblas.cblas_sgemv(
                openblas.CblasRowMajor,
                openblas.CblasTrans,
                rows,
                cols,
                1,
                (FloatPointer) matrix.data().pointer(),
                cols,
                (FloatPointer) vector.data().pointer(),
                1,
                0,
                (FloatPointer) product.data().pointer(),
                1);
    }

    private static void matrix(Path file, Collection<String> names, long warmUp, PrintStream out) throws IOException {
        INDArray array = Npy.read(file);
        DenseMatrix dense = DenseMatrix.of(array);
        List<CompressedMatrix> codes =
                CodeReport.codes(dense, name -> names.isEmpty() || name.equals("CSC") || names.contains(name));
        CscMatrix csc = (CscMatrix) codes.get(0);
        float[] x = gaussian(64 * dense.rows());
        float[] one = Arrays.copyOf(x, dense.rows());
        float[] y = new float[64 * dense.cols()];
        float[] y1 = new float[dense.cols()];
        Runnable product = dense(array, one);
        List<DoubleSupplier> contenders = new ArrayList<>();
        try (ScipyPeer scipy = ScipyPeer.start(file)) {
            contenders.add(() -> timed(product));
            contenders.add(scipy == null ? () -> Double.NaN : scipy::nanoseconds);
            for (CompressedMatrix code : codes) {
                contenders.add(() -> timed(() -> code.dot(one, y1)));
                contenders.add(() -> timed(() -> code.dot(one, y1, 1, 2)));
                float[] x8 = Arrays.copyOf(x, 8 * dense.rows());
                float[] y8 = new float[8 * dense.cols()];
                contenders.add(() -> timed(() -> code.dot(x8, y8, 8)) / 8);
                contenders.add(() -> timed(() -> code.dot(x, y, 64)) / 64);
            }
            double[][] times = rounds(contenders, warmUp);
            long weights = dense.values().length;
            out.printf(
                    "%s  %d × %d, %d nonzero, one thread; dense BLAS %.3f ms, SciPy CSC %.3f ms%n",
                    file.getFileName(),
                    dense.rows(),
                    dense.cols(),
                    csc.nonzeros(),
                    median(times[0]) * 1e-6,
                    median(times[1]) * 1e-6);
            out.printf(
                    "%-11s %10s %9s %9s %9s | %8s %8s %8s | %9s %8s %8s%n",
                    "code",
                    "bytes",
                    "ms",
                    "ns/weight",
                    "ns/nonz.",
                    "/dense",
                    "/CSC",
                    "/SciPy",
                    "2 threads",
                    "batch 8",
                    "64");
            for (int i = 0; i < codes.size(); i++) {
                double[] own = times[2 + 4 * i];
                double time = median(own);
                out.printf(
                        "%-11s %10d %9.3f %9.2f %9.2f | %8.2f %8.2f %8.2f | %8.2fx %7.2fx %7.2fx%n",
                        codes.get(i).name(),
                        codes.get(i).sizeInBytes(),
                        time * 1e-6,
                        time / weights,
                        time / Math.max(1, csc.nonzeros()),
                        ratio(own, times[0]),
                        ratio(own, times[2]),
                        ratio(own, times[1]),
                        ratio(own, times[3 + 4 * i]),
                        ratio(own, times[4 + 4 * i]),
                        ratio(own, times[5 + 4 * i]));
            }
            out.println();
        }
    }

    private static double[][] rounds(List<DoubleSupplier> contenders, long warmUp) {
        double[][] times = new double[contenders.size()][ROUNDS];
        for (DoubleSupplier contender : contenders) {
            long start = System.nanoTime();
            do {
                contender.getAsDouble();
            } while (System.nanoTime() - start < warmUp);
        }
        long start = System.nanoTime();
        int round = 0;
        for (; round < ROUNDS && (round < LEAST_ROUNDS || System.nanoTime() - start < PATIENCE); round++) {
            for (int i = 0; i < times.length; i++) {
                times[i][round] = quickest(contenders.get(i));
            }
        }
        for (int i = 0; i < times.length; i++) {
            times[i] = Arrays.copyOf(times[i], round);
        }
        return times;
    }

    /** Of a few runs in a row: the first finds the caches full of what the others left. */
    static double quickest(DoubleSupplier contender) {
        return IntStream.range(0, IN_A_ROW)
                .mapToDouble(k -> contender.getAsDouble())
                .min()
                .orElseThrow();
    }

    static double timed(Runnable product) {
        long start = System.nanoTime();
        product.run();
        return System.nanoTime() - start;
    }

    private static double ratio(double[] times, double[] reference) {
        double[] ratios = new double[times.length];
        Arrays.setAll(ratios, i -> times[i] / reference[i]);
        return median(ratios);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static float[] gaussian(int n) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float)
                    (Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return values;
    }
}
