package org.parsimony.base;

import java.util.concurrent.CancellationException;

/**
 * How long work tells where it is, and learns that it is no longer wanted.
 *
 * <p>Implementations are called from worker threads, several at once, and must be thread-safe. A notebook draws a bar
 * with the time left and live curves from these calls; a program passes {@link #NONE}.
 */
public interface Progress {

    /** Shows nothing; the work can still be cancelled by interrupting its thread. */
    Progress NONE = (done, total, what) -> {};

    /**
     * Says how far the work is.
     *
     * @param done units finished, from 0 to {@code total}
     * @param total units in all, the same in every call of one piece of work
     * @param what a few words for the reader, for example {@code "epoch 3, validation accuracy 97.1 %"}
     */
    void report(long done, long total, String what);

    /** Adds the point (x, y) to the live curve {@code series}; ignored where nobody watches. */
    default void watch(String series, double x, double y) {}

    /**
     * The part of this progress from {@code from} to {@code to} (each between 0 and 1) as a progress of its own, so
     * that a method can hand it to the method it calls. Its live curves are dropped: what is drawn is the caller's.
     */
    default Progress part(double from, double to) {
        Progress whole = this;
        return new Progress() {
            private static final long UNITS = 10_000;

            @Override
            public void report(long done, long total, String what) {
                double share = total == 0 ? 1 : (double) done / total;
                whole.report(Math.round((from + share * (to - from)) * UNITS), UNITS, what);
            }

            @Override
            public void checkCancelled() {
                whole.checkCancelled();
            }
        };
    }

    /**
     * To be called between steps of long work.
     *
     * @throws CancellationException if the current thread was interrupted; the interrupt flag is kept
     */
    default void checkCancelled() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted; what was finished before is kept");
        }
    }
}
