package org.parsimony.coding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The content of a {@code LAYR} section: name (length in 2 bytes, UTF-8), code (1), rows (4), columns (4), number of
 * biases (4), biases, length of the head (4), head, body. Head and body are the code's own: tables as bits, and the
 * bytes that a product walks through.
 */
final class LayerFormat {

    /** A section of n bytes may state so many rows or columns, and {@code MANY + WEIGHTS · n} weights. */
    private static final int LINES = 1 << 20;

    private static final int LINES_PER_BYTE = 64;
    private static final long MANY = 1 << 26;
    private static final long WEIGHTS_PER_BYTE = 1 << 16;

    private LayerFormat() {}

    static void write(CodedLayer layer, DataOutputStream out) throws IOException {
        CompressedMatrix matrix = layer.matrix();
        byte[] name = layer.name().getBytes(StandardCharsets.UTF_8);
        BitWriter head = new BitWriter();
        ByteBuffer body;
        int code;
        if (matrix instanceof PrototypeMatrix prototypes) {
            code = 'P';
            for (byte b : prototypes.head()) {
                head.write(b & 0xff, 8);
            }
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
        } else {
            throw new IllegalArgumentException("layer " + layer.name() + " is coded as " + matrix.name()
                    + ", but files hold prototypes, HAM and sHAM; code it as one of them");
        }
        byte[] bits = head.toBytes();
        checkSize(matrix.rows(), matrix.cols(), bits.length + (long) body.capacity());
        out.writeShort(name.length);
        out.write(name);
        out.writeByte(code);
        out.writeInt(matrix.rows());
        out.writeInt(matrix.cols());
        out.writeInt(layer.bias().length);
        for (float bias : layer.bias()) {
            out.writeInt(Float.floatToRawIntBits(bias));
        }
        out.writeInt(bits.length);
        out.write(bits);
        byte[] bytes = new byte[body.capacity()];
        body.get(0, bytes);
        out.write(bytes);
    }

    static CodedLayer read(ByteBuffer in) {
        byte[] name = bytes(in, need(in, 2, "name").getShort() & 0xffff, "name");
        need(in, 17, "sizes");
        int code = in.get();
        int rows = in.getInt();
        int cols = in.getInt();
        long biases = in.getInt() & 0xffffffffL;
        need(in, 4 * biases, "biases");
        float[] bias = new float[(int) biases];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = Float.intBitsToFloat(in.getInt());
        }
        byte[] head = bytes(in, need(in, 4, "length of its head").getInt() & 0xffffffffL, "head");
        checkSize(rows, cols, head.length + (long) in.remaining());
        if (bias.length != 0 && bias.length != cols) {
            throw new CodingException("has a layer of " + cols + " outputs with " + bias.length + " biases");
        }
        ByteBuffer body = in.slice();
        String text = new String(name, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new CodingException("has a layer without a name");
        }
        CompressedMatrix matrix =
                switch (code) {
                    case 'P' -> PrototypeMatrix.read(rows, cols, head, body);
                    case 'H' -> readHam(rows, cols, new BitReader(head), body);
                    case 'S' -> readSham(rows, cols, new BitReader(head), body);
                    default -> throw new CodingException("has a layer in code " + code + ", which is unknown");
                };
        return new CodedLayer(text, matrix, bias);
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
        HuffmanDecoder decoder = HuffmanDecoder.ofAll(code);
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
        HuffmanDecoder decoder = HuffmanDecoder.ofAll(code);
        for (int col = 0; col < cols; col++) {
            int n = entry[col + 1] - entry[col];
            check(decoder.decode(stream, start[col], start[col + 1], n, new int[n]) == start[col + 1], col);
        }
        return new ShamMatrix(rows, cols, code, start, stream, entry, low, high);
    }

    private static void check(boolean holds, int col) {
        if (!holds) {
            throw new CodingException("is damaged in column " + col + "; write it again from its source");
        }
    }
}
