package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.DataException;

/**
 * Matrices as Fortran and others write them. After public reports: exponents with D, astropy #3655; spaces before the
 * head and the remarks, scipy #9426, #18123; words in other letters, scipy #3896; a pattern without the number of its
 * entries, scipy #20099.
 */
class MatrixMarket_OthersFilesTest {

    private static final String HEAD = "%%MatrixMarket matrix coordinate real general\n";

    @Test
    void exponentsOfFortranAreRead() throws Exception {
        assertArrayEquals(
                new double[] {15, 2.5},
                MatrixMarket.read(file("exponent_D.mtx")).value());
        assertArrayEquals(
                new double[] {-0.02, 1e30, 5},
                read(HEAD + "1 3 3\n1 1 -.2D-1\n1 2 1.D30\n1 3 +5d+00\n").value());
    }

    @Test
    void aDenseMatrixHoldsNoInfinity() throws Exception {
        MatrixMarket matrix = MatrixMarket.read(file("beyond_float.mtx"));
        assertArrayEquals(new double[] {1e39, 1e-50}, matrix.value());
        String said =
                assertThrows(IllegalArgumentException.class, matrix::dense).getMessage();
        assertTrue(said.startsWith("row 1, column 1 is 1.0E39, but must lie within ±3.4028235E38"), said);
        String sum = assertThrows(IllegalArgumentException.class, () -> read(HEAD + "1 2 2\n1 2 -3e38\n1 2 -3e38\n")
                        .dense())
                .getMessage();
        assertTrue(sum.startsWith("row 1, column 2 is -6.0"), sum);
        assertEquals(0, read(HEAD + "1 1 1\n1 1 1e-50\n").dense().getDouble(0));
    }

    @Test
    void spacesBeforeHeadAndRemarksAreNothing() {
        MatrixMarket matrix = read("  %%MatrixMarket matrix COORDINATE Real General\n  % remark\n \n 1 1 1\n 1 1 2\n");
        assertArrayEquals(new double[] {2}, matrix.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "2f", "0x1p3", "1e", "1,5", "1.5+10", "Inf", "-inf", "NaN", "1.#INF", "--1", "1_0"})
    void whatIsNoDecimalNumberIsNamedByLine(String value) {
        DataException e = assertThrows(DataException.class, () -> read(HEAD + "1 2 2\n1 1 1\n1 2 " + value + "\n"));
        assertTrue(e.getMessage().contains("line 4 gives the value \"" + value + "\""), e.getMessage());
    }

    /** Found by fuzzing: each digit more must not cost as much as all before it. */
    @Test
    void aMillionDigitsAreRefusedAtOnce() {
        String digits = "3" + "0".repeat(1_000_000) + "x";
        DataException e = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(DataException.class, () -> read(HEAD + "1 1 1\n1 1 " + digits + "\n")));
        assertTrue(e.getMessage().length() < 300, "shortened");
        DataException table = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(
                        DataException.class,
                        () -> Csv.decode(
                                "t",
                                ("x,class\n" + digits + ",a\n").getBytes(StandardCharsets.US_ASCII),
                                new Csv.Layout(null, 0, "class", null, List.of()))));
        assertTrue(
                table.getMessage().contains("line 2, column \"x\"")
                        && table.getMessage().length() < 500,
                "shortened");
    }

    @Test
    void aPatternWithoutTheNumberOfItsEntriesIsRefused() {
        DataException e = assertThrows(
                DataException.class, () -> read("%%MatrixMarket matrix coordinate pattern symmetric\n2 1\n3 1\n"));
        assertTrue(
                e.getMessage().contains("line 2 must give rows and columns and the number of entries"), e.getMessage());
    }

    private static MatrixMarket read(String text) {
        return MatrixMarket.decode("the file", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                MatrixMarket_OthersFilesTest.class.getResource("others/" + name).toURI());
    }
}
