package org.parsimony.report;

import java.util.List;
import java.util.Locale;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;

/** What tables compare runs by on test samples: accuracy in percent, or the mean squared error of real values. */
enum Quality {
    ACCURACY("accuracy %", "before fine-tuning %", 2, 1),
    ERROR("mean squared error", "before fine-tuning", 4, -1);

    private final String head;
    private final String headAfter;
    private final int decimals;
    private final int better;

    Quality(String head, String headAfter, int decimals, int better) {
        this.head = head;
        this.headAfter = headAfter;
        this.decimals = decimals;
        this.better = better;
    }

    /** That of runs: the error where all are of real values; runs of real values among others have no accuracy. */
    static Quality of(List<Run> runs) {
        return !runs.isEmpty()
                        && runs.stream().allMatch(run -> run.measurement().isValued())
                ? ERROR
                : ACCURACY;
    }

    /** Of a run's result; NaN if the run is of the other kind. */
    double of(Run run) {
        Measurement row = run.measurement();
        return this == ACCURACY ? 100 * row.accuracyTuned() : row.isValued() ? row.lossTuned() : Double.NaN;
    }

    /** Right after the last change, before fine-tuning. */
    double after(Run run) {
        Measurement row = run.measurement();
        return this == ACCURACY ? 100 * row.accuracyAfter() : row.isValued() ? row.lossAfter() : Double.NaN;
    }

    /** The head of a table's column. */
    String head() {
        return head;
    }

    /** The head of the column of {@link #after}. */
    String headAfter() {
        return headAfter;
    }

    /** Digits after the point in tables. */
    int decimals() {
        return decimals;
    }

    /** 1 if more is better, −1 if less is. */
    int better() {
        return better;
    }

    /** A value in a sentence: {@code accuracy of 97.13 %}, {@code mean squared error of 0.2612}. */
    String words(double value) {
        return this == ACCURACY
                ? String.format(Locale.ROOT, "accuracy of %.2f %%", value)
                : String.format(Locale.ROOT, "mean squared error of %.4f", value);
    }

    /** A difference in a sentence: {@code +0.12 ± 0.05 points}. */
    String words(Estimate difference) {
        return this == ACCURACY
                ? String.format(Locale.ROOT, "%+.2f ± %.2f points", difference.mean(), difference.half())
                : String.format(Locale.ROOT, "%+.4f ± %.4f", difference.mean(), difference.half());
    }
}
