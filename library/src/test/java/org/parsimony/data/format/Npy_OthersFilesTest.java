package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.DataException;

/**
 * Arrays as NumPy of every age and its neighbours write them. After public reports: {@code 2L}, npy-matlab #2; sizes
 * {@code np.int64(3)}, numpy #28334; Python objects, obspy #2409 (numpy #13722), pepatac #125, SRNTT #9; bfloat16 and
 * float8, ml_dtypes #41, #148, GreenWaves bfloat16 #6; one dimension and float16, embedding-reader #37; version 2 heads,
 * cnpy #77; any Python literal as type, numpy #8784.
 */
class Npy_OthersFilesTest {

    @TempDir
    Path folder;

    @Test
    void sizesThatPython2EndsInLAreRead() throws Exception {
        assertEquals(Nd4j.createFromArray(new float[][] {{0, 1, 2}, {3, 4, 5}}), Npy.read(file("shape_with_L.npy")));
    }

    @Test
    void anArchiveOfOneArrayIsReadAsThatArray() throws Exception {
        INDArray read = Npy.read(file("one_array.npz"));
        assertArrayEquals(new long[] {2, 3}, read.shape());
        assertEquals(List.of("w"), Npz.names(file("one_array.npz")));
        assertEquals(read, Npz.read(file("one_array.npz"), "w"));
        assertEquals(read, Npz.read(file("one_array.npz")).get("w"));
    }

    @Test
    void valuesBeyondFloatsStayWhatTheyAre() throws Exception {
        double[] values = Npy.read(file("beyond_float.npy")).dup('c').data().asDouble();
        assertEquals(1e300, values[0]);
        assertTrue(Arrays.stream(values).anyMatch(Double::isNaN));
    }

    @Test
    void pickledObjectsAreNamed() throws Exception {
        refused("holds values of type |O, but must hold one of", file("objects.npy"));
        refused("these are Python objects, pickled, which are not read", file("objects.npy"));
    }

