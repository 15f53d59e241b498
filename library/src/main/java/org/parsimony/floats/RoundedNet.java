package org.parsimony.floats;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.WeightFigure;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A network with rounded weights, and its accuracy on a device that computes in few bits. The row's accuracy is that of the
 * rounded weights in 32-bit arithmetic; the device's stands in {@link #trace}.
 *
 * @param formats one for all layers, or one for each dense layer and convolution
 * @param arithmetic what was rounded
 * @param layers one entry for each dense layer and convolution
 * @param validation on the first validation samples
 * @param test on the first test samples; nothing is chosen by it
 */
public record RoundedNet(
        Change change,
        List<Precision> formats,
        Arithmetic arithmetic,
        List<Layer> layers,
        Scores validation,
        Scores test)
        implements Outcome {

    /**
     * Accuracy with and without rounding.
     *
     * @param samples that were looked at
     * @param floats accuracy of the network that was given, in [0, 1]
     * @param rounded accuracy as the device computes it
     * @param finite whether every output was a finite number
     */
    public record Scores(int samples, double floats, double rounded, boolean finite) {

        /** Accuracy over that in floats. */
        public double relative() {
            return rounded / floats;
        }
    }

    /**
     * One layer's weights.
     *
     * @param before distinct values before, zero included
     * @param values distinct values now
     * @param error root mean squared difference from what they were
     * @param saturated weights above the greatest number of the format
     * @param flushed weights that became zero
     */
    public record Layer(
            LayerWeights layer,
            Precision format,
            long before,
            long values,
            double error,
            long saturated,
            long flushed) {

        static Layer of(LayerWeights layer, Precision format, float[] before, float[] after, Tally tally) {
            double squares = 0;
            for (int i = 0; i < before.length; i++) {
                squares += Math.pow((double) before[i] - after[i], 2);
            }
            return new Layer(
                    layer,
                    format,
                    distinct(before),
                    distinct(after),
                    Math.sqrt(squares / before.length),
                    tally.saturated,
                    tally.flushed);
        }

        private static long distinct(float[] values) {
            float[] sorted = values.clone();
            java.util.Arrays.sort(sorted);
            long distinct = sorted.length == 0 ? 0 : 1;
            for (int i = 1; i < sorted.length; i++) {
                distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
            }
            return distinct;
        }
    }

    /** The format as text, or those of the layers. */
    public String formatText() {
        return formats.stream().map(Precision::text).distinct().collect(Collectors.joining(", "));
    }

    /**
     * One row: format, most bits of a number, accuracy of validation and test samples in floats and rounded, and the speed
     * and energy of {@link MacModel}, which is a model; that of the slowest layer's format.
     */
    @Override
    public Table trace() {
        return Table.create(
                "floats, the network",
                StringColumn.create("format", formatText()),
                IntColumn.create("bits", new int[] {
                    formats.stream().mapToInt(Precision::bits).max().orElseThrow()
                }),
                IntColumn.create("samples", new int[] {test.samples()}),
                DoubleColumn.create("validation accuracy in floats", validation.floats()),
                DoubleColumn.create("validation accuracy rounded", validation.rounded()),
                DoubleColumn.create("accuracy in floats", test.floats()),
                DoubleColumn.create("accuracy rounded", test.rounded()),
                DoubleColumn.create("relative accuracy", test.relative()),
                DoubleColumn.create("modelled speed-up", least(MacModel::speedUp)),
                DoubleColumn.create("modelled energy saving", least(MacModel::energySaving)));
    }

    private double least(java.util.function.ToDoubleFunction<Precision> model) {
        return formats.stream().mapToDouble(model).min().orElseThrow();
    }

    /** One row a layer: format, distinct weights before and now, error, weights out of range. */
    public Table table() {
        return Rows.of(layers)
                .ints("layer", layer -> layer.layer().layer())
                .texts("format", layer -> layer.format().text())
                .longs("values before", Layer::before)
                .longs("values", Layer::values)
                .doubles("RMS error", Layer::error)
                .longs("saturated", Layer::saturated)
                .longs("became zero", Layer::flushed)
                .table("floats, layers");
    }

    /** Weights before and after, on a logarithmic axis. */
    @Override
    public Chart<?, ?> figure() {
        return WeightFigure.of(
                change.data().title() + ", " + formatText(),
                change.start(),
                model(),
                layers.stream().map(Layer::layer).toList());
    }

    /** Accuracy with and without rounding, and whether any output was no number. */
    @Override
    public String verdict() {
        if (layers.stream().allMatch(l -> l.error() == 0) && arithmetic == Arithmetic.WEIGHTS_ONLY) {
            return "no weight changed: all of them are numbers of " + formatText() + " already";
        }
        return String.format(
                Locale.ROOT,
                "%s, %s: accuracy on the first %,d validation samples %.2f %%, in 32-bit floats %.2f %%; %,d weights became"
                        + " zero and %,d saturated%s",
                formatText(),
                arithmetic.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                validation.samples(),
                100 * validation.rounded(),
                100 * validation.floats(),
                layers.stream().mapToLong(Layer::flushed).sum(),
                layers.stream().mapToLong(Layer::saturated).sum(),
                validation.finite() ? "" : "; some outputs are NaN or infinite");
    }
}
