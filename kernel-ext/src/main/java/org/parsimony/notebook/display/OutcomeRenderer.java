package org.parsimony.notebook.display;

import org.parsimony.method.Measurement;
import org.parsimony.method.Outcome;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a method found: its verdict above the row that compares it with others. */
public final class OutcomeRenderer implements Renderer<Outcome> {

    @Override
    public MimeBundle render(Outcome outcome) {
        Measurement row = outcome.measurement();
        Table table = Table.create(
                outcome.verdict(),
                StringColumn.create("data set", outcome.change().data().title()),
                StringColumn.create("network", row.network()),
                count("parameters", row.parameters()),
                count("nonzeros", row.nonzeros()),
                count("MACs", row.macsNonzero()),
                DoubleColumn.create("dense baseline", row.accuracyBefore()),
                DoubleColumn.create("before fine-tuning", row.accuracyAfter()),
                DoubleColumn.create("test accuracy", row.accuracyTuned()),
                DoubleColumn.create("seconds", row.seconds()));
        return new TableRenderer().render(table);
    }

    /** A column of one count; one below zero was not measured. */
    private static LongColumn count(String name, long value) {
        LongColumn column = LongColumn.create(name);
        return value < 0 ? column.appendMissing() : column.append(value);
    }
}
