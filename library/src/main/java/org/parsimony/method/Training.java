package org.parsimony.method;

import java.util.List;
import org.parsimony.base.Require;

/**
 * What a step does to a network's weights by training, told from its options alone, before anything runs. By it an
 * experiment makes sure that its arms are trained as their control is.
 *
 * @param isAnew whether the step begins with fresh weights, so that earlier training counts no longer
 * @param stretches what is trained, in order; none of a step that does not train
 */
public record Training(boolean isAnew, List<Stretch> stretches) {

    /** Of a step that does not train. */
    public static final Training NONE = new Training(false, List.of());

    /** Of a step that draws fresh weights and does not train them. */
    public static final Training ANEW = new Training(true, List.of());

    public Training {
        stretches = List.copyOf(stretches);
    }

    /** Of a step that trains on from the weights that it is given. */
    public static Training of(Stretch stretch) {
        return stretch.total() == 0 ? NONE : new Training(false, List.of(stretch));
    }

    /** The same with another word on when the optimiser's state begins. */
    public Training withState(String state) {
        return new Training(
                isAnew,
                stretches.stream()
                        .map(s -> new Stretch(s.trainings(), s.epochs(), s.batchSize(), s.rate(), state, s.choice()))
                        .toList());
    }

    /** Passes over the training samples, 0 or more; with early stopping the most. */
    public double epochs() {
        return stretches.stream().mapToDouble(Stretch::total).sum();
    }

    /**
     * Trainings by one rule.
     *
     * @param trainings how many, one after the other
     * @param epochs passes over the training samples in each
     * @param batchSize samples for each step of the gradient
     * @param rate optimiser and course of the learning rate in words, for example {@code "adam 0.001"}
     * @param state when the optimiser's state begins, for example {@code "fresh in each training"}
     * @param choice which epoch's weights each training ends with, for example {@code "best-validation"}
     */
    public record Stretch(int trainings, int epochs, int batchSize, String rate, String state, String choice) {

        public Stretch {
            Require.atLeast("trainings", trainings, 0);
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.text("rate", rate);
            Require.text("state", state);
            Require.text("choice", choice);
        }

        /** Passes over the training samples in all of them. */
        public double total() {
            return (double) trainings * epochs;
        }
    }
}
