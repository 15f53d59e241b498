package org.parsimony.coding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.parsimony.base.Require;

/**
 * A weight matrix W {@code [rows × cols] = [inputs × outputs]} in a lossless code, and yᵀ = xᵀW computed on the code: at
 * no time is more than a block of columns unpacked. Immutable and safe for use by several threads.
 *
 * <pre>{@code
 * DenseMatrix weights = new DenseMatrix(784, 300, floats);    // row-major, or DenseMatrix.of(array)
 * CompressedMatrix coded = Code.HAM.encode(weights);          // coded.sizeInBytes() beside 4 · 784 · 300
 * coded.dot(x, y);                                            // x: 784 floats, y: 300 floats, overwritten
 * }</pre>
 */
public interface CompressedMatrix {

    /** The name of the code, for tables. */
    String name();

    /** Inputs, n in the papers. */
    int rows();

    /** Outputs, m in the papers. */
    int cols();

    /** Size in bits, by the accounting that the code's class states. */
    long sizeInBits();

    /** {@link #sizeInBits} in bytes, rounded up. */
    default long sizeInBytes() {
        return sizeInBits() + 7 >>> 3;
    }

    /** Parts that can be decoded alone, at least 1; each gives some columns of y. */
    int blocks();

    /**
     * The part of the product that blocks {@code from} (inclusive) to {@code to} (exclusive) give; the rest of
     * {@code y} is left as it is.
     *
     * @param x {@code [batch × rows]}, row-major
     * @param y {@code [batch × cols]}, row-major
     */
    void dot(float[] x, float[] y, int batch, int from, int to);

    /** Exactly the matrix that was coded, bit for bit. */
    DenseMatrix toDense();

    /** yᵀ = xᵀW for one vector, on the calling thread. */
    default void dot(float[] x, float[] y) {
        dot(x, y, 1);
    }

    /**
     * Y = XW for a batch, on the calling thread; weights are decoded once for all vectors.
     *
     * @param x {@code [batch × rows]}, row-major
     * @param y {@code [batch × cols]}, row-major, overwritten
     */
    default void dot(float[] x, float[] y, int batch) {
        checkShapes(x, y, batch);
        dot(x, y, batch, 0, blocks());
    }

    /** {@link #dot(float[], float[], int)} on up to {@code threads} threads of the common pool, the caller among them. */
    default void dot(float[] x, float[] y, int batch, int threads) {
        Require.atLeast("threads", threads, 1);
        checkShapes(x, y, batch);
        int blocks = blocks();
        if (threads == 1 || blocks == 1) {
            dot(x, y, batch, 0, blocks);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, threads).parallel().forEach(t -> {
            int from = next.getAndUpdate(done -> done + share(blocks - done, threads));
            while (from < blocks) {
                dot(x, y, batch, from, from + share(blocks - from, threads));
                from = next.getAndUpdate(done -> done + share(blocks - done, threads));
            }
        });
    }

    /** Blocks to take of those left: many at first, few at the end, so that all threads end together. */
    private static int share(int left, int threads) {
        return left <= 0 ? 0 : Math.max(1, left / threads / 2);
    }

    private void checkShapes(float[] x, float[] y, int batch) {
        Require.atLeast("batch", batch, 1);
        Require.that(
                x.length == (long) batch * rows(),
                "x has %d values, but %d vectors of %d inputs have %d",
                x.length,
                batch,
                rows(),
                (long) batch * rows());
        Require.that(
                y.length == (long) batch * cols(),
                "y has room for %d values, but %d vectors of %d outputs need %d",
                y.length,
                batch,
                cols(),
                (long) batch * cols());
    }
}
