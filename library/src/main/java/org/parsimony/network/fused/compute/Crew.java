package org.parsimony.network.fused.compute;

import java.util.concurrent.locks.LockSupport;

/**
 * One or two threads that carry out schedules; the calling thread is one of them. The second starts when it is first
 * needed.
 */
public final class Crew implements AutoCloseable {

    private static final int SPINS = 2_000;
    private static final int YIELDS = 200;

    private final int threads;
    private Thread helper;
    private Schedule.Task[][] work;
    private Pass pass;

    private volatile long called;
    private volatile boolean closed;
    private volatile Throwable failure;
    private final Mark leaderMark = new Mark();
    private final Mark helperMark = new Mark();

    /** How many stretches a thread has finished, on a cache line of its own. */
    private static final class Mark {
        private long a1, a2, a3, a4, a5, a6, a7;
        private volatile long stretches;
        private long b1, b2, b3, b4, b5, b6, b7;

        long padding() {
            return a1 + a2 + a3 + a4 + a5 + a6 + a7 + b1 + b2 + b3 + b4 + b5 + b6 + b7;
        }
    }

    /** @param threads 1, 2, or 0 for two whenever a core is idle */
    public Crew(int threads) {
        this.threads = threads;
    }

    /** Carries out {@code work}; returns when all of it is done. */
    public void run(Schedule.Task[][] work, Pass pass) {
        if (threads == 2) {
            together(work, pass);
        } else if (threads == 0 && Cores.takeIdle()) {
            try {
                together(work, pass);
            } finally {
                Cores.release();
            }
        } else {
            for (Schedule.Task[] stretch : work) {
                for (int lane = 0; lane < Schedule.LANES; lane++) {
                    perform(stretch, pass, lane);
                }
            }
        }
    }

    private void together(Schedule.Task[][] work, Pass pass) {
        if (helper == null) {
            helper = new Thread(this::help, "fused-lane-1");
            helper.setDaemon(true);
            helper.start();
        }
        this.work = work;
        this.pass = pass;
        called++;
        LockSupport.unpark(helper);
        try {
            stretches(work, pass, 0, leaderMark, helperMark);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("the second training thread failed: " + failure, failure);
        }
    }

    private void stretches(Schedule.Task[][] work, Pass pass, int lane, Mark mine, Mark other) {
        for (Schedule.Task[] stretch : work) {
            perform(stretch, pass, lane);
            long reached = mine.stretches + 1;
            mine.stretches = reached;
            for (int wait = 0; other.stretches < reached && failure == null; wait++) {
                if (wait < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            if (failure != null) {
                return;
            }
        }
    }

    private static void perform(Schedule.Task[] stretch, Pass pass, int lane) {
        for (Schedule.Task task : stretch) {
            task.run(pass, lane);
        }
    }

    private void help() {
        long seen = 0;
        while (true) {
            for (int wait = 0; called == seen && !closed; wait++) {
                if (wait < SPINS) {
                    Thread.onSpinWait();
                } else if (wait < SPINS + YIELDS) {
                    Thread.yield();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = called;
            try {
                stretches(work, pass, 1, helperMark, leaderMark);
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    /** Returns when the other thread has ended, even if interrupted, since it may still be using the engine's memory. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(helper);
        boolean interrupted = false;
        while (helper != null && helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
