package org.parsimony.coding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.coding.columns.CserMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.HuffmanFormat;
import org.parsimony.coding.columns.IndexMapMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.columns.SparseFormat;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.FloatCode;
import org.parsimony.coding.prototypes.PrototypeMatrix;

/**
 * The content of an {@code L} section: length of the start, start, length of the head, head, body. Lengths are in groups
 * of seven bits, the lowest first. The start holds the code (8 bits), rows and columns less one, whether there are biases
 * (1), and these as {@link FloatCode}. Head and body are the code's own: tables as bits, and the bytes that a product
 * walks through. Internal to the rooms of {@code coding}.
 */
public final class LayerFormat {

    /** A section of n bytes may state so many rows or columns, and {@code MANY + WEIGHTS · n} weights. */
    private static final int LINES = 1 << 20;

    private static final int LINES_PER_BYTE = 64;
    private static final long MANY = 1 << 26;
    private static final long WEIGHTS_PER_BYTE = 1 << 16;

    private LayerFormat() {}

    /** Bytes of the content. */
    static int size(CodedLayer layer) {
        return write(layer).length;
    }

    /** The bytes of a layer: its code, its sizes, its matrix and its biases. */
    public static byte[] write(CodedLayer layer) {
        CompressedMatrix matrix = layer.matrix();
        BitWriter head = new BitWriter();
        ByteBuffer body;
        int code;
        if (matrix instanceof PrototypeMatrix prototypes) {
            code = 'P';
            writeBytes(prototypes.head(), head);
            body = prototypes.stream();
        } else if (matrix instanceof HamMatrix ham) {
            code = 'H';
            body = HuffmanFormat.write(ham, head);
        } else if (matrix instanceof ShamMatrix sham) {
            code = 'S';
            body = HuffmanFormat.write(sham, head);
        } else if (matrix instanceof CscMatrix csc) {
            code = 'C';
            body = SparseFormat.write(csc, head);
        } else if (matrix instanceof IndexMapMatrix map) {
            code = 'I';
            body = SparseFormat.write(map, head);
        } else if (matrix instanceof CserMatrix cser) {
            code = 'R';
            body = SparseFormat.write(cser, head);
        } else if (matrix instanceof PlainMatrix plain) {
            code = 'D';
            writeBytes(plain.head(), head);
            body = ByteBuffer.allocate(0);
        } else {
            throw new IllegalArgumentException("files hold no " + matrix.name() + "; code the layer by Code.encode");
        }
        BitWriter start = new BitWriter();
        start.write(code, 8);
        start.gamma(matrix.rows() - 1);
        start.gamma(matrix.cols() - 1);
        start.write(layer.bias().length > 0 ? 1 : 0, 1);
        if (layer.bias().length > 0) {
            FloatCode.write(layer.bias(), start);
        }
        byte[] first = start.toBytes();
        byte[] bits = head.toBytes();
        checkSize(matrix.rows(), matrix.cols(), bits.length + (long) body.capacity());
        ByteBuffer all = ByteBuffer.allocate(first.length + bits.length + body.capacity() + 10);
        writeLength(first.length, all);
        all.put(first);
        writeLength(bits.length, all);
        all.put(bits).put(body.duplicate().rewind());
        return Arrays.copyOf(all.array(), all.position());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CodingException if it is something else or damaged
     */
    public static CodedLayer read(ByteBuffer in) {
        BitReader start = new BitReader(bytes(in, readLength(in), "start"));
        int code = (int) start.read(8);
        int rows = 1 + start.gamma("number of rows", Integer.MAX_VALUE - 1);
        int cols = 1 + start.gamma("number of columns", Integer.MAX_VALUE - 1);
        float[] bias = start.read(1) == 1 ? FloatCode.read(start, cols) : new float[0];
        byte[] head = bytes(in, readLength(in), "head");
        checkSize(rows, cols, head.length + (long) in.remaining());
        ByteBuffer body = in.slice();
        BitReader bits = new BitReader(head);
        CompressedMatrix matrix =
                switch (code) {
                    case 'P' -> PrototypeMatrix.read(rows, cols, head, body);
                    case 'H' -> HuffmanFormat.readHam(rows, cols, bits, body);
                    case 'S' -> HuffmanFormat.readSham(rows, cols, bits, body);
                    case 'C' -> SparseFormat.readCsc(rows, cols, bits, body);
                    case 'I' -> SparseFormat.readIndexMap(rows, cols, bits, body);
                    case 'R' -> SparseFormat.readCser(rows, cols, bits, body);
                    case 'D' -> PlainMatrix.read(rows, cols, head);
                    default -> throw new CodingException("has a layer in code " + code + ", which is unknown");
                };
        return new CodedLayer(matrix, bias);
    }

    private static void writeBytes(byte[] bytes, BitWriter out) {
        for (byte b : bytes) {
            out.write(b & 0xff, 8);
        }
    }

    private static void writeLength(int length, ByteBuffer out) {
        int left = length;
        for (; left > 0x7f; left >>>= 7) {
            out.put((byte) (left | 0x80));
        }
        out.put((byte) left);
    }

    private static long readLength(ByteBuffer in) {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte group = need(in, 1, "length").get();
            length |= (group & 0x7fL) << shift;
            if (group >= 0) {
                return length;
            }
        }
        throw new CodingException("has a damaged length");
    }

    /** What the sizes of a matrix may be, so that nobody is made to allocate or compute without end. */
    private static void checkSize(int rows, int cols, long bytes) {
        long lines = LINES + LINES_PER_BYTE * bytes;
        long weights = Math.min(Integer.MAX_VALUE - 64, MANY + WEIGHTS_PER_BYTE * bytes);
        if (rows < 1 || cols < 1 || rows > lines || cols > lines || (long) rows * cols > weights) {
            throw new CodingException("says that " + bytes + " bytes hold a matrix of " + rows + " × " + cols
                    + "; that many hold at most " + weights + " weights and " + lines + " rows or columns");
        }
    }

    private static ByteBuffer need(ByteBuffer in, long bytes, String what) {
        if (bytes > in.remaining()) {
            throw new CodingException(
                    "is cut: the " + what + " of a layer needs " + bytes + " bytes of " + in.remaining());
        }
        return in;
    }

    private static byte[] bytes(ByteBuffer in, long length, String what) {
        need(in, length, what);
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }
}
