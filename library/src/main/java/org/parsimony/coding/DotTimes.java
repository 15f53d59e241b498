package org.parsimony.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Rows;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.network.Backend;
import tech.tablesaw.api.Table;

/**
 * How long products with one matrix take in every code, on one thread: a look for a notebook, of some six seconds. {@code ./parsimony bench dot} is the measurement.
 */
public final class DotTimes {

    private static final int BATCH = 64;
    private static final long WARM_UP = 300_000_000L;
    private static final long PATIENCE = 1_200_000_000L;
    private static final int LEAST_ROUNDS = 5;
    private static final int IN_A_ROW = 3;

    private DotTimes() {}

    /**
     * One row for the dense product of ND4J's BLAS and one for each code: bytes, microseconds a vector, nanoseconds a
     * weight and a nonzero weight, the ratio to dense, and microseconds a vector in a batch of 64. Medians of rounds in
     * which all take their turn, three times in a row, of which the quickest counts.
     */
    public static Table of(DenseMatrix matrix) {
        List<CompressedMatrix> codes = CodeReport.codes(matrix);
        float[] x = gaussian(BATCH * matrix.rows());
        float[] one = Arrays.copyOf(x, matrix.rows());
        float[] y = new float[BATCH * matrix.cols()];
        float[] y1 = new float[matrix.cols()];
        INDArray dense = Nd4j.createFromArray(matrix.values()).reshape(matrix.rows(), matrix.cols());
        INDArray vectors = Nd4j.createFromArray(x).reshape(BATCH, matrix.rows());
        INDArray products = Nd4j.create(BATCH, matrix.cols());
        List<Runnable> contenders = new ArrayList<>();
        contenders.add(dense(dense, one));
        contenders.add(() -> vectors.mmuli(dense, products));
        for (CompressedMatrix code : codes) {
            contenders.add(() -> code.dot(one, y1));
            contenders.add(() -> code.dot(x, y, BATCH));
        }
        double[] times = medians(contenders);
        long weights = matrix.values().length;
        long nonzeros = Math.max(1, ((CscMatrix) codes.get(0)).nonzeros());
        return Rows.of(IntStream.rangeClosed(0, codes.size()).boxed().toList())
                .texts("code", i -> i == 0 ? "dense" : codes.get(i - 1).name())
                .longs("bytes", i -> i == 0 ? 4 * weights : codes.get(i - 1).sizeInBytes())
                .doubles("µs a vector", 2, i -> times[2 * i] * 1e-3)
                .doubles("ns a weight", 2, i -> times[2 * i] / weights)
                .doubles("ns a nonzero", 2, i -> times[2 * i] / nonzeros)
                .doubles("× dense", 2, i -> times[2 * i] / times[0])
                .doubles("µs a vector of 64", 2, i -> times[2 * i + 1] * 1e-3 / BATCH)
                .table("products with a matrix of " + matrix.rows() + " × " + matrix.cols());
    }

    private static double[] medians(List<Runnable> contenders) {
        for (Runnable contender : contenders) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < WARM_UP) {
                contender.run();
            }
        }
        List<double[]> rounds = new ArrayList<>();
        long start = System.nanoTime();
        while (rounds.size() < LEAST_ROUNDS || System.nanoTime() - start < PATIENCE) {
            rounds.add(contenders.stream()
                    .mapToDouble(contender -> quickest(() -> timed(contender)))
                    .toArray());
        }
        double[] medians = new double[contenders.size()];
        Arrays.setAll(
                medians,
                i -> median(rounds.stream().mapToDouble(round -> round[i]).toArray()));
        return medians;
    }

    /**
     * The product of the BLAS that ND4J multiplies with, called directly: what ND4J itself does around a call takes longer
     * than the product of a small layer.
     *
     * @param matrix row-major, from its first value on
     */
    public static Runnable dense(INDArray matrix, float[] x) {
        int rows = matrix.rows();
        int cols = matrix.columns();
        INDArray vector = Nd4j.createFromArray(x);
        INDArray product = Nd4j.create(cols);
        // the arrays, not their pointers, are what keeps the memory
        Backend.tame();
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

    /** Of a few runs in a row: the first finds the caches full of what the others left. */
    private static double quickest(DoubleSupplier contender) {
        return IntStream.range(0, IN_A_ROW)
                .mapToDouble(k -> contender.getAsDouble())
                .min()
                .orElseThrow();
    }

    private static double timed(Runnable product) {
        long start = System.nanoTime();
        product.run();
        return System.nanoTime() - start;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static float[] gaussian(int n) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float)
                    (Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return values;
    }
}
