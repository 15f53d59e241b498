package org.parsimony.network;

import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** What every method returns: a network, one row, a table of steps, a plot. */
public interface Outcome {

    /** The resulting network. */
    Model model();

    /** One row with the same columns for every method. */
    Measurement measurement();

    /** One sentence: what became of the network, and whether that is what was asked for. */
    default String verdict() {
        Measurement row = measurement();
        return String.format(
                Locale.ROOT,
                "%s: %s with %,d parameters, %,d of them not zero; test accuracy %.2f %%",
                row.method(),
                row.network(),
                row.parameters(),
                row.nonzeros(),
                100 * row.accuracyTuned());
    }

    /** The steps of the method, one row each; the columns are the method's own. */
    Table trace();

    /** The picture that explains the outcome. */
    Chart<?, ?> figure();
}
