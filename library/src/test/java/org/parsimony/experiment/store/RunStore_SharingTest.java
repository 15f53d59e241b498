package org.parsimony.experiment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.running.Sweep;

/** Other processes write the same file: at the same time, or until they are killed. */
class RunStore_SharingTest {

    @TempDir
    Path folder;

    private Process child(Class<?> main, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Stores twenty runs of its own and the one shared run. */
    static final class Writer {
        public static void main(String[] arguments) {
            try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
                for (int seed = 0; seed < 20; seed++) {
                    Recipe recipe = Fixtures.recipe(arguments[1], seed);
                    store.save(Fixtures.run(recipe));
                    store.file("toy", store.save(Fixtures.run(Fixtures.recipe("shared", 1))));
                }
            }
        }
    }

    @Test
    void twoProcessesWriteTogether() throws Exception {
        Path file = folder.resolve("runs.db");
        Process first = child(Writer.class, file, "first");
        Process second = child(Writer.class, file, "second");
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        try (RunStore store = RunStore.open(file)) {
            assertEquals(41, store.all().size());
            assertEquals(20, store.ofMethod("first").size());
            assertEquals(1, store.ofPaper("toy").size());
        }
    }

    /** Stores runs, says so, and is killed by its parent in the middle of the third. */
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            RunStore store = RunStore.open(Path.of(arguments[0]));
            for (int seed = 1; seed <= 2; seed++) {
                store.save(Fixtures.run(Fixtures.recipe("victim", seed)));
            }
            new Sweep(store, (recipe, progress) -> {
                        System.out.println("running");
                        while (true) {
                            Thread.onSpinWait();
                        }
                    })
                    .run(List.of(Fixtures.recipe("victim", 3)), Progress.NONE);
        }
    }

    @Test
    void aKillLosesOnlyTheUnfinishedRun() throws Exception {
        Path file = folder.resolve("runs.db");
        Process victim = child(Victim.class, file);
        try (BufferedReader said = victim.inputReader()) {
            assertEquals("running", said.readLine());
            victim.destroyForcibly();
            assertEquals(137, victim.waitFor(), "killed by SIGKILL");
        } finally {
            victim.destroyForcibly();
        }
        try (RunStore store = RunStore.open(file)) {
            assertEquals(
                    List.of(1L, 2L),
                    store.all().stream().map(run -> run.recipe().seed()).toList());
            assertTrue(store.find(Fixtures.recipe("victim", 3).id()).isEmpty());
        }
    }
}
