package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.DataException;

/**
 * Tables as spreadsheets, pandas, R and people write them: read as they are meant, or refused with the place. After
 * public reports: the index that pandas writes, pandas #10670, #10646, #13017; words for a missing value, pandas #11839
 * (NA, North America), #32084 (null), #10647, #24681 (n/a); CR alone, univocity #8, #499; quotation marks that are never
 * closed or stand inside, FastCSV #173, univocity #61; line ends within quotation marks, univocity #409; semicolons,
 * TableTool #34; marks of UTF-8, firstline #5, python-unicodecsv #75, smarter_csv #27; exponents of Fortran, astropy
 * #3655.
 */
class Csv_OthersFilesTest {

    @TempDir
    Path folder;

    @Test
    void linesMayEndWithCarriageReturnsAlone() throws Exception {
        Csv csv = Csv.read(file("line_ends_cr.csv"), "class");
        assertEquals(List.of("a", "b"), csv.classes());
        assertArrayEquals(new int[] {0, 0, 1, 1, 0, 1}, csv.labels());
    }

    @Test
    void theSeparatorIsTheOneOutsideQuotationMarks() throws Exception {
        Csv csv = Csv.read(file("semicolon_quoted_header.csv"), "class");
        assertEquals(List.of("x, cm", "y, cm"), csv.inputs());
        assertArrayEquals(new double[] {5.1, 3.5, 4.9, 3.0, 6.0, 2.2}, csv.values());
    }

    static List<Arguments> refusedFiles() {
        return List.of(
                Arguments.of("number_suffix.csv", "line 2, column \"size\" is \"1d\", but must be a decimal number"),
                Arguments.of("label_nan.csv", "line 10, column \"class\" is \"NaN\""),
                Arguments.of("pandas_index.csv", "column 1 has no name and counts the lines, as the index that pandas"),
                Arguments.of(
                        "beyond_float.csv", "line 2, column \"x\" is \"1e39\", but must lie within ±3.4028235E38"));
    }

    @ParameterizedTest
    @MethodSource("refusedFiles")
    void whatIsNotANumberOrAClassIsRefused(String name, String message) throws Exception {
        refused(message, file(name), "class");
    }

    @Test
    void theIndexIsLeftOutWhereThatIsSaid() throws Exception {
        Csv csv = Csv.read(file("pandas_index.csv"), "class", "");
        assertEquals(List.of("x", "y"), csv.inputs());
        assertArrayEquals(new double[] {5.1, 3.5, 4.9, 3.0, 6.0, 2.2}, csv.values());
    }

    static List<Arguments> numbers() {
        return Arrays.stream(
                        ("1f 2F 3D 1L 0x1p3 0x10 1_000 1e 1e+ . + - e5 1.2.3 1..2 --1 +-1 1e5.5 1D+01 5% $5 12° 1/2 "
                                        + "1:30 2026-11-27 True FALSE −5 ٣ １ 1'000 ½ #1 (5) 1;2 O l0 infinite 1e5f ∞ 10k 3€")
                                .split(" "))
                .map(Arguments::of)
                .toList();
    }

    /** Everything that Java, or another language, takes for a number, and what people write for one. */
    @ParameterizedTest
    @MethodSource("numbers")
    void onlyDecimalNumbersAreNumbers(String text) throws IOException {
        refused("line 3, column \"x\" is \"", write("x,class\n1,a\n" + text + ",b\n"), "class");
        refused("must be a decimal number", write("x,class\n1,a\n" + text + ",b\n"), "class");
    }

    @Test
    void everyUsualWayToWriteADecimalNumberIsRead() throws IOException {
        String[] texts = {"1", "-1", "+1", "1.", ".5", "-.5e-3", "1E5", "1e+05", "007", " 2 ", "-0", "1e-50", "3.4e38"};
        String text = "x,class\n" + Arrays.stream(texts).map(x -> x + ",a\n").collect(Collectors.joining());
        double[] values = {1, -1, 1, 1, .5, -.5e-3, 1e5, 1e5, 7, 2, -0.0, 1e-50, 3.4e38};
        assertArrayEquals(values, Csv.read(write(text), "class").values());
    }

