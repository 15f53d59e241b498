package org.parsimony.experiment;

import org.parsimony.base.Progress;
import org.parsimony.network.Outcome;

/** Carries out a recipe: the one place where a name of a method becomes a call of it. Called from several threads. */
@FunctionalInterface
public interface Experiment {

    /**
     * Runs the recipe; everything random comes from its seed.
     *
     * @throws Exception if the recipe cannot be carried out; a {@link Sweep} reports it and goes on with the next
     */
    Outcome run(Recipe recipe, Progress progress) throws Exception;
}
