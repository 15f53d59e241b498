package org.parsimony.network.fused;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** The OpenBLAS products the engine needs, row-major, on memory outside the heap. */
final class Blas {

    /** Operands of a product. */
    static final int OPERANDS = 3;

    private Blas() {}

    /**
     * One thread per product, for the whole process: the engine itself shares the work among threads, in parts that do
     * not depend on how many there are. To be called when ND4J is loaded, since loading it sets the number again.
     */
    static void oneThreadPerProduct() {
        openblas.blas_set_num_threads(1);
    }

    /**
     * {@code C ← scale · A · B + keep · C} with A {@code [m × k]} and B {@code [k × n]}, each read transposed if so said,
     * and C {@code [m × n]}; a stride is the distance between rows as they lie in memory.
     */
    static void multiply(
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
        if (m > 0 && n > 0) {
            openblas.cblas_sgemm(
                    CblasRowMajor,
                    aTransposed ? CblasTrans : CblasNoTrans,
                    bTransposed ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    k,
                    scale,
                    a,
                    aStride,
                    b,
                    bStride,
                    keep,
                    c,
                    cStride);
        }
    }

    /** {@code y ← scale ·} the sums of the rows of A {@code [m × n]}. */
    static void rowSums(int m, int n, float scale, FloatPointer a, FloatPointer ones, FloatPointer y) {
        if (m > 0) {
            openblas.cblas_sgemv(CblasRowMajor, CblasNoTrans, m, n, scale, a, n, ones, 1, 0, y, 1);
        }
    }

    /** {@code y ← y + x}. */
    static void add(int n, FloatPointer x, FloatPointer y) {
        openblas.cblas_saxpy(n, 1, x, 1, y, 1);
    }
}
