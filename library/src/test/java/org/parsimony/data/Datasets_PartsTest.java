package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Datasets_PartsTest {

    @Test
    void theSplitsThatRunsAreJudgedByAreSmallerAndTheTrainingSplitIsWhole() {
        Dataset whole = Datasets.load("digits");
        Dataset part = Datasets.load("digits:validation=50:test=40");
        assertEquals(whole.train().size(), part.train().size());
        assertEquals(50, part.validation().size());
        assertEquals(40, part.test().size());
        assertEquals("digits:validation=50:test=40", part.name());
        assertEquals(whole.train().size(), Datasets.trainingSamples("digits:test=40"));
        assertArrayEquals(
                part.test().labels(),
                Datasets.load("digits:validation=50:test=40").test().labels());
        assertEquals(
                whole.test().size(), Datasets.load("digits:test=1000000").test().size());
    }

    @Test
    void aNameAloneIsTheWholeDataSet() {
        assertEquals("iris", Datasets.load("iris").name());
        assertTrue(Datasets.isRegistered("iris"));
        assertFalse(Datasets.isRegistered("irs:test=3"));
        assertFalse(Datasets.isRegistered("iris.csv:test=0.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris:test=0", "iris:test=0.2", "iris:train=5", "iris:test="})
    void anythingElseIsRefusedByName(String text) {
        String said = assertThrows(IllegalArgumentException.class, () -> Datasets.load(text))
                .getMessage();
        assertTrue(said.contains(text) && said.contains("validation=N and test=N"), said);
    }
}
