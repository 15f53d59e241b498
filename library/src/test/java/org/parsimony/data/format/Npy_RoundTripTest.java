package org.parsimony.data.format;

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
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.DataException;

/** What is written is read back bit for bit; every cut and every lie of a header is refused without allocating for it. */
class Npy_RoundTripTest {

    @TempDir
    Path folder;

    @Provide
    Arbitrary<long[]> shapes() {
        return Arbitraries.longs()
                .between(1, 6)
                .array(long[].class)
                .ofMinSize(0)
                .ofMaxSize(4);
    }

    @Property(tries = 60)
    void readingWhatWasWrittenGivesTheSameArray(
            @ForAll("shapes") long[] shape, @ForAll @IntRange(max = 3) int type, @ForAll boolean fortran) {
        DataType t = new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.INT32, DataType.INT64}[type];
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        INDArray array = Nd4j.createFromArray(
                        IntStream.range(0, n).mapToDouble(i -> 3.7 * i - 5).toArray())
                .reshape(shape)
                .castTo(t);
        if (fortran) {
            array = array.dup('f');
        }
        INDArray back = Npy.decode("array.npy", Npy.encode(array));
        assertEquals(t, back.dataType());
        assertArrayEquals(shape, back.shape());
        assertEquals(array, back);
    }

    @Property(tries = 100)
    void everyCutIsRefused(@ForAll @IntRange(max = 151) int length) {
        byte[] whole = Npy.encode(Nd4j.createFromArray(1f, 2f, 3f, 4f, 5f, 6f).reshape(2, 3));
        assertEquals(128 + 24, whole.length);
        DataException e =
                assertThrows(DataException.class, () -> Npy.decode("weights.npy", Arrays.copyOf(whole, length)));
        assertTrue(e.getMessage().startsWith("weights.npy: "), e.getMessage());
    }

    @Property(tries = 300)
    void noChangedByteOfTheHeaderLeadsToAnythingButAnArrayOrARefusal(
            @ForAll @IntRange(max = 127) int at, @ForAll byte value) {
        byte[] content = Npy.encode(Nd4j.createFromArray(1f, 2f, 3f, 4f, 5f, 6f).reshape(2, 3));
        content[at] = value;
        try {
            assertTrue(Npy.decode("weights.npy", content).length() <= 24);
        } catch (DataException e) {
            assertTrue(e.getMessage().startsWith("weights.npy: "), e.getMessage());
        }
    }

    @Test
    void fortranOrderAndBigEndianGiveTheMatrixThatNumpyMeans() {
        // numpy.array([[1, 2, 3], [4, 5, 6]], dtype='>i2', order='F')
        ByteBuffer values = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
        for (short x : new short[] {1, 4, 2, 5, 3, 6}) {
            values.putShort(x);
        }
        INDArray read = Npy.decode("f.npy", file(3, ">i2", "True", "(2, 3)", values.array()));
        assertEquals(Nd4j.createFromArray(new int[][] {{1, 2, 3}, {4, 5, 6}}), read);
    }

    @Test
    void unsignedAndBooleanValuesKeepTheirSize() {
        assertEquals(
                255,
                Npy.decode("u", file(1, "|u1", "False", "(1,)", new byte[] {-1}))
                        .getInt(0));
        assertEquals(
                -1,
                Npy.decode("i", file(1, "|i1", "False", "(1,)", new byte[] {-1}))
                        .getInt(0));
        assertEquals(
                1,
                Npy.decode("b", file(2, "|b1", "False", "(1,)", new byte[] {1})).getInt(0));
        assertEquals(
                65535,
                Npy.decode("h", file(2, "<u2", "False", "(1,)", new byte[] {-1, -1}))
                        .getInt(0));
        assertEquals(
                4294967295L,
                Npy.decode("w", file(2, "<u4", "False", "(1,)", new byte[] {-1, -1, -1, -1}))
                        .getLong(0));
    }

    @Test
    void lyingShapesAndOtherTypesAreRefused() {
        refused("must hold one of", file(1, "<c8", "False", "(1,)", new byte[8]));
        refused("floats of another width", file(1, "<f16", "False", "(1,)", new byte[16]));
        refused("Python objects", file(1, "|O", "False", "(1,)", new byte[8]));
        refused("must give descr", file(1, "<f4", "Perhaps", "(1,)", new byte[4]));
        refused("there are 4", file(1, "<f4", "False", "(2000000000, 2000000000, 2000000000)", new byte[4]));
        refused("there are 8", file(1, "<f4", "False", "()", new byte[8]));
        refused("dimension of 99999999999", file(1, "<f4", "False", "(99999999999,)", new byte[4]));
        refused("dimension of 0", file(1, "<f4", "False", "(0,)", new byte[0]));
        refused("version 4", file(4, "<f4", "False", "(1,)", new byte[4]));
        refused("above 2^63", file(1, "<u8", "False", "(1,)", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
    }

    @Test
    void filesAreWrittenWholeAndGzippedByName() throws IOException {
        INDArray array = Nd4j.createFromArray(1.5, -2, Math.PI).reshape(3, 1);
        for (String name : new String[] {"a.npy", "a.npy.gz"}) {
            Path file = folder.resolve(name);
            Npy.write(file, array);
            Npy.write(file, array);
            assertEquals(array, Npy.read(file));
            assertEquals(name.endsWith("gz"), Files.readAllBytes(file)[0] == 0x1f);
        }
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
        assertThrows(DataException.class, () -> Npy.write(folder.resolve("none/a.npy"), array));
        assertThrows(DataException.class, () -> Npy.read(folder.resolve("none.npy")));
    }

    private static void refused(String problem, byte[] content) {
        DataException e = assertThrows(DataException.class, () -> Npy.decode("weights.npy", content));
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    /** A file as NumPy writes it, put together by hand. */
    private static byte[] file(int version, String descr, String fortran, String shape, byte[] values) {
        byte[] header = ("{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(12 + header.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            out.putShort((short) header.length);
        } else {
            out.putInt(header.length);
        }
        out.put(header).put(values);
        return Arrays.copyOf(out.array(), out.position());
    }
}
