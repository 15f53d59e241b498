package org.parsimony.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * A student, and how well its features find samples of their class. Retrieval is measured on test samples that query the
 * training samples; nothing is chosen by it.
 *
 * @param options that were given
 * @param losses of teaching, the mean of each epoch
 * @param teacher retrieval by the teacher's features
 * @param before by the student's before teaching
 * @param after by the student's after it
 */
public record Taught(
        Change change, Transfer.Options options, double[] losses, Retrieval teacher, Retrieval before, Retrieval after)
        implements Outcome {

    /** Number of the row of {@link #trace} that tells of the taught student. */
    public static final int AFTER = 2;

    /** Three rows, 0 the teacher, 1 the student before teaching, 2 after: mAP in three readings, precision at 10 in two. */
    @Override
    public Table trace() {
        Map<String, Retrieval> rows = new LinkedHashMap<>();
        rows.put("teacher", teacher);
        rows.put("student before", before);
        rows.put("student after", after);
        return Rows.of(rows.entrySet())
                .numbered("row", 0)
                .texts("features", Map.Entry::getKey)
                .doubles("mAP", row -> row.getValue().meanAveragePrecision())
                .doubles("mAP, 11 points", row -> row.getValue().interpolated())
                .doubles("mAP as published", row -> row.getValue().asPublished())
                .doubles("precision at 10", row -> row.getValue().precisionAt10())
                .doubles("precision at 10 as published", row -> row.getValue().precisionAt10AsPublished())
                .doubles("nearest neighbour", row -> row.getValue().nearest())
                .table("retrieval");
    }

    /** The loss of teaching by epoch. */
    @Override
    public Chart<?, ?> figure() {
        double[] epochs =
                IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
        return Charts.lines(
                change.data().title() + ", teaching",
                "epoch",
                "loss of " + by(),
                Charts.Spread.BAND,
                List.of(new Charts.Curve(by(), epochs, losses)));
    }

    private String by() {
        return options.by().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Retrieval before and after. */
    @Override
    public String verdict() {
        return String.format(
                Locale.ROOT,
                "%s taught by %s: mAP of its features %.2f %%, %.2f %% before teaching, %.2f %% of the teacher's (%d queries)",
                options.student(),
                by(),
                100 * after.meanAveragePrecision(),
                100 * before.meanAveragePrecision(),
                100 * teacher.meanAveragePrecision(),
                after.queries());
    }
}
