package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;

/** What surgery says of layers and units, and what it refuses, on the chain of convolutions of {@link Nets}. */
class Surgery_NamesTest {

    /** Convolutions 0 and 3 of 5 and 6 filters, dense layers 4 and 5 of 8 and 4; 5 × 3 × 3 values go into the 4th. */
    private final Model net = Nets.convolutional();

    @Test
    void layersUnitsAndReadersByHand() {
        assertArrayEquals(new int[] {0, 3, 4}, Surgery.layers(net));
        assertEquals(3, Surgery.groups(net).size());
        assertArrayEquals(new int[] {3}, Surgery.tied(net, 3));
        assertArrayEquals(new int[] {4}, Surgery.readers(net, 3));
        assertEquals(3, Surgery.nextWithUnits(net, 0));
        assertEquals(5, Surgery.nextWithUnits(net, 4));
        assertEquals(6, Surgery.units(net, 3));
        assertArrayEquals(IntStream.range(0, 6 * 9).map(value -> value / 9).toArray(), Surgery.unitsTaken(net, 3, 4));
        assertArrayEquals(IntStream.range(0, 5).toArray(), Surgery.unitsTaken(net, 0, 3));
        assertArrayEquals(IntStream.range(0, 6).toArray(), Surgery.counterparts(net, 3, 3));
    }

    @Test
    void aUnitIsReadByTheNormOfItsColumn() {
        Model dense = Nets.dense();
        INDArray weights = dense.net().layer(1).getParam(Anatomy.WEIGHTS);
        double[] norms = Surgery.readNorms(dense, 0);
        assertEquals(9, norms.length);
        for (int unit = 0; unit < 9; unit++) {
            assertEquals(weights.getRow(unit).norm2Number().doubleValue(), norms[unit], 1e-5);
        }
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertRefused(() -> Surgery.mask(net, 3, 6), "unit to mask in", "is 6", "0 and 5");
        assertRefused(() -> Surgery.mask(net, Map.of(0, new int[] {-1})), "is -1");
        assertRefused(() -> Surgery.mask(net, 5, 0), "classes");
        assertRefused(() -> Surgery.remove(net, Map.of(3, new int[] {6})), "unit to remove from", "is 6");
        assertRefused(() -> Surgery.remove(net, 3, -1), "unit to remove from layer 3 is -1");
        assertRefused(() -> Surgery.keep(net, 3, 1, 2, 1), "name one twice: [1, 2, 1]");
        assertRefused(() -> Surgery.keep(net, 3, 6), "is 6");
        assertRefused(() -> Surgery.duplicate(net, 4, 8, 0.5), "unit to duplicate in layer 4 is 8");
        assertRefused(() -> Surgery.rebuild(net, 4, new int[2], new double[1]), "2 units but 1 shares");
        assertRefused(() -> Surgery.rebuild(net, 5, new int[1], new double[1]), "classes");
    }

    private static void assertRefused(Executable surgery, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, surgery).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    @Test
    void unitsOfSeveralLayersGoAtOnce() {
        Map<Integer, int[]> units = Map.of(0, new int[] {1, 4}, 4, new int[] {0, 3, 7});
        Model removed = Surgery.remove(net, units);
        assertEquals(3, Surgery.units(removed, 0));
        assertEquals(5, Surgery.units(removed, 4));
        assertSame(Surgery.mask(net, units), removed);
    }

    @Test
    void whatIsAllReadIsCopied() {
        Model copy = Surgery.compact(net);
        assertNotSame(net, copy);
        assertArrayEquals(
                net.network().params().dup().data().asFloat(),
                copy.network().params().dup().data().asFloat());
    }

    /** A layer of which nothing is read keeps its first unit; others lose what is not read, and no more. */
    @Test
    void aLayerThatNobodyReadsKeepsItsFirstUnit() {
        Model idle = Surgery.mask(Nets.dense(), 0, IntStream.range(0, 9).toArray());
        Model compact = Surgery.compact(idle);
        assertEquals(1, Surgery.units(compact, 0));
        assertEquals(7, Surgery.units(compact, 1));
        assertSame(idle, compact);
        Model some = Surgery.compact(Surgery.mask(Nets.dense(), Map.of(0, new int[] {2}, 1, new int[] {0, 6})));
        assertEquals(8, Surgery.units(some, 0));
        assertEquals(5, Surgery.units(some, 1));
    }

    private static void assertSame(Model expected, Model actual) {
        Samples samples = Nets.samplesFor(expected, 20, 9);
        double difference = expected.predict(samples, 0, 20)
                .sub(actual.predict(samples, 0, 20))
                .amaxNumber()
                .doubleValue();
        assertTrue(difference < 1e-5, () -> "outputs differ by " + difference);
    }
}
