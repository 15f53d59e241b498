package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Right products pass; each way in which a kernel has been known to be wrong is found, and named. */
class ProductCheck_FaultTest {

    /** One single-precision product as the kernel is asked for it, and what becomes of its result. */
    private record Call(
            boolean aTransposed, boolean bTransposed, int m, int n, int k, float beta, float[] c, int stride) {}

    private static Optional<String> faultAfter(UnaryOperator<Call> damage) {
        return ProductCheck.fault(new PlainProducts() {
            @Override
            public void single(
                    boolean at,
                    boolean bt,
                    int m,
                    int n,
                    int k,
                    float alpha,
                    float[] a,
                    int lda,
                    float[] b,
                    int ldb,
                    float beta,
                    float[] c,
                    int ldc) {
                Call call = damage.apply(new Call(at, bt, m, n, k, beta, c, ldc));
                super.single(
                        call.aTransposed, call.bTransposed, m, n, call.k, alpha, a, lda, b, ldb, call.beta, c, ldc);
                damage.apply(new Call(at, bt, m, n, k, Float.NaN, c, ldc));
            }
        });
    }

    private static boolean after(Call call) {
        return Float.isNaN(call.beta);
    }

    @Test
    void rightProductsPass() {
        assertEquals(Optional.empty(), ProductCheck.fault(new PlainProducts()));
    }

    @Test
    void aLostTermIsFound() {
        String fault = faultAfter(call -> after(call) || call.k < 1000
                        ? call
                        : new Call(
                                call.aTransposed,
                                call.bTransposed,
                                call.m,
                                call.n,
                                call.k - 1,
                                call.beta,
                                call.c,
                                call.stride))
                .orElseThrow();
        assertTrue(fault.startsWith("the product [13 × 1031] · [1031 × 7] is "), fault);
    }

    @Test
    void aWrongLastColumnOfOneTransposedSizeIsFound() {
        String fault = faultAfter(call -> {
                    if (after(call) && call.bTransposed && call.n == 33) {
                        call.c[call.n - 1] *= 1.001f;
                    }
                    return call;
                })
                .orElseThrow();
        assertTrue(fault.startsWith("the product [17 × 9] · [9 × 33], second factor transposed is "), fault);
    }

    @Test
    void addingWhereItShouldOverwriteIsFound() {
        assertTrue(faultAfter(call -> after(call)
                        ? call
                        : new Call(call.aTransposed, call.bTransposed, call.m, call.n, call.k, 1, call.c, call.stride))
                .isPresent());
    }

    @Test
    void aValueWrittenBesideTheResultIsFound() {
        String fault = faultAfter(call -> {
                    if (after(call) && call.m == 31) {
                        call.c[call.n] = 0;
                    }
                    return call;
                })
                .orElseThrow();
        assertTrue(fault.endsWith("writes beside row 0 of its result"), fault);
    }

    @Test
    void notANumberIsFound() {
        assertTrue(faultAfter(call -> {
                    if (after(call)) {
                        call.c[0] = Float.NaN;
                    }
                    return call;
                })
                .isPresent());
    }

    @Test
    void doublesOfSinglePrecisionAreFound() {
        assertTrue(ProductCheck.fault(new PlainProducts() {
                    @Override
                    public void doubles(
                            boolean at,
                            boolean bt,
                            int m,
                            int n,
                            int k,
                            double alpha,
                            double[] a,
                            int lda,
                            double[] b,
                            int ldb,
                            double beta,
                            double[] c,
                            int ldc) {
                        super.doubles(at, bt, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
                        c[0] = (float) c[0];
                    }
                })
                .isPresent());
    }

    @Test
    void aWrongProductWithAVectorIsFound() {
        assertTrue(ProductCheck.fault(new PlainProducts() {
                    @Override
                    public void vector(
                            boolean transposed,
                            int m,
                            int n,
                            float alpha,
                            float[] a,
                            int stride,
                            float[] x,
                            float beta,
                            float[] y) {
                        super.vector(transposed, m, n, alpha, a, stride, x, beta, y);
                        if (transposed) {
                            y[y.length - 1] += 0.01f;
                        }
                    }
                })
                .isPresent());
    }

    @Test
    void aWrongSumIsFound() {
        assertTrue(ProductCheck.fault(new PlainProducts() {
                    @Override
                    public void sum(float[] x, float[] y) {
                        super.sum(x, y);
                        y[y.length - 1] = Math.nextUp(y[y.length - 1]);
                    }
                })
                .isPresent());
    }
}
