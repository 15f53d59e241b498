package org.parsimony.experiment.sweep;

import java.util.List;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;

/**
 * A setting with all its seeds on one rung.
 *
 * @param rung from 1 on
 * @param recipe with seed 1; null if a method refused a value
 * @param runs those that finished, by seed
 * @param errors why others did not, each sentence once
 */
public record Trial(Setting setting, int rung, Recipe recipe, List<Run> runs, List<String> errors) {

    public Trial {
        runs = List.copyOf(runs);
        errors = List.copyOf(errors);
    }

    /** Whether every seed finished. */
    public boolean isFinished() {
        return errors.isEmpty() && !runs.isEmpty();
    }

    /** Whether its targets are real values, of which less error is better. */
    public boolean isValued() {
        return !runs.isEmpty() && runs.get(0).measurement().isValued();
    }

    /** Mean over its seeds on validation samples: accuracy, or of real values the mean squared error; NaN unless finished. */
    public double validation() {
        return isFinished()
                ? runs.stream()
                        .mapToDouble(run -> isValued()
                                ? run.measurement().validationError()
                                : run.measurement().validationAccuracy())
                        .average()
                        .orElseThrow()
                : Double.NaN;
    }

    /** Mean over its runs of a number column of the row; NaN where there is none. */
    public double mean(String column) {
        return runs.stream()
                .map(run -> run.measurement().columns().get(column))
                .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : Double.NaN)
                .average()
                .orElse(Double.NaN);
    }

    /** What chooses between trials: more is better; without a number the least. */
    double score() {
        double validation = validation();
        return Double.isNaN(validation) ? Double.NEGATIVE_INFINITY : isValued() ? -validation : validation;
    }
}
