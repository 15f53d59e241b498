package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class Records_ReadTest {

    enum Strategy {
        LAYER_ENTROPY,
        CLOSED_FORM
    }

    sealed interface Schedule permits Constant, Linear {}

    record Constant(double rate) implements Schedule {}

    record Linear(double from, double to) implements Schedule {}

    record Inner(int epochs, boolean shuffle) {
        Inner() {
            this(5, true);
        }
    }

    record Options(
            double alpha,
            int bins,
            long seed,
            Strategy strategy,
            String activation,
            int[] widths,
            List<Double> ratios,
            Schedule schedule,
            Inner training,
            boolean fineTune) {
        Options {
            Require.between("alpha", alpha, 0, 1);
        }

        Options() {
            this(
                    1,
                    16,
                    7,
                    Strategy.LAYER_ENTROPY,
                    "relu",
                    new int[] {300, 100},
                    List.of(0.5, 1.0),
                    new Linear(0.1, 1),
                    new Inner(),
                    true);
        }
    }

    private static Options read(Map<String, ?> values) {
        return Records.read("option", values, Options.class, new Options());
    }

    @Test
    void aRecordSurvivesItsValuesAndTheirText() {
        Options written = new Options();
        Options read = read(Json.readObject("options", Json.write(Records.write(written))));
        assertArrayEquals(written.widths(), read.widths());
        assertEquals(written.ratios(), read.ratios());
        assertEquals(written.schedule(), read.schedule());
        assertEquals(written.training(), read.training());
        assertEquals(Strategy.LAYER_ENTROPY, read.strategy());
        assertEquals(Records.write(written), Records.write(read));
    }

    @Test
    void whatIsMissingTakesTheDefault() {
        assertEquals(Records.write(new Options()), Records.write(read(Map.of("alpha", 1L))));
    }

    @Test
    void anUnknownComponentIsNamedBesideTheKnownOnes() {
        assertSays("\"alfa\" is unknown; known are activation, alpha, bins", Map.of("alfa", 1L));
    }

    @Test
    void aValueIsRefusedByTheRecordItselfOrByItsType() {
        assertSays("alpha is 2, but must lie between 0 and 1", Map.of("alpha", 2L));
        assertSays("bins is 1.5, but must be a whole number", Map.of("bins", 1.5));
        assertSays("must be one of layer-entropy, closed-form", Map.of("strategy", "guess"));
        assertSays("must be one of Constant, Linear", Map.of("schedule", new TreeMap<>(Map.of("type", "Cubic"))));
        assertSays("training: \"epoch\" is unknown", Map.of("training", new TreeMap<>(Map.of("epoch", 1L))));
        assertSays("widths is \"300\", but must be a list", Map.of("widths", "300"));
    }

    @Test
    void oneNumberIsAListOfOne() {
        assertArrayEquals(new int[] {300}, read(Map.of("widths", 300L)).widths());
    }

    @Test
    void aNestedRecordTakesItsOwnDefaults() {
        assertEquals(
                new Inner(9, true),
                read(Map.of("training", new TreeMap<>(Map.of("epochs", 9L)))).training());
    }

    @Test
    void wordsOfAPersonBecomeValues() {
        assertEquals(List.of(30L, 60L), Records.plain("k", "30,60", int[].class));
        assertEquals(List.of(0.5, 1L), Records.plain("ratios", "0.5 1", List.class));
        assertEquals(List.of(), Records.plain("layers", "[]", List.class));
        assertEquals("layer-entropy", Records.plain("strategy", "LAYER_ENTROPY", Strategy.class));
        assertEquals(3e-4, Records.plain("rate", "3e-4", double.class));
        assertEquals(Strategy.CLOSED_FORM, Records.parse("strategy", "closed-form", Strategy.class));
        String said = assertThrows(IllegalArgumentException.class, () -> Records.parse("bins", "many", int.class))
                .getMessage();
        assertTrue(said.contains("bins is \"many\", but must be a number"), said);
    }

    private static void assertSays(String message, Map<String, ?> values) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> read(values)).getMessage();
        assertTrue(said.contains(message), said);
    }
}
