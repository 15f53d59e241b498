package org.parsimony.notebook.display;

import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A data set as a table of its splits: samples of each, and of its rarest and its most frequent class. */
public final class DatasetRenderer implements Renderer<Dataset> {

    @Override
    public MimeBundle render(Dataset data) {
        Table table = Table.create(
                data.title() + ", " + data.inputs() + " inputs, " + data.classes() + " classes",
                StringColumn.create("split"),
                IntColumn.create("samples"),
                IntColumn.create("of the rarest class"),
                IntColumn.create("of the most frequent"));
        row(table, "training", data.train());
        row(table, "validation", data.validation());
        row(table, "test", data.test());
        return new TableRenderer().render(table);
    }

    private static void row(Table table, String split, Samples samples) {
        int[] counts = new int[samples.classes()];
        for (int label : samples.labels()) {
            counts[label]++;
        }
        var statistics = java.util.Arrays.stream(counts).summaryStatistics();
        table.stringColumn(0).append(split);
        table.intColumn(1).append(samples.size());
        table.intColumn(2).append(statistics.getMin());
        table.intColumn(3).append(statistics.getMax());
    }
}
