package org.parsimony.coding.prototypes;

import java.nio.ByteBuffer;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.Panels;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
import org.parsimony.coding.entropy.SymbolMatrix;
import org.parsimony.coding.entropy.ValueTable;

/**
 * Our own code. Columns of trained layers repeat one another, so a few prototype columns are found, and every column is
 * coded as what it does otherwise than its prototype, by asymmetric numeral systems over runs and ranks; the prototypes
 * are coded the same way, among themselves. Where nothing repeats there are no prototypes, and the code is one of runs
 * and values at the zero-order entropy; and where, besides, Huffman words take hardly more bytes and fewer look-ups, it
 * is the words of {@link HamMatrix}, whose columns are found without a table of starts.
 *
 * <p>What repeats is multiplied once: y of a prototype for all of its columns, then only the exceptions of each. Blocks
 * of columns, about 3 KiB each, can be reached at random.
 *
 * <p>{@link #sizeInBits} is the size of everything in a file: table of values, prototypes, token tables, who belongs to
 * whom, starts of blocks, blocks. Product: O(prototypes · rows + exceptions).
 */
public final class PrototypeMatrix implements CompressedMatrix {

    /** What a look-up of words takes on average; it costs about as much time as a token. */
    private static final double BITS_PER_LOOK_UP = 11;

    private final float[] values;
    private final PrototypeCode code;
    /** What stands in the place of {@link #code} where words are better; else null. */
    private final HamMatrix words;

    private final byte[] head;
    private final ByteBuffer blocks;
    private final Predictions predictions;
    /** How much every entry of the lists is above the weight that its context predicts. */
    private final double[] above;

    private PrototypeMatrix(float[] values, PrototypeCode code, byte[] head, ByteBuffer blocks) {
        this.values = values;
        this.code = code;
        this.words = null;
        this.head = head;
        this.blocks = blocks;
        double[] base = new double[code.list.length];
        above = new double[code.list.length];
        for (int v = 0; v + 1 < code.listStart.length; v++) {
            for (int i = code.listStart[v]; i < code.listStart[v + 1]; i++) {
                base[i] = values[code.list[code.listStart[v]]];
                above[i] = i == code.listStart[v] ? 0 : values[code.list[i]] - base[i];
            }
        }
        predictions = new Predictions(code, base);
    }

    private PrototypeMatrix(HamMatrix words, byte[] head) {
        this.values = words.code().values();
        this.code = null;
        this.words = words;
        this.head = head;
        this.blocks = words.stream();
        this.predictions = null;
        this.above = null;
    }

    /**
     * Codes {@code matrix}. Complexity: O(rows · cols · prototypes), seconds for millions of weights; the same matrix
     * gives the same bytes.
     */
    public static PrototypeMatrix of(DenseMatrix matrix) {
        return of(SymbolMatrix.of(matrix));
    }

    /** Codes a matrix of symbols. */
    public static PrototypeMatrix of(SymbolMatrix symbols) {
        PrototypeCode code =
                PrototypeEncoder.encode(symbols.rows, symbols.cols, symbols.values.length, symbols.symbols);
        HamMatrix words = HamMatrix.of(symbols, HuffmanCode.of(symbols.values, symbols.counts));
        BitWriter head = new BitWriter();
        ValueTable.write(symbols.values, head);
        boolean inWords = better(words, code, symbols);
        head.write(inWords ? 1 : 0, 1);
        if (inWords) {
            PrototypeFormat.writeWords(words.code(), head);
            return new PrototypeMatrix(words, head.toBytes());
        }
        PrototypeFormat.writeHead(code, head);
        int size = 0;
        for (PrototypeCode c = code; c != null; c = c.nested) {
            size += c.stream.capacity();
        }
        ByteBuffer blocks = ByteBuffer.allocate(size);
        collect(code, blocks);
        return new PrototypeMatrix(symbols.values, code, head.toBytes(), blocks.flip());
    }

