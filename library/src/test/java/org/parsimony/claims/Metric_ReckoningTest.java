package org.parsimony.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;

class Metric_ReckoningTest {

    /** Parameters 23, nonzeros 20, MACs 18 and 15, accuracies 0.95, 0.5, 0.75; epochs 1 and 2 with 0.1 and nothing. */
    private final Run run = Fixtures.run(Fixtures.recipe("ours", 1), 0.75);

    @ParameterizedTest
    @CsvSource({
        "parameters, 23",
        "parameters - nonzeros, 3",
        "parameters - nonzeros - macsDense, -15",
        "parameters + nonzeros - macsDense, 25",
        "parameters - nonzeros + macsDense, 21",
        "parameters + 2 * nonzeros, 63",
        "2 * parameters + nonzeros, 66",
        "parameters - nonzeros * macsDense / 15, -1",
        "parameters - nonzeros / 4 * 2 + 1, 14",
        "accuracyTuned - accuracyAfter, 0.25",
        "trace.accuracy@epoch=1, 0.1",
        "trace.accuracy@epoch=2, NaN",
        "trace.accuracy@epoch=3, NaN",
        "trace.epoch@accuracy=0.1, 1",
        "trace.nothing@epoch=1, NaN",
        "sum(epoch), 3",
        "sum(nothing), NaN",
        "10 + sum(epoch) * 2, 16",
        "trainingMemory + 1, NaN",
        "psi.HAM, NaN",
        "bytesDisk.raw, 92",
        "1 - psi.HAM, NaN",
    })
    void valuesByHand(String metric, double value) {
        assertEquals(value, new Metric(metric).of(run), 1e-12);
    }

    @Test
    void whatNoRowHasIsRefused() {
        String said = assertThrows(IllegalArgumentException.class, () -> new Metric("accuracy - 1").of(run))
                .getMessage();
        assertTrue(
                said.contains("metric \"accuracy - 1\" asks for \"accuracy\"") && said.contains("accuracyTuned"), said);
        assertThrows(IllegalArgumentException.class, () -> new Metric("trace.accuracy").of(run));
        assertThrows(IllegalArgumentException.class, () -> new Metric("trace.accuracy@1").of(run));
        assertThrows(IllegalArgumentException.class, () -> new Metric("engine").of(run));
    }
}
