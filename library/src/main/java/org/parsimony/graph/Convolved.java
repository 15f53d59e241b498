package org.parsimony.graph;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
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
        return Table.create(
                "on the graph",
                IntColumn.create("row", new int[] {1}),
                IntColumn.create("epoch", new int[] {kept.number()}),
                column("loss", kept.loss()),
                column("validation loss", kept.validation()[0]),
                column("validation accuracy", kept.validation()[1]),
                column("test loss", testLoss),
                column("test accuracy", testAccuracy),
                column("test accuracy of the last epoch", lastTestAccuracy));
    }

    private static DoubleColumn column(String name, double value) {
        return DoubleColumn.create(name, new double[] {value});
    }

    /** One row an epoch: loss of the step, validation loss and accuracy. */
    public Table epochs() {
        return Table.create(
                "epochs",
                IntColumn.create(
                        "epoch", epochs.stream().mapToInt(Fitting.Epoch::number).toArray()),
                DoubleColumn.create(
                        "loss", epochs.stream().mapToDouble(Fitting.Epoch::loss).toArray()),
                DoubleColumn.create(
                        "validation loss",
                        epochs.stream().mapToDouble(e -> e.validation()[0]).toArray()),
                DoubleColumn.create(
                        "validation accuracy",
                        epochs.stream().mapToDouble(e -> e.validation()[1]).toArray()));
    }

    /** Validation accuracy in percent by epoch. */
    @Override
    public Chart<?, ?> figure() {
        double[] x = epochs.stream().mapToDouble(Fitting.Epoch::number).toArray();
        double[] y = epochs.stream().mapToDouble(e -> 100 * e.validation()[1]).toArray();
        return Charts.lines(
                change.data().title() + ", graph convolution",
                "epoch",
                "validation accuracy (%)",
                Charts.Spread.BAND,
                List.of(new Charts.Curve("validation", x, y)));
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
                100 * measurement().accuracyTuned());
    }
}
