package org.parsimony.coding.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.LayerFormat;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.SymbolMatrix;

/** The codes that go column by column, on small matrices each of which takes another way through them. */
class ColumnCodes_SmallTest {

    private static DenseMatrix filled(int rows, int cols, IntToDoubleFunction at) {
        float[] weights = new float[rows * cols];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) at.applyAsDouble(i);
        }
        return new DenseMatrix(rows, cols, weights);
    }

    private static DenseMatrix random(int rows, int cols, double zeros, int values, long seed) {
        Random random = new Random(seed);
        return filled(rows, cols, i -> random.nextDouble() < zeros ? 0 : (1 + random.nextInt(values)) / 8.0);
    }

    /** The i-th value half as often as the one before: words of one bit to many, some longer than any window. */
    private static DenseMatrix skew(int rows, int cols) {
        return filled(rows, cols, i -> 1 + Integer.numberOfTrailingZeros(i + 1));
    }

    /** Hundreds of values, of which two are so common that a look-up finds several. */
    private static DenseMatrix fewAmongMany(int rows, int cols) {
        Random random = new Random(3);
        return filled(rows, cols, i -> (random.nextInt(8) > 0 ? random.nextInt(3) : random.nextInt(500)) / 8.0);
    }

    static List<DenseMatrix> matrices() {
        return List.of(
                filled(1, 1, i -> 0),
                filled(1, 1, i -> 3),
                filled(9, 33, i -> 0),
                filled(9, 33, i -> -0f),
                filled(70, 65, i -> 0.25),
                random(17, 70, 0.5, 3, 1),
                random(100, 31, 0.1, 200, 2),
                random(64, 5, 0.95, 2, 3),
                random(300, 3, 0, 300, 4),
                random(40, 40, 0.3, 256, 5),
                random(40, 40, 0, 255, 6),
                random(40, 40, 0.02, 1000, 7),
                random(13, 9, 0.6, 4, 8),
                random(257, 20, 0.7, 5, 9),
                fewAmongMany(90, 41),
                skew(64, 300),
                skew(1200, 31),
                filled(31, 1300, i -> i % 1300 > 1270 ? 1 + i % 7 : 0),
                filled(65_600, 2, i -> i % 4099 == 1 ? 1 + i % 5 : 0),
                filled(30, 12, i -> i % 12 == 5 ? 1 + i / 12 : 0));
    }

    private static List<CompressedMatrix> codes(DenseMatrix matrix) {
        return List.of(
                HamMatrix.of(matrix),
                ShamMatrix.of(matrix),
                CscMatrix.of(matrix),
                IndexMapMatrix.of(matrix),
                CserMatrix.of(matrix));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void everyCodeGivesBackItsMatrixAndItsProducts(DenseMatrix matrix) {
        for (CompressedMatrix code : codes(matrix)) {
            assertEquals(matrix.rows(), code.rows());
            assertEquals(matrix.cols(), code.cols());
            assertEquals((matrix.cols() + 31) / 32, code.blocks());
            assertBits(matrix, code);
            for (int batch : new int[] {1, 2, 9}) {
                assertProduct(matrix, code, batch);
            }
            assertEquals(
                    code.name() + " " + matrix.rows() + " × " + matrix.cols() + ", " + code.sizeInBytes() + " bytes",
                    code.toString());
        }
    }

    private static void assertBits(DenseMatrix matrix, CompressedMatrix code) {
        float[] back = code.toDense().values();
        for (int i = 0; i < back.length; i++) {
            assertEquals(Float.floatToRawIntBits(matrix.values()[i]), Float.floatToRawIntBits(back[i]), code.name());
        }
    }

    /** Inputs are small whole numbers and weights of few digits, so that no sum is rounded. */
    private static void assertProduct(DenseMatrix matrix, CompressedMatrix code, int batch) {
        float[] x = new float[batch * matrix.rows()];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 + i % 5 - 7 * (i % 2);
        }
        float[] expected = new float[batch * matrix.cols()];
        for (int b = 0; b < batch; b++) {
            for (int col = 0; col < matrix.cols(); col++) {
                double sum = 0;
                for (int row = 0; row < matrix.rows(); row++) {
                    sum += (double) x[b * matrix.rows() + row] * matrix.get(row, col);
                }
                expected[b * matrix.cols() + col] = (float) sum;
            }
        }
        float[] y = new float[expected.length];
        Arrays.fill(y, Float.NaN);
        code.dot(x, y, batch);
        for (int i = 0; i < y.length; i++) {
            assertTrue(expected[i] == y[i], code.name() + " gives " + y[i] + ", not " + expected[i]);
        }
        // A part of the blocks writes its columns and leaves the others.
        float[] rest = new float[y.length];
        Arrays.fill(y, -777);
        Arrays.fill(rest, -777);
        code.dot(x, y, batch, 0, 1);
        code.dot(x, rest, batch, 1, code.blocks());
        for (int i = 0; i < y.length; i++) {
            boolean first = i % matrix.cols() < 32;
            assertTrue(y[i] == (first ? expected[i] : -777), code.name());
            assertTrue(rest[i] == (first ? -777 : expected[i]), code.name());
        }
    }

    /** Infinite weights and NaN times an input of 0 are NaN: no input may be made 0 where a column ends. */
    @Test
    void weightsThatAreNotFiniteSpoilOnlyTheirColumns() {
        DenseMatrix matrix = filled(21, 6, i -> i == 25 ? Double.POSITIVE_INFINITY : i == 3 ? Double.NaN : i % 4);
        float[] x = new float[21];
        Arrays.fill(x, 1);
        for (CompressedMatrix code : codes(matrix)) {
            assertBits(matrix, code);
            float[] y = new float[6];
            code.dot(x, y);
            for (int col = 0; col < 6; col++) {
                assertEquals(col == 3, Float.isNaN(y[col]), code.name());
                assertEquals(col == 1, Float.isInfinite(y[col]), code.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void everyCodeComesBackFromItsSection(DenseMatrix matrix) {
        float[] bias = new float[matrix.cols()];
        bias[0] = 0.3f;
        for (CompressedMatrix code : codes(matrix)) {
            CodedLayer back = LayerFormat.read(ByteBuffer.wrap(LayerFormat.write(new CodedLayer(code, bias))));
            assertEquals(code.name(), back.matrix().name());
            assertEquals(code.sizeInBits(), back.matrix().sizeInBits(), code.name());
            assertArrayEquals(bias, back.bias());
            assertBits(matrix, back.matrix());
            assertProduct(matrix, back.matrix(), 1);
        }
    }

    /** 4 × 3: columns (1, 0, 0, 2), (0, 0, 0, 0), (1, 1, 2, 0); words 0 for 0 (7 times), 10 for 1 (3), 11 for 2 (2). */
    @Test
    void sizesByHand() {
        DenseMatrix matrix = new DenseMatrix(4, 3, new float[] {1, 0, 1, 0, 0, 1, 0, 0, 2, 2, 0, 0});
        HamMatrix ham = HamMatrix.of(matrix);
        assertEquals(7 + 2 * 3 + 2 * 2, ham.streamBits());
        assertEquals(32 + ham.code().tableBits(), ham.sizeInBits());
        assertEquals(5, ham.nonzeros());
        ShamMatrix sham = ShamMatrix.of(matrix);
        assertEquals(3 + 2, sham.streamBits());
        assertEquals(5, sham.nonzeros());
        assertEquals((5 + 3) * 8, sham.indexBits());
        assertEquals(32 + 64 + sham.code().tableBits(), sham.sizeInBits());
        CscMatrix csc = CscMatrix.of(matrix);
        assertEquals(5, csc.nonzeros());
        assertEquals(5 * (32 + 8) + 3 * 8, csc.sizeInBits());
        assertEquals(3 * 32 + 12 * 8, IndexMapMatrix.of(matrix).sizeInBits());
        for (int rows : new int[] {1, 31, 32, 33}) {
            HamMatrix bits = HamMatrix.of(filled(rows, 1, i -> i % 2));
            assertEquals(rows > 32 ? 64 : 32, bits.sizeInBits() - bits.code().tableBits());
        }
    }

    @Test
    void aSharedCodeMustHaveEveryValue() {
        DenseMatrix matrix = random(5, 6, 0.5, 3, 1);
        HuffmanCode nonzero = ShamMatrix.of(matrix).code();
        assertBits(matrix, ShamMatrix.of(SymbolMatrix.of(matrix), nonzero));
        String said = assertThrows(IllegalArgumentException.class, () -> HamMatrix.of(matrix, nonzero))
                .getMessage();
        assertTrue(said.contains("no word for 0;"), said);
        DenseMatrix other = filled(5, 6, i -> 9);
        said = assertThrows(IllegalArgumentException.class, () -> ShamMatrix.of(SymbolMatrix.of(other), nonzero))
                .getMessage();
        assertTrue(said.contains("no word for 9.0"), said);
    }

    /** Of a section with one byte altered or its end cut off, a matrix of that shape is read or it is refused. */
    @Test
    void damagedSectionsAreRefusedOrRead() {
        for (CompressedMatrix code : codes(random(20, 9, 0.5, 5, 2))) {
            byte[] section = LayerFormat.write(new CodedLayer(code, new float[0]));
            int refused = 0;
            for (int at = 0; at < section.length; at++) {
                byte[] damaged = section.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                refused += isRefused(damaged) ? 1 : 0;
                assertTrue(
                        at >= section.length - 3 || isRefused(Arrays.copyOf(section, at)),
                        code.name() + " cut after " + at);
            }
            assertTrue(refused > 4, code.name() + " is refused " + refused + " times");
        }
    }

    private static boolean isRefused(byte[] section) {
        try {
            CompressedMatrix matrix = LayerFormat.read(ByteBuffer.wrap(section)).matrix();
            matrix.dot(new float[matrix.rows()], new float[matrix.cols()]);
            return false;
        } catch (CodingException e) {
            return true;
        }
    }

    /** Rows of a column rise, and lie in the matrix. */
    @Test
    void rowsThatDoNotRiseAreRefused() {
        for (int[] rows : new int[][] {{0, 0}, {1, 0}, {0, 4}, {-1, 2}}) {
            CscMatrix csc = new CscMatrix(4, 2, new int[] {0, 0, 2}, rows, new float[] {1, 2});
            BitWriter head = new BitWriter();
            ByteBuffer body = SparseFormat.write(csc, head);
            String said = assertThrows(
                            CodingException.class,
                            () -> SparseFormat.readCsc(4, 2, new BitReader(head.toBytes()), body))
                    .getMessage();
            assertTrue(said.contains("damaged in column 1"), said);
        }
        CscMatrix right = new CscMatrix(4, 2, new int[] {0, 0, 2}, new int[] {0, 3}, new float[] {1, 2});
        BitWriter head = new BitWriter();
        ByteBuffer body = SparseFormat.write(right, head);
        assertEquals(
                2,
                SparseFormat.readCsc(4, 2, new BitReader(head.toBytes()), body).nonzeros());
        ByteBuffer longer = ByteBuffer.allocate(body.capacity() + 1);
        assertThrows(CodingException.class, () -> SparseFormat.readCsc(4, 2, new BitReader(head.toBytes()), longer));
    }
}
