package org.parsimony.splitting;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.parsimony.splitting.eigen.SplittingMatrices;

/**
 * The splitting matrices of a dense layer or a convolution, {@code S_j = Σ q_j x xᵀ} over samples and positions, never
 * formed: a product is the forward pass of a linear layer with the vectors as weights, its outputs times q, and that layer's
 * weight gradient. Complexity: two matrix products; memory: the layer's inputs and q.
 */
final class BatchedMatrices implements SplittingMatrices {

    /** Inputs of a layer as rows of what one unit reads at one sample and position. */
    @FunctionalInterface
    interface Unfolding {

        /** {@code [samples · positions × weights into a unit]} from the layer's input for these samples. */
        float[] rows(float[] input, int samples);
    }

    /**
     * Some samples at the layer, arrays row-major.
     *
     * @param samples at least 1
     * @param input of the layer, samples first
     * @param signal q, {@code [samples · positions × units]}, divided by the number of all samples
     * @param beyond what a second activation adds; null for nothing
     */
    record Batch(int samples, float[] input, float[] signal, Beyond beyond) {}

    private final Unfolding unfolding;
    private final List<Batch> batches;
    private final int length;
    private final double[][] free;
    private final int size;
    private final int samples;

    /**
     * @param batches of equally many samples, the last maybe fewer
     * @param length weights into a unit
     * @param free of each unit which of them may move, 1 or 0; null for all
     */
    BatchedMatrices(Unfolding unfolding, List<Batch> batches, int length, double[][] free) {
        this.unfolding = unfolding;
        this.batches = batches;
        this.length = length;
        this.free = free;
        this.size = batches.get(0).samples();
        this.samples = batches.stream().mapToInt(Batch::samples).sum();
    }

    @Override
    public int units() {
        return free.length;
    }

    @Override
    public int inputs() {
        return length;
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public double[][] times(double[][] vectors, int from, int to) {
        float[] sum = new float[units() * length];
        try (FloatPointer v = new FloatPointer(flat(vectors));
                FloatPointer out = new FloatPointer(sum)) {
            for (int b = from / size; b * size < to; b++) {
                int first = Math.max(from - b * size, 0);
                int last = Math.min(to - b * size, batches.get(b).samples());
                add(batches.get(b), first, last, v, out);
            }
            out.get(sum);
        }
        double scale = (double) samples / (to - from);
        double[][] products = new double[units()][length];
        for (int j = 0; j < units(); j++) {
            for (int i = 0; i < length; i++) {
                products[j][i] = sum[j * length + i] * scale * (free[j] == null ? 1 : free[j][i]);
            }
        }
        return products;
    }

    /** {@code out += (q · X Vᵀ)ᵀ X} for the samples from {@code first} to before {@code last} of a batch. */
    private void add(Batch batch, int first, int last, FloatPointer v, FloatPointer out) {
        float[] rows = unfolding.rows(part(batch.input(), batch, first, last), last - first);
        float[] q = part(batch.signal(), batch, first, last);
        int count = rows.length / length;
        int units = units();
        try (FloatPointer x = new FloatPointer(rows);
                FloatPointer t = new FloatPointer(q.length)) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    count,
                    units,
                    length,
                    1,
                    x,
                    length,
                    v,
                    length,
                    0,
                    t,
                    units);
            float[] values = new float[q.length];
            t.get(values);
            float[] curved = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                curved[i] = values[i] * q[i];
            }
            if (batch.beyond() != null) {
                batch.beyond().add(values, first, last, curved);
            }
            t.put(curved);
            cblas_sgemm(
                    CblasRowMajor,
                    CblasTrans,
                    CblasNoTrans,
                    units,
                    length,
                    count,
                    1,
                    t,
                    units,
                    x,
                    length,
                    1,
                    out,
                    length);
        }
    }

    private static float[] part(float[] array, Batch batch, int first, int last) {
        int each = array.length / batch.samples();
        return first == 0 && last == batch.samples() ? array : Arrays.copyOfRange(array, first * each, last * each);
    }

    private float[] flat(double[][] vectors) {
        float[] flat = new float[vectors.length * length];
        for (int j = 0; j < vectors.length; j++) {
            for (int i = 0; i < length; i++) {
                flat[j * length + i] = (float) (vectors[j][i] * (free[j] == null ? 1 : free[j][i]));
            }
        }
        return flat;
    }
}
