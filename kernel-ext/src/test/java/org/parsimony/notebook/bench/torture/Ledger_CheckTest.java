package org.parsimony.notebook.bench.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that was finished, by the store or by word, and is not there as it was, is counted. */
class Ledger_CheckTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    private final Ledger ledger = new Ledger(Path.of("nowhere.sqlite"));

    @Test
    void whatStaysIsNeitherLostNorTwice() {
        ledger.check(Map.of(A, "{1}"));
        ledger.tell("finished " + A + "\nfinished " + A + "\nfinished nothing");
        ledger.check(Map.of(A, "{1}", B, "{2}"));
        assertEquals(2, ledger.finished());
        assertEquals(1, ledger.told());
        assertEquals(0, ledger.lost() + ledger.twice());
        assertEquals(List.of(A, B), ledger.ids().stream().sorted().toList());
    }

    @Test
    void aRunThatIsGoneIsLostOnce() {
        ledger.check(Map.of(A, "{1}"));
        ledger.check(Map.of());
        ledger.check(Map.of());
        assertEquals(1, ledger.lost());
    }

    @Test
    void aRunThatWasToldAndNeverStoredIsLost() {
        ledger.tell("finished " + B);
        ledger.check(Map.of(A, "{1}"));
        assertEquals(1, ledger.lost());
    }

    @Test
    void aRunThatChangedWasStoredTwice() {
        ledger.check(Map.of(A, "{1}"));
        ledger.check(Map.of(A, "{2}"));
        assertEquals(1, ledger.twice());
        assertEquals(0, ledger.lost());
    }
}