    static List<Arguments> types() {
        return List.of(
                Arguments.of("'<U5'", "texts"),
                Arguments.of("'|S3'", "texts"),
                Arguments.of("'<M8[ns]'", "dates or times"),
                Arguments.of("'<m8[s]'", "dates or times"),
                Arguments.of("'<c16'", "complex numbers"),
                Arguments.of("'<f16'", "floats of another width"),
                Arguments.of("'<f1'", "floats of another width"),
                Arguments.of("'<g2'", "floats of another width"),
                Arguments.of("'|V2'", "raw bytes, as bfloat16"),
                Arguments.of("'|O'", "Python objects"),
                Arguments.of("'bfloat16'", "must hold one of"),
                Arguments.of("[('a', '<f4'), ('b', '<i4')]", "records with fields"),
                Arguments.of("('<f4', (2,))", "must give descr, fortran_order and shape"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyOtherTypeIsNamedWithWhatToDo(String descr, String message) {
        DataException e =
                assertThrows(DataException.class, () -> Npy.decode("a.npy", npy(descr, "False", "(2,)", new byte[8])));
        assertTrue(e.getMessage().startsWith("a.npy: ") && e.getMessage().contains(message), e.getMessage());
    }

    static List<Arguments> shapes() {
        return List.of(
                Arguments.of("(2,3)", new long[] {2, 3}),
                Arguments.of("(2L, 3L)", new long[] {2, 3}),
                Arguments.of("(6L,)", new long[] {6}),
                Arguments.of("( 2, 3, )", new long[] {2, 3}),
                Arguments.of("(np.int64(2), np.int64(3))", new long[] {2, 3}),
                Arguments.of("(np.uint8(6),)", new long[] {6}));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyWayToWriteSizesIsRead(String text, long[] shape) {
        INDArray read = Npy.decode("a.npy", npy("'|u1'", "False", text, new byte[] {1, 2, 3, 4, 5, 6}));
        assertArrayEquals(shape, read.shape());
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, read.dup('c').data().asInt());
    }

    /** Every pattern of 16 bits against the definition of IEEE 754: sign, 5 bits of exponent, 10 of fraction. */
    @Test
    void halfPrecisionIsReadExactly() {
        ByteBuffer bits = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int h = 0; h < 1 << 16; h++) {
            bits.putShort((short) h);
        }
        float[] read = Npy.decode("h.npy", npy("'<f2'", "False", "(65536,)", bits.array()))
                .data()
                .asFloat();
        for (int h = 0; h < 1 << 16; h++) {
            int exponent = h >> 10 & 31;
            double size = exponent == 31
                    ? (h & 1023) == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? Math.scalb(h & 1023, -24) : Math.scalb(1024 + (h & 1023), exponent - 25);
            assertEquals((float) (h >> 15 == 0 ? size : -size), read[h], "bits " + h);
        }
        float[] swapped = Npy.decode("h.npy", npy("'>f2'", "False", "(1,)", new byte[] {0x3c, 0}))
                .data()
                .asFloat();
        assertArrayEquals(new float[] {1}, swapped);
    }

    @Test
    void arraysOfAnArchiveAreReadByName() throws IOException {
        INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
        INDArray y = Nd4j.createFromArray(new int[] {0, 1});
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            Path npz = npz(
                    method, "x_train.npy", Npy.encode(x), "y_train.npy", Npy.encode(y), "größe/ä.npy", Npy.encode(y));
            assertEquals(List.of("x_train", "y_train", "größe/ä"), Npz.names(npz));
            assertEquals(x, Npz.read(npz, "x_train"));
            assertEquals(y, Npz.read(npz).get("y_train"));
            assertEquals(DataType.INT32, Npz.read(npz, "größe/ä").dataType());
            refused("is an archive of 3 arrays, [x_train, y_train, größe/ä], but one is wanted", npz);
            DataException e = assertThrows(DataException.class, () -> Npz.read(npz, "x"));
            assertTrue(e.getMessage().contains("has no array \"x\"; it has [x_train, y_train"), e.getMessage());
        }
    }

    @Test
    void whatStandsInAnArchiveBesidesIsNamed() throws IOException {
        byte[] one = Npy.encode(Nd4j.createFromArray(1f));
        refused("array \"y\": holds values of type <U3", npz(8, "y.npy", npy("'<U3'", "False", "(1,)", new byte[12])));
        refused("array \"y\": is cut at byte", npz(8, "y.npy", Arrays.copyOf(one, 40)));
        refused("holds no arrays (.npy)", npz(8, "a.txt", new byte[3]));
        refused(
                "a sparse matrix of SciPy",
                npz(8, "indices.npy", one, "indptr.npy", one, "format.npy", one, "data.npy", one));
        byte[] whole = Files.readAllBytes(npz(8, "y.npy", one));
        refused(
                "is no whole .npz archive",
                Files.write(folder.resolve("b.npz"), Arrays.copyOf(whole, whole.length - 30)));
        assertTrue(assertThrows(DataException.class, () -> Npz.names(folder.resolve("none.npz")))
                .getMessage()
                .contains("no such readable file"));
    }

    @Property(tries = 200)
    void noCutOrChangedArchiveLeadsToAnythingButArraysOrARefusal(
            @ForAll @IntRange(max = 399) int at, @ForAll byte value, @ForAll boolean cut) throws IOException {
        Path file = Files.createTempFile("npz", ".npz");
        try {
            byte[] whole = zip(8, "w.npy", Npy.encode(Nd4j.rand(3, 20)));
            whole[at % whole.length] = value;
            Files.write(file, cut ? Arrays.copyOf(whole, at % whole.length) : whole);
            for (INDArray array : Npz.read(file).values()) {
                assertTrue(array.length() <= 240);
            }
        } catch (DataException e) {
            assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void sizesOfNothingAreRefusedAsThat() {
        DataException e = assertThrows(
                DataException.class, () -> Npy.decode("a.npy", npy("'<f4'", "False", "(0, 3)", new byte[0])));
        assertTrue(e.getMessage().contains("the array holds no values"), e.getMessage());
    }

    private static void refused(String message, Path file) {
        String said = assertThrows(DataException.class, () -> Npy.read(file)).getMessage();
        assertTrue(said.startsWith(file.toString()) && said.contains(message), said);
    }

    private Path npz(int method, Object... parts) throws IOException {
        return Files.write(folder.resolve("own.npz"), zip(method, parts));
    }

    private static byte[] zip(int method, Object... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(method);
            for (int i = 0; i < parts.length; i += 2) {
                byte[] content = (byte[]) parts[i + 1];
                ZipEntry entry = new ZipEntry((String) parts[i]);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] npy(String descr, String fortran, String shape, byte[] values) {
        byte[] header = ("{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(10 + header.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length);
        return out.put(header).put(values).array();
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Npy_OthersFilesTest.class.getResource("others/" + name).toURI());
    }
}
