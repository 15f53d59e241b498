package org.parsimony.coding.entropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.Matrices;
import org.parsimony.coding.columns.HamMatrix;

class HuffmanCode_CanonicalTest {

    @Test
    void aHandWorkedCode() {
        HuffmanCode code = HuffmanCode.of(new float[] {3, 1, 2, 4}, new long[] {1, 5, 2, 1});
        assertEquals(List.of(1f, 2f, 3f, 4f), List.of(code.value(0), code.value(1), code.value(2), code.value(3)));
        assertEquals(
                List.of(0b0L, 0b10L, 0b110L, 0b111L), List.of(code.word(0), code.word(1), code.word(2), code.word(3)));
        // 32·4 values, 4 first symbols and 5 first words of 8 bits, and 2² entries of 8 bits to start from.
        assertEquals(128 + 32 + 40 + 32, code.tableBits());
    }

    @Property(tries = 300)
    void lengthsAreOptimalAndWordsCanonical(
            @ForAll @Size(min = 2, max = 60) List<@LongRange(min = 1, max = 5000) Long> counts) {
        float[] values = new float[counts.size()];
        long[] weights = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
            weights[i] = counts.get(i);
        }
        HuffmanCode code = HuffmanCode.of(values, weights);
        long total = 0;
        for (int i = 0; i < values.length; i++) {
            total += weights[(int) code.value(i)] * code.length(i);
            if (i > 0) {
                assertTrue(weights[(int) code.value(i)] <= weights[(int) code.value(i - 1)]);
                assertEquals(code.word(i - 1) + 1 << code.length(i) - code.length(i - 1), code.word(i));
            }
        }
        assertEquals((1L << code.maxLength()) - 1, code.word(values.length - 1), "the last word is all ones");
        assertEquals(bySteps(counts), total);
    }

    /** The total length of a Huffman code: the sum of all merged weights. */
    private static long bySteps(List<Long> counts) {
        PriorityQueue<Long> queue = new PriorityQueue<>(counts);
        long total = 0;
        while (queue.size() > 1) {
            long merged = queue.remove() + queue.remove();
            total += merged;
            queue.add(merged);
        }
        return total;
    }

    @Test
    void oneCodeServesSeveralLayers() {
        DenseMatrix first = Matrices.trained(30, 40, 2, 0.5, 10, 0.5, 1);
        DenseMatrix second = new DenseMatrix(1, 2, new float[] {0, first.values()[first.values().length - 1]});
        HuffmanCode shared = HuffmanCode.of(first);
        HamMatrix coded = HamMatrix.of(second, shared);
        assertEquals(32 + shared.tableBits(), coded.sizeInBits());
        DenseMatrix foreign = new DenseMatrix(1, 1, new float[] {77});
        assertThrows(IllegalArgumentException.class, () -> HamMatrix.of(foreign, shared));
    }
}
