package org.parsimony.network.fused.compute;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * One or two threads that carry out schedules; the calling thread, the leader, is one of them. The second starts when it is
 * first needed.
 *
 * <p>Of each stretch the leader does the first lane and the helper the second, unless the helper has not begun it by then:
 * on a machine with other work to do it may not be running at all, and the leader takes that lane too rather than wait for
 * the scheduler. A lane's result does not depend on the thread that computes it.
 */
public final class Crew implements AutoCloseable {

    private static final int SPINS = 2_000;
    private static final int YIELDS = 200;
    /** Of a thread that waits longer: short beside a scheduler's slice, which a yield would give away whole. */
    private static final long NAP_NANOS = 50_000;

    private final int threads;
    private Thread helper;
    private Schedule.Task[] stretch;
    private Pass pass;

    private volatile boolean running;
    private volatile boolean closed;
    private volatile Throwable failure;
    /** Stretches that the leader has begun, whose second lane was taken, and whose second lane the helper has done. */
    private final Mark opened = new Mark();

    private final Mark taken = new Mark();
    private final Mark helped = new Mark();

    /** A count on a cache line of its own. */
    private static final class Mark {
        private static final AtomicLongFieldUpdater<Mark> COUNT =
                AtomicLongFieldUpdater.newUpdater(Mark.class, "count");

        private long a1, a2, a3, a4, a5, a6, a7;
        private volatile long count;
        private long b1, b2, b3, b4, b5, b6, b7;

        boolean advance(long from) {
            return COUNT.compareAndSet(this, from, from + 1);
        }

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
        if (failure != null) {
            throw new IllegalStateException("an earlier pass failed: " + failure, failure);
        }
        if (helper == null) {
            helper = new Thread(this::help, "fused-lane-1");
            helper.setDaemon(true);
            helper.start();
        }
        running = true;
        LockSupport.unpark(helper);
        try {
            for (Schedule.Task[] next : work) {
                lead(next, pass);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            running = false;
        }
    }

    private void lead(Schedule.Task[] next, Pass pass) {
        this.stretch = next;
        this.pass = pass;
        long number = opened.count + 1;
        opened.count = number;
        perform(next, pass, 0);
        if (taken.advance(number - 1)) {
            perform(next, pass, 1);
            return;
        }
        for (int wait = 0; helped.count < number && failure == null; wait++) {
            pause(wait);
        }
        if (failure != null) {
            throw new IllegalStateException("the second training thread failed: " + failure, failure);
        }
    }

    private static void pause(int wait) {
        if (wait < SPINS) {
            Thread.onSpinWait();
        } else if (wait < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
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
            for (int wait = 0; opened.count == seen && !closed; wait++) {
                if (wait < SPINS + YIELDS || running) {
                    pause(wait);
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = opened.count;
            // Whoever takes a lane keeps its stretch from ending: what is read here is that stretch if it can be taken.
            Schedule.Task[] mine = stretch;
            Pass of = pass;
            if (failure == null && taken.advance(seen - 1)) {
                try {
                    perform(mine, of, 1);
                } catch (Throwable e) {
                    failure = e;
                }
                helped.count = seen;
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
