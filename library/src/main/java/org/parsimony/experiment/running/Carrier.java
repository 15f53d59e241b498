package org.parsimony.experiment.running;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.store.RunStore;

/** Who carries out recipes that the store lacks: threads of this process, or other machines. */
public interface Carrier extends AutoCloseable {

    /** The threads of the workplace. */
    Carrier THREADS = (place, store, recipes, progress, each) ->
            new Sweep(store, place.sideBySide()::run, place.threads()).run(recipes, progress, each);

    /** Looks into the store and carries nothing out. */
    Carrier NOBODY = (place, store, recipes, progress, each) -> new Sweep.Report(recipes.stream()
            .distinct()
            .map(recipe -> {
                Run run = store.find(recipe.id()).orElse(null);
                return run == null
                        ? new Sweep.Result(
                                recipe, Sweep.State.FAILED, null, new IllegalStateException("not carried out yet"), 0)
                        : new Sweep.Result(recipe, Sweep.State.FOUND, run, null, 0);
            })
            .collect(Collectors.toList()));

    /**
     * Carries recipes out; every finished one is stored before it is told of. The caller's store is the only one that is
     * written to.
     *
     * @param place whose materials the names in the recipes mean
     * @param recipes complete, under the names that the store has for data and networks
     * @param each is told of every recipe that is found, finished or has failed, one at a time
     * @return the same in the order of the recipes, each once
     * @throws java.util.concurrent.CancellationException if {@code progress} is cancelled or the thread interrupted; finished
     *     runs stay in the store
     */
    Sweep.Report run(
            Workplace place, RunStore store, List<Recipe> recipes, Progress progress, Consumer<Sweep.Result> each);

    /** Lets those go that wait for work. */
    @Override
    default void close() {}
}
