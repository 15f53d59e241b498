package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;

class Study_ResumeTest {

    private static final Map<String, Recipe> ARMS = new LinkedHashMap<>();

    static {
        ARMS.put("original", Fixtures.recipe("original", 0));
        ARMS.put("pruned", Fixtures.recipe("pruned", 0));
    }

    @TempDir
    Path folder;

    private final ConcurrentSkipListSet<String> worked = new ConcurrentSkipListSet<>();

    @Test
    void aSecondStudyRunsOnlyWhatTheStoreLacks() {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            List<Run> first = study(store, 2, 1, 2, 3);
            assertEquals(6, worked.size());
            worked.clear();
            List<Run> second = study(store, 1, 3, 4, 1);
            assertEquals(List.of("original of 4", "pruned of 4"), List.copyOf(worked));
            assertEquals(List.of(3L, 3L, 4L, 4L, 1L, 1L), seeds(second));
            assertEquals(first.get(4).json(), second.get(0).json());
            assertEquals(8, store.ofPaper("toy paper").size());
        }
    }

    @Test
    void rowsComeInTheOrderOfSeedsAndArmsOnAnyNumberOfThreads() {
        try (RunStore one = RunStore.open(folder.resolve("one.sqlite"));
                RunStore three = RunStore.open(folder.resolve("three.sqlite"))) {
            List<Run> alone = study(one, 1, 5, 4, 3);
            List<Run> together = study(three, 3, 5, 4, 3);
            assertEquals(seeds(alone), seeds(together));
            for (int i = 0; i < alone.size(); i++) {
                assertEquals(alone.get(i).recipe(), together.get(i).recipe());
                assertEquals(alone.get(i).measurement(), together.get(i).measurement());
            }
        }
    }

    @Test
    void whatWasFinishedBeforeAnInterruptIsKept() {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            Study.OneSeed interrupting = (seed, rows, progress) -> {
                rows.add("original", row("original", seed));
                if (seed == 2) {
                    throw new CancellationException("interrupted");
                }
                rows.add("pruned", row("pruned", seed));
            };
            assertThrows(
                    CancellationException.class,
                    () -> Study.run(store, "toy paper", ARMS, new long[] {1, 2}, 1, interrupting, Progress.NONE));
            assertEquals(3, store.all().size());
            study(store, 1, 1, 2);
            assertEquals(List.of("pruned of 2"), List.copyOf(worked));
        }
    }

    @Test
    void anArmWithoutARowIsNamed() {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            Study.OneSeed half = (seed, rows, progress) -> rows.add("original", row("original", seed));
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Study.run(store, "toy paper", ARMS, new long[] {1}, 1, half, Progress.NONE));
            assertTrue(e.getMessage().contains("no row for \"pruned\""), e.getMessage());
        }
    }

    private List<Run> study(RunStore store, int threads, long... seeds) {
        Study.OneSeed work = (seed, rows, progress) -> {
            progress.report(1, 2, "half");
            for (String arm : ARMS.keySet()) {
                if (rows.lack(arm)) {
                    worked.add(arm + " of " + seed);
                    rows.add(arm, row(arm, seed));
                }
            }
        };
        return Study.run(store, "toy paper", ARMS, seeds, threads, work, Progress.NONE);
    }

    private static Study.Row row(String arm, long seed) {
        return new Study.Row(Fixtures.outcome(ARMS.get(arm).withSeed(seed)).measurement());
    }

    private static List<Long> seeds(List<Run> runs) {
        return runs.stream().map(run -> run.recipe().seed()).toList();
    }
}
