package org.parsimony.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.network.Measurement;
import tech.tablesaw.api.Table;

/**
 * Several methods that share work, compared over seeds: one seed trains the original once and gives a row for every arm.
 *
 * <p>Each row is a run of its own, with its own recipe. A seed all of whose rows are in the store is not run again; the
 * rows of a finished seed are stored at once, so an interrupted study goes on where it stopped. The rows do not depend on
 * the number of threads.
 */
public final class Study {

    private static final int UNITS = 1000;

    private Study() {}

    /**
     * One row.
     *
     * @param measurement the row
     * @param trace the steps that led to it, possibly empty
     */
    public record Row(Measurement measurement, Table trace) {

        /** A row without steps. */
        public Row(Measurement measurement) {
            this(measurement, Table.create("no steps"));
        }
    }

    /** The work of one seed. */
    @FunctionalInterface
    public interface OneSeed {

        /** A row for every arm, by the arm's name. */
        Map<String, Row> run(long seed, Progress progress);
    }

    /**
     * Runs what the store lacks and returns all rows, seed by seed, in the order of the arms.
     *
     * @param store keeps the rows
     * @param paper folder in {@code papers/} that the runs are filed under
     * @param arms recipe of every arm by its name; the seeds in them are replaced
     * @param seeds at least one
     * @param threads seeds that run side by side, at least 1
     * @throws CancellationException if the thread is interrupted; finished seeds are in the store
     */
    public static List<Run> run(
            RunStore store,
            String paper,
            Map<String, Recipe> arms,
            long[] seeds,
            int threads,
            OneSeed work,
            Progress progress) {
        Require.atLeast("number of seeds", seeds.length, 1);
        Require.atLeast("threads", threads, 1);
        Map<Long, List<Run>> finished = new LinkedHashMap<>();
        List<Long> missing = new ArrayList<>();
        for (long seed : seeds) {
            List<Run> stored = arms.values().stream()
                    .map(recipe -> store.find(recipe.withSeed(seed).id()))
                    .flatMap(Optional::stream)
                    .toList();
            finished.put(seed, stored);
            if (stored.size() < arms.size()) {
                missing.add(seed);
            }
            stored.forEach(run -> store.file(paper, run));
        }
        if (!missing.isEmpty()) {
            Shares shares = new Shares(progress, seeds.length, seeds.length - missing.size());
            List<Callable<Void>> jobs = new ArrayList<>();
            for (int i = 0; i < missing.size(); i++) {
                long seed = missing.get(i);
                Progress own = shares.of(i, seed);
                jobs.add(() -> {
                    Instant started = Instant.now();
                    List<Run> runs = saved(store, paper, arms, seed, work.run(seed, own), started);
                    synchronized (finished) {
                        finished.put(seed, runs);
                    }
                    own.report(1, 1, "done");
                    return null;
                });
            }
            all(jobs, Math.min(threads, jobs.size()));
        }
        progress.report((long) UNITS * seeds.length, (long) UNITS * seeds.length, seeds.length + " seeds");
        return Arrays.stream(seeds)
                .boxed()
                .flatMap(seed -> finished.get(seed).stream())
                .toList();
    }

    private static List<Run> saved(
            RunStore store, String paper, Map<String, Recipe> arms, long seed, Map<String, Row> rows, Instant started) {
        Provenance provenance = Provenance.here(started, Instant.now());
        List<Run> runs = new ArrayList<>();
        arms.forEach((name, recipe) -> {
            Row row = rows.get(name);
            Require.that(row != null, "the study gave no row for \"%s\"; it gave %s", name, rows.keySet());
            Run run = store.save(new Run(recipe.withSeed(seed), row.measurement(), row.trace(), provenance));
            store.file(paper, run);
            runs.add(run);
        });
        return runs;
    }

    private static void all(List<Callable<Void>> jobs, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var service = new ExecutorCompletionService<Void>(pool);
            jobs.forEach(service::submit);
            for (int i = 0; i < jobs.size(); i++) {
                service.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted; the seeds finished before are in the run store");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            stop(pool);
        }
    }

    /** Waits until the workers have noticed their interrupt: what they print must not appear below a later cell. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds up the progress of seeds that run side by side. */
    private static final class Shares {
        private final Progress whole;
        private final long total;
        private final AtomicLongArray done;
        private final long before;

        Shares(Progress whole, int seeds, int found) {
            this.whole = whole;
            this.total = (long) UNITS * seeds;
            this.before = (long) UNITS * found;
            this.done = new AtomicLongArray(seeds - found);
        }

        Progress of(int index, long seed) {
            return (part, all, what) -> {
                done.set(index, all == 0 ? 0 : UNITS * part / all);
                long sum = before;
                for (int i = 0; i < done.length(); i++) {
                    sum += done.get(i);
                }
                // The last word is said by the study itself, when the rows are stored.
                whole.report(Math.min(sum, total - 1), total, "seed " + seed + ": " + what);
            };
        }
    }
}
