package org.parsimony.notebook.widget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.parsimony.base.Progress;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;

/**
 * Controls, and what a computation gives with the values they have. The first position is computed in the cell
 * that makes it; each later one in a thread of its own, so that the kernel can be spoken to meanwhile. A move while it
 * computes cancels what is computed: only the last position is carried to its end.
 *
 * @param <S> what the controls say: a method's options, or a recipe
 */
public final class Explore<S> {

    private static final long SEED = 1;

    private final Dials<S> dials;
    private final BiFunction<S, Context, ?> method;
    private final Function<Object, List<?>> faces;
    private final Output output;
    private final Words status;
    private final Box box;
    private S wanted;
    private Thread worker;
    private volatile Object latest;

    /**
     * @param method computes a position
     * @param faces what is shown of it, one below the other
     */
    Explore(Models models, Dials<S> dials, BiFunction<S, Context, ?> method, Function<Object, List<?>> faces) {
        this.dials = dials;
        this.method = method;
        this.faces = faces;
        output = new Output(models);
        status = new Words(models, "Label", "");
        List<Widget> widgets = new ArrayList<>(dials.controls());
        widgets.add(status);
        widgets.add(output);
        box = new Box(models, "VBox", widgets, List.of());
        compute(dials.setting(), Progress.NONE);
        dials.controls().forEach(control -> control.onChange(value -> moved()));
    }

    /** What is drawn. */
    Widget widget() {
        return box;
    }

    /** Of an outcome its row and its figure, of all else itself. */
    static List<?> faces(Object result) {
        return result instanceof Outcome outcome && outcome.figure() != null
                ? List.of(outcome, outcome.figure())
                : Collections.singletonList(result);
    }

    /** What the controls say now. */
    public S setting() {
        return dials.setting();
    }

    /** What the last position that was computed to its end gave; null if it failed. */
    public Object result() {
        return latest;
    }

    /** A control was moved. */
    private void moved() {
        S setting;
        try {
            setting = dials.setting();
        } catch (IllegalArgumentException e) {
            cancel();
            output.fail(e);
            return;
        }
        synchronized (this) {
            wanted = setting;
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
            S now;
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

    private void compute(S setting, Progress progress) {
        long start = System.nanoTime();
        try {
            Object result = method.apply(setting, new Context(SEED, progress));
            progress.checkCancelled();
            latest = result;
            output.show(faces.apply(result).toArray());
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
