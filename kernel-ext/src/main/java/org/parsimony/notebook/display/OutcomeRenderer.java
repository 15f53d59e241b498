package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.base.Rows;
import org.parsimony.method.Measurement;
import org.parsimony.method.Outcome;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/** What a method found: its verdict above the row that compares it with others. */
public final class OutcomeRenderer implements Renderer<Outcome> {

    @Override
    public MimeBundle render(Outcome outcome) {
        Measurement row = outcome.measurement();
        Table table = Rows.of(List.of(row))
                .texts("data set", each -> outcome.change().data().title())
                .texts("network", Measurement::network)
                .longs("parameters", each -> measured(each.parameters()))
                .longs("nonzeros", each -> measured(each.nonzeros()))
                .longs("MACs", each -> measured(each.macsNonzero()))
                .doubles("dense baseline", Measurement::accuracyBefore)
                .doubles("before fine-tuning", Measurement::accuracyAfter)
                .doubles("test accuracy", Measurement::accuracyTuned)
                .doubles("seconds", Measurement::seconds)
                .table(outcome.verdict());
        return new TableRenderer().render(table);
    }

    /** A count below zero was not measured. */
    private static long measured(long count) {
        return count < 0 ? Rows.MISSING : count;
    }
}
