package org.parsimony.experiment.running;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.experiment.store.RunStoreException;
import tech.tablesaw.api.Table;

/**
 * Runs many recipes, of which the store is asked first, on several threads. It is the only thing that does.
 *
 * <p>Every finished run is stored at once, so a cancelled sweep goes on where it stopped. A recipe that fails is a row
 * of the report and stops no other. What a run measures does not depend on the number of threads, except the times.
 *
 * @param store where finished runs are looked up and kept
 * @param work carries out one recipe
 * @param threads recipes run at the same time, at least 1
 */
public record Sweep(RunStore store, Work work, int threads) {

    private static final long LOOK_EVERY_MILLISECONDS = 100;

    public Sweep {
        Require.atLeast("number of threads", threads, 1);
    }

    /** What carries out one recipe; called from several threads. {@link Runner#run(Recipe, Progress)} does. */
    @FunctionalInterface
    public interface Work {

        /**
         * Runs the recipe; everything random comes from its seed.
         *
         * @throws Exception if the recipe cannot be carried out; the sweep reports it and goes on with the next
         */
        Run run(Recipe recipe, Progress progress) throws Exception;
    }

    /** A sweep on one thread. */
    public Sweep(RunStore store, Work work) {
        this(store, work, 1);
    }

    /** What became of one recipe. */
    public enum State {
        /** It was in the store. */
        FOUND,
        /** It ran and is stored. */
        FINISHED,
        /** It threw; nothing is stored. */
        FAILED,
        /** Another process is carrying it out; no result has this state. */
        ELSEWHERE
    }

    /**
     * What became of one recipe.
     *
     * @param run the stored run, null if it failed
     * @param error what it threw, null if it did not
     * @param seconds it took here, 0 if it was found
     */
    public record Result(Recipe recipe, State state, Run run, Throwable error, double seconds) {

        /** The sentence that says why it failed: the first message on the way to the cause, or what was thrown. */
        public String reason() {
            Throwable thrown = error;
            while (thrown.getMessage() == null && thrown.getCause() != null) {
                thrown = thrown.getCause();
            }
            return thrown.getMessage() == null || thrown instanceof Error ? thrown.toString() : thrown.getMessage();
        }
    }

    /** What became of the recipes, in the order in which they were given, each once. */
    public record Report(List<Result> results) {

        /** The runs that are in the store now. */
        public List<Run> runs() {
            return in(State.FOUND, State.FINISHED).stream().map(Result::run).toList();
        }

        /** The recipes that failed. */
        public List<Result> failures() {
            return in(State.FAILED);
        }

        private List<Result> in(State... states) {
            return results.stream()
                    .filter(result -> List.of(states).contains(result.state()))
                    .toList();
        }

        /** One row a recipe: id, steps, data set, network, seed, state, seconds and the error of one that failed. */
        public Table table() {
            return Rows.of(results)
                    .texts("id", result -> result.recipe().shortId())
                    .texts("steps", result -> result.recipe().chain())
                    .texts("dataset", result -> result.recipe().dataset())
                    .texts("network", result -> result.recipe().network())
                    .longs("seed", result -> result.recipe().seed())
                    .texts("state", result -> result.state().name().toLowerCase(Locale.ROOT))
                    .doubles("seconds", Result::seconds)
                    .texts("error", Result::error)
                    .table("sweep");
        }
    }

    /**
     * Runs what the store does not have; a recipe that is listed twice is run once.
     *
     * @throws CancellationException if {@code progress} is cancelled or the thread interrupted: runs in progress are
     *     interrupted and waited for, finished ones stay in the store
     * @throws RunStoreException if a run cannot be stored; the rest is not begun
     */
    public Report run(List<Recipe> recipes, Progress progress) {
        return run(recipes, progress, result -> {});
    }

