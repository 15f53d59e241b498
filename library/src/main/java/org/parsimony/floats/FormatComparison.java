package org.parsimony.floats;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.data.Samples;
import org.parsimony.figure.Charts;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * One network in several formats, floats and fixed point side by side (Hill et al. 2018, section 4).
 *
 * @param rows one for each format, in order
 */
public record FormatComparison(List<Row> rows) {

    /**
     * One format.
     *
     * @param accuracy in [0, 1]
     * @param relative accuracy over that in 32-bit floats
     * @param rSquared of all outputs with those in 32-bit floats
     */
    public record Row(Precision format, double accuracy, double relative, double rSquared) {}

    /** Passes {@code samples} through {@code model} in each of {@code formats}, words as {@link Precision} reads them. */
    public static FormatComparison of(
            Model model, Samples samples, Arithmetic arithmetic, Context context, String... formats) {
        Emulation.Answers exact = Emulation.exact(model, samples.shape()).run(samples);
        double floats = exact.accuracy(samples.labels());
        List<Row> rows = new ArrayList<>();
        for (String word : formats) {
            Precision format = Precision.parse(word);
            Emulation.Answers answers = new Emulation(
                            model, samples.shape(), List.of(format), arithmetic, context.seed("rounding"))
                    .run(samples, Emulation.Counting.NONE, context.threads(), context.progress());
            double accuracy = answers.accuracy(samples.labels());
            rows.add(new Row(
                    format, accuracy, accuracy / floats, AccuracyLine.rSquared(exact.outputs(), answers.outputs())));
            context.progress().report(rows.size(), formats.length, word);
        }
        return new FormatComparison(List.copyOf(rows));
    }

    /** One row a format; speeds are {@link MacModel}'s. */
    public Table table() {
        return Table.create(
                "formats",
                StringColumn.create(
                        "format", rows.stream().map(r -> r.format().text()).toList()),
                IntColumn.create(
                        "bits", rows.stream().mapToInt(r -> r.format().bits()).toArray()),
                DoubleColumn.create(
                        "accuracy", rows.stream().mapToDouble(Row::accuracy).toArray()),
                DoubleColumn.create(
                        "relative accuracy",
                        rows.stream().mapToDouble(Row::relative).toArray()),
                DoubleColumn.create(
                        "R²", rows.stream().mapToDouble(Row::rSquared).toArray()),
                DoubleColumn.create(
                        "modelled speed-up",
                        rows.stream()
                                .mapToDouble(r -> MacModel.speedUp(r.format()))
                                .toArray()));
    }

    /** Accuracy relative to 32-bit floats against bits: floats and fixed point. */
    public XYChart figure() {
        List<Charts.Curve> curves = new ArrayList<>();
        curve(
                "floats",
                rows.stream().filter(r -> r.format() instanceof FloatFormat).toList(),
                curves);
        curve(
                "fixed point",
                rows.stream().filter(r -> r.format() instanceof FixedFormat).toList(),
                curves);
        return Charts.points("formats side by side", "bits of a number", "relative accuracy", curves);
    }

    private static void curve(String name, List<Row> of, List<Charts.Curve> curves) {
        if (!of.isEmpty()) {
            curves.add(new Charts.Curve(
                    name,
                    of.stream().mapToDouble(r -> r.format().bits()).toArray(),
                    of.stream().mapToDouble(Row::relative).toArray()));
        }
    }
}
