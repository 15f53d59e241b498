package org.parsimony.coding.columns;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;

/** HAM and sHAM as a file holds them: the code and where columns start in the head, code words in the body. */
public final class HuffmanFormat {

    private HuffmanFormat() {}

    /** Writes the head and gives the body. */
    public static ByteBuffer write(HamMatrix ham, BitWriter head) {
        writeCode(ham.code(), head);
        writeDifferences(ham.start(), head);
        return ham.stream();
    }

    /** Writes the head and gives the body: row numbers, then code words. */
    public static ByteBuffer write(ShamMatrix sham, BitWriter head) {
        writeCode(sham.code(), head);
        writeDifferences(sham.start(), head);
        writeDifferences(Arrays.stream(sham.entry()).asLongStream().toArray(), head);
        BitWriter rows = new BitWriter();
        for (int k = 0; k < sham.nonzeros(); k++) {
            rows.write(sham.row(k), Accounting.bitReq(sham.rows()));
        }
        byte[] rowBytes = rows.toBytes();
        ByteBuffer body = ByteBuffer.allocate(rowBytes.length + sham.stream().capacity());
        body.put(rowBytes).put(sham.stream().duplicate()).flip();
        return body;
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

    /** Reads what {@link #write(HamMatrix, BitWriter)} wrote. */
    public static HamMatrix readHam(int rows, int cols, BitReader in, ByteBuffer body) {
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

    /** Reads what {@link #write(ShamMatrix, BitWriter)} wrote. */
    public static ShamMatrix readSham(int rows, int cols, BitReader in, ByteBuffer body) {
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
