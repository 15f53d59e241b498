package org.parsimony.network.fused.compute;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.parsimony.network.machine.BlasKernel;

/** The OpenBLAS products the engine needs, row-major, on memory outside the heap. */
public final class Blas {

    /** Operands of a product. */
    static final int OPERANDS = 3;

    /** Such products run at up to twice the speed of larger ones. */
    private static final boolean SMALL_KERNELS = BlasKernel.chosen().smallProductsInPlace();
    /** Multiplications of the largest product that is small. */
    private static final int SMALL = 1_000_000;
    /** Values of its largest result where the second factor alone is transposed. */
    private static final int SMALL_RESULT = 1_200;
    /** Of more pieces, the calls and the repeated reading cost what the small ones gain. */
    private static final int PIECES = 16;

    private Blas() {}

    /**
     * One thread per product, for the whole process: the engine itself shares the work among threads, in parts that do
     * not depend on how many there are. To be called when ND4J is loaded, since loading it sets the number again.
     */
    public static void oneThreadPerProduct() {
        openblas.blas_set_num_threads(1);
    }

    /**
     * {@code C ← scale · A · B + keep · C} with A {@code [m × k]} and B {@code [k × n]}, each read transposed if so said,
     * and C {@code [m × n]}; a stride is the distance between rows as they lie in memory.
     */
    public static void multiply(
            int m,
            int n,
            int k,
            float scale,
            FloatPointer a,
            int aStride,
            boolean aTransposed,
            FloatPointer b,
            int bStride,
            boolean bTransposed,
            float keep,
            FloatPointer c,
            int cStride) {
        int pieces = SMALL_KERNELS ? pieces(m, n, k, !aTransposed && bTransposed) : 1;
        long bStart = b.position();
        long cStart = c.position();
        for (int piece = 0; piece < pieces && m > 0 && n > 0; piece++) {
            int from = (int) ((long) n * piece / pieces);
            int to = (int) ((long) n * (piece + 1) / pieces);
            openblas.cblas_sgemm(
                    CblasRowMajor,
                    aTransposed ? CblasTrans : CblasNoTrans,
                    bTransposed ? CblasTrans : CblasNoTrans,
                    m,
                    to - from,
                    k,
                    scale,
                    a,
                    aStride,
                    b.position(bStart + (bTransposed ? (long) from * bStride : from)),
                    bStride,
                    keep,
                    c.position(cStart + from),
                    cStride);
        }
        b.position(bStart);
        c.position(cStart);
    }

    /** Into how many runs of columns to cut a product so that each is small; 1 if it is, or if they would be too many. */
    static int pieces(int m, int n, int k, boolean secondTransposed) {
        long perColumn = (long) m * k;
        if (perColumn * n <= SMALL) {
            return 1;
        }
        long columns = Math.min(SMALL / perColumn, secondTransposed ? SMALL_RESULT / m : n);
        return n <= columns * PIECES ? (int) ((n + columns - 1) / columns) : 1;
    }

    /** {@code y ← scale ·} the sums of the rows of A {@code [m × n]}. */
    public static void rowSums(int m, int n, float scale, FloatPointer a, FloatPointer ones, FloatPointer y) {
        if (m > 0) {
            openblas.cblas_sgemv(CblasRowMajor, CblasNoTrans, m, n, scale, a, n, ones, 1, 0, y, 1);
        }
    }

    /** {@code y ← y + x}. */
    public static void add(int n, FloatPointer x, FloatPointer y) {
        openblas.cblas_saxpy(n, 1, x, 1, y, 1);
    }
}
