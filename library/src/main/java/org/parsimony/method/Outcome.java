package org.parsimony.method;

import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import tech.tablesaw.api.Table;

/** What every method returns: a network, one row, a table of steps, a plot. */
public interface Outcome {

    /** What the step did to the network. */
    Change change();

    /** The resulting network. */
    default Model model() {
        return change().model();
    }

    /** What can be said of the step at once. */
    default Glance glance() {
        return change().glance();
    }

    /** One row with the same columns for every method, measured when it is first asked for. */
    default Measurement measurement() {
        return change().measurement();
    }

    /** One sentence: what became of the network, and whether that is what was asked for. */
    default String verdict() {
        Glance row = glance();
        return String.format(
                Locale.ROOT,
                "%s with %,d parameters, %,d of them not zero; test %s %s",
                Architectures.text(model()),
                row.parameters(),
                row.nonzeros(),
                row.test().measure(),
                row.test().quality());
    }

    /** The steps of the method, one row each; the columns are the method's own. */
    Table trace();

    /** The picture that explains the outcome. */
    Chart<?, ?> figure();
}
