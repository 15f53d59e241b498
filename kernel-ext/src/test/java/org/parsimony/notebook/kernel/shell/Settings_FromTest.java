package org.parsimony.notebook.kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Settings_FromTest {

    private static Duration timeout(String text) {
        return Settings.from(Map.of("IJAVA_TIMEOUT", text)).timeout();
    }

    @Test
    void timeoutHasAUnit() {
        assertEquals(Duration.ofMillis(250), timeout("250"));
        assertEquals(Duration.ofSeconds(30), timeout("30 SECONDS"));
        assertEquals(Duration.ofMinutes(2), timeout("2minutes"));
        assertEquals(Duration.ZERO, timeout("-1"));
        assertEquals(Duration.ZERO, Settings.from(Map.of()).timeout());
    }

    @Test
    void aBadTimeoutNamesItself() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> timeout("soon"));
        assertTrue(e.getMessage().startsWith("IJAVA_TIMEOUT is \"soon\" and must be"), e.getMessage());
    }
}
