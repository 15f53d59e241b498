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
 * What a directed network learned.
 *
 * @param net the network after the last epoch
 * @param epochs one entry for each, as it stood before its update, and the last after it
 * @param validationErrors share of validation samples told wrongly; NaN of a logic task
 */
public record DirectedRun(
        Change change, Directed.Options options, DirectedNet net, List<Epoch> epochs, double validationErrors)
        implements Outcome {

    /**
     * One epoch, by the free phases of its samples.
     *
     * @param number of updates before
     * @param cost mean of half the squared distance to the target
     * @param errors share of samples told wrongly
     * @param saturated share of hidden units and outputs at 0 or 1 exactly
     * @param zeros weights that are zero and need not be
     */
    public record Epoch(int number, double cost, double errors, double saturated, int zeros) {}

    /** Whether nothing is told wrongly after the last epoch. */
    public boolean solved() {
        return last().errors() == 0;
    }

    /** The network after the last epoch. */
    public Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    @Override
    public String verdict() {
        Epoch last = last();
        String task = options.task().name();
        return String.format(
                Locale.ROOT,
                "%s %s after %d epochs: %.1f %% of the samples wrong%s, %d of %d weights zero, %.0f %% of the units at 0 or 1; the"
                        + " recipe's network stays as it is",
                task,
                solved() ? "solved" : "not solved",
                last.number(),
                100 * last.errors(),
                Double.isNaN(validationErrors)
                        ? ""
                        : String.format(Locale.ROOT, " (validation: %.1f %%)", 100 * validationErrors),
                last.zeros(),
                net.free(),
                100 * last.saturated());
    }

    /**
     * One row an epoch, of many at most 40 that lie evenly, first and last among them; {@code last} is 1 in the last, {@code
     * solved} is 1 where nothing is told wrongly.
     */
    @Override
    public Table trace() {
        return Rows.few(epochs)
                .ints("epoch", Epoch::number)
                .doubles("cost", Epoch::cost)
                .doubles("error rate", Epoch::errors)
                .doubles("saturated", Epoch::saturated)
                .ints("zeros", Epoch::zeros)
                .ints("solved", e -> e.errors() == 0 ? 1 : 0)
                .ints("last", e -> e == last() ? 1 : 0)
                .table("directed, epochs");
    }

    /** Cost and error rate by epoch. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                options.task() + ", directed network",
                "epoch",
                "cost, share of samples",
                Charts.Spread.BAND,
                List.of(
                        Charts.Curve.of("cost", epochs, Epoch::number, Epoch::cost),
                        Charts.Curve.of("told wrongly", epochs, Epoch::number, Epoch::errors)));
    }
}
