package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.Idx;
import org.parsimony.data.format.MatrixMarket;
import org.parsimony.data.format.Npy;

/**
 * What other readers were publicly reported to get wrong, each read as it is meant or refused with its place. Tables: pandas
 * #11440, #15950, #19592, #66524; tablesaw #103, #303, #409, #424, #623, #732, #857, #998; cudf #7088; PapaParse #605,
 * #1071; deephaven-core #1800; cpython #74220; csv-simple-parser #1; CSV.jl #425, #765; TableReader.jl #12; wirelog #1005;
 * parsecsv-for-php #85; TinyCsvParser #35. Arrays: numpy #28330; deeplearning4j #7647; open-ephys plugin-GUI #378; H-wave
 * #165; UnrealEgo #1; EgoCOT_Dataset #4; cnpy #7; npy-ocaml #4; fortran-lang stdlib #581; pyds9 #10. Matrices: scipy #7836,
 * #9627, #13634, #16119; MatrixMarket.jl #5, #39; ginkgo #1272; geosketch #4. Images: N2D2 #118; exact #3; adagan #1;
 * nn_robust_attacks #51; tensorflow #15668; tdb #3; datapythonista mnist #19.
 */
class Readers_ReportsTest {

    @TempDir
    Path folder;

    private static String zeros(String last) {
        return "x,class\n" + "0,a\n".repeat(1500) + last + ",b\n";
    }

