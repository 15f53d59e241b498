package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The build writes version and commit into the library, and nothing else passes for them. */
class Build_HereTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void theBuildThatRunsHasBoth() {
        assertFalse(Build.here().version().isEmpty());
        assertTrue(
                Build.here().commit().matches("none|[0-9a-f]{40,64}(-dirty)?"),
                Build.here().commit());
    }

    @Test
    void saysWhetherSourcesWereModified() {
        assertEquals(false, new Build("1.0", COMMIT).modified());
        assertEquals(true, new Build("1.0", COMMIT + "-dirty").modified());
        assertEquals(false, new Build("1.0", Build.NO_COMMIT).modified());
    }

    @Test
    void refusesWhatTheBuildDidNotFillIn() {
        assertThrows(IllegalArgumentException.class, () -> new Build("1.0", ""));
        assertThrows(IllegalArgumentException.class, () -> new Build("1.0", "${build.commit}"));
        assertThrows(IllegalArgumentException.class, () -> new Build("${project.version}", COMMIT));
    }
}
