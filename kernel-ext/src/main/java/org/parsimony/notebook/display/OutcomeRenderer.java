package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.base.Rows;
import org.parsimony.method.Glance;
import org.parsimony.method.Outcome;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/** What a method found: its verdict above the row that compares it with others. */
public final class OutcomeRenderer implements Renderer<Outcome> {

    @Override
    public MimeBundle render(Outcome outcome) {
        Glance row = outcome.glance();
        Table table = Rows.of(List.of(row))
                .texts("data set", each -> outcome.change().data().title())
                .texts("network", Glance::network)
                .longs("parameters", each -> measured(each.parameters()))
                .longs("nonzeros", each -> measured(each.nonzeros()))
                .longs("MACs", each -> measured(each.macsNonzero()))
                .doubles("dense baseline", Glance::accuracyBefore)
                .doubles("before fine-tuning", Glance::accuracyAfter)
                .doubles("test accuracy", Glance::accuracyTuned)
                .doubles("seconds", Glance::seconds)
                .table(outcome.verdict());
        return new TableRenderer().render(table);
    }

    /** A count below zero was not measured. */
    private static long measured(long count) {
        return count < 0 ? Rows.MISSING : count;
    }
}
