package org.parsimony.boltzmann;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * A machine, and the network that begins with it.
 *
 * @param epochs in order
 * @param likelihood the estimate of log Z; null where none was asked for
 * @param bound mean lower bound of log p of validation samples, nats; NaN without an estimate
 */
public record Learned(
        Change change,
        Boltzmann.Options options,
        BoltzmannMachine machine,
        List<Epoch> epochs,
        Annealed likelihood,
        double bound)
        implements Outcome {

    /**
     * One epoch.
     *
     * @param number from 1
     * @param objective mean of the flow out of the data's states; of contrastive divergence, bits that its chain's end misses
     * @param missed share of visible units that one mean-field pass up and down tells wrongly
     */
    public record Epoch(int number, double objective, double missed) {}

    @Override
    public String verdict() {
        String missed = epochs.isEmpty()
                ? "not trained"
                : String.format(
                        Locale.ROOT,
                        "%d epochs, %.2f %% of the bits missed by one pass up and down",
                        epochs.size(),
                        100 * epochs.get(epochs.size() - 1).missed());
        return likelihood == null
                ? missed
                : String.format(
                        Locale.ROOT,
                        "%s; %s, bound of log p %.2f nats on validation samples (%.2f to %.2f)",
                        missed,
                        likelihood,
                        bound,
                        bound - likelihood.high() + likelihood.logZ(),
                        bound - likelihood.low() + likelihood.logZ());
    }

    /** One row an epoch, of many at most 40 that lie evenly, first and last among them; the last one also has the bound. */
    @Override
    public Table trace() {
        Epoch end = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        return Rows.few(epochs)
                .ints("epoch", Epoch::number)
                .doubles("objective", Epoch::objective)
                .doubles("missed bits", Epoch::missed)
                .doubles("bound of log p", e -> e == end ? bound : Double.NaN)
                .ints("last", e -> e == end ? 1 : 0)
                .table("boltzmann, epochs");
    }

    /** Share of missed bits by epoch. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                change.data().title() + ", Boltzmann machine",
                "epoch",
                "bits missed [%]",
                Charts.Spread.BAND,
                List.of(Charts.Curve.of(
                        options.rule().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        epochs,
                        Epoch::number,
                        e -> 100 * e.missed())));
    }
}
