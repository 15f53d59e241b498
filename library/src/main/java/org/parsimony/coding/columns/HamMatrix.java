package org.parsimony.coding.columns;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
import org.parsimony.coding.entropy.SymbolMatrix;

/**
 * HAM, the Huffman address map (Marinò et al., ICPR 2020; canonical code and layout of IEEE Access 2023, "P4"): one word
 * for every weight, zeros too, column by column, in 32-bit words, most significant bit first.
 *
 * <p>{@link #sizeInBits} is P4's: whole 32-bit words and the tables of the code. The starts of the columns, which any
 * decoder that reaches columns at random needs, are not in it; they would add 32 bits a column.
 * Product: O(rows · cols) weights, several by one look-up.
 */
public final class HamMatrix extends ColumnCode {

    private final HuffmanCode code;
    private final HuffmanDecoder decoder;
    private final long[] start;
    private final ByteBuffer stream;

    /**
     * @param code of all values
     * @param start bit of the stream at which each column begins, and its end
     * @param stream the words, column by column
     */
    public HamMatrix(int rows, int cols, HuffmanCode code, long[] start, ByteBuffer stream) {
        super(rows, cols);
        this.code = code;
        this.decoder = new HuffmanDecoder(code, HuffmanDecoder.FULL);
        this.start = start;
        this.stream = stream;
    }

    /** Codes {@code matrix} with its own code. */
    public static HamMatrix of(DenseMatrix matrix) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        return of(symbols, HuffmanCode.of(symbols.values, symbols.counts));
    }

    /**
     * Codes {@code matrix} with a code that it may share with other layers.
     *
     * @throws IllegalArgumentException if the code lacks a value of the matrix
     */
    public static HamMatrix of(DenseMatrix matrix, HuffmanCode code) {
        return of(SymbolMatrix.of(matrix), code);
    }

    /** Codes a matrix of symbols with a code that has a word for each of its values. */
    public static HamMatrix of(SymbolMatrix symbols, HuffmanCode code) {
        int[] word = wordOf(symbols, code);
        Require.that(
                Arrays.stream(word).allMatch(s -> s >= 0),
                "the code has no word for 0; HAM codes every weight, so build the code with zeros counted");
        BitWriter out = new BitWriter();
        long[] start = new long[symbols.cols + 1];
        for (int col = 0; col < symbols.cols; col++) {
            for (int i = col * symbols.rows; i < (col + 1) * symbols.rows; i++) {
                int s = word[symbols.symbols[i]];
                out.write(code.word(s), code.length(s));
            }
            start[col + 1] = out.length();
        }
        return new HamMatrix(symbols.rows, symbols.cols, code, start, ByteBuffer.wrap(out.toBytes()));
    }

    /** The place in the code of every value of the matrix; −1 for zero where the code has none. */
    static int[] wordOf(SymbolMatrix symbols, HuffmanCode code) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < code.size(); i++) {
            places.put(Float.floatToRawIntBits(code.value(i)), i);
        }
        int[] word = new int[symbols.values.length];
        for (int s = 0; s < word.length; s++) {
            Integer place = places.get(Float.floatToRawIntBits(symbols.values[s]));
            Require.that(
                    place != null || Float.floatToRawIntBits(symbols.values[s]) == 0,
                    "the code has no word for %s; build it from the values of all matrices that share it",
                    symbols.values[s]);
            word[s] = place == null ? -1 : place;
        }
        return word;
    }

    @Override
    public String name() {
        return "HAM";
    }

    /** The code, of this matrix or of its network. */
    public HuffmanCode code() {
        return code;
    }

    /** Bits of all words, without padding. */
    public long streamBits() {
        return start[cols];
    }

    @Override
    public long sizeInBits() {
        return (streamBits() + 31) / 32 * 32 + code.tableBits();
    }

    @Override
    void dotColumns(float[] x, float[] y, int from, int to) {
        decoder.dotFull(stream, start, x, y, from, to);
    }

    /** Weights that are not zero. Complexity: the whole stream is decoded. */
    public long nonzeros() {
        long[] n = {0};
        columns(0, cols, (col, count, rowOf, weights) -> n[0] += count);
        return n[0];
    }

    @Override
    void columns(int from, int to, Sink sink) {
        int[] rowOf = new int[rows + HuffmanDecoder.FULL];
        float[] weights = new float[rows + HuffmanDecoder.FULL];
        for (int col = from; col < to; col++) {
            int n = decoder.list(stream, start[col], start[col + 1], rows, rowOf, weights);
            sink.column(col, n, rowOf, weights);
        }
    }

    /** The words of all columns. */
    public ByteBuffer stream() {
        return stream;
    }

    long[] start() {
        return start;
    }
}
