package org.parsimony.experiment.running;

import java.util.function.Supplier;

/**
 * Lets one of several workers measure a time while the others stand still: they stop at their next check for
 * cancellation, which long work makes between batches, and go on when the measurement is over.
 */
final class Quiet {

    private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);
    private int active;
    private int standing;
    private volatile boolean measuring;

    /** The calling thread begins to work; while somebody measures, it waits. */
    void enter() {
        working.set(true);
        synchronized (this) {
            active++;
        }
        stand();
    }

    /** The calling thread has ended its work. */
    void leave() {
        working.set(false);
        synchronized (this) {
            active--;
            notifyAll();
        }
    }

    /** To be called often by those that work: waits while another measures. */
    void stand() {
        if (!measuring || !working.get()) {
            return;
        }
        synchronized (this) {
            standing++;
            notifyAll();
            while (measuring && !Thread.currentThread().isInterrupted()) {
                pause();
            }
            standing--;
        }
    }

    /** Measures, the other workers standing still. Called by a worker; several wait for each other. */
    <T> T alone(Supplier<T> measurement) {
        while (!begin()) {
            stand();
        }
        try {
            synchronized (this) {
                while (standing < active - 1 && !Thread.currentThread().isInterrupted()) {
                    pause();
                }
            }
            return measurement.get();
        } finally {
            synchronized (this) {
                measuring = false;
                notifyAll();
            }
        }
    }

    private synchronized boolean begin() {
        if (measuring && !Thread.currentThread().isInterrupted()) {
            return false;
        }
        measuring = true;
        return true;
    }

    /** Waits a little; called in a loop, its monitor held. */
    private void pause() {
        try {
            wait(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
