package org.parsimony.notebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A peer answers what it is asked, runs without what slows it, and its last words are heard. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class Peer_TurnsTest {

    @Test
    void answersAndRunsFree() {
        try (Peer peer = Peer.start("sh", "counting.sh", Map.of("OPENBLAS_NUM_THREADS", "1"), "hello")) {
            assertEquals("settings: coretype= threads=1 omp= mmap=1073741824 word=hello", peer.settings());
            assertEquals(2, peer.measure());
            assertEquals(14, peer.measure(7));
            String message = assertThrows(IllegalStateException.class, () -> peer.measure(9))
                    .getMessage();
            assertTrue(message.endsWith("nine is too many"), message);
        }
    }

    @Test
    void aPeerThatCannotBeOneSaysWhy() {
        String message = assertThrows(IllegalStateException.class, () -> Peer.start("sh", "refusing.sh", Map.of()))
                .getMessage();
        assertEquals("no peer: the reference BLAS is no peer", message);
        assertThrows(IllegalStateException.class, () -> Peer.start("no-such-python", "counting.sh", Map.of()));
    }

    @Test
    void aFolderWithoutThePeersScriptIsNamed() {
        Path none = Path.of("no", "such", "folder");
        for (String script : new String[] {"torch_anneal.py", "torch_mlp.py"}) {
            String message = assertThrows(IllegalArgumentException.class, () -> {
                        if (script.equals("torch_mlp.py")) {
                            TrainBench.run(none, "python3", 5, System.out);
                        } else {
                            AnnealBench.run(none, "python3", 5, System.out);
                        }
                    })
                    .getMessage();
            assertTrue(message.contains("has no " + script), message);
        }
    }

    @Test
    void whatSlowsIsNamedAndTakenAway() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPENBLAS_CORETYPE", "Haswell", "OPENBLAS_L2_SIZE", "", "OMP_NUM_THREADS", "1", "HOME", "/home"));
        assertEquals("OPENBLAS_CORETYPE=Haswell", Surroundings.slowing(environment));
        assertTrue(Surroundings.head(environment).get(2).startsWith("OPENBLAS_CORETYPE=Haswell in the environment"));
        Surroundings.free(environment);
        assertEquals("", Surroundings.slowing(environment));
        assertEquals(2, Surroundings.head(environment).size());
        Map<String, String> expected = new HashMap<>(Surroundings.ALLOCATOR);
        expected.put("HOME", "/home");
        assertEquals(expected, environment);
    }
}
