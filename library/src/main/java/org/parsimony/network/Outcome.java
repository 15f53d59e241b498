package org.parsimony.network;

import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** What every method returns: a network, one row, a table of steps, a plot. */
public interface Outcome {

    /** The resulting network. */
    Model model();

    /** One row with the same columns for every method. */
    Measurement measurement();

    /** The steps of the method, one row each; the columns are the method's own. */
    Table trace();

    /** The picture that explains the outcome. */
    Chart<?, ?> figure();
}
