package org.parsimony.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How long products with one matrix take in every code, on one thread: a look for a notebook, of some six seconds. {@link
 * DotBench} is the measurement.
 */
public final class DotTimes {

    private static final int BATCH = 64;
    private static final long WARM_UP = 300_000_000L;
    private static final long PATIENCE = 1_200_000_000L;
    private static final int LEAST_ROUNDS = 5;

    private DotTimes() {}

    /**
     * One row for the dense product of ND4J's BLAS and one for each code: bytes, microseconds a vector, nanoseconds a
     * weight and a nonzero weight, the ratio to dense, and microseconds a vector in a batch of 64. Medians of rounds in
     * which all take their turn, three times in a row, of which the quickest counts.
     */
    public static Table of(DenseMatrix matrix) {
        List<CompressedMatrix> codes = CodeReport.codes(matrix);
        float[] x = DotBench.gaussian(BATCH * matrix.rows());
        float[] one = Arrays.copyOf(x, matrix.rows());
        float[] y = new float[BATCH * matrix.cols()];
        float[] y1 = new float[matrix.cols()];
        INDArray dense = Nd4j.createFromArray(matrix.values()).reshape(matrix.rows(), matrix.cols());
        INDArray vectors = Nd4j.createFromArray(x).reshape(BATCH, matrix.rows());
        INDArray products = Nd4j.create(BATCH, matrix.cols());
        List<Runnable> contenders = new ArrayList<>();
        contenders.add(DotBench.dense(dense, one));
        contenders.add(() -> vectors.mmuli(dense, products));
        for (CompressedMatrix code : codes) {
            contenders.add(() -> code.dot(one, y1));
            contenders.add(() -> code.dot(x, y, BATCH));
        }
        double[] times = medians(contenders);
        long weights = matrix.values().length;
        long nonzeros = Math.max(1, ((CscMatrix) codes.get(0)).nonzeros());
        Table table = Table.create(
                "products with a matrix of " + matrix.rows() + " × " + matrix.cols(),
                StringColumn.create("code"),
                LongColumn.create("bytes"),
                DoubleColumn.create("µs a vector"),
                DoubleColumn.create("ns a weight"),
                DoubleColumn.create("ns a nonzero"),
                DoubleColumn.create("× dense"),
                DoubleColumn.create("µs a vector of 64"));
        for (int i = 0; i <= codes.size(); i++) {
            double time = times[2 * i];
            table.stringColumn(0).append(i == 0 ? "dense" : codes.get(i - 1).name());
            table.longColumn(1).append(i == 0 ? 4 * weights : codes.get(i - 1).sizeInBytes());
            table.doubleColumn(2).append(hundredths(time * 1e-3));
            table.doubleColumn(3).append(hundredths(time / weights));
            table.doubleColumn(4).append(hundredths(time / nonzeros));
            table.doubleColumn(5).append(hundredths(time / times[0]));
            table.doubleColumn(6).append(hundredths(times[2 * i + 1] * 1e-3 / BATCH));
        }
        return table;
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
                    .mapToDouble(contender -> DotBench.quickest(() -> DotBench.timed(contender)))
                    .toArray());
        }
        double[] medians = new double[contenders.size()];
        Arrays.setAll(
                medians,
                i -> DotBench.median(
                        rounds.stream().mapToDouble(round -> round[i]).toArray()));
        return medians;
    }

    private static double hundredths(double value) {
        return Math.round(100 * value) / 100.0;
    }
}
