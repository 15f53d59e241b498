package org.parsimony.coding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.FloatCode;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
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
            writeCode(ham.code(), head);
            writeDifferences(ham.start(), head);
            body = ham.stream();
        } else if (matrix instanceof ShamMatrix sham) {
            code = 'S';
            writeCode(sham.code(), head);
            writeDifferences(sham.start(), head);
            writeDifferences(Arrays.stream(sham.entry()).asLongStream().toArray(), head);
            BitWriter rows = new BitWriter();
            for (int k = 0; k < sham.nonzeros(); k++) {
                rows.write(sham.row(k), Accounting.bitReq(sham.rows()));
            }
            byte[] rowBytes = rows.toBytes();
            body = ByteBuffer.allocate(rowBytes.length + sham.stream().capacity());
            body.put(rowBytes).put(sham.stream().duplicate()).flip();
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
                    case 'H' -> readHam(rows, cols, bits, body);
                    case 'S' -> readSham(rows, cols, bits, body);
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

    private static void writeCode(HuffmanCode code, BitWriter out) {
        out.gamma(code.size());
        for (int i = 0; i < code.size(); i++) {
            out.write(Float.floatToRawIntBits(code.value(i)) & 0xffffffffL, 32);
            out.write(code.length(i), 6);
        }
    }

    private static HuffmanCode readCode(BitReader in) {
        int n = in.gamma("number of values", in.bitsLeft() / 38);
        float[] values = new float[n];
        int[] lengths = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = Float.intBitsToFloat((int) in.read(32));
            lengths[i] = (int) in.read(6);
        }
        return HuffmanCode.ofLengths(values, lengths);
    }

    private static void writeDifferences(long[] rising, BitWriter out) {
        for (int i = 1; i < rising.length; i++) {
            out.gamma(rising[i] - rising[i - 1]);
        }
    }

    private static long[] readDifferences(BitReader in, int n, long last) {
        if (n > in.bitsLeft()) {
            throw new CodingException("is cut: " + n + " columns have " + in.bitsLeft() + " bits for their starts");
        }
        long[] rising = new long[n + 1];
        for (int i = 1; i <= n; i++) {
            rising[i] = rising[i - 1] + in.gamma("start of a column", last - rising[i - 1]);
        }
        return rising;
    }

    private static HamMatrix readHam(int rows, int cols, BitReader in, ByteBuffer body) {
        HuffmanCode code = readCode(in);
        long[] start = readDifferences(in, cols, Math.min(Integer.MAX_VALUE, 8L * body.capacity()));
        if ((long) rows * cols > start[cols]) {
            throw new CodingException("says that " + start[cols] + " bits hold " + (long) rows * cols + " code words");
        }
        HuffmanDecoder decoder = new HuffmanDecoder(code, HuffmanDecoder.FULL);
        int[] symbols = new int[rows];
        for (int col = 0; col < cols; col++) {
            check(decoder.decode(body, start[col], start[col + 1], rows, symbols) == start[col + 1], col);
        }
        return new HamMatrix(rows, cols, code, start, body);
    }

    private static ShamMatrix readSham(int rows, int cols, BitReader in, ByteBuffer body) {
        HuffmanCode code = readCode(in);
        long[] start = readDifferences(in, cols, Math.min(Integer.MAX_VALUE, 8L * body.capacity()));
        int width = Accounting.bitReq(rows) / 8;
        int[] entry = Arrays.stream(readDifferences(in, cols, body.capacity() / width))
                .mapToInt(e -> (int) e)
                .toArray();
        int nonzeros = entry[cols];
        char[] low = new char[nonzeros + 2];
        char[] high = new char[rows > 1 << 16 ? nonzeros : 0];
        for (int col = 0; col < cols; col++) {
            int last = -1;
            for (int k = entry[col]; k < entry[col + 1]; k++) {
                int row = 0;
                for (int b = 0; b < width; b++) {
                    row = row << 8 | body.get(k * width + b) & 0xff;
                }
                check(row > last && row < rows, col);
                low[k] = (char) row;
                if (high.length > 0) {
                    high[k] = (char) (row >>> 16);
                }
                last = row;
            }
        }
        ByteBuffer stream = body.slice(nonzeros * width, body.capacity() - nonzeros * width);
        check(start[cols] <= 8L * stream.capacity(), cols - 1);
        HuffmanDecoder decoder = new HuffmanDecoder(code, HuffmanDecoder.FULL);
        for (int col = 0; col < cols; col++) {
            int n = entry[col + 1] - entry[col];
            check(decoder.decode(stream, start[col], start[col + 1], n, new int[n]) == start[col + 1], col);
        }
        return new ShamMatrix(rows, cols, code, start, stream, entry, low, high);
    }

    static void check(boolean holds, int col) {
        if (!holds) {
            throw new CodingException("is damaged in column " + col + "; write it again from its source");
        }
    }
}
