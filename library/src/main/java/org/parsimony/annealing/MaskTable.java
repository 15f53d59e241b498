package org.parsimony.annealing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What masks keep and what they cost to find. */
public final class MaskTable {

    private MaskTable() {}

    /**
     * Pruning at random, by magnitude, and by annealing at one ratio, from the same dense network, nothing trained.
     *
     * @param options of the search; its loop length, its start and its step are left out
     * @param loopLengths of the searches
     * @return outcomes by {@code "random"}, {@code "magnitude"}, {@code "M = 50"}, …
     */
    public static Map<String, AnnealingOutcome> outcomes(
            Model dense, Dataset data, Annealing.Options options, int[] loopLengths, Context context) {
        Annealing.Options own = options.step(0);
        Annealing.Options fixed = own.loopLength(0);
        Map<String, AnnealingOutcome> outcomes = new LinkedHashMap<>();
        Context quiet = context.part(0, 0);
        outcomes.put("random", Annealing.run(dense, data, fixed.start(Annealing.Start.RANDOM), quiet));
        outcomes.put("magnitude", Annealing.run(dense, data, fixed.start(Annealing.Start.MAGNITUDE), quiet));
        int all = Math.max(1, IntStream.of(loopLengths).sum());
        int before = 0;
        for (int length : loopLengths) {
            Context part = context.part((double) before / all, (double) (before + length) / all);
            outcomes.put("M = " + length, Annealing.run(dense, data, own.loopLength(length), part));
            before += length;
        }
        return outcomes;
    }

    /**
     * One row for each ratio and mask of {@link #outcomes}: elements pruned, share of them that magnitude prunes too, mean
     * |w| of what is kept, loss on the cost images, test accuracy before fine-tuning, and seconds of the search.
     */
    public static Table of(
            Model dense, Dataset data, Annealing.Options options, double[] ratios, int[] loopLengths, Context context) {
        DoubleColumn pruned = DoubleColumn.create("pruned");
        StringColumn arm = StringColumn.create("mask");
        DoubleColumn overlap = DoubleColumn.create("overlap with magnitude");
        DoubleColumn magnitude = DoubleColumn.create("mean |w| kept");
        DoubleColumn cost = DoubleColumn.create("loss [nats]");
        DoubleColumn accuracy = DoubleColumn.create("accuracy before fine-tuning [%]");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        for (int r = 0; r < ratios.length; r++) {
            double ratio = ratios[r];
            Context part = context.part((double) r / ratios.length, (r + 1.0) / ratios.length);
            outcomes(dense, data, options.ratio(ratio), loopLengths, part).forEach((name, outcome) -> {
                pruned.append(ratio);
                arm.append(name);
                overlap.append(rounded(outcome.overlapWithSmallest(), 100));
                magnitude.append(rounded(
                        IntStream.range(0, outcome.kept().length)
                                .filter(e -> outcome.kept()[e])
                                .mapToDouble(e -> outcome.magnitudes()[e])
                                .average()
                                .orElse(Double.NaN),
                        1000));
                cost.append(rounded(outcome.cost(), 1000));
                accuracy.append(rounded(100 * outcome.steps().get(0).accuracy(), 10));
                seconds.append(rounded(outcome.change().seconds(), 100));
            });
        }
        return Table.create("masks", pruned, arm, overlap, magnitude, cost, accuracy, seconds);
    }

    /**
     * Time of one move, evaluated to its end and kept, against the size of the searched layer: networks n-n-n-10, 90 %
     * pruned, batch statistics.
     *
     * @param widths n, each at least 2; the searched layer has n² connections
     * @param images that the loss is measured on, at least 1
     * @return edges, microseconds for a move (median of 21), and the factor against the first row
     */
    public static Table time(int[] widths, int images, Progress progress) {
        LongColumn edges = LongColumn.create("edges");
        IntColumn count = IntColumn.create("images");
        DoubleColumn micros = DoubleColumn.create("µs a move");
        DoubleColumn factor = DoubleColumn.create("factor");
        double first = 0;
        for (int w = 0; w < widths.length; w++) {
            progress.checkCancelled();
            int n = widths[w];
            Model model = Architectures.normalised(new int[] {n, n, n, 10}, 1);
            double each = 1e6 / new MoveRate(model, MoveRate.noise(images, n), 0.9).median();
            first = w == 0 ? each : first;
            edges.append((long) n * n);
            count.append(images);
            micros.append(rounded(each, 10));
            factor.append(rounded(each / first, 10));
            progress.report(w + 1, widths.length, String.format(java.util.Locale.ROOT, "%,d edges", n * n));
        }
        return Table.create("time against size", edges, count, micros, factor);
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
