package org.parsimony.export.c;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;

/**
 * A canonical Huffman code of symbols from 0 to 254 as the C header has it: a byte for the longest length, a byte for each
 * length from 1 on with the number of its words, and the symbols in the order of their words. One symbol has no word.
 */
final class Symbols {

    /** Most symbols, so that the number of words of a length fits a byte. */
    static final int MOST = 255;

    /** Longest word that {@code uint32_t} holds with room to spare. */
    private static final int LONGEST = 24;

    private final HuffmanCode code;
    private final int[] place = new int[MOST];

    private Symbols(HuffmanCode code) {
        this.code = code;
        for (int i = 0; i < code.size(); i++) {
            place[(int) code.value(i)] = i;
        }
    }

    /** The code of symbols that occur so often, at least one of them. */
    static Symbols of(long[] counts) {
        int[] used =
                IntStream.range(0, counts.length).filter(s -> counts[s] > 0).toArray();
        float[] values = new float[used.length];
        long[] weights = new long[used.length];
        for (int i = 0; i < used.length; i++) {
            values[i] = used[i];
            weights[i] = counts[used[i]];
        }
        HuffmanCode code = HuffmanCode.of(values, weights);
        while (code.maxLength() > LONGEST) { // flatter counts have shorter words
            Arrays.setAll(weights, i -> weights[i] / 2 + 1);
            code = HuffmanCode.of(values, weights);
        }
        return new Symbols(code);
    }

    void write(int symbol, BitWriter bits) {
        if (code.size() > 1) {
            bits.write(code.word(place[symbol]), code.length(place[symbol]));
        }
    }

    /** The table that the header holds. */
    byte[] table() {
        int longest = code.size() > 1 ? code.maxLength() : 0;
        byte[] table = new byte[1 + longest + code.size()];
        table[0] = (byte) longest;
        for (int i = 0; i < code.size(); i++) {
            if (longest > 0) {
                table[code.length(i)]++;
            }
            table[1 + longest + i] = (byte) code.value(i);
        }
        return table;
    }
}
