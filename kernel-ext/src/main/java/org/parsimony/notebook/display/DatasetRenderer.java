package org.parsimony.notebook.display;

import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parsimony.base.Rows;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/** A data set as a table of its splits: samples of each, and of its rarest and its most frequent class. */
public final class DatasetRenderer implements Renderer<Dataset> {

    @Override
    public MimeBundle render(Dataset data) {
        Map<String, Samples> splits = new LinkedHashMap<>();
        splits.put("training", data.train());
        splits.put("validation", data.validation());
        splits.put("test", data.test());
        Table table = Rows.of(splits.entrySet())
                .texts("split", Map.Entry::getKey)
                .ints("samples", split -> split.getValue().size())
                .ints("of the rarest class", split -> classSizes(split.getValue())
                        .getMin())
                .ints("of the most frequent", split -> classSizes(split.getValue())
                        .getMax())
                .table(data.title() + ", " + data.inputs() + " inputs, " + data.classes() + " classes");
        return new TableRenderer().render(table);
    }

    private static IntSummaryStatistics classSizes(Samples samples) {
        int[] counts = new int[samples.classes()];
        for (int label : samples.labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).summaryStatistics();
    }
}
