package org.parsimony.notebook.kernel.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread in which cells run, apart from the thread that answers the front end, so that a cell can be stopped.
 *
 * <p>Stopping goes in three steps. The thread is interrupted, which ends waiting, input, and every loop that asks {@link
 * Thread#interrupted}. If it still runs after {@link #GRACE}, it is forced: JDKs up to 19 can stop a thread, later ones
 * have a check woven into the cell's own loops (see {@link CellExecutionControl}). If that fails too, as in a library's
 * loop on a late JDK, the thread is left to itself and the next cell gets a new one. In every case the kernel goes on.
 */
public final class CellRunner {

    /** How long a cell may take to obey an interrupt before it is forced. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    /** How long somebody else may be printing when the rest of a stopped cell is shown. */
    private static final Duration PRINTING = Duration.ofMillis(500);

    /** Why a cell did not come to its end. */
    public enum Stop {
        INTERRUPTED,
        TIMED_OUT
    }

    /** Thrown in place of a result. */
    public static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;
        final Stop stop;
        final boolean stillRunning;

        StoppedException(Stop stop, boolean stillRunning) {
            super(stop.toString());
            this.stop = stop;
            this.stillRunning = stillRunning;
        }
    }

    private final Duration timeout;
    private final Runnable force;
    private Worker worker;
    private Task<?> running;
    private boolean interrupted;
    private Runnable entry = () -> {};

    /**
     * @param timeout the longest that one statement may take; zero or less for no limit
     * @param force called from the stopping thread when a cell does not obey its interrupt
     */
    public CellRunner(Duration timeout, Runnable force) {
        this.timeout = timeout;
        this.force = force;
    }

    /**
     * A new cell begins: forgets an interrupt that came for an earlier one.
     *
     * @param entry called in the cell thread before each statement, to tell that thread whose it is now
     */
    public synchronized void begin(Runnable entry) {
        interrupted = false;
        this.entry = entry;
    }

    /** Whether the current cell was interrupted, be it between two of its statements. */
    public synchronized boolean wasInterrupted() {
        return interrupted;
    }

    /** Stops what runs now. */
    public synchronized void interrupt() {
        interrupted = true;
        if (running != null) {
            running.stop = Stop.INTERRUPTED;
            running.thread.interrupt();
        }
        notifyAll();
    }

    /**
     * Runs {@code body} in the cell thread and waits for it. Code that itself runs inside a cell ({@code eval("…")} in a
     * cell, say) stays in its own thread.
     */
    public <T> T run(Callable<T> body) throws Exception {
        return run(body, timeout);
    }

    /** {@link #run(Callable)} with a limit of its own; zero or less for none. */
    public <T> T run(Callable<T> body, Duration limit) throws Exception {
        Task<T> task;
        synchronized (this) {
            task = running == null ? start(body) : null;
        }
        if (task == null) {
            return body.call();
        }
        try {
            await(task, limit);
        } finally {
            synchronized (this) {
                running = null;
            }
        }
        return task.result();
    }

    private <T> Task<T> start(Callable<T> body) throws StoppedException {
        if (interrupted) {
            throw new StoppedException(Stop.INTERRUPTED, false);
        }
        if (worker == null) {
            worker = new Worker();
            worker.start();
        }
        Task<T> task = new Task<>(body, worker, entry);
        running = task;
        worker.tasks.add(task);
        return task;
    }

    private synchronized void await(Task<?> task, Duration limit) throws InterruptedException, StoppedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean limited = limit.toNanos() > 0;
        while (!task.done && task.stop == null) {
            long left = deadline - System.nanoTime();
            if (limited && left <= 0) {
                task.stop = Stop.TIMED_OUT;
                task.thread.interrupt();
            } else {
                wait(limited ? TimeUnit.NANOSECONDS.toMillis(left) + 1 : 0);
            }
        }
        if (task.stop == null) {
            return;
        }
        waitFor(task, GRACE);
        if (!task.done) {
            worker = null;
            force.run();
            stopThread(task.thread);
            waitFor(task, GRACE);
            if (task.done) {
                showRest(task.entry);
            } else {
                task.thread.setPriority(Thread.MIN_PRIORITY);
            }
        }
        throw new StoppedException(task.stop, !task.done);
    }

    private void waitFor(Task<?> task, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left; !task.done && (left = deadline - System.nanoTime()) > 0; ) {
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void stopThread(Thread thread) {
        try {
            thread.stop();
        } catch (UnsupportedOperationException | NoSuchMethodError e) {
            // JDK 20 and later: the check woven into the cell's loops is all there is
        }
    }

    /**
     * Shows what a stopped thread left in the streams when it died within a print; the next cell's first print would. Given
     * up if somebody else keeps a stream to himself.
     */
    private static void showRest(Runnable entry) throws InterruptedException {
        Thread rest = new Thread(
                () -> {
                    entry.run();
                    System.out.print("");
                    System.err.print("");
                },
                "rest of a cell");
        rest.setDaemon(true);
        rest.start();
        rest.join(PRINTING.toMillis());
    }

    private final class Task<T> {
        private final Runnable entry;
        private final Callable<T> body;
        private final Thread thread;
        private Stop stop;
        private boolean done;
        private T value;
        private Throwable failure;

        Task(Callable<T> body, Thread thread, Runnable entry) {
            this.entry = entry;
            this.body = body;
            this.thread = thread;
        }

        void run() {
            try {
                entry.run();
                value = body.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                synchronized (CellRunner.this) {
                    done = true;
                    CellRunner.this.notifyAll();
                }
            }
        }

        T result() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (Exception) failure;
            }
            return value;
        }
    }

    private static final class Worker extends Thread {
        private final LinkedBlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();

        Worker() {
            super("cell");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                try {
                    tasks.take().run();
                } catch (InterruptedException e) {
                    // an interrupt that arrived just after the cell's end
                }
                interrupted();
            }
        }
    }
}
