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

    /** Values of rows that are kept, 64 MiB: Lanczos reads them thirty times. */
    private static final long KEPT = 1 << 24;

    private final Unfolding unfolding;
    private final List<Batch> batches;
    private final FloatPointer[] kept;
    private long left = KEPT;
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
        this.kept = new FloatPointer[batches.size()];
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
                add(b, first, last, v, out);
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

    @Override
    public void close() {
        for (int b = 0; b < kept.length; b++) {
            if (kept[b] != null) {
                kept[b].close();
                kept[b] = null;
            }
        }
        left = KEPT;
    }

    /** The rows of a batch, kept from the first time on; null where too many are kept already. */
    private FloatPointer kept(int b) {
        Batch batch = batches.get(b);
        long values = (long) batch.signal().length / units() * length;
        if (kept[b] == null && values <= left) {
            kept[b] = new FloatPointer(unfolding.rows(batch.input(), batch.samples()));
            left -= values;
        }
        return kept[b];
    }

    /** {@code out += (q · X Vᵀ)ᵀ X} for the samples from {@code first} to before {@code last} of a batch. */
    private void add(int b, int first, int last, FloatPointer v, FloatPointer out) {
        Batch batch = batches.get(b);
        float[] q = part(batch.signal(), batch, first, last);
        int units = units();
        int count = q.length / units;
        FloatPointer rows = kept(b);
        if (rows != null) {
            add(batch, first, last, rows.getPointer((long) count / (last - first) * first * length), q, v, out);
            return;
        }
        try (FloatPointer x = new FloatPointer(unfolding.rows(part(batch.input(), batch, first, last), last - first))) {
            add(batch, first, last, x, q, v, out);
        }
    }

    private void add(Batch batch, int first, int last, FloatPointer x, float[] q, FloatPointer v, FloatPointer out) {
        int units = units();
        int count = q.length / units;
        try (FloatPointer t = new FloatPointer(q.length)) {
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
