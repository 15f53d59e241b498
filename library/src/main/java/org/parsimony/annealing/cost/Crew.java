package org.parsimony.annealing.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Evaluates moves that all start from the current mask on several threads, and finds the first that is accepted. While
 * moves are rejected, which they mostly are, the work for the later ones is not lost.
 */
public final class Crew implements AutoCloseable {

    private final MaskCost cost;
    private final MaskCost.Trial[] trials;
    private final int[] found;
    private final ExecutorService helpers;

    /** @param threads at least 1; 1 where the cost is not {@linkplain MaskCost#isParallel() parallel} */
    public Crew(MaskCost cost, int threads) {
        this.cost = cost;
        this.trials = new MaskCost.Trial[threads];
        this.found = new int[threads];
        for (int i = 0; i < threads; i++) {
            trials[i] = cost.trial();
        }
        this.helpers = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, task -> {
                    Thread thread = new Thread(task, "mask cost");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Number of threads. */
    public int threads() {
        return trials.length;
    }

    /**
     * The index of the first move whose loss is within its limit, after it has been committed; or the number of moves.
     *
     * @param flips of every move
     * @param limits of every move
     */
    public int firstAccepted(int[][] flips, double[] limits) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger(flips.length);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 1; i < Math.min(trials.length, flips.length); i++) {
            int helper = i;
            running.add(helpers.submit(() -> work(helper, flips, limits, next, accepted)));
        }
        work(0, flips, limits, next, accepted);
        await(running);
        for (int i = 0; i < Math.min(trials.length, flips.length) && accepted.get() < flips.length; i++) {
            if (found[i] == accepted.get()) {
                cost.commit(trials[i]);
                break;
            }
        }
        return accepted.get();
    }

    private void work(int who, int[][] flips, double[] limits, AtomicInteger next, AtomicInteger accepted) {
        found[who] = -1;
        for (int i = next.getAndIncrement(); i < accepted.get(); i = next.getAndIncrement()) {
            if (trials[who].evaluate(flips[i], limits[i]) <= limits[i]) {
                found[who] = i;
                accepted.accumulateAndGet(i, Math::min);
                return;
            }
        }
    }

    private static void await(List<Future<?>> running) {
        boolean interrupted = false;
        for (Future<?> task : running) {
            for (boolean done = false; !done; ) {
                try {
                    task.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a move could not be evaluated: " + e.getCause(), e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }
}
