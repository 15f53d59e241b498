package org.parsimony.network.fused;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.openblas.global.openblas;

/** The two OpenBLAS products the engine needs, row-major, on memory outside the heap. */
final class Blas {

    /** Number of operands of a product. */
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
     * {@code C ← alpha · A · B + beta · C} with A {@code [m × k]}, B {@code [k × n]} (after transposing) and C {@code [m × n]}.
     */
    static void multiply(
            int lane,
            int m,
            int n,
            int k,
            float alpha,
            OffHeap a,
            long aOffset,
            int aStride,
            boolean aTransposed,
            OffHeap b,
            long bOffset,
            int bStride,
            boolean bTransposed,
            float beta,
            OffHeap c,
            long cOffset,
            int cStride) {
        if (m == 0 || n == 0) {
            return;
        }
        openblas.cblas_sgemm(
                CblasRowMajor,
                aTransposed ? CblasTrans : CblasNoTrans,
                bTransposed ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                alpha,
                a.at(lane, 0, aOffset),
                aStride,
                b.at(lane, 1, bOffset),
                bStride,
                beta,
                c.at(lane, 2, cOffset),
                cStride);
    }

    /** {@code y ← alpha · A · x} with A {@code [m × n]}. */
    static void multiply(
            int lane, int m, int n, float alpha, OffHeap a, long aOffset, OffHeap x, OffHeap y, long yOffset) {
        if (m == 0) {
            return;
        }
        openblas.cblas_sgemv(
                CblasRowMajor,
                CblasNoTrans,
                m,
                n,
                alpha,
                a.at(lane, 0, aOffset),
                n,
                x.at(lane, 1, 0),
                1,
                0,
                y.at(lane, 2, yOffset),
                1);
    }
}
