package org.parsimony.notebook.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.DotTimes;
import org.parsimony.coding.GeneralPurpose;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.data.format.Npy;

/**
 * How long yᵀ = xᵀW takes in every code, beside the dense product of ND4J's BLAS, our CSC and SciPy's CSC. All of them
 * are timed in turns, round after round, each as the fastest of a few products in a row; a ratio is the median of the
 * ratios within a round, so that a busy machine slows both sides of it, with its interval.
 */
public final class DotBench {

    /** Rounds at most, and the time after which no further one begins. */
    private static final int ROUNDS = 101;

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
     * @param python interpreter with SciPy; without SciPy there are no ratios to it
     * @param rounds in which all take their turns, at least 5; more where they are quick
     * @throws IllegalArgumentException if the folder holds no matrix
     */
    public static void run(Path path, Collection<String> codes, String python, int rounds, PrintStream out)
            throws IOException {
        run(path, codes, python, rounds, WARM_UP, out);
    }

    /** @param warmUp nanoseconds before each contender is timed */
    static void run(Path path, Collection<String> codes, String python, int rounds, long warmUp, PrintStream out)
            throws IOException {
        Require.atLeast("pairs", rounds, Rounds.LEAST);
        Surroundings.head(System.getenv()).forEach(out::println);
        for (Path file : CodeReport.matrices(path)) {
            matrix(file, codes, python, rounds, warmUp, out);
        }
    }

    private static void matrix(
            Path file, Collection<String> names, String python, int rounds, long warmUp, PrintStream out)
            throws IOException {
        INDArray array = Npy.read(file);
        DenseMatrix dense = DenseMatrix.of(array);
        List<CompressedMatrix> codes =
                CodeReport.codes(dense, name -> names.isEmpty() || name.equals("CSC") || names.contains(name));
        CscMatrix csc = (CscMatrix) codes.get(0);
        float[] x = gaussian(64 * dense.rows());
        float[] one = Arrays.copyOf(x, dense.rows());
        float[] y = new float[64 * dense.cols()];
        float[] y1 = new float[dense.cols()];
        Runnable product = DotTimes.dense(array, one);
        List<DoubleSupplier> contenders = new ArrayList<>();
        String settings;
        Peer scipy = null;
        try {
            scipy = Peer.start(python, "scipy_csc.py", Map.of(), file);
            settings = scipy.settings();
        } catch (IllegalStateException e) {
            settings = e.getMessage();
        }
        try (Peer peer = scipy) {
            contenders.add(() -> timed(product));
            contenders.add(peer == null ? () -> Double.NaN : peer::measure);
            for (CompressedMatrix code : codes) {
                contenders.add(() -> timed(() -> code.dot(one, y1)));
                contenders.add(() -> timed(() -> code.dot(one, y1, 1, 2)));
                float[] x8 = Arrays.copyOf(x, 8 * dense.rows());
                float[] y8 = new float[8 * dense.cols()];
                contenders.add(() -> timed(() -> code.dot(x8, y8, 8)) / 8);
                contenders.add(() -> timed(() -> code.dot(x, y, 64)) / 64);
            }
            double[][] times = rounds(contenders, rounds, warmUp);
            long weights = dense.values().length;
            out.printf(
                    "%s  %d × %d, %d nonzero, one thread, %d rounds; dense BLAS %.3f ms, SciPy CSC %.3f ms%n",
                    file.getFileName(),
                    dense.rows(),
                    dense.cols(),
                    csc.nonzeros(),
                    times[0].length,
                    Spread.of(times[0]).median() * 1e-6,
                    Spread.of(times[1]).median() * 1e-6);
            out.println("    " + settings);
            GeneralPurpose.Size best = GeneralPurpose.best(dense);
            out.printf(
                    "    best of gzip, xz, zstd and brotli in either order: %,d bytes, %s %s%n",
                    best.bytes(), best.compressor(), best.order());
            out.printf(
                    "%-11s %10s %9s %9s %9s | %-19s %8s %-19s | %9s %8s %8s%n",
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
                double time = Spread.of(own).median();
                out.printf(
                        "%-11s %10d %9.3f %9.2f %9.2f | %-19s %8.2f %-19s | %8.2fx %7.2fx %7.2fx%n",
                        codes.get(i).name(),
                        codes.get(i).sizeInBytes(),
                        time * 1e-6,
                        time / weights,
                        time / Math.max(1, csc.nonzeros()),
                        Spread.ofRatios(own, times[0]),
                        ratio(own, times[2]),
                        peer == null ? "" : Spread.ofRatios(own, times[1]),
                        ratio(own, times[3 + 4 * i]),
                        ratio(own, times[4 + 4 * i]),
                        ratio(own, times[5 + 4 * i]));
            }
            out.println();
        }
    }

    private static double[][] rounds(List<DoubleSupplier> contenders, int least, long warmUp) {
        double[][] times = new double[contenders.size()][Math.max(ROUNDS, least)];
        for (DoubleSupplier contender : contenders) {
            long start = System.nanoTime();
            do {
                contender.getAsDouble();
            } while (System.nanoTime() - start < warmUp);
        }
        long start = System.nanoTime();
        int round = 0;
        for (; round < times[0].length && (round < least || System.nanoTime() - start < PATIENCE); round++) {
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
        return Spread.ofRatios(times, reference).median();
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
