package org.parsimony.graph;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * Weights trained on a graph, and what they achieve there: every accuracy here is with neighbours, in [0, 1], every loss in
 * nats.
 */
public final class Convolved implements Outcome {

    private final Change change;
    private final List<Fitting.Epoch> epochs;
    private final Fitting.Epoch kept;
    private final double testLoss;
    private final double testAccuracy;
    private final double lastTestAccuracy;

    Convolved(
            Change change,
            List<Fitting.Epoch> epochs,
            Fitting.Epoch kept,
            double testLoss,
            double testAccuracy,
            double lastTestAccuracy) {
        this.change = change;
        this.epochs = epochs;
        this.kept = kept;
        this.testLoss = testLoss;
        this.testAccuracy = testAccuracy;
        this.lastTestAccuracy = lastTestAccuracy;
    }

    @Override
    public Change change() {
        return change;
    }

    /** The epoch whose weights these are: that of the least validation loss. */
    public int keptEpoch() {
        return kept.number();
    }

    /** Accuracy on validation nodes. */
    public double validationAccuracy() {
        return kept.validation()[1];
    }

    /** Accuracy on test nodes. */
    public double testAccuracy() {
        return testAccuracy;
    }

    /** One row, number 1: the kept epoch, losses and accuracies on the graph, and test accuracy after the last epoch. */
    @Override
    public Table trace() {
        return Rows.of(List.of(kept))
                .numbered("row")
                .ints("epoch", Fitting.Epoch::number)
                .doubles("loss", Fitting.Epoch::loss)
                .doubles("validation loss", e -> e.validation()[0])
                .doubles("validation accuracy", e -> e.validation()[1])
                .doubles("test loss", e -> testLoss)
                .doubles("test accuracy", e -> testAccuracy)
                .doubles("test accuracy of the last epoch", e -> lastTestAccuracy)
                .table("on the graph");
    }

    /** One row an epoch: loss of the step, validation loss and accuracy. */
    public Table epochs() {
        return Rows.of(epochs)
                .ints("epoch", Fitting.Epoch::number)
                .doubles("loss", Fitting.Epoch::loss)
                .doubles("validation loss", e -> e.validation()[0])
                .doubles("validation accuracy", e -> e.validation()[1])
                .table("epochs");
    }

    /** Validation accuracy in percent by epoch. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                change.data().title() + ", graph convolution",
                "epoch",
                "validation accuracy (%)",
                Charts.Spread.BAND,
                List.of(Charts.Curve.of("validation", epochs, Fitting.Epoch::number, e -> 100 * e.validation()[1])));
    }

    /** Accuracy with and without neighbours. */
    @Override
    public String verdict() {
        return String.format(
                Locale.ROOT,
                "on the graph %.2f %% of the test nodes are right, %.2f %% of the validation nodes, after epoch %d; by their"
                        + " features alone %.2f %% of the test nodes",
                100 * testAccuracy,
                100 * validationAccuracy(),
                kept.number(),
                100 * glance().test().accuracy());
    }
}
