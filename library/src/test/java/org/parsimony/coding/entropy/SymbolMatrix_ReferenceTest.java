package org.parsimony.coding.entropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.DenseMatrix;

/** Symbols and codes against slow references, and tables of lengths that are no code. */
class SymbolMatrix_ReferenceTest {

    @Property(tries = 100)
    void symbolsAreTheValuesInTheirOrder(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 150) int cols,
            @ForAll @IntRange(min = 1, max = 9) int kinds,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] weights = new float[rows * cols];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(kinds) - kinds / 2;
        }
        check(new DenseMatrix(rows, cols, weights));
    }

    /** So many different values that the table of those found must grow, twice. */
    @Test
    void thousandsOfValuesAreTold() {
        float[] weights = new float[90 * 100];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1e-3f * (i % 5000) - 2;
        }
        check(new DenseMatrix(90, 100, weights));
    }

    private static void check(DenseMatrix matrix) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        Map<Integer, Long> counts = new TreeMap<>();
        for (float weight : matrix.values()) {
            counts.merge(SymbolMatrix.sortable(Float.floatToRawIntBits(weight)), 1L, Long::sum);
        }
        List<Map.Entry<Integer, Long>> order = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        assertEquals(order.size(), symbols.values.length);
        double entropy = 0;
        for (int s = 0; s < order.size(); s++) {
            int bits = SymbolMatrix.sortable(order.get(s).getKey());
            assertEquals(bits, Float.floatToRawIntBits(symbols.values[s]));
            assertEquals(order.get(s).getValue(), symbols.counts[s]);
            assertEquals(s, symbols.symbolOf(Float.intBitsToFloat(bits)));
            double share = order.get(s).getValue() / (double) matrix.values().length;
            entropy -= share * Math.log(share) / Math.log(2);
        }
        assertEquals(-1, symbols.symbolOf(12345.678f));
        assertEquals(entropy, symbols.entropy(), 1e-9);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int col = 0; col < matrix.cols(); col++) {
                assertEquals(matrix.get(row, col), symbols.values[symbols.symbols[col * matrix.rows() + row]]);
            }
        }
    }

    @Test
    void sortableIntegersHaveTheOrderOfTheFloats() {
        float[] rising = {Float.NEGATIVE_INFINITY, -2, -1, -Float.MIN_VALUE, -0f, 0f, Float.MIN_VALUE, 1, 2};
        for (int i = 1; i < rising.length; i++) {
            int below = SymbolMatrix.sortable(Float.floatToRawIntBits(rising[i - 1]));
            int above = SymbolMatrix.sortable(Float.floatToRawIntBits(rising[i]));
            assertTrue(below < above, rising[i - 1] + " < " + rising[i]);
            assertEquals(Float.floatToRawIntBits(rising[i]), SymbolMatrix.sortable(above));
        }
        assertEquals(0, SymbolMatrix.sortable(0));
    }

    private static HuffmanCode lengths(int... lengths) {
        return HuffmanCode.ofLengths(new float[lengths.length], lengths);
    }

    @Test
    void lengthsThatAreACodeAreTaken() {
        assertEquals(2, lengths(1, 2, 2).maxLength());
        assertEquals(3, lengths(1, 3).maxLength());
        assertEquals(57, lengths(1, 57).maxLength());
        assertEquals(0, lengths().maxLength());
        assertEquals(0b1000, lengths(2, 2, 4).word(2), "the next word of two bits, two longer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0,1", "-1", "58", "1,58", "2,1", "1,1,1", "1,2,2,30", "2,2,2,2,2"})
    void lengthsThatAreNoCodeAreRefused(String list) {
        int[] lengths =
                Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
        assertThrows(CodingException.class, () -> lengths(lengths));
    }

    @Test
    void aCodeIsOfValuesThatOccur() {
        assertThrows(IllegalArgumentException.class, () -> HuffmanCode.of(new float[2], new long[] {1}));
        String said = assertThrows(
                        IllegalArgumentException.class, () -> HuffmanCode.of(new float[2], new long[] {3, 0}))
                .getMessage();
        assertTrue(said.contains("count is 0, but must be at least 1"), said);
        HuffmanCode one = HuffmanCode.of(new float[] {5}, new long[] {9});
        assertEquals(1, one.length(0));
        assertEquals(0, HuffmanCode.of(new float[0], new long[0]).size());
    }

    /**
     * Of K values whose longest word has l bits: 32 K, l + 1 first symbols and l + 2 first words at 8, 16 or 32 bits, and
     * 2^⌈log₂ l⌉ entries of 8 bits to start from where l is above 1.
     */
    @Test
    void tablesByHand() {
        assertEquals(8 + 2 * 8, lengths().tableBits());
        assertEquals(32 + 2 * 8 + 3 * 8, lengths(1).tableBits());
        assertEquals(3 * 32 + 3 * 8 + 4 * 8 + 2 * 8, lengths(1, 2, 2).tableBits());
        assertEquals(4 * 32 + 4 * 8 + 5 * 8 + 4 * 8, lengths(1, 2, 3, 3).tableBits());
        assertEquals(2 * 32 + 10 * 8 + 11 * 16 + 16 * 8, lengths(1, 9).tableBits());
    }

    /** Words of the code, one after another, are found again; a word that there is not, or half a one, is refused. */
    @Test
    void wordsAreDecodedUpToTheirEnd() {
        HuffmanCode code = lengths(1, 3, 3, 15);
        HuffmanDecoder decoder = new HuffmanDecoder(code, HuffmanDecoder.FULL);
        int[] words = {3, 0, 1, 2, 0, 3, 2};
        BitWriter out = new BitWriter();
        out.write(0x1ff, 9);
        for (int word : words) {
            out.write(code.word(word), code.length(word));
        }
        long end = out.length();
        var stream = ByteBuffer.wrap(out.toBytes());
        int[] found = new int[words.length];
        assertEquals(end, decoder.decode(stream, 9, end, words.length, found));
        assertEquals(Arrays.toString(words), Arrays.toString(found));
        assertEquals(24, decoder.decode(stream, 9, end, 1, found));
        assertThrows(CodingException.class, () -> decoder.decode(stream, 9, end - 1, words.length, found));
        assertThrows(CodingException.class, () -> decoder.decode(stream, 9, end, words.length + 1, found));
        assertEquals(0, decoder.symbol(0));
        assertEquals(1, decoder.symbol(0b100L << 61));
        assertEquals(2, decoder.symbol(0b101L << 61));
        assertEquals(3, decoder.symbol(0b110L << 61));
        assertEquals(-1, decoder.symbol((0b110L << 61) + (1L << 49)), "only 110 and twelve zeros are a word");
        assertEquals(-1, decoder.symbol(-1));
        assertEquals(-1, new HuffmanDecoder(lengths(), HuffmanDecoder.FULL).symbol(0));
    }
}
