package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class With_CopyTest {

    record Pair(int width, String name) {
        Pair {
            Require.atLeast("width", width, 1);
        }
    }

    @Test
    void changesOneComponentAndKeepsTheOthers() {
        assertEquals(new Pair(3, "a"), With.component(new Pair(2, "a"), "width", 3));
        assertEquals(new Pair(2, "b"), With.component(new Pair(2, "a"), "name", "b"));
    }

    @Test
    void refusesWhatTheConstructorRefuses() {
        var e = assertThrows(IllegalArgumentException.class, () -> With.component(new Pair(2, "a"), "width", 0));
        assertEquals("width is 0, but must be at least 1", e.getMessage());
    }

    @Test
    void namesAComponentThatIsNotThere() {
        var e = assertThrows(IllegalArgumentException.class, () -> With.component(new Pair(2, "a"), "depth", 0));
        assertTrue(e.getMessage().contains("Pair has no component depth"), e.getMessage());
    }
}
