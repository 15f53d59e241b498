package org.parsimony.crossbar;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * What {@link Crossbar} led to.
 *
 * @param epochs in order, at least one
 */
public record ArrayTraining(Change change, Crossbar.Options options, List<Epoch> epochs) implements Outcome {

    /**
     * One epoch.
     *
     * @param number from 1
     * @param loss mean over its samples as they were read, cross-entropy in nats
     * @param validation accuracy of the arrays, read as in training
     * @param validationExact accuracy of the same weights with exact products
     * @param test accuracy of the arrays; NaN before the last epoch
     * @param testExact accuracy of the same weights with exact products; NaN before the last epoch
     * @param saturated forward reads a sample in training that were cut off, repeated ones counted again
     */
    public record Epoch(
            int number,
            double loss,
            double validation,
            double validationExact,
            double test,
            double testExact,
            double saturated) {}

    @Override
    public String verdict() {
        Epoch last = epochs.get(epochs.size() - 1);
        return String.format(
                Locale.ROOT,
                "after %d epochs the arrays tell %.2f %% of the validation samples, the same weights with exact products"
                        + " %.2f %%; %.2f reads a sample cut off; %s",
                last.number(),
                100 * last.validation(),
                100 * last.validationExact(),
                last.saturated(),
                Outcome.super.verdict());
    }

    /** One row an epoch; test samples are read after the last alone. */
    @Override
    public Table trace() {
        return Rows.of(epochs)
                .ints("epoch", Epoch::number)
                .doubles("training loss", Epoch::loss)
                .doubles("validation accuracy on arrays", Epoch::validation)
                .doubles("validation accuracy, exact reads", Epoch::validationExact)
                .doubles("accuracy on arrays", Epoch::test)
                .doubles("accuracy, exact reads", Epoch::testExact)
                .doubles("reads cut off", Epoch::saturated)
                .ints("last", epoch -> epoch.number() == epochs.size() ? 1 : 0)
                .table("crossbar, epochs");
    }

    /** Validation accuracy with and without the noise of reads against epochs. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                change.data().title() + ", on arrays",
                "epoch",
                "validation accuracy",
                Charts.Spread.BAND,
                List.of(
                        Charts.Curve.of("on arrays", epochs, Epoch::number, Epoch::validation),
                        Charts.Curve.of("exact reads", epochs, Epoch::number, Epoch::validationExact)));
    }
}
