package org.parsimony.coding;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.FloatCode;
import org.parsimony.network.Backend;

/**
 * A matrix as 32-bit floats in memory, for layers too small or too irregular to code. Product: ND4J's.
 *
 * <p>{@link #sizeInBits} is what it takes in a file: each row in the shortest of four exact forms, which are the floats
 * as they are (32 bits); sign, exponent and mantissa of only the bits that the row needs (trained weights of one row lie
 * within few powers of two: about 28 bits; float16 and bfloat16: about 16); multiples of a power of two; and indices
 * into a table of the row's values.
 */
public final class PlainMatrix implements CompressedMatrix {

    private final DenseMatrix matrix;
    private final INDArray weights;
    private final byte[] head;

    private PlainMatrix(DenseMatrix matrix, byte[] head) {
        this.matrix = matrix;
        this.head = head;
        Backend.tame();
        this.weights = Nd4j.create(matrix.values(), new long[] {matrix.rows(), matrix.cols()}, 'c');
    }

    /** Keeps {@code matrix}. */
    public static PlainMatrix of(DenseMatrix matrix) {
        byte[] head = head(matrix, true);
        boolean justified = matrix.values().length <= most(head.length);
        return new PlainMatrix(matrix, justified ? head : head(matrix, false));
    }

    private static byte[] head(DenseMatrix matrix, boolean shortest) {
        BitWriter out = new BitWriter();
        float[] row = new float[matrix.cols()];
        for (int r = 0; r < matrix.rows(); r++) {
            System.arraycopy(matrix.values(), r * row.length, row, 0, row.length);
            if (shortest) {
                FloatCode.write(row, out);
            } else {
                FloatCode.writeAsIs(row, out);
            }
        }
        return out.toBytes();
    }

    /** Weights that so many bytes may hold, so that nobody is made to allocate without end. */
    private static long most(int bytes) {
        return (1 << 20) + 64L * bytes;
    }

    /** Reads what {@link #head} gave. */
    static PlainMatrix read(int rows, int cols, byte[] head) {
        if ((long) rows * cols > most(head.length)) {
            throw new CodingException("says that " + head.length + " bytes hold " + rows + " × " + cols + " weights");
        }
        BitReader in = new BitReader(head);
        float[] values = new float[rows * cols];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(FloatCode.read(in, cols), 0, values, r * cols, cols);
        }
        return new PlainMatrix(new DenseMatrix(rows, cols, values), head);
    }

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int cols() {
        return matrix.cols();
    }

    @Override
    public long sizeInBits() {
        return 8L * head.length;
    }

    @Override
    public int blocks() {
        return 1;
    }

    @Override
    public void dot(float[] x, float[] y, int batch, int from, int to) {
        if (from < to) {
            INDArray product = Nd4j.create(x, new long[] {batch, rows()}, 'c').mmul(weights);
            float[] sums = product.dup('c').data().asFloat();
            System.arraycopy(sums, 0, y, 0, sums.length);
        }
    }

    @Override
    public DenseMatrix toDense() {
        return matrix;
    }

    byte[] head() {
        return head;
    }

    @Override
    public String toString() {
        return name() + " " + rows() + " × " + cols() + ", " + sizeInBytes() + " bytes";
    }
}
