package org.parsimony.coding.entropy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.parsimony.base.Require;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.DenseMatrix;

/**
 * A canonical Huffman code over float values, as in Marinò et al., IEEE Access 2023 ("P4"): values by falling count, the
 * most frequent one is all zeros, each next word is the last one plus one, shifted left where the length grows.
 *
 * <p>One code may serve one matrix or all matrices of a network: pass their joint counts. A single value gets a word of
 * one bit (the published code gives it none and then fails).
 */
public final class HuffmanCode {

    private final float[] values;
    private final int[] lengths;
    private final long[] words;

    private HuffmanCode(float[] values, int[] lengths) {
        this.values = values;
        this.lengths = lengths;
        this.words = new long[lengths.length];
        for (int i = 1; i < words.length; i++) {
            words[i] = words[i - 1] + 1 << lengths[i] - lengths[i - 1];
        }
    }

    /**
     * The code for {@code values} that occur {@code counts} times, each at least once. Complexity: O(K log K).
     *
     * @throws IllegalArgumentException if the lengths differ or a count is below 1
     */
    public static HuffmanCode of(float[] values, long[] counts) {
        Require.that(
                values.length == counts.length,
                "%d values have %d counts; give one each",
                values.length,
                counts.length);
        for (long count : counts) {
            Require.that(count >= 1, "count is %d, but must be at least 1; leave out what does not occur", count);
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -counts[i]))
                .mapToInt(i -> i)
                .toArray();
        float[] sorted = new float[values.length];
        long[] weights = new long[values.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = values[order[i]];
            weights[i] = counts[order[i]];
        }
        return new HuffmanCode(sorted, lengths(weights));
    }

    /** The code for all values of one matrix, zero included. */
    public static HuffmanCode of(DenseMatrix matrix) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        return of(symbols.values, symbols.counts);
    }

    /**
     * The canonical code with these lengths.
     *
     * @param values in the order of their words
     * @param lengths rising, from 1 to 57 bits
     * @throws CodingException if no prefix code has these lengths
     */
    public static HuffmanCode ofLengths(float[] values, int[] lengths) {
        double kraft = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1 || lengths[i] > 57 || i > 0 && lengths[i] < lengths[i - 1]) {
                throw new CodingException("has code lengths that are no canonical code");
            }
            kraft += Math.scalb(1.0, -lengths[i]);
        }
        if (kraft > 1) {
            throw new CodingException("has code lengths that are no prefix code");
        }
        return new HuffmanCode(values, lengths);
    }

    /** Lengths for falling weights, in place (Moffat and Katajainen, 1995): rising. */
    private static int[] lengths(long[] falling) {
        int n = falling.length;
        int[] lengths = new int[n];
        if (n <= 1) {
            Arrays.fill(lengths, 1);
            return lengths;
        }
        long[] a = new long[n];
        for (int i = 0; i < n; i++) {
            a[i] = falling[n - 1 - i];
        }
        a[0] += a[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < n - 1; next++) {
            for (int half = 0; half < 2; half++) {
                boolean inner = leaf >= n || root < next && a[root] < a[leaf];
                long weight = inner ? a[root] : a[leaf++];
                if (inner) {
                    a[root++] = next;
                }
                a[next] = half == 0 ? weight : a[next] + weight;
            }
        }
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) {
            a[next] = a[(int) a[next]] + 1;
        }
        int inner = n - 2;
        int out = n - 1;
        int depth = 0;
        for (int available = 1; available > 0; depth++) {
            int used = 0;
            while (inner >= 0 && a[inner] == depth) {
                used++;
                inner--;
            }
            for (; available > used; available--) {
                lengths[n - 1 - out--] = depth;
            }
            available = 2 * used;
        }
        return lengths;
    }

    /** Number of values, K in the paper. */
    public int size() {
        return values.length;
    }

    /** Bits of the longest word, l_max in the paper. */
    public int maxLength() {
        return lengths.length == 0 ? 0 : lengths[lengths.length - 1];
    }

    /** The value of a symbol. */
    public float value(int symbol) {
        return values[symbol];
    }

    /** The values by symbol, not a copy. */
    public float[] values() {
        return values;
    }

    /** Bits of the word of a symbol. */
    public int length(int symbol) {
        return lengths[symbol];
    }

    /** Bits of the words by symbol, rising; not a copy. */
    public int[] lengths() {
        return lengths;
    }

    /** The word of a symbol, in the lowest bits. */
    public long word(int symbol) {
        return words[symbol];
    }

    /**
     * The tables of the decoder in bits, counted as in Marinò et al., IEEE Access 2023 (P4): 32 K for the values, first
     * symbols and first words of every length, and the table that starts the search for a length. Index widths are
     * {@link Accounting#bitReq}.
     */
    public long tableBits() {
        int max = maxLength();
        int t = max <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(max - 1);
        long start = t == 0 ? 0 : ((long) Accounting.bitReq(max)) << t;
        return 32L * size()
                + (max + 1L) * Accounting.bitReq(size())
                + (max + 2L) * Accounting.bitReq(1L << max)
                + start;
    }
}