    /** Whether words are within 2 % of the zero-order entropy and 6 % of the tokens' bytes, and save look-ups. */
    private static boolean better(HamMatrix words, PrototypeCode code, SymbolMatrix symbols) {
        double entropy = symbols.entropy() * symbols.symbols.length;
        int zero = symbols.symbolOf(0f);
        long nonzeros = symbols.symbols.length - (zero < 0 ? 0 : symbols.counts[zero]);
        double lookUps = Math.max(words.streamBits() / BITS_PER_LOOK_UP, (double) nonzeros / HuffmanDecoder.FULL);
        return words.streamBits() <= 1.02 * entropy
                && words.streamBits() <= 1.06 * code.bits()
                && lookUps < code.lookUps();
    }

    private static void collect(PrototypeCode code, ByteBuffer blocks) {
        if (code.nested != null) {
            collect(code.nested, blocks);
        }
        blocks.put(code.stream.duplicate());
    }

    /**
     * Reads what {@link #head} and {@link #stream} gave, and decodes all of it once to be sure that it can be decoded.
     *
     * @throws CodingException if anything does not fit
     */
    public static PrototypeMatrix read(int rows, int cols, byte[] head, ByteBuffer blocks) {
        BitReader in = new BitReader(head);
        float[] values = ValueTable.read(in, (long) rows * cols);
        if (in.read(1) == 1) {
            HamMatrix words = PrototypeFormat.readWords(in, rows, cols, values, blocks);
            if (in.bitsLeft() >= 8) {
                throw new CodingException("has bytes to spare after its tables");
            }
            return new PrototypeMatrix(words, head);
        }
        PrototypeCode code = PrototypeFormat.readHead(in, rows, cols, values.length);
        int end = PrototypeFormat.attach(code, blocks, 0);
        if (end != blocks.capacity() || in.bitsLeft() >= 8) {
            throw new CodingException("has bytes to spare after its end");
        }
        return new PrototypeMatrix(values, code, head, blocks);
    }

    @Override
    public String name() {
        return "prototypes";
    }

    /** Prototype columns, 0 where the matrix is coded without. */
    public int prototypes() {
        return code == null || code.prototypes == null ? 0 : code.clusters;
    }

    /** Weights that differ from what their context predicts: the product costs one multiplication for each. */
    public long exceptions() {
        if (words != null) {
            return words.nonzeros();
        }
        long[] n = {0};
        for (int block = 0; block < code.blocks(); block++) {
            code.walk(block, (place, row, rank) -> n[0]++);
        }
        return n[0];
    }

    @Override
    public int rows() {
        return words != null ? words.rows() : code.rows;
    }

    @Override
    public int cols() {
        return words != null ? words.cols() : code.cols;
    }

    @Override
    public long sizeInBits() {
        return 8L * (head.length + blocks.capacity());
    }

    @Override
    public int blocks() {
        return words != null ? words.blocks() : code.blocks();
    }

    @Override
    public void dot(float[] x, float[] y, int batch, int from, int to) {
        if (words != null) {
            words.dot(x, y, batch, from, to);
            return;
        }
        if (batch == 1) {
            code.dot(x, y, predictions, above, from, to);
            return;
        }
        Panels panels = new Panels(x, code.rows, batch);
        PrototypeBatch product = new PrototypeBatch(code, predictions, above, panels, y);
        for (int block = from; block < to; block++) {
            product.block(block);
        }
    }

    @Override
    public DenseMatrix toDense() {
        if (words != null) {
            return words.toDense();
        }
        int[] symbols = code.symbols();
        float[] dense = new float[symbols.length];
        for (int col = 0; col < code.cols; col++) {
            for (int row = 0; row < code.rows; row++) {
                dense[row * code.cols + col] = values[symbols[col * code.rows + row]];
            }
        }
        return new DenseMatrix(code.rows, code.cols, dense);
    }

    /** The tables, as a file has them. */
    public byte[] head() {
        return head;
    }

    /** The blocks of tokens, as a file has them. */
    public ByteBuffer stream() {
        return blocks;
    }

    @Override
    public String toString() {
        return name() + " " + rows() + " × " + cols() + ", " + sizeInBytes() + " bytes, "
                + (words != null
                        ? "in words"
                        : prototypes() + " prototypes, " + code.tokens.length + " classes of contexts");
    }
}
