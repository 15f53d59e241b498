package org.parsimony.experiment.running;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.parsimony.base.Json;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Provenance;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.StepTrace;
import org.parsimony.experiment.running.Prefixes.State;
import org.parsimony.experiment.running.Prefixes.Told;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Measurement;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.method.Outcome;
import org.parsimony.method.Training;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Score;

/**
 * Carries recipes out, step by step, and measures the one row at the end. Steps that {@link Prefixes} has are not carried
 * out again; two recipes with the same beginning that run side by side do it once.
 *
 * <p>The test split is looked at for rows only: before the first change, after the last, and at the end.
 */
public final class Runner {

    private final Prefixes prefixes;
    private final Materials materials;
    private final int threads;
    private final Quiet quiet = new Quiet();
    private final Map<String, ReentrantLock> underWay = new ConcurrentHashMap<>();

    /**
     * @param prefixes where the networks on the way are kept
     * @param materials what the names of data sets and networks mean
     * @param threads that one step may use, at least 1; results do not depend on it
     */
    public Runner(Prefixes prefixes, Materials materials, int threads) {
        this.prefixes = prefixes;
        this.materials = materials;
        this.threads = threads;
    }

    /** Carries out {@code recipe}, on this thread. */
    public Run run(Recipe recipe, Progress progress) {
        return run(recipe, progress, outcome -> {});
    }

    /**
     * Carries out {@code recipe}, on this thread.
     *
     * @param watcher is given the outcome of each step that is carried out now, in order
     * @throws IllegalArgumentException if data, network, a method or an option is not there or does not fit
     * @throws java.util.concurrent.CancellationException if it is cancelled; finished steps are kept
     */
    public Run run(Recipe recipe, Progress progress, Consumer<Outcome> watcher) {
        recipe.complete(); // a bad option is told before any work
        Instant started = Instant.now();
        quiet.enter();
        try {
            Dataset data = materials.dataset(recipe, progress.part(0, 0));
            recipe.steps().forEach(step -> Methods.requireTaken(Methods.named(step.method()), data));
            State end = reach(recipe, data, standing(progress), watcher);
            progress.checkCancelled();
            Cost.Latency latency = quiet.alone(() -> Measurement.latency(end.model(), data));
            Told told = end.told();
            Measurement row = new Measurement.Course()
                    .began(told.before())
                    .changed(told.after())
                    .trained(told.epochs(), told.batchSize())
                    .took(told.seconds())
                    .memory(told.memory())
                    .measure(end.model(), data, latency);
            return new Run(recipe, Arm.of(recipe), row, told.steps(), Provenance.here(started, Instant.now()));
        } finally {
            quiet.leave();
        }
    }

    /** The network that {@code recipe} leads to; what is kept of its steps is not carried out again. */
    public Model network(Recipe recipe, Progress progress) {
        recipe.complete();
        Dataset data = materials.dataset(recipe, progress.part(0, 0));
        return reach(recipe, data, progress, outcome -> {}).model();
    }

    private State reach(Recipe recipe, Dataset data, Progress progress, Consumer<Outcome> watcher) {
        int total = recipe.steps().size();
        State state = null;
        int done = 0;
        for (int count = total; count > 0 && state == null; count--) {
            Optional<State> kept = prefixes.find(recipe.prefix(count));
            if (kept.isPresent()) {
                state = kept.get();
                done = count;
            }
        }
        if (state == null) {
            state = new State(materials.network(recipe, data), Told.NOTHING);
        }
        for (int place = done; place < total; place++) {
            state = step(
                    recipe, place, state, data, progress.part((double) place / total, (place + 1.0) / total), watcher);
        }
        return state;
    }

