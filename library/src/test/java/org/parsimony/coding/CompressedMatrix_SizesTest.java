package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.coding.columns.CserMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.IndexMapMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.prototypes.PrototypeMatrix;
import tech.tablesaw.api.Table;

/** Sizes under P4 accounting, and ours against all others. */
class CompressedMatrix_SizesTest {

    /**
     * The published structures' sizes. Where HAM and sHAM are −1 the published code was made for the whole network,
     * whose other layers are not there, so that no size can be derived from this layer.
     */
    @ParameterizedTest
    @CsvSource({
        "SiNa, 4366758, 653052, 1204208, 66060762, 0.238",
        "orsreg_1, 616814, 41727, 89208, 4862473, 0.115",
        "vgg_99-0-32-0-0.9955_096, 264789, 52773, 134024, 2097164, 0.231",
        "vgg_80-0-32-0-0.9954_096, -1, -1, 2524778, 2097208, 3.683",
        "vgg_60-0-32-0-0.9953_096, -1, -1, 5041352, 2097228, 7.206",
        "vgg_40-0-256-0-0.9957_096, -1, -1, 7557938, 2097708, 14.547",
        "dta_60-0-16-0-0.22313_014, -1, -1, 394239, 196652, 5.015",
        "dta_40-0-256-0-0.22543_014, -1, -1, 590849, 197244, 18.720"
    })
    void theNotesSizesComeOutToTheByte(String name, long ham, long sham, long csc, long map, double cserBits) {
        Optional<DenseMatrix> real = Matrices.real(name);
        if (real.isEmpty()) {
            return;
        }
        DenseMatrix matrix = real.get();
        assertEquals(map, IndexMapMatrix.of(matrix).sizeInBytes(), "index map");
        assertEquals(cserBits, CserMatrix.of(matrix).sizeInBits() / (double) matrix.values().length, 0.0005, "CSER");
        assertEquals(csc, CscMatrix.of(matrix).sizeInBytes(), 1, "CSC, whose note rounds bits per weight");
        if (ham >= 0) {
            assertEquals(ham, HamMatrix.of(matrix).sizeInBytes(), "HAM");
            assertEquals(sham, ShamMatrix.of(matrix).sizeInBytes(), "sHAM");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vgg_99-0-32-0-0.9955_096, 21604",
        "dta_60-0-16-0-0.22313_014, 60052",
        "dta_40-0-256-0-0.22543_014, 127288"
    })
    void oursIsTheSmallestOnRealMatrices(String name, long xz) {
        Optional<DenseMatrix> real = Matrices.real(name);
        if (real.isPresent()) {
            Map<String, Long> sizes = sizes(real.get());
            assertSmallest(sizes);
            assertTrue(sizes.get("prototypes") < xz, "prototypes " + sizes.get("prototypes") + ", xz " + xz);
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 512, 20, 0.6, 20, 0.1", "256, 512, 20, 0.99, 3, 0.1", "192, 1024, 1, 0.4, 150, 1.0"})
    void oursIsTheSmallestOnMadeMatrices(int rows, int cols, int prototypes, double zeros, int values, double noise) {
        assertSmallest(sizes(Matrices.trained(rows, cols, prototypes, zeros, values, noise, 4)));
    }

    private static Map<String, Long> sizes(DenseMatrix matrix) {
        Table table = CodeReport.of(matrix);
        return table.stream().collect(Collectors.toMap(r -> r.getString("code"), r -> r.getLong("bytes")));
    }

    private static void assertSmallest(Map<String, Long> sizes) {
        long ours = sizes.get("prototypes");
        for (String other : new String[] {"HAM", "sHAM", "CSER", "CSC", "index map", "gzip -9 of floats"}) {
            assertTrue(ours < sizes.get(other), "prototypes " + ours + ", " + other + " " + sizes.get(other));
        }
        assertTrue(ours <= 1.02 * sizes.get("zero-order entropy") + 4096, () -> "above the entropy: " + sizes);
    }

    @Test
    void columnsThatRepeatCostNextToNothing() {
        DenseMatrix matrix = Matrices.trained(256, 600, 8, 0.3, 30, 0, 5);
        PrototypeMatrix code = PrototypeMatrix.of(matrix);
        assertTrue(code.sizeInBytes() < 8 * 256 + 600, code.toString());
        assertTrue(code.exceptions() < 256 * 8, "exceptions: " + code.exceptions());
    }

    @Test
    void theSameMatrixGivesTheSameBytes() {
        DenseMatrix matrix = Matrices.trained(100, 300, 10, 0.5, 12, 0.1, 6);
        assertTrue(Arrays.equals(
                PrototypeMatrix.of(matrix).head(), PrototypeMatrix.of(matrix).head()));
        assertEquals(PrototypeMatrix.of(matrix).stream(), PrototypeMatrix.of(matrix).stream());
    }
}