    static List<Arguments> missing() {
        return Arrays.stream("NaN nan NA N/A n/a #N/A null NULL None <NA> NaT -nan 1.#QNAN".split(" "))
                .map(Arguments::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aMissingValueIsNeitherANumberNorAClass(String word) throws IOException {
        refused(
                "line 2, column \"x\" is \"" + word + "\", but must be a finite number; impute it",
                write("x,class\n" + word + ",a\n1,b\n"),
                "class");
        refused(
                "line 3, column \"class\" is \"" + word + "\", which stands for a missing value",
                write("x,class\n1,a\n1," + word + "\n"),
                "class");
    }

    static List<Arguments> layouts() {
        return List.of(
                Arguments.of("CRLF", "x,y,class\r\n1,2,a\r\n3,4,b\r\n"),
                Arguments.of(
                        "CR CR LF, as Python's csv writes it in text mode", "x,y,class\r\r\n1,2,a\r\r\n3,4,b\r\r\n"),
                Arguments.of("mixed ends", "x,y,class\r1,2,a\n3,4,b\r\n"),
                Arguments.of("no end", "x,y,class\n1,2,a\n3,4,b"),
                Arguments.of("mark of UTF-8", "\uFEFFx,y,class\n1,2,a\n3,4,b\n"),
                Arguments.of("mark within the quotation", "\"\uFEFFx\",y,class\n1,2,a\n3,4,b\n"),
                Arguments.of("Excel's line", "sep=;\r\nx;y;class\r\n1;2;a\r\n3;4;b\r\n"),
                Arguments.of("semicolon and commas in one name", "x;y;class\n1;2;a\n3;4;b\n"),
                Arguments.of("tab", "x\ty\tclass\n1\t2\ta\n3\t4\tb\n"),
                Arguments.of("bar", "x|y|class\n1|2|a\n3|4|b\n"),
                Arguments.of("all quoted", "\"x\",\"y\",\"class\"\n\"1\",\"2\",\"a\"\n\"3\",\"4\",\"b\"\n"),
                Arguments.of("spaces around", " x , \"y\" , class\n 1 , 2 , a\n\"3\" , 4 ,\"b\"\n"),
                Arguments.of("no-break spaces", "x\u00a0,y,class\n1,\u00a02,a\n3,4,b\u00a0\n"),
                Arguments.of("blank lines", "\n\nx,y,class\n\n1,2,a\n   \n3,4,b\n\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void everyLayoutGivesTheSameTable(String what, String text) throws IOException {
        Csv csv = Csv.read(write(text), "class");
        assertEquals(List.of("x", "y"), csv.inputs());
        assertArrayEquals(new double[] {1, 2, 3, 4}, csv.values());
        assertEquals(List.of("a", "b"), csv.classes());
    }

    static List<Charset> sets() {
        return List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    /** Excel's "Unicode text" and what PowerShell redirects are UTF-16 with a mark. */
    @ParameterizedTest
    @MethodSource("sets")
    void utf16IsReadByItsMark(Charset set) throws IOException {
        String text = "größe\tclass\n1\tä\n3\tß\n";
        byte[] content = (set == StandardCharsets.UTF_16 ? text : "\uFEFF" + text).getBytes(set);
        Csv csv = Csv.read(Files.write(folder.resolve("u.csv"), content), "class");
        assertEquals(List.of("größe"), csv.inputs());
        assertEquals(List.of("ß", "ä"), csv.classes());
        if (set != StandardCharsets.UTF_16) {
            refused(
                    "as UTF-16 without its mark",
                    Files.write(folder.resolve("u.csv"), "x,class\n1,a\n".getBytes(set)),
                    "class");
        }
    }

    @Test
    void bytesThatAreNoTextAreNamedByLineAndByte() throws IOException {
        byte[] latin = "x,class\n1,a\n2,é\n".getBytes(StandardCharsets.ISO_8859_1);
        refused("line 3 has byte e9 at byte 14 of the file", Files.write(folder.resolve("l.csv"), latin), "class");
    }

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of("x;y;class\n1,5;2;a\n", "line 2, column \"x\" is \"1,5\", but must have a point"),
                Arguments.of("x,class\n\"1,234\",a\n", "line 2, column \"x\" is \"1,234\", but must have a point"),
                Arguments.of(",x,class\n1,5,a\n2,6,b\n", "counts the lines"), // R counts from 1
                Arguments.of("Unnamed: 0,x,class\n0,5,a\n1,6,b\n", "column 1 is \"Unnamed: 0\" and counts the lines"),
                Arguments.of(",x,class\n7,5,a\n3,6,b\n", "column 1 has no name; name it"),
                Arguments.of("x,class,\n5,a,\n6,b,\n", "column 3 has no name and no values, as if each line ended"),
                Arguments.of(
                        "x,class\n1,5,a\n2,6,b\n", "line 2 has 3 fields, but the header has 2; if they are row names"),
                Arguments.of("x,y,class\n1,a\n", "line 2 has 2 fields, but the header has 3; complete the line"),
                Arguments.of("5.1,3.5,a\n4.9,3.0,b\n", "its columns are 5.1, 3.5, a; is its header line missing?"),
                Arguments.of("x class\n1 a\n", "its columns are x class; columns are separated by comma"),
                Arguments.of("x,class\n1,a\n2,\"open\n3,b\n", "quotation mark opened in line 3 is never closed"),
                Arguments.of("x,class\n\n1,\"a\"b\n", "line 3 has a quotation mark within a quoted field"),
                Arguments.of("x,class\n1,\"a\nb\"\n2,\"c\"d\n", "line 4 has a quotation mark within"),
                Arguments.of("x,class\n1,\"a\nb\"\nq,c\n", "line 4, column \"x\" is \"q\""),
                Arguments.of("sep=;\nx;class\nq;c\n", "line 3, column \"x\" is \"q\""),
                Arguments.of("x,class\r1,a\rq,c\r", "line 3, column \"x\" is \"q\""),
                Arguments.of("x,class\n1,a\n−2,b\n", "is \"\\u22122\""),
                Arguments.of("x,class\n1,1\n2,1.0\n", "has the labels \"1\" and \"1.0\", which are the same number"),
                Arguments.of("x,class\n1,01\n2,1\n", "has the labels \"01\" and \"1\", which are the same number"),
                Arguments.of("x,class\n1,0\n2,-0\n", "which are the same number"),
                Arguments.of("x,class,class\n1,a,a\n", "has more than one column \"class\""),
                Arguments.of("x,class\nx,class\n1,a\n", "line 2, column \"x\" is \"x\""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCouldBeMisreadIsRefusedWithItsPlace(String text, String message) throws IOException {
        refused(message, write(text), "class");
    }

    @Test
    void labelsThatJavaTakesForNumbersAreNames() throws IOException {
        assertEquals(
                List.of("10d", "1d", "2f"),
                Csv.read(write("x,class\n1,2f\n2,10d\n3,1d\n"), "class").classes());
    }

    /** univocity takes 512 columns and 4,096 characters a field unless it is told otherwise; pixels of an image are 784. */
    @Test
    void wideTablesAndLongFieldsAreRead() throws IOException {
        String header = IntStream.range(0, 3000).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
        String line = IntStream.range(0, 3000).mapToObj(i -> "" + i).collect(Collectors.joining(","));
        String label = "l".repeat(10_000);
        Csv csv = Csv.read(write(header + ",class\n" + line + "," + label + "\n" + line + ",m\n"), "class");
        assertEquals(3000, csv.inputs().size());
        assertEquals(2999, csv.values()[5999]);
        assertEquals(List.of(label, "m"), csv.classes());
    }

    private static void refused(String message, Path file, String label) {
        String said =
                assertThrows(DataException.class, () -> Csv.read(file, label)).getMessage();
        assertTrue(said.startsWith(file + ": ") && said.contains(message), said);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), text);
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Csv_OthersFilesTest.class.getResource("others/" + name).toURI());
    }
}
