package org.parsimony.notebook.display;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.parsimony.base.Rows;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import tech.tablesaw.api.Table;

/**
 * A data set as a table of its splits: samples of each, and of its rarest and its most frequent class, or its least and
 * greatest real value.
 */
public final class DatasetRenderer implements Renderer<Dataset> {

    @Override
    public MimeBundle render(Dataset data) {
        Map<String, Samples> splits = new LinkedHashMap<>();
        splits.put("training", data.train());
        splits.put("validation", data.validation());
        splits.put("test", data.test());
        Rows<Map.Entry<String, Samples>> rows = Rows.of(splits.entrySet())
                .texts("split", Map.Entry::getKey)
                .ints("samples", split -> split.getValue().size());
        if (data.isValued()) {
            Table table = rows.doubles(
                            "least", split -> targets(split.getValue()).getMin())
                    .doubles("mean", split -> targets(split.getValue()).getAverage())
                    .doubles("greatest", split -> targets(split.getValue()).getMax())
                    .table(data.title() + ", " + data.inputs() + " inputs, a real value each");
            return new TableRenderer().render(table);
        }
        Table table = rows.ints("of the rarest class", split -> classSizes(split.getValue())
                        .getMin())
                .ints("of the most frequent", split -> classSizes(split.getValue())
                        .getMax())
                .table(data.title() + ", " + data.inputs() + " inputs, " + data.classes() + " classes");
        return new TableRenderer().render(table);
    }

    private static DoubleSummaryStatistics targets(Samples samples) {
        float[] targets = samples.targets();
        return IntStream.range(0, targets.length).mapToDouble(i -> targets[i]).summaryStatistics();
    }

    private static IntSummaryStatistics classSizes(Samples samples) {
        int[] counts = new int[samples.classes()];
        for (int label : samples.labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).summaryStatistics();
    }
}
