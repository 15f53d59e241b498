package org.parsimony.equilibrium;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * What {@link Equilibrium} led to.
 *
 * @param epochs in order; one entry, number 0, if nothing was trained
 * @param hidden hidden layers
 */
public record Settled(Change change, Equilibrium.Options options, List<Epoch> epochs, int hidden) implements Outcome {

    /**
     * One epoch.
     *
     * @param number from 1
     * @param loss mean over its batches, cross-entropy in nats, free phase
     * @param validationLoss of the settled network
     * @param validationAccuracy of the settled network
     * @param forwardAccuracy on the same samples by one pass forward: the chain's
     * @param zeros share of weights that are zero
     * @param sweeps most that a free phase of the validation samples took
     */
    public record Epoch(
            int number,
            double loss,
            double validationLoss,
            double validationAccuracy,
            double forwardAccuracy,
            double zeros,
            int sweeps) {}

    private Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    @Override
    public String verdict() {
        Epoch last = last();
        String settled = String.format(
                Locale.ROOT,
                "%s after %d epochs; settled: validation accuracy %.2f %%, %.1f %% of the weights zero",
                Outcome.super.verdict(),
                last.number(),
                100 * last.validationAccuracy(),
                100 * last.zeros());
        return hidden == 1
                ? settled
                : settled + String.format(Locale.ROOT, "; one pass forward: %.2f %%", 100 * last.forwardAccuracy());
    }

    /** One row an epoch, of many at most 40 that lie evenly, first and last among them. */
    @Override
    public Table trace() {
        return Rows.few(epochs)
                .ints("epoch", Epoch::number)
                .doubles("training loss", Epoch::loss)
                .doubles("validation loss, settled", Epoch::validationLoss)
                .doubles("validation accuracy, settled", Epoch::validationAccuracy)
                .doubles("validation accuracy, one pass", Epoch::forwardAccuracy)
                .doubles("zeros", Epoch::zeros)
                .ints("sweeps", Epoch::sweeps)
                .table("equilibrium, epochs");
    }

    /** Training and validation loss of the settled network against epochs. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                change.data().title() + ", equilibrium propagation",
                "epoch",
                "loss [nats]",
                Charts.Spread.BAND,
                List.of(
                        Charts.Curve.of("training", epochs, Epoch::number, Epoch::loss),
                        Charts.Curve.of("validation", epochs, Epoch::number, Epoch::validationLoss)));
    }
}
