package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.ReaderLaw;

/** No {@code .pars} file and no coded layer crashes, stalls or swells its reader, even where its checksums fit. */
class Reader_FuzzTest {

    /** The tables of a matrix of as many rows and columns as the shortest layer may state. */
    private static final long CONSTANT = 160L << 20;

    private static final long FACTOR = 1 << 14;
    /** A layer that is read is multiplied with, if it has no more weights than this. */
    private static final long USED = 1 << 18;

    private static ReaderLaw law(String target) {
        ReaderLaw.Reader reader =
                switch (target) {
                    case "layer" -> content -> use(LayerFormat.read(ByteBuffer.wrap(content)));
                    case "stream" ->
                        content -> CodedNetwork.read(new ByteArrayInputStream(checked(content)))
                                .layers()
                                .forEach(Reader_FuzzTest::use);
                    case "mapped" -> Reader_FuzzTest::map;
                    default -> throw new IllegalArgumentException(target);
                };
        return new ReaderLaw(reader, List.of(CodingException.class, IOException.class), CONSTANT, FACTOR);
    }

    private static void map(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".pars");
        try {
            Files.write(file, checked(content));
            CodedNetwork.map(file).layers().forEach(Reader_FuzzTest::use);
        } finally {
            Files.delete(file);
        }
    }

    /** A layer that was not refused can be multiplied with, unpacked and written again. */
    private static void use(CodedLayer layer) {
        CompressedMatrix matrix = layer.matrix();
        if ((long) matrix.rows() * matrix.cols() > USED) {
            return;
        }
        try {
            float[] x = new float[matrix.rows()];
            x[x.length - 1] = 1;
            float[] y = new float[matrix.cols()];
            matrix.dot(x, y);
            DenseMatrix dense = matrix.toDense();
            float[] row = java.util.Arrays.copyOfRange(
                    dense.values(), dense.values().length - y.length, dense.values().length);
            for (float weight : dense.values()) {
                if (!(Math.abs(weight) < 1e9)) {
                    return; // NaN and infinity travel through sums
                }
            }
            assertArrayEquals(row, y, 1e4f * (1 + matrix.rows()) / 1e6f * largest(dense.values()));
            CodedLayer again = LayerFormat.read(ByteBuffer.wrap(LayerFormat.write(layer)));
            assertArrayEquals(dense.values(), again.matrix().toDense().values());
            assertArrayEquals(layer.bias(), again.bias());
        } catch (RuntimeException e) {
            throw new AssertionError(matrix.name() + " was read, but cannot be used: " + e, e);
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** {@code content} with every checksum that it has room for put right. */
    private static byte[] checked(byte[] content) {
        ByteBuffer file = ByteBuffer.wrap(content.clone());
        int at = 8;
        while (at + 9 <= content.length) {
            int length = file.getInt(at + 1);
            if (length < 0 || length > content.length - at - 9) {
                break;
            }
            CRC32C crc = new CRC32C();
            crc.update(file.slice(at, 5 + length));
            file.putInt(at + 5 + length, (int) crc.getValue());
            at += 9 + length;
        }
        return file.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "stream", "mapped"})
    void damagedSeedsAreReadOrRefused(String target) {
        law(target).checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, target), 300);
    }

    @FuzzTest
    void layer(byte[] content) {
        law("layer").check(content);
    }

    @FuzzTest
    void stream(byte[] content) {
        law("stream").check(content);
    }

    @FuzzTest
    void mapped(byte[] content) {
        law("mapped").check(content);
    }
}
