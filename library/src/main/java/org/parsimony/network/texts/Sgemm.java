package org.parsimony.network.texts;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.parsimony.network.fused.compute.Blas;

/** OpenBLAS's product, row-major: {@code C ← A · B + keep · C} with C {@code [m × n]} and k inner terms. */
final class Sgemm {

    /** Which operand is read transposed. */
    enum Turned {
        NONE(CblasNoTrans, CblasNoTrans),
        FIRST(CblasTrans, CblasNoTrans),
        SECOND(CblasNoTrans, CblasTrans);

        private final int first;
        private final int second;

        Turned(int first, int second) {
            this.first = first;
            this.second = second;
        }
    }

    private Sgemm() {}

    /** On memory outside the heap. */
    static void multiply(
            Turned turned, int m, int n, int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
        boolean first = turned == Turned.FIRST;
        boolean second = turned == Turned.SECOND;
        Blas.multiply(m, n, k, 1, a, first ? m : k, first, b, second ? k : n, second, keep, c, n);
    }

    /** On arrays of the heap, which are copied to and fro. */
    static void multiply(Turned turned, int m, int n, int k, float[] a, float[] b, float keep, float[] c) {
        openblas.cblas_sgemm(
                CblasRowMajor,
                turned.first,
                turned.second,
                m,
                n,
                k,
                1,
                a,
                turned == Turned.FIRST ? m : k,
                b,
                turned == Turned.SECOND ? k : n,
                keep,
                c,
                n);
    }
}
