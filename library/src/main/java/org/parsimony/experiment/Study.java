package org.parsimony.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
 * <p>Each row is a run of its own, with its own recipe, and in the store as soon as it is finished: an interrupted study
 * goes on where it stopped. A seed all of whose rows are in the store is not run again. The rows do not depend on the
 * number of threads.
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

    /** Where the work of one seed puts its rows. */
    public interface Rows {

        /** Whether the store lacks this arm's row; one that is there need not be computed again. */
        boolean lack(String arm);

        /** Stores the row of an arm. */
        void add(String arm, Row row);
    }

    /** The work of one seed. */
    @FunctionalInterface
    public interface OneSeed {

        /** Adds a row for every arm that {@code rows} lack, by the arm's name. */
        void run(long seed, Rows rows, Progress progress);
    }

    /**
     * Runs what the store lacks and returns all rows, seed by seed, in the order of the arms.
     *
     * @param store keeps the rows
     * @param paper folder in {@code papers/} that the runs are filed under
     * @param arms recipe of every arm by its name; the seeds in them are replaced
     * @param seeds at least one
     * @param threads seeds that run side by side, at least 1
     * @throws CancellationException if the thread is interrupted; finished rows are in the store
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
                    Stored rows = new Stored(store, paper, arms, seed);
                    work.run(seed, rows, own);
                    synchronized (finished) {
                        finished.put(seed, rows.all());
                    }
                    own.report(1, 1, "done");
                    return null;
                });
            }
            all(jobs, Math.min(threads, jobs.size()));
        }
        long total = (long) UNITS * seeds.length;
        progress.report(total, total, seeds.length == 1 ? "1 seed" : seeds.length + " seeds");
        return Arrays.stream(seeds)
                .boxed()
                .flatMap(seed -> finished.get(seed).stream())
                .toList();
    }

    /** The rows of one seed, in the store and here. */
    private static final class Stored implements Rows {
        private final RunStore store;
        private final String paper;
        private final Map<String, Recipe> arms;
        private final long seed;
        private final Map<String, Run> runs = new HashMap<>();
        private Instant started = Instant.now();

        Stored(RunStore store, String paper, Map<String, Recipe> arms, long seed) {
            this.store = store;
            this.paper = paper;
            this.arms = arms;
            this.seed = seed;
            arms.forEach(
                    (name, recipe) -> store.find(recipe.withSeed(seed).id()).ifPresent(run -> runs.put(name, run)));
        }

        @Override
        public boolean lack(String arm) {
            return !runs.containsKey(arm);
        }

        @Override
        public void add(String arm, Row row) {
            Recipe recipe = arms.get(arm);
            Require.that(recipe != null, "the study gave a row for \"%s\", but has the arms %s", arm, arms.keySet());
            Provenance provenance = Provenance.here(started, Instant.now());
            Run run = store.save(new Run(recipe.withSeed(seed), row.measurement(), row.trace(), provenance));
            store.file(paper, run);
            runs.put(arm, run);
            started = Instant.now();
        }

        List<Run> all() {
            return arms.keySet().stream()
                    .map(name -> {
                        Require.that(!lack(name), "the study gave no row for \"%s\"; it gave %s", name, runs.keySet());
                        return runs.get(name);
                    })
                    .toList();
        }
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
            throw new CancellationException("interrupted; the rows finished before are in the run store");
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
