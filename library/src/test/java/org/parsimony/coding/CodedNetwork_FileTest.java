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
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.coding.columns.CserMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.IndexMapMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.prototypes.PrototypeMatrix;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architectures;

/** A file comes back as it was, and whatever is done to it, the reader says what is wrong. */
class CodedNetwork_FileTest {

    private static final DenseMatrix FIRST = Matrices.trained(40, 90, 5, 0.6, 12, 0.1, 1);
    private static final DenseMatrix DOWN = Matrices.trained(90, 10, 2, 0.2, 5, 0.4, 2);
    private static final DenseMatrix SQUARE = Matrices.trained(10, 10, 2, 0.5, 5, 0.4, 3);
    private static final DenseMatrix NORM = Matrices.trained(4, 90, 2, 0.1, 50, 0.9, 4);
    private static final CodedNetwork NETWORK = new CodedNetwork(
            Architecture.parse(
                    """
                    {"input":[40],"layers":["dense 90 relu","batchnorm 0.001 0.9","dense 10 nobias","dense 10 tanh",\
                    "dense 10 nobias","dense 10","dropout 0.5","dense 10 nobias","dense 10 softmax nobias"]}"""),
            List.of(
                    new CodedLayer(PrototypeMatrix.of(FIRST), new float[90]),
                    new CodedLayer(PlainMatrix.of(NORM), new float[0]),
                    new CodedLayer(ShamMatrix.of(DOWN), new float[0]),
                    new CodedLayer(HamMatrix.of(SQUARE), CompressedMatrix_LawsTest.gaussian(10)),
                    new CodedLayer(CscMatrix.of(SQUARE), new float[0]),
                    new CodedLayer(IndexMapMatrix.of(SQUARE), CompressedMatrix_LawsTest.gaussian(10)),
                    new CodedLayer(CserMatrix.of(SQUARE), new float[0]),
                    new CodedLayer(PlainMatrix.of(SQUARE), new float[0])));
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
            assertEquals(NETWORK.layers().size(), back.layers().size());
            for (int i = 0; i < back.layers().size(); i++) {
                CodedLayer was = NETWORK.layers().get(i);
                CodedLayer is = back.layers().get(i);
                assertEquals(was.matrix().getClass(), is.matrix().getClass());
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
        newer[7] = CodedNetwork.GRAPH_VERSION + 1;
        String message = assertThrows(CodingException.class, () -> read(newer)).getMessage();
        assertTrue(message.contains("version " + newer[7] + ", but"), message);
    }

    @Test
    void anOlderVersionIsNamedWithWhatToDo() {
        byte[] older = file.clone();
        older[7] = CodedNetwork.VERSION - 1;
        String message = assertThrows(CodingException.class, () -> read(older)).getMessage();
        assertTrue(message.contains("code the network again"), message);
    }

    @Test
    void aSectionThatLiesAboutItsLengthAllocatesNothing() {
        byte[] lying = file.clone();
        ByteBuffer.wrap(lying).putInt(9, Integer.MAX_VALUE - 20);
        assertThrows(CodingException.class, () -> read(lying));
        ByteBuffer.wrap(lying).putInt(9, -1);
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
        for (int[] size : new int[][] {{1 << 30, 1 << 30}, {65536, 32768}, {Integer.MAX_VALUE, 1}}) {
            for (char code : "PHSCIRD".toCharArray()) {
                BitWriter start = new BitWriter();
                start.write(code, 8);
                start.gamma(size[0] - 1);
                start.gamma(size[1] - 1);
                start.write(0, 1);
                byte[] bits = start.toBytes();
                ByteBuffer content = ByteBuffer.allocate(bits.length + 102);
                content.put((byte) bits.length).put(bits).put((byte) 50).rewind();
                String message = assertThrows(CodingException.class, () -> LayerFormat.read(content))
                        .getMessage();
                assertTrue(message.contains(size[0] + " × " + size[1]), message);
            }
        }
    }

    @Test
    void layersThatDoNotFitTheArchitectureAreRefused() throws IOException {
        for (String[] lie : new String[][] {
            {"dense 90 relu", "dense 91 relu"},
            {"dense 90 relu", "dense 90 ruly"},
            {"dense 10 tanh", "max 2x2 1111."},
            {"softmax nobias\"]}", "softmax nobias\"]]"},
            {"[40]", "[41]"}
        }) {
            String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            byte[] lying = text.replace(lie[0], lie[1]).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            repairChecksums(lying);
            String message =
                    assertThrows(CodingException.class, () -> read(lying)).getMessage();
            assertTrue(message.contains("contradicts itself"), message);
        }
    }

    /** All that is not code, tables or biases: what 165 times smaller leaves no room for. */
    @Test
    void headersAndArchitectureTakeUnder200Bytes() {
        CodedNetwork network = CodedNetwork.encode(
                Architectures.mlp("784-300-100-10", 1), new CodedNetwork.Options().dense(Code.DENSE));
        long weights = network.layers().stream()
                .mapToLong(layer -> layer.matrix().sizeInBytes())
                .sum();
        assertTrue(network.sizeInBytes() - weights < 200, network.sizeInBytes() - weights + " bytes");
    }

    private static CodedNetwork read(byte[] bytes) throws IOException {
        return CodedNetwork.read(new ByteArrayInputStream(bytes));
    }

    /** Where the content of the first layer begins. */
    private static int layerContent() {
        return 8 + 5 + ByteBuffer.wrap(file).getInt(9) + 4 + 5;
    }

    private static void alterLayer(byte[] bytes, Random random) {
        int at = layerContent() + random.nextInt(bytes.length - layerContent() - 40);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
    }

    private static void repairChecksums(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        ByteBuffer right = ByteBuffer.wrap(file);
        for (int at = 8; at < bytes.length; ) {
            int length = right.getInt(at + 1);
            right.get(at, bytes, at, 5);
            CRC32C crc = new CRC32C();
            crc.update(bytes, at, 5 + length);
            all.putInt(at + 5 + length, (int) crc.getValue());
            at += 9 + length;
        }
    }
}
