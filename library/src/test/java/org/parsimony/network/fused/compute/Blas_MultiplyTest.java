package org.parsimony.network.fused.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products large and small, cut into pieces or not, are those of three loops, and a cut leaves every piece small. */
class Blas_MultiplyTest {

    @ParameterizedTest
    @CsvSource({
        "32, 62, 784, false, true",
        "32, 392, 125, false, false",
        "50, 300, 129, false, true",
        "150, 130, 100, true, false",
        "1500, 9, 90, false, true",
        "3, 5, 7, true, true"
    })
    void equalsThreeLoops(int m, int n, int k, boolean aTransposed, boolean bTransposed) {
        SplittableRandom random = new SplittableRandom(1);
        float[] a = values(m * k, random);
        float[] b = values(k * n, random);
        float[] c = values(m * (n + 2), random);
        int aStride = aTransposed ? m : k;
        int bStride = bTransposed ? k : n;
        try (FloatPointer pa = new FloatPointer(a);
                FloatPointer pb = new FloatPointer(b);
                FloatPointer pc = new FloatPointer(c)) {
            pc.position(1);
            Blas.multiply(m, n, k, 0.5f, pa, aStride, aTransposed, pb, bStride, bTransposed, 1, pc, n + 2);
            assertEquals(0, pb.position());
            assertEquals(1, pc.position());
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int l = 0; l < k; l++) {
                        double p = a[aTransposed ? l * m + i : i * k + l];
                        sum += p * b[bTransposed ? j * k + l : l * n + j];
                    }
                    int at = i * (n + 2) + j;
                    assertEquals(c[at + 1] + 0.5 * sum, pc.get(at), 1e-3, i + ", " + j);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 62, 784", "150, 64, 784", "50, 300, 128", "20, 18432, 25", "20, 25, 18432", "1, 1, 2000000"})
    void piecesAreSmallOrNone(int m, int n, int k) {
        for (boolean transposed : new boolean[] {false, true}) {
            int pieces = Blas.pieces(m, n, k, transposed);
            int widest = (n + pieces - 1) / pieces;
            assertTrue(pieces == 1 || (long) m * widest * k <= 1_000_000, pieces + " pieces");
            assertTrue(pieces == 1 || !transposed || m * widest <= 1_200, pieces + " pieces of " + widest);
        }
        assertEquals(1, Blas.pieces(100, 100, 100, false));
        assertEquals(2, Blas.pieces(100, 101, 100, false));
    }

    private static float[] values(int n, SplittableRandom random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        return x;
    }
}
