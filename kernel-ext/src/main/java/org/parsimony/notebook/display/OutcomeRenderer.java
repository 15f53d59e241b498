package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.base.Rows;
import org.parsimony.method.Glance;
import org.parsimony.method.Outcome;
import org.parsimony.network.Score;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/** What a method found: its verdict above the row that compares it with others. */
public final class OutcomeRenderer implements Renderer<Outcome> {

    @Override
    public MimeBundle render(Outcome outcome) {
        Glance row = outcome.glance();
        boolean valued = row.test().isValued();
        Rows<Glance> rows = Rows.of(List.of(row))
                .texts("data set", each -> outcome.change().data().title())
                .texts("network", Glance::network)
                .longs("parameters", each -> measured(each.parameters()))
                .longs("nonzeros", each -> measured(each.nonzeros()))
                .longs("MACs", each -> measured(each.macsNonzero()))
                .doubles("dense baseline", each -> headline(each.before()))
                .doubles("before fine-tuning", each -> headline(each.after()))
                .doubles("test " + row.test().measure(), each -> headline(each.test()));
        if (valued) {
            rows.doubles("test concordance", each -> each.test().concordance());
        }
        Table table = rows.doubles("seconds", Glance::seconds).table(outcome.verdict());
        return new TableRenderer().render(table);
    }

    /** The accuracy, or of real values the mean squared error; NaN of what was not measured. */
    private static double headline(Score score) {
        return score == null ? Double.NaN : score.isValued() ? score.loss() : score.accuracy();
    }

    /** A count below zero was not measured. */
    private static long measured(long count) {
        return count < 0 ? Rows.MISSING : count;
    }
}