    static List<Arguments> tables() {
        return List.of(
                Arguments.of(
                        "pandas #15950: beyond 63 bits", "x,class\n9636911691583032832,a\n1,b\n", 9.636911691583033e18),
                Arguments.of(
                        "pandas #11440: beyond 63 bits", "x,class\n18446744073709551615,a\n", 1.8446744073709552e19),
                Arguments.of(
                        "wirelog #1005: no clamping",
                        "x,class\n99999999999999999999999,a\n1,b\n",
                        99999999999999999999999.),
                Arguments.of("tablesaw #732: 0.0 among whole numbers", "x,class\n0.0,a\n0.5,b\n", 0.0),
                Arguments.of("parsecsv-for-php #85: the last line has no end", "x,class\n1,a\n2,b", 1.0),
                Arguments.of("TinyCsvParser #35: a line end in a field", "x,class\n4,\"This is a\ntest\"\n", 4.0),
                Arguments.of(
                        "CSV.jl #765: a field that ends with a line end", "x,class,y\n4,\"a\nb\n\",1\n5,c,1\n", 4.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void tablesAreReadAsTheyAreMeant(String report, String text, double first) {
        Csv csv = table(text);
        assertEquals(first, csv.values()[0]);
        long ends = text.replaceAll("\"[^\"]*\"", "q").lines().count();
        assertEquals(ends - 1, csv.labels().length, "rows");
    }

    /** pandas #19592: columns that are called alike, and like numbers, keep their values. */
    @Test
    void numbersAsNamesOfColumnsAreNames() {
        Csv csv = table("Flows.Solve,9,0,0,0,class\n1,2,3,4,5,a\n");
        assertEquals(List.of("Flows.Solve", "9", "0", "0", "0"), csv.inputs());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5}, csv.values());
    }

    @Test
    void aLateValueDoesNotFollowTheTypeOfTheFirst() {
        assertEquals(0.1, table(zeros("0.1")).values()[1500], "tablesaw #409");
        assertEquals(58329, table(zeros("58329")).values()[1500], "tablesaw #424");
    }

    static List<Arguments> refusedTables() {
        return List.of(
                Arguments.of("pandas #66524: a zero byte", "x,class\n1\0xyz,a\n", "the character 0 in line 2"),
                Arguments.of("tablesaw #998: one delimiter more", "x,class\n1,a\n2,b,\n", "line 3 has 3 fields"),
                Arguments.of("tablesaw #303: a dash", "x,class\n1,a\n-,b\n", "line 3, column \"x\" is \"-\""),
                Arguments.of("tablesaw #857: words far below", zeros("X         "), "line 1502, column \"x\" is \"X"),
                Arguments.of("CSV.jl #425: NA far below", zeros("NA"), "line 1502, column \"x\" is \"NA\""),
                Arguments.of("TableReader.jl #12: a word far below", zeros("08/2016"), "line 1502, column \"x\""),
                Arguments.of("tablesaw #623: an empty column", "x,y,class\n1,,a\n2,,b\n", "column \"y\" is empty"),
                Arguments.of("tablesaw #103: a column of words", "x,y,class\n1,red,a\n", "column \"y\" is \"red\""),
                Arguments.of(
                        "cudf #7088: a gap among large numbers", "x,class\n,a\n99999999999999999999,b\n", "is empty"),
                Arguments.of("PapaParse #1071: empty quotes", "\"x\",\"class\"\n\"\",\"a\"\n", "column \"x\" is empty"),
                Arguments.of(
                        "PapaParse #605: text after a quotation",
                        "x,class\n1,\"a\"b\n",
                        "a quotation mark within a quoted"),
                Arguments.of("deephaven-core #1800: bars at the ends", "A|B|class|\n1|2|a|\n", "as if each line ended"),
                Arguments.of(
                        "cpython #74220: quotes are never closed",
                        "x,class\n1,\"a\n" + "2,b\n".repeat(5000),
                        "quotation mark opened in line 2 is never closed"),
                Arguments.of("csv-simple-parser #1: nothing at the end", "x,y,class\n1,2,\n", "column \"class\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedTables")
    void tablesThatCouldBeMisreadAreRefused(String report, String text, String message) {
        refused(message, () -> table(text));
    }

    private static Csv table(String text) {
        return Csv.decode(
                "the file", text.getBytes(StandardCharsets.UTF_8), new Csv.Layout(null, 0, "class", null, List.of()));
    }

    static List<Arguments> arrays() {
        byte[] six = {1, 2, 3, 4, 5, 6};
        byte[] big = ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array();
        return List.of(
                Arguments.of(
                        "cnpy #7: Fortran's order",
                        npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", six),
                        new double[] {1, 3, 5, 2, 4, 6}),
                Arguments.of(
                        "fortran-lang stdlib #581: a head of no even length",
                        npy(2, "{'descr': '|u1', 'fortran_order': True, 'shape': (3,2,), }   \n", six),
                        new double[] {1, 4, 2, 5, 3, 6}),
                Arguments.of(
                        "H-wave #165: version 3",
                        npy(3, "{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }", six),
                        new double[] {1, 2, 3, 4, 5, 6}),
                Arguments.of(
                        "pyds9 #10: the high byte first",
                        npy(1, "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", big),
                        new double[] {1.5, -2}),
                Arguments.of(
                        "npy-ocaml #4: a size without its comma",
                        npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (6), }", six),
                        new double[] {1, 2, 3, 4, 5, 6}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrays")
    void arraysAreReadAsTheyAreMeant(String report, byte[] content, double[] values) {
        assertArrayEquals(
                values, Npy.decode("the file", content).dup('c').data().asDouble());
    }

    static List<Arguments> refusedArrays() {
        byte[] whole = npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 3), }", new byte[96]);
        byte[] zeroed = whole.clone();
        Arrays.fill(zeroed, 0, 6, (byte) 0);
        return List.of(
                Arguments.of(
                        "numpy #28330: half is missing",
                        Arrays.copyOf(whole, whole.length - 48),
                        "96 bytes from byte 69 on, but there are 48"),
                Arguments.of(
                        "EgoCOT_Dataset #4: smaller than the rest",
                        Arrays.copyOf(whole, whole.length - 1),
                        "but there are 95"),
                Arguments.of("deeplearning4j #7647: zeros for the first bytes", zeroed, "NUMPY"),
                Arguments.of("UnrealEgo #1: a pickle", new byte[] {(byte) 0x80, 4, (byte) 0x95, 8, 0, 0, 0}, "NUMPY"),
                Arguments.of(
                        "open-ephys plugin-GUI #378: a head that never ends",
                        npy(1, "{'descr': '<i2', ", new byte[4]),
                        "head"),
                Arguments.of(
                        "H-wave #165: an order that is no truth value",
                        npy(1, "{'descr': '|u1', 'fortran_order': 1, 'shape': (2,), }", new byte[2]),
                        "fortran_order"),
                Arguments.of(
                        "H-wave #165: a key more",
                        npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'axes': (), }", new byte[2]),
                        "axes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedArrays")
    void arraysThatAreNotWholeAreRefused(String report, byte[] content, String message) {
        refused(message, () -> Npy.decode("the file", content));
    }

    private static byte[] npy(int version, String head, byte[] values) {
        byte[] text = head.getBytes(StandardCharsets.UTF_8);
        int prefix = version == 1 ? 10 : 12;
        ByteBuffer out =
                ByteBuffer.allocate(prefix + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        return out.put(text).put(values).array();
    }

    static List<Arguments> matrices() {
        return List.of(
                Arguments.of(
                        "scipy #16119: skew-symmetric arrays",
                        "array real skew-symmetric\n3 3\n4\n-1\n2\n",
                        new double[][] {{0, -4, 1}, {4, 0, -2}, {-1, 2, 0}}),
                Arguments.of(
                        "MatrixMarket.jl #39: both triangles",
                        "coordinate real skew-symmetric\n2 2 1\n2 1 5\n",
                        new double[][] {{0, -5}, {5, 0}}),
                Arguments.of(
                        "scipy #13634: whole numbers of 63 bits",
                        "array integer skew-symmetric\n2 2\n9223372036854775807\n",
                        new double[][] {{0, -0x1p63}, {0x1p63, 0}}),
                Arguments.of(
                        "scipy #9627: the standard's own example has blank lines",
                        "coordinate real general\n\n  2  3         3\n\n1 1  1.0\n1 3       10.5\n2 2          -2.8E2\n\n",
                        new double[][] {{1, 0, 10.5}, {0, -280, 0}}),
                Arguments.of(
                        "MatrixMarket.jl #5: a blank line before the values",
                        "coordinate pattern general\n1 2 1\n\n1 2\n",
                        new double[][] {{0, 1}}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void matricesAreReadAsTheyAreMeant(String report, String text, double[][] values) {
        double[][] read = matrix(text).dense().toDoubleMatrix();
        assertEquals(values.length, read.length);
        for (int i = 0; i < values.length; i++) {
            assertArrayEquals(values[i], read[i], 1e-3 + 1e-7 * Math.abs(values[i][0]));
        }
    }

    static List<Arguments> refusedMatrices() {
        return List.of(
                Arguments.of(
                        "scipy #7836: zeros of the diagonal are written",
                        "array integer skew-symmetric\n2 2\n0\n-1\n0\n",
                        "line 4 follows the last entry"),
                Arguments.of(
                        "ginkgo #1272: an entry on the diagonal",
                        "coordinate real skew-symmetric\n2 2 2\n1 1 3\n2 1 5\n",
                        "line 3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedMatrices")
    void matricesThatContradictThemselvesAreRefused(String report, String text, String message) {
        refused(message, () -> matrix(text));
    }

    @Test
    void aMatrixWithoutItsHeadIsRefused() {
        refused(
                "%%MatrixMarket",
                () -> MatrixMarket.decode("the file", "3 3 1\n1 1 1\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static MatrixMarket matrix(String text) {
        return MatrixMarket.decode("the file", ("%%MatrixMarket matrix " + text).getBytes(StandardCharsets.US_ASCII));
    }

    /** N2D2 #118, exact #3, adagan #1: a packed file under the name of a plain one, and a plain one called .gz. */
    @Test
    void imagesAreUnpackedByTheirBytesNotByTheirName() throws IOException {
        byte[] images = Fixtures.images(3);
        Path packed = Files.write(folder.resolve("train-images-idx3-ubyte"), Fixtures.gzip(images));
        Path plain = Files.write(folder.resolve("train-images-idx3-ubyte.gz"), images);
        assertArrayEquals(Idx.read(plain).values(), Idx.read(packed).values());
        assertArrayEquals(new int[] {3, 2, 2}, Idx.read(packed).shape());
    }

    /** nn_robust_attacks #51, tensorflow #15668, tdb #3: the page of a server instead of the file; mnist #19: nothing. */
    @Test
    void pagesAndEmptyFilesAreNoImages() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        contents.add("<!DOCTYPE html>\n<html><head><title>404 Not Found</title>".getBytes(StandardCharsets.US_ASCII));
        contents.add("Too Many Requests\n".getBytes(StandardCharsets.US_ASCII));
        contents.add(new byte[0]);
        for (byte[] content : contents) {
            Path file = Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), content);
            String said =
                    assertThrows(DataException.class, () -> Idx.read(file)).getMessage();
            assertTrue(said.startsWith(file.toString()), said);
            assertEquals(
                    content.length > 0 && content[0] == '<',
                    said.contains("a web page"),
                    "a page is called a page: " + said);
        }
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable reader) {
        String said = assertThrows(DataException.class, reader).getMessage();
        assertTrue(said.startsWith("the file: ") && said.contains(message), said);
    }
}
