package org.parsimony.floats;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Rows;
import org.parsimony.data.Samples;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
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
        return Rows.of(rows)
                .texts("format", row -> row.format().text())
                .ints("bits", row -> row.format().bits())
                .doubles("accuracy", Row::accuracy)
                .doubles("relative accuracy", Row::relative)
                .doubles("R²", Row::rSquared)
                .doubles("modelled speed-up", row -> MacModel.speedUp(row.format()))
                .table("formats");
    }

    /** Accuracy relative to 32-bit floats against bits: floats and fixed point. */
    public XYChart figure() {
        List<Curve> curves = new ArrayList<>();
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

    private static void curve(String name, List<Row> of, List<Curve> curves) {
        if (!of.isEmpty()) {
            curves.add(Curve.of(name, of, row -> row.format().bits(), Row::relative));
        }
    }
}
