package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.ShamMatrix;

class Accounting_PapersTest {

    @Test
    void indexWidths() {
        assertEquals(8, Accounting.bitReq(255));
        assertEquals(16, Accounting.bitReq(256));
        assertEquals(16, Accounting.bitReq(65_535));
        assertEquals(32, Accounting.bitReq(65_536));
    }

    /** Two values, one bit each: P1 reports ψ = 0.063 where 1/32 is right. */
    @Test
    void theReportedOccupancyCountsTheStreamTwice() {
        float[] weights = new float[512 * 512];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i * 7919L % 3 == 0 ? 0.01f : -0.01f;
        }
        HamMatrix ham = HamMatrix.of(new DenseMatrix(512, 512, weights));
        assertEquals(0.0625, Accounting.psiReported(ham), 0.0001);
        assertEquals(0.03125, Accounting.psiCorrected(ham), 0.0001);
    }

    @Test
    void sizesKeepThePapersBounds() {
        for (double zeros : new double[] {0.1, 0.6, 0.95}) {
            DenseMatrix matrix = Matrices.trained(200, 300, 5, zeros, 31, 0.5, 8);
            double weights = matrix.values().length;
            HamMatrix ham = HamMatrix.of(matrix);
            ShamMatrix sham = ShamMatrix.of(matrix);
            assertTrue(ham.sizeInBits() / weights
                    <= Accounting.hamBound(200, 300, ham.code().size()));
            assertTrue(sham.sizeInBits() / weights
                    <= Accounting.shamBound(
                            200, 300, sham.nonzeros(), sham.code().size()));
        }
    }

    /** The note's bound for vgg_60: 31 values in the network's code, 512 × 4096 weights. */
    @Test
    void theNotesBoundComesOut() {
        assertEquals(5.955, Accounting.hamBound(512, 4096, 31), 0.0005);
    }
}