    /** The state after the step at {@code place}; of several that want the same, one carries it out. */
    private State step(
            Recipe recipe, int place, State from, Dataset data, Progress progress, Consumer<Outcome> watcher) {
        Recipe prefix = recipe.prefix(place + 1);
        ReentrantLock lock = underWay.computeIfAbsent(prefixes.name(prefix), name -> new ReentrantLock());
        while (!tried(lock)) {
            progress.checkCancelled();
        }
        try {
            Optional<State> meanwhile = prefixes.find(prefix);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            State next = carriedOut(recipe, place, from, data, progress, watcher);
            prefixes.keep(prefix, next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private static boolean tried(ReentrantLock lock) {
        try {
            return lock.tryLock(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private State carriedOut(
            Recipe recipe, int place, State from, Dataset data, Progress progress, Consumer<Outcome> watcher) {
        Step step = recipe.steps().get(place);
        Method<?> method = Methods.named(step.method());
        Context context = new Context(
                recipe.seed(),
                place,
                named(progress, recipe, place),
                threads,
                prefixes.checkpoint(recipe.prefix(place + 1)));
        Outcome outcome;
        try {
            outcome = Methods.run(method, from.model(), data, step.options(), context);
            requireTold(outcome.change().epochs(), Methods.training(method, step.options()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            String where = "step " + (place + 1) + ", " + step.method() + ": " + e.getMessage();
            throw e instanceof IllegalArgumentException
                    ? new IllegalArgumentException(where, e)
                    : new IllegalStateException(where, e);
        }
        watcher.accept(outcome);
        Change change = outcome.change();
        Told told = told(from, change, data);
        Cost cost = Cost.of(outcome.model(), data.train().shape());
        Score validation = outcome.model().evaluate(data.validation());
        List<StepTrace> steps = new ArrayList<>(from.told().steps());
        steps.add(new StepTrace(
                step.method(),
                change.seconds(),
                change.epochs(),
                cost.parameters(),
                cost.nonzeros(),
                validation.accuracy(),
                validation.isValued() ? validation.loss() : Double.NaN,
                outcome.trace()));
        return new State(
                outcome.model(),
                new Told(
                        List.copyOf(steps),
                        told.before(),
                        told.after(),
                        told.changedAlready(),
                        told.epochs(),
                        told.batchSize(),
                        told.memory()));
    }

    /** A training that nobody told of would make a comparison unfair in silence. */
    private static void requireTold(double epochs, Training told) {
        if (epochs > told.epochs()) {
            throw new IllegalStateException("it has trained for " + Json.digits(epochs) + " epochs, but tells of "
                    + Json.digits(told.epochs()) + "; its method must tell what it trains (Method.training)");
        }
    }

    private static Told told(State from, Change change, Dataset data) {
        Told earlier = from.told();
        boolean changes = change.changed() != null;
        Score before = earlier.before();
        if (!earlier.changedAlready()) {
            // The dense baseline is what the first change meets; until then it is the latest network.
            before = (changes ? change.start() : change.model()).evaluate(data.test());
        }
        return new Told(
                earlier.steps(),
                before,
                changes ? change.changed().evaluate(data.test()) : earlier.after(),
                earlier.changedAlready() || changes,
                change.epochs() + (change.isFresh() ? 0 : earlier.epochs()),
                change.epochs() > 0 ? change.batchSize() : earlier.batchSize(),
                Math.max(earlier.memory(), change.memory()));
    }

    /** Progress that says which step it is of. */
    private static Progress named(Progress progress, Recipe recipe, int place) {
        String name = recipe.steps().get(place).method();
        return new Progress() {
            @Override
            public void report(long done, long total, String what) {
                progress.report(done, total, name + ": " + what);
            }

            @Override
            public void watch(String series, double x, double y) {
                progress.watch(series, x, y);
            }

            @Override
            public void checkCancelled() {
                progress.checkCancelled();
            }
        };
    }

    /** Progress at whose checks the worker stands still while another measures. */
    private Progress standing(Progress progress) {
        return new Progress() {
            @Override
            public void report(long done, long total, String what) {
                progress.report(done, total, what);
            }

            @Override
            public void watch(String series, double x, double y) {
                progress.watch(series, x, y);
            }

            @Override
            public void checkCancelled() {
                quiet.stand();
                Progress.super.checkCancelled();
                progress.checkCancelled();
            }
        };
    }
}
