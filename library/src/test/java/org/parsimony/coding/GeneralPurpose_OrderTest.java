package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.coding.GeneralPurpose.Compressor;
import org.parsimony.coding.GeneralPurpose.Order;
import org.parsimony.coding.entropy.SymbolMatrix;

/** Every compressor gets the index map in the order that suits it better. */
class GeneralPurpose_OrderTest {

    @Test
    void indicesByRisingValueInBothOrders() {
        SymbolMatrix symbols = SymbolMatrix.of(new DenseMatrix(2, 3, new float[] {0, 5, -1, 0, 0, 5}));
        assertArrayEquals(new byte[] {1, 2, 0, 1, 1, 2}, GeneralPurpose.indexMap(symbols, Order.ROWS));
        assertArrayEquals(new byte[] {1, 1, 2, 1, 0, 2}, GeneralPurpose.indexMap(symbols, Order.COLUMNS));
    }

    @Test
    void moreThan256ValuesTakeTwoBytes() {
        float[] values = new float[300];
        for (int i = 0; i < values.length; i++) {
            values[i] = 299 - i;
        }
        byte[] map = GeneralPurpose.indexMap(SymbolMatrix.of(new DenseMatrix(1, 300, values)), Order.COLUMNS);
        assertEquals(600, map.length);
        assertArrayEquals(new byte[] {43, 1, 42, 1}, new byte[] {map[0], map[1], map[2], map[3]});
    }

    @Test
    void transposingTheMatrixChangesTheOrderAndNothingElse() {
        DenseMatrix matrix = Matrices.trained(60, 90, 3, 0.8, 5, 0.1, 1);
        float[] turned = new float[60 * 90];
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 90; j++) {
                turned[j * 60 + i] = matrix.values()[i * 90 + j];
            }
        }
        List<GeneralPurpose.Size> sizes = GeneralPurpose.of(matrix);
        List<GeneralPurpose.Size> others = GeneralPurpose.of(new DenseMatrix(90, 60, turned));
        byte[] rows = GeneralPurpose.indexMap(SymbolMatrix.of(matrix), Order.ROWS);
        byte[] columns = GeneralPurpose.indexMap(SymbolMatrix.of(matrix), Order.COLUMNS);
        assertEquals(Compressor.values().length, sizes.size());
        for (int i = 0; i < sizes.size(); i++) {
            Compressor compressor = sizes.get(i).compressor();
            assertEquals(sizes.get(i).bytes(), others.get(i).bytes(), compressor.toString());
            assertEquals(
                    Math.min(compressor.size(rows), compressor.size(columns)),
                    sizes.get(i).bytes());
        }
        assertTrue(sizes.contains(GeneralPurpose.best(matrix)));
        assertTrue(sizes.stream()
                .allMatch(size -> size.bytes() >= GeneralPurpose.best(matrix).bytes()));
    }

    @Test
    void zerosTakeNextToNothing() {
        byte[] zeros = new byte[1 << 20];
        for (Compressor compressor : Compressor.values()) {
            assertTrue(compressor.size(zeros) < 1100, compressor + ": " + compressor.size(zeros));
        }
    }
}
