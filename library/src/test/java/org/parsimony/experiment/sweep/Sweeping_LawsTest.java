package org.parsimony.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Sweep;

class Sweeping_LawsTest {

    private static final String HEAD = "dataset digits samples=90\nnetwork 64-8-10\n";

    @TempDir
    Path folder;

    /** What was carried out. */
    private final AtomicInteger work = new AtomicInteger();

    private Workplace place() {
        return new Workplace(folder.resolve("runs.db"), folder.resolve("networks"), new Materials(), 2);
    }

    /** The nearer the ratio is to 0.5, the better; more epochs are better; bytes fall with the ratio. */
    private Run measured(Recipe recipe) {
        double ratio = ((Number) ((List<?>) recipe.option("ratio")).get(0)).doubleValue();
        double epochs = Math.max(1, epochs(recipe));
        work.incrementAndGet();
        if (ratio == 0.8) {
            throw new IllegalStateException("0.8 is not to be had");
        }
        long bytes = Math.round(1000 * (1 - ratio));
        return Fixtures.run(
                recipe,
                23,
                0.9 - Math.abs(ratio - 0.5) - 0.01 / epochs + 0.0001 * recipe.seed(),
                Map.of("raw", 1000L, "pars", bytes));
    }

    /** Of the first step. */
    private static long epochs(Recipe recipe) {
        return (Long) recipe.steps().get(0).options().get("epochs");
    }

    private SweepOutcome sweep(String lines, Progress progress) {
        Carrier measuring = (place, store, recipes, own, each) ->
                new Sweep(store, (recipe, p) -> measured(recipe), 2).run(recipes, own, each);
        return Sweeping.run(SweepPlan.of("test", HEAD + lines), place(), measuring, progress);
    }

    @Test
    void theBestOnValidationIsChosenWithinTheLimitsAndTheRestIsCounted() {
        SweepOutcome all = sweep("seeds 2\nmagnitude ratio=0.1|0.4|0.6|0.8\n", Progress.NONE);
        assertEquals("ratio 0.4", all.best().orElseThrow().setting().toString());
        assertEquals(8, work.get());
        assertEquals(4, all.tried());
        assertEquals(List.of("0.8 is not to be had"), all.failed().get(0).errors());
        assertTrue(all.sentence().startsWith("4 settings tried (grid), 2 seeds each: 6 runs, 1 of the trials failed"));
        SweepOutcome small =
                sweep("seeds 2\nwithin bytesDisk.pars=500\nmagnitude ratio=0.1|0.4|0.6|0.8\n", Progress.NONE);
        assertEquals("ratio 0.6", small.best().orElseThrow().setting().toString());
        assertEquals(10, work.get(), "what the store has is not carried out again, what failed is tried again");
    }

    @Test
    void halvingGivesTheBestMoreAndTheOthersNothing() {
        SweepOutcome outcome = sweep(
                "search halving rungs=2 factor=3\ntrain epochs=9\nmagnitude ratio=0.1|0.2|0.3|0.4|0.75|0.9\n",
                Progress.NONE);
        assertEquals(6 + 2, outcome.trials().size());
        assertEquals(
                List.of("ratio 0.3", "ratio 0.4"),
                outcome.trials().subList(6, 8).stream()
                        .map(trial -> trial.setting().toString())
                        .toList());
        assertEquals(3L, epochs(outcome.trials().get(0).recipe()));
        assertEquals(9L, epochs(outcome.trials().get(7).recipe()));
        assertEquals("ratio 0.4", outcome.best().orElseThrow().setting().toString());
        assertEquals(2, outcome.ranked().size());
    }

    @Test
    void anInterruptedSweepGoesOnWithWhatIsLeft() {
        String lines = "seeds 5\nmagnitude ratio=0.1|0.4|0.6|0.7\n";
        Progress stopping = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                if (done > 5000) {
                    throw new CancellationException("stopped");
                }
            }
        };
        assertThrows(CancellationException.class, () -> sweep(lines, stopping));
        int before = work.get();
        assertTrue(before < 20, before + " runs");
        SweepOutcome looked = Sweeping.look(SweepPlan.of("test", HEAD + lines), place());
        long stored = looked.trials().stream().mapToLong(t -> t.runs().size()).sum();
        assertTrue(stored > 0 && stored <= before);
        assertEquals(20, sweep(lines, Progress.NONE).runs().size());
        assertTrue(work.get() - before == 20 - stored, "only what the store lacked was carried out");
    }

    @Test
    void twoSweepsAtOnceShareTheWork() {
        String lines = "search random n=30\nseeds 2\nmagnitude ratio=0.01..0.79\n";
        List<CompletableFuture<SweepOutcome>> both = Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(() -> sweep(lines, Progress.NONE)))
                .toList();
        List<SweepOutcome> outcomes = both.stream().map(CompletableFuture::join).toList();
        assertEquals(
                outcomes.get(0).runs().stream().map(Run::json).toList(),
                outcomes.get(1).runs().stream().map(Run::json).toList());
        assertEquals(60, work.get());
    }

    @Test
    void theLiveCurveIsTheBestSoFar() {
        StringBuilder curve = new StringBuilder();
        sweep("magnitude ratio=0.1|0.4|0.2\n", new Progress() {
            private double last = -1;

            @Override
            public void report(long done, long total, String what) {
                // only the curve is looked at
            }

            @Override
            public synchronized void watch(String series, double x, double y) {
                assertTrue(y >= last);
                last = y;
                curve.append((int) x);
            }
        });
        assertEquals("123", curve.toString());
    }
}
