package org.parsimony.coding.columns;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
import org.parsimony.coding.entropy.SymbolMatrix;
import org.parsimony.coding.entropy.WordReader;

/**
 * sHAM, the sparse Huffman address map (Marinò et al., ICPR 2020; canonical code and layout of IEEE Access 2023, "P4"):
 * HAM of the nonzero weights, and beside it the row of each and the count of each column.
 *
 * <p>{@link #sizeInBits} is P4's: whole 32-bit words, the tables of the code, and rows and counts at 8, 16 or 32 bits.
 * The bit at which each column starts is not in it. Product: O(nonzeros).
 */
public final class ShamMatrix extends ColumnCode {

    private final HuffmanCode code;
    private final HuffmanDecoder decoder;
    private final long[] start;
    private final ByteBuffer stream;
    private final int[] entry;
    /** The low 16 bits of the row of each nonzero weight; two more for the look-ahead. */
    private final char[] rowOf;
    /** The high 16 bits where there are rows from 65,536 on, else empty. */
    private final char[] highOf;
    /** The faster product, for codes of few values; else null. */
    private final SparseProduct product;

    ShamMatrix(
            int rows,
            int cols,
            HuffmanCode code,
            long[] start,
            ByteBuffer stream,
            int[] entry,
            char[] low,
            char[] high) {
        super(rows, cols);
        this.code = code;
        this.decoder = new HuffmanDecoder(code, HuffmanDecoder.SPARSE);
        this.start = start;
        this.stream = stream;
        this.entry = entry;
        this.rowOf = low;
        this.highOf = high;
        this.product = high.length == 0 && code.size() <= WordReader.VALUES
                ? new SparseProduct(code, decoder, entry, low)
                : null;
    }

    /** Codes {@code matrix} with the code of its own nonzero values. */
    public static ShamMatrix of(DenseMatrix matrix) {
        return of(SymbolMatrix.of(matrix));
    }

    /** Codes a matrix of symbols with the code of its own nonzero values. */
    public static ShamMatrix of(SymbolMatrix symbols) {
        int zero = symbols.symbolOf(0f);
        int[] kept =
                IntStream.range(0, symbols.values.length).filter(s -> s != zero).toArray();
        float[] values = new float[kept.length];
        long[] counts = new long[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = symbols.values[kept[i]];
            counts[i] = symbols.counts[kept[i]];
        }
        return of(symbols, HuffmanCode.of(values, counts));
    }

    /** Codes a matrix of symbols with a code that has a word for each of its nonzero values. */
    public static ShamMatrix of(SymbolMatrix symbols, HuffmanCode code) {
        int zero = symbols.symbolOf(0f);
        int[] word = HamMatrix.wordOf(symbols, code);
        int nonzeros = symbols.symbols.length - (zero < 0 ? 0 : (int) symbols.counts[zero]);
        char[] low = new char[nonzeros + 2];
        char[] high = new char[symbols.rows > 1 << 16 ? nonzeros : 0];
        int[] entry = new int[symbols.cols + 1];
        long[] start = new long[symbols.cols + 1];
        BitWriter out = new BitWriter();
        int k = 0;
        for (int col = 0; col < symbols.cols; col++) {
            for (int row = 0; row < symbols.rows; row++) {
                int s = symbols.symbols[col * symbols.rows + row];
                if (s != zero) {
                    out.write(code.word(word[s]), code.length(word[s]));
                    if (high.length > 0) {
                        high[k] = (char) (row >>> 16);
                    }
                    low[k++] = (char) row;
                }
            }
            entry[col + 1] = k;
            start[col + 1] = out.length();
        }
        ByteBuffer stream = ByteBuffer.wrap(out.toBytes());
        return new ShamMatrix(symbols.rows, symbols.cols, code, start, stream, entry, low, high);
    }

    @Override
    public String name() {
        return "sHAM";
    }

    /** The code of the nonzero values, of this matrix or of its network. */
    public HuffmanCode code() {
        return code;
    }

    /** Nonzero weights. */
    public int nonzeros() {
        return entry[cols];
    }

    /** Bits of all words, without padding. */
    public long streamBits() {
        return start[cols];
    }

    /** Row indices and counts of columns, both of the width that the number of rows asks for. */
    public long indexBits() {
        return ((long) nonzeros() + cols) * Accounting.bitReq(rows);
    }

    @Override
    public long sizeInBits() {
        return (streamBits() + 31) / 32 * 32 + indexBits() + code.tableBits();
    }

    @Override
    void dotColumns(float[] x, float[] y, int from, int to) {
        if (product != null) {
            product.dot(HuffmanDecoder.bytes(stream, start[from], start[to]), start, x, y, from, to);
            return;
        }
        if (highOf.length == 0) {
            decoder.dotSparse(stream, start, entry, rowOf, x, y, from, to);
            return;
        }
        columns(from, to, (col, n, rowOf, weights) -> {
            float sum = 0;
            for (int k = 0; k < n; k++) {
                sum += x[rowOf[k]] * weights[k];
            }
            y[col] = sum;
        });
    }

    @Override
    void columns(int from, int to, Sink sink) {
        int most = 0;
        for (int col = from; col < to; col++) {
            most = Math.max(most, entry[col + 1] - entry[col]);
        }
        int[] list = new int[most];
        float[] weights = new float[most + HuffmanDecoder.SPARSE];
        for (int col = from; col < to; col++) {
            int n = entry[col + 1] - entry[col];
            decoder.weights(stream, start[col], start[col + 1], n, weights);
            for (int i = 0; i < n; i++) {
                list[i] = row(entry[col] + i);
            }
            sink.column(col, n, list, weights);
        }
    }

    int row(int k) {
        return rowOf[k] | (highOf.length == 0 ? 0 : highOf[k] << 16);
    }

    ByteBuffer stream() {
        return stream;
    }

    long[] start() {
        return start;
    }

    int[] entry() {
        return Arrays.copyOf(entry, entry.length);
    }
}
