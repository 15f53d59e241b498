package org.parsimony.method;

import org.parsimony.data.Dataset;
import org.parsimony.network.Model;

/**
 * A step from one network to another, known by its name. It has no state; {@link Methods} finds it by {@link
 * java.util.ServiceLoader}. In a program {@code X.run(model, data, options, context)} is the same, typed.
 *
 * @param <O> the method's options: a record that validates, whose constructor without parameters gives the defaults and
 *     whose components {@link org.parsimony.base.Describe} describes
 */
public interface Method<O extends Record> {

    /** The magic, the step of a recipe, the word on the command line: {@code "annealing"}; lower case, unique. */
    String name();

    /** The folder in {@code papers/} of the paper it is from; empty for one that is everybody's. */
    String paper();

    /** One line about it, without a full stop. */
    String summary();

    /** The class of its options. */
    Class<O> options();

    /** The class of its outcomes, as far as it is known: whoever shows or assigns them may use what they have more. */
    default Class<? extends Outcome> outcome() {
        return Outcome.class;
    }

    /**
     * Whether it also takes data with real values as targets. One that looks at classes or accuracies, as most do, does not,
     * and is refused before it runs.
     */
    default boolean takesValues() {
        return false;
    }

    /**
     * What the step trains by these options, so that an experiment can compare arms before any of them runs. A method that
     * trains says so here: a run whose steps train more than they tell of is refused.
     */
    default Training training(O options) {
        return Training.NONE;
    }

    /**
     * Carries out the step.
     *
     * @param start the network it starts from; it is not changed
     * @param context everything random comes from its seed
     * @throws IllegalArgumentException if the options do not fit the network or the data; the message names them
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    Outcome run(Model start, Dataset data, O options, Context context);
}
