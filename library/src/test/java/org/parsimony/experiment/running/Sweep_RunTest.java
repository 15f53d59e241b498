package org.parsimony.experiment.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.store.RunStore;

class Sweep_RunTest {

    @TempDir
    Path folder;

    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(folder.resolve("runs.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static final List<Recipe> RECIPES = Stream.of("a", "b")
            .flatMap(name -> LongStream.rangeClosed(1, 4).mapToObj(seed -> Fixtures.recipe(name, seed)))
            .toList();

    private static final Sweep.Work RANDOM = (recipe, progress) ->
            Fixtures.run(recipe, Seeds.random(recipe.seed(), recipe.chain()).nextDouble());

    @Test
    void oneAndTwoThreadsGiveTheSameRows() {
        Sweep.Report one = new Sweep(store, RANDOM, 1).run(RECIPES, Progress.NONE);
        try (RunStore other = RunStore.open(folder.resolve("other.db"))) {
            Sweep.Report two = new Sweep(other, RANDOM, 2).run(RECIPES, Progress.NONE);
            assertEquals(
                    RECIPES, two.results().stream().map(Sweep.Result::recipe).toList());
            assertEquals(
                    one.runs().stream().map(Run::measurement).toList(),
                    two.runs().stream().map(Run::measurement).toList());
        }
    }

    @Test
    void twoThreadsRunAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        Sweep.Work meeting = (recipe, progress) -> {
            both.await();
            return Fixtures.run(recipe);
        };
        assertEquals(
                8,
                new Sweep(store, meeting, 2).run(RECIPES, Progress.NONE).runs().size());
    }

    @Test
    void whatIsStoredOrListedTwiceIsNotRunAgain() {
        AtomicInteger calls = new AtomicInteger();
        Sweep.Work counted = (recipe, progress) -> {
            calls.incrementAndGet();
            return Fixtures.run(recipe);
        };
        List<Recipe> twice = new ArrayList<>(RECIPES.subList(0, 3));
        twice.addAll(twice);
        new Sweep(store, counted, 2).run(twice, Progress.NONE);
        assertEquals(3, calls.get());
        Sweep.Report report = new Sweep(store, counted, 2).run(RECIPES, Progress.NONE);
        assertEquals(8, calls.get());
        assertEquals(
                3, report.table().stringColumn("state").countOccurrences("found"), "the others were run this time");
    }

    @Test
    void aFailureIsARowAndStopsNoOther() {
        Sweep.Work fragile = (recipe, progress) -> {
            if (recipe.seed() == 2) {
                throw new IllegalArgumentException("width is 0, but must be at least 1");
            }
            return Fixtures.run(recipe);
        };
        Sweep.Report report = new Sweep(store, fragile, 2).run(RECIPES, Progress.NONE);
        assertEquals(6, report.runs().size());
        assertEquals(
                List.of(2L, 2L),
                report.failures().stream().map(f -> f.recipe().seed()).toList());
        assertEquals(6, store.all().size());
        assertTrue(report.table().stringColumn("error").get(1).contains("width is 0"));
    }

    @Test
    void progressCountsToTheTotal() {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        new Sweep(store, RANDOM, 2).run(RECIPES, (done, total, what) -> {
            assertEquals(8, total);
            seen.add(done);
        });
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), seen);
    }

    /** The third run asks for the cancellation itself, then works until it is told to stop. */
    @Test
    void cancellingKeepsWhatWasFinished() {
        AtomicBoolean unwanted = new AtomicBoolean();
        Progress button = new Progress() {
            @Override
            public void report(long done, long total, String what) {}

            @Override
            public void checkCancelled() {
                if (unwanted.get()) {
                    throw new CancellationException();
                }
            }
        };
        Sweep.Work endless = (recipe, progress) -> {
            while (recipe.seed() == 3) {
                unwanted.set(true);
                progress.checkCancelled();
            }
            return Fixtures.run(recipe);
        };
        Sweep sweep = new Sweep(store, endless);
        assertThrows(CancellationException.class, () -> sweep.run(RECIPES, button));
        assertEquals(
                List.of(1L, 2L),
                store.all().stream().map(r -> r.recipe().seed()).toList());
        assertEquals(
                8, new Sweep(store, RANDOM).run(RECIPES, Progress.NONE).runs().size());
    }

    @Test
    void anInterruptIsACancellation() {
        Thread caller = Thread.currentThread();
        Sweep.Work endless = (recipe, progress) -> {
            caller.interrupt();
            while (true) {
                progress.checkCancelled();
            }
        };
        assertThrows(CancellationException.class, () -> new Sweep(store, endless).run(RECIPES, Progress.NONE));
        assertTrue(Thread.interrupted(), "the flag is kept");
        assertEquals(0, store.all().size());
    }
}
