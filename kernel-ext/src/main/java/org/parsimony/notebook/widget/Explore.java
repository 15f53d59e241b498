package org.parsimony.notebook.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.parsimony.base.Progress;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;

/**
 * Controls for options, and what a computation gives with the values they have. The first position is computed in the cell
 * that makes it; each later one in a thread of its own, so that the kernel can be spoken to meanwhile. A move while it
 * computes cancels what is computed: only the last position is carried to its end.
 *
 * @param <O> the options
 */
public final class Explore<O extends Record> {

    private static final long SEED = 1;

    private final Knobs<O> knobs;
    private final BiFunction<O, Context, ?> method;
    private final Output output;
    private final Words status;
    private final Box box;
    private O wanted;
    private Thread worker;
    private volatile Object latest;

    Explore(Models models, O start, BiFunction<O, Context, ?> method, List<String> names) {
        knobs = new Knobs<>(models, start, names);
        this.method = method;
        output = new Output(models);
        status = new Words(models, "Label", "");
        List<Widget> widgets = new ArrayList<>(knobs.controls());
        widgets.add(status);
        widgets.add(output);
        box = new Box(models, "VBox", widgets, List.of());
        compute(knobs.options(), Progress.NONE);
        knobs.controls().forEach(control -> control.onChange(value -> moved()));
    }

    /** What is drawn. */
    Widget widget() {
        return box;
    }

    /** The options that the controls say now. */
    public O options() {
        return knobs.options();
    }

    /** What the last position that was computed to its end gave; null if it failed. */
    public Object result() {
        return latest;
    }

    /** A control was moved. */
    private void moved() {
        O options;
        try {
            options = knobs.options();
        } catch (IllegalArgumentException e) {
            cancel();
            output.fail(e);
            return;
        }
        synchronized (this) {
            wanted = options;
            if (worker == null) {
                worker = new Thread(this::work, "explore");
                worker.setDaemon(true);
                worker.start();
            }
        }
    }

    private synchronized void cancel() {
        wanted = null;
        worker = null;
    }

    private void work() {
        while (true) {
            O now;
            synchronized (this) {
                if (wanted == null || worker != Thread.currentThread()) {
                    worker = worker == Thread.currentThread() ? null : worker;
                    return;
                }
                now = wanted;
                wanted = null;
            }
            status.value("computing …");
            compute(now, new Progress() {
                @Override
                public void report(long done, long total, String what) {
                    checkCancelled();
                }

                @Override
                public void checkCancelled() {
                    synchronized (Explore.this) {
                        if (wanted != null || worker != Thread.currentThread()) {
                            throw new CancellationException("another position is wanted");
                        }
                    }
                }
            });
        }
    }

    private void compute(O options, Progress progress) {
        long start = System.nanoTime();
        try {
            Object result = method.apply(options, new Context(SEED, progress));
            progress.checkCancelled();
            latest = result;
            if (result instanceof Outcome outcome && outcome.figure() != null) {
                output.show(outcome, outcome.figure());
            } else {
                output.show(result);
            }
            status.value(String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - start) / 1e9));
        } catch (CancellationException e) {
            // a later position is on its way
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            latest = null;
            output.fail(e);
            status.value("");
        }
    }
}
