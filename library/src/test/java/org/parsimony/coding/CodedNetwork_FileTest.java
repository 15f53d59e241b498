package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file comes back as it was, and whatever is done to it, the reader says what is wrong. */
class CodedNetwork_FileTest {

    private static final DenseMatrix FIRST = Matrices.trained(40, 90, 5, 0.6, 12, 0.1, 1);
    private static final DenseMatrix SECOND = Matrices.trained(90, 10, 2, 0.2, 5, 0.4, 2);
    private static final CodedNetwork NETWORK = new CodedNetwork(
            "{\"layers\":[40,90,10,10]}",
            List.of(
                    new CodedLayer("hidden", PrototypeMatrix.of(FIRST), new float[90]),
                    new CodedLayer("sparse", ShamMatrix.of(SECOND), new float[0]),
                    new CodedLayer("last", HamMatrix.of(SECOND), CompressedMatrix_LawsTest.gaussian(10))));
    private static byte[] file;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NETWORK.write(out);
        file = out.toByteArray();
    }

    @Test
    void readAndMappedNetworksAreTheWrittenOne() throws IOException {
        Path path = folder.resolve("net.pars");
        Files.write(path, file);
        for (CodedNetwork back : List.of(read(file), CodedNetwork.map(path))) {
            assertEquals(NETWORK.architecture(), back.architecture());
            assertEquals(3, back.layers().size());
            for (int i = 0; i < 3; i++) {
                CodedLayer was = NETWORK.layers().get(i);
                CodedLayer is = back.layers().get(i);
                assertEquals(was.name(), is.name());
                assertArrayEquals(was.bias(), is.bias());
                assertArrayEquals(
                        was.matrix().toDense().values(), is.matrix().toDense().values());
                assertEquals(was.matrix().sizeInBits(), is.matrix().sizeInBits());
                float[] x = CompressedMatrix_LawsTest.gaussian(was.matrix().rows());
                float[] y = new float[was.matrix().cols()];
                float[] z = new float[was.matrix().cols()];
                was.matrix().dot(x, y);
                is.matrix().dot(x, z);
                assertArrayEquals(y, z);
            }
        }
    }

    @Test
    void writingTwiceGivesTheSameBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        read(file).write(out);
        assertArrayEquals(file, out.toByteArray());
    }

    @Test
    void everyCutIsSeen() {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(CodingException.class, () -> read(cut));
        }
    }

    @Test
    void everyAlteredByteIsSeen() {
        Random random = new Random(1);
        for (int i = 0; i < file.length; i++) {
            byte[] altered = file.clone();
            altered[i] ^= (byte) (1 + random.nextInt(255));
            assertThrows(CodingException.class, () -> read(altered), "byte " + i);
        }
    }

    @Test
    void aNewerVersionIsNamed() {
        byte[] newer = file.clone();
        newer[7] = CodedNetwork.VERSION + 1;
        String message = assertThrows(CodingException.class, () -> read(newer)).getMessage();
        assertTrue(message.contains("version 2"), message);
    }

    @Test
    void aSectionThatLiesAboutItsLengthAllocatesNothing() {
        byte[] lying = file.clone();
        ByteBuffer.wrap(lying).putLong(12, Integer.MAX_VALUE - 20);
        assertThrows(CodingException.class, () -> read(lying));
        ByteBuffer.wrap(lying).putLong(12, Long.MAX_VALUE);
        assertThrows(CodingException.class, () -> read(lying));
        ByteBuffer.wrap(lying).putLong(12, -1);
        assertThrows(CodingException.class, () -> read(lying));
    }

    /** Altered content under a right checksum: it is either refused, or a matrix that multiplies. */
    @Test
    void altereredSectionsWithRightChecksumsNeverBreakTheReader() throws IOException {
        Random random = new Random(2);
        int refused = 0;
        for (int trial = 0; trial < 6000; trial++) {
            byte[] altered = file.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                alterLayer(altered, random);
            }
            repairChecksums(altered);
            try {
                for (CodedLayer layer : read(altered).layers()) {
                    CompressedMatrix matrix = layer.matrix();
                    if ((long) matrix.rows() * matrix.cols() < 1 << 16) {
                        matrix.dot(new float[matrix.rows()], new float[matrix.cols()]);
                        matrix.toDense();
                    }
                }
            } catch (CodingException e) {
                refused++;
            }
        }
        assertTrue(refused > 3000, "refused " + refused);
    }

    @Test
    void sizesThatTheBytesCannotJustifyAreRefused() {
        int layer = layerContent();
        for (int[] size : new int[][] {{1 << 30, 1 << 30}, {65536, 32768}, {Integer.MAX_VALUE, 1}, {0, 5}, {-3, 5}}) {
            byte[] lying = file.clone();
            ByteBuffer.wrap(lying).putInt(layer + 2 + "hidden".length() + 1, size[0]);
            ByteBuffer.wrap(lying).putInt(layer + 2 + "hidden".length() + 5, size[1]);
            repairChecksums(lying);
            String message =
                    assertThrows(CodingException.class, () -> read(lying)).getMessage();
            assertTrue(message.contains(size[0] + " × " + size[1]), message);
        }
    }

    private static CodedNetwork read(byte[] bytes) throws IOException {
        return CodedNetwork.read(new ByteArrayInputStream(bytes));
    }

    /** Where the content of the first layer begins. */
    private static int layerContent() {
        int architecture = (int) ByteBuffer.wrap(file).getLong(12);
        return 8 + 12 + architecture + 4 + 12;
    }

    private static void alterLayer(byte[] bytes, Random random) {
        int at = layerContent() + random.nextInt(bytes.length - layerContent() - 40);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
    }

    private static void repairChecksums(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        ByteBuffer right = ByteBuffer.wrap(file);
        for (int at = 8; at < bytes.length; ) {
            int length = (int) right.getLong(at + 4);
            right.get(at, bytes, at, 12);
            CRC32C crc = new CRC32C();
            crc.update(bytes, at, 12 + length);
            all.putInt(at + 12 + length, (int) crc.getValue());
            at += 16 + length;
        }
    }
}
