package org.parsimony.dynhp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What {@link DynHP} led to.
 *
 * @param epochs in order
 * @param keptEpoch number of the epoch whose weights the network was left with: the best on validation samples of those after
 *     which no unit went
 */
public record Slimmed(Change change, DynHP.Options options, List<SlimmedEpoch> epochs, int keptEpoch)
        implements Outcome {

    /** Parameters before and after, memory of the last epoch beside the first one's, and the batches. */
    @Override
    public String verdict() {
        SlimmedEpoch first = epochs.get(0);
        SlimmedEpoch last = epochs.get(epochs.size() - 1);
        int removed = epochs.stream().mapToInt(SlimmedEpoch::removed).sum();
        String memory = String.format(
                Locale.ROOT,
                "training memory went from %.2f to %.2f MB by the model and from %.2f to %.2f MB held, batches from %d to %d",
                megabytes(first.memory().bytes()),
                megabytes(last.memory().bytes()),
                megabytes(first.held().bytes()),
                megabytes(last.held().bytes()),
                first.memory().batchSize(),
                last.memory().batchSize());
        String what = removed == 0
                ? "no unit was removed: "
                        + (options.removal() == DynHP.Removal.HARD || options.removal() == DynHP.Removal.SOFT
                                ? "the target asks for none"
                                : "removal is "
                                        + options.removal()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'))
                : removed + " units " + (options.removal() == DynHP.Removal.HARD ? "removed" : "masked");
        return String.format(
                Locale.ROOT,
                "%s became %s, %,d of %,d parameters: %s; %s",
                Architectures.text(change.start()),
                Architectures.text(model()),
                model().net().parameters(),
                change.start().net().parameters(),
                what,
                memory);
    }

    private static double megabytes(long bytes) {
        return bytes / 1e6;
    }

    /** One row an epoch. */
    @Override
    public Table trace() {
        return Rows.of(epochs)
                .ints("epoch", SlimmedEpoch::number)
                .texts("widths", epoch -> Architectures.text(epoch.widths()))
                .longs("parameters", epoch -> epoch.memory().parameters())
                .ints("batch size", epoch -> epoch.memory().batchSize())
                .ints("updates", SlimmedEpoch::steps)
                .longs("bytes by the model", epoch -> epoch.memory().bytes())
                .longs("bytes held", epoch -> epoch.held().bytes())
                .longs("budget [bytes]", SlimmedEpoch::budget)
                .doubles(
                        "memory saved by the model",
                        epoch -> saved(e -> e.memory().bytes(), epoch))
                .doubles("memory saved as held", epoch -> saved(e -> e.held().bytes(), epoch))
                .doubles("training loss", SlimmedEpoch::loss)
                .doubles("validation accuracy", SlimmedEpoch::accuracy)
                .ints("units removed after it", SlimmedEpoch::removed)
                .doubles("seconds of training", SlimmedEpoch::seconds)
                .doubles("seconds of checks and validation", SlimmedEpoch::overhead)
                .table("dynhp, epochs");
    }

    /**
     * How much memory was saved, in the four senses that "80 % less" can have; shares of the first epoch's. The model has all
     * four; of what was held the batch's part grows with the batch, so that "with the first batch" is known only where the
     * batch did not grow.
     */
    public Table readings() {
        SlimmedEpoch first = epochs.get(0);
        SlimmedEpoch last = epochs.get(epochs.size() - 1);
        boolean grown = last.memory().batchSize() != first.memory().batchSize();
        double[] modelled = {
            saved(e -> e.memory().networkBytes(), last),
            saved(e -> e.memory().bytes(), last),
            1
                    - (double) last.memory()
                                    .batchSize(first.memory().batchSize())
                                    .bytes()
                            / first.memory().bytes(),
            mean(e -> e.memory().bytes())
        };
        double[] held = {
            saved(e -> e.held().parameters(), last),
            saved(e -> e.held().bytes(), last),
            grown ? Double.NaN : saved(e -> e.held().bytes(), last),
            mean(e -> e.held().bytes())
        };
        return Table.create(
                "memory saved",
                StringColumn.create(
                        "reading",
                        "R1: network state at the end",
                        "R2: all of it at the end",
                        "R3: all of it at the end, with the first batch",
                        "R4: all of it, summed over the epochs"),
                DoubleColumn.create("by the model", modelled),
                DoubleColumn.create("held", held));
    }

    private double saved(ToDoubleFunction<SlimmedEpoch> bytes, SlimmedEpoch at) {
        return 1 - bytes.applyAsDouble(at) / bytes.applyAsDouble(epochs.get(0));
    }

    private double mean(ToDoubleFunction<SlimmedEpoch> bytes) {
        return epochs.stream()
                .mapToDouble(epoch -> saved(bytes, epoch))
                .average()
                .orElseThrow();
    }

    /** Units of each layer, memory by the model and held, batch size: each as a share of its first value. */
    @Override
    public Chart<?, ?> figure() {
        List<Charts.Curve> curves = new ArrayList<>();
        int layers = epochs.get(0).widths().length;
        for (int l = 0; l < layers; l++) {
            int place = l;
            curves.add(curve("units, layer " + (l + 1), e -> e.widths()[place]));
        }
        curves.add(curve("memory, model", e -> e.memory().bytes()));
        curves.add(curve("memory, held", e -> e.held().bytes()));
        return Charts.lines(
                change.data().title() + ", units and memory",
                "epoch",
                "share of the dense network's",
                Charts.Spread.BARS,
                curves);
    }

    private Charts.Curve curve(String name, ToDoubleFunction<SlimmedEpoch> of) {
        double first = of.applyAsDouble(epochs.get(0));
        return Curve.of(name, epochs, SlimmedEpoch::number, e -> of.applyAsDouble(e) / first);
    }

    private double[] numbers() {
        return IntStream.rangeClosed(1, epochs.size()).asDoubleStream().toArray();
    }

    /** Memory by the model against the budget, split into the network's part and the batch's, epoch by epoch. */
    public XYChart memoryFigure() {
        double[] x = numbers();
        XYChart chart = Charts.lines(
                change.data().title() + ", training memory",
                "epoch",
                "MB",
                Charts.Spread.BARS,
                List.of(
                        absolute("all", e -> e.memory().bytes()),
                        absolute("network", e -> e.memory().networkBytes()),
                        absolute("batch", e -> e.memory().batchBytes())));
        double[] budget = new double[x.length];
        Arrays.fill(budget, megabytes(epochs.get(0).budget()));
        Charts.steps(chart, "budget", x, budget);
        return chart;
    }

    private Charts.Curve absolute(String name, ToDoubleFunction<SlimmedEpoch> bytes) {
        return Curve.of(name, epochs, SlimmedEpoch::number, e -> bytes.applyAsDouble(e) / 1e6);
    }
}