    /**
     * Runs what the store does not have; a recipe that is listed twice is run once. One that another process is carrying out
     * comes last: by then the store has it, or the other process has ended.
     *
     * @param each is told of every result as it comes, on the calling thread
     * @throws CancellationException if {@code progress} is cancelled or the thread interrupted: runs in progress are
     *     interrupted and waited for, finished ones stay in the store
     * @throws RunStoreException if a run cannot be stored; the rest is not begun
     */
    public Report run(List<Recipe> recipes, Progress progress, Consumer<Result> each) {
        List<Recipe> wanted = new ArrayList<>(new LinkedHashSet<>(recipes));
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        Reservations reservations = Reservations.beside(store.path());
        try {
            CompletionService<Result> service = new ExecutorCompletionService<>(workers);
            Map<Recipe, Result> results = new LinkedHashMap<>();
            for (Recipe recipe : wanted) {
                results.put(recipe, null);
                service.submit(() -> one(recipe, inside(progress), reservations, Elsewhere.LATER));
            }
            progress.report(0, wanted.size(), "0 of " + wanted.size() + " runs");
            for (int done = 1; done <= wanted.size(); done++) {
                Result result = next(service, progress).get();
                while (result.state() == State.ELSEWHERE) {
                    Recipe recipe = result.recipe();
                    service.submit(() -> one(recipe, inside(progress), reservations, Elsewhere.WAIT));
                    result = next(service, progress).get();
                }
                results.put(result.recipe(), result);
                each.accept(result);
                progress.report(
                        done,
                        wanted.size(),
                        done + " of " + wanted.size() + " runs; "
                                + result.recipe().chain() + ", seed "
                                + result.recipe().seed() + " "
                                + result.state().name().toLowerCase(Locale.ROOT));
            }
            return new Report(List.copyOf(results.values()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException) {
                throw cancelled();
            }
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        } finally {
            end(workers);
            reservations.close();
        }
    }

    private static CancellationException cancelled() {
        return new CancellationException(
                "the sweep was cancelled; finished runs are in the store, run it again to go on");
    }

    private static Future<Result> next(CompletionService<Result> service, Progress progress)
            throws InterruptedException {
        while (true) {
            progress.checkCancelled();
            Future<Result> done = service.poll(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (done != null) {
                return done;
            }
        }
    }

    /** Interrupts what runs and waits for it, so that nobody writes to the store after this. */
    private static void end(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            interrupted = true; // asked twice: leave without waiting
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What to do about a recipe that another process is carrying out. */
    private enum Elsewhere {
        LATER,
        WAIT
    }

    private Result one(Recipe recipe, Progress progress, Reservations reservations, Elsewhere elsewhere) {
        Result stored = stored(recipe);
        while (stored == null && !reservations.take(recipe.id())) {
            if (elsewhere == Elsewhere.LATER) {
                return new Result(recipe, State.ELSEWHERE, null, null, 0);
            }
            await(progress);
            stored = stored(recipe);
        }
        if (stored != null) {
            return stored;
        }
        try {
            Result meanwhile = stored(recipe);
            return meanwhile == null ? carriedOut(recipe, progress) : meanwhile;
        } finally {
            reservations.release(recipe.id());
        }
    }

    private Result stored(Recipe recipe) {
        return store.find(recipe.id())
                .map(run -> new Result(recipe, State.FOUND, run, null, 0))
                .orElse(null);
    }

    private static void await(Progress progress) {
        progress.checkCancelled();
        try {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    private Result carriedOut(Recipe recipe, Progress progress) {
        long from = System.nanoTime();
        Run run;
        try {
            progress.checkCancelled();
            run = work.run(recipe, progress);
        } catch (CancellationException e) {
            throw e;
        } catch (InterruptedException e) {
            throw cancelled();
        } catch (Exception | LinkageError | AssertionError | OutOfMemoryError | StackOverflowError e) {
            return new Result(recipe, State.FAILED, null, e, seconds(from));
        }
        return new Result(recipe, State.FINISHED, store.save(run), null, seconds(from));
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    /** What a run sees: it can be cancelled and draw curves, but only the sweep counts. */
    private static Progress inside(Progress whole) {
        return new Progress() {
            @Override
            public void report(long done, long total, String what) {}

            @Override
            public void watch(String series, double x, double y) {
                whole.watch(series, x, y);
            }

            @Override
            public void checkCancelled() {
                Progress.super.checkCancelled();
                whole.checkCancelled();
            }
        };
    }
}
