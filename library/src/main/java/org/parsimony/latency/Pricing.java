package org.parsimony.latency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.parsimony.base.Progress;
import org.parsimony.timing.Detail;
import org.parsimony.timing.Kernel;
import org.parsimony.timing.LatencyTable;
import org.parsimony.timing.Line;

/**
 * What paths cost, in seconds for one sample, and how much they may.
 *
 * @param latency predicted by the table
 * @param price by which the search judges: the same, or a line in multiply-accumulates
 * @param limit of the price, in seconds
 */
record Pricing(ToDoubleFunction<int[]> latency, ToDoubleFunction<int[]> price, double limit) {

    /** Paths that the line is fitted to. */
    private static final int FITTED = 32;

    static Pricing of(
            Space space, Latency.Options options, LatencyTable table, SplittableRandom random, Progress progress) {
        List<int[]> uniform = IntStream.range(0, Space.choices())
                .mapToObj(o -> {
                    int[] path = new int[space.blocks()];
                    Arrays.fill(path, o);
                    return path;
                })
                .toList();
        table.learn(
                uniform.stream()
                        .flatMap(path -> space.kernels(path).list().stream())
                        .distinct()
                        .toList(),
                Detail.EXACT,
                progress);
        ToDoubleFunction<int[]> latency = kept(path ->
                table.predict(space.kernels(path), Detail.EXACT, Progress.NONE).seconds());
        double cheapest = uniform.stream().mapToDouble(latency).min().orElseThrow();
        double dearest = uniform.stream().mapToDouble(latency).max().orElseThrow();
        double limit = cheapest + options.limit() * (dearest - cheapest);
        if (options.price() == Latency.Price.LATENCY) {
            return new Pricing(latency, latency, limit);
        }
        boolean[] all = new boolean[space.blocks()];
        Arrays.fill(all, true);
        Evolution draws = new Evolution(new int[space.blocks()], all, path -> true, random);
        List<int[]> paths =
                IntStream.range(0, FITTED).mapToObj(i -> draws.drawn()).toList();
        ToDoubleFunction<int[]> macs = kept(path ->
                space.kernels(path).list().stream().mapToDouble(Kernel::macs).sum());
        Line line = Line.fitted(
                paths.stream().mapToDouble(macs).toArray(),
                paths.stream().mapToDouble(latency).toArray());
        return new Pricing(latency, path -> line.at(macs.applyAsDouble(path)), limit);
    }

    private static ToDoubleFunction<int[]> kept(ToDoubleFunction<int[]> of) {
        Map<List<Integer>, Double> known = new HashMap<>();
        return path -> known.computeIfAbsent(Arrays.stream(path).boxed().toList(), key -> of.applyAsDouble(path));
    }

    boolean allows(int[] path) {
        return price.applyAsDouble(path) <= limit;
    }
}
