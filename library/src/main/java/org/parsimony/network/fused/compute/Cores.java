package org.parsimony.network.fused.compute;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of the machine's cores this process's trainings keep busy, so that a training that finds a core idle takes a
 * second thread, and gives it back as soon as another training wants the core. No result depends on it, only speed.
 */
public final class Cores {

    private static final int ALL = Runtime.getRuntime().availableProcessors();
    private static final AtomicInteger BUSY = new AtomicInteger();

    private Cores() {}

    /** Counts the calling thread's core as busy, whether or not one is idle, until {@link #release}. */
    public static void take() {
        BUSY.incrementAndGet();
    }

    /** Counts one more core as busy if one is idle; says whether it was. */
    static boolean takeIdle() {
        int busy = BUSY.get();
        return busy < ALL && BUSY.compareAndSet(busy, busy + 1);
    }

    /** Gives one core back. */
    public static void release() {
        BUSY.decrementAndGet();
    }
}
