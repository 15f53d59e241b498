package org.parsimony.sham;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What exact k-means gains over the iterations that the literature uses, on given weights. */
public final class ClusteringGain {

    private ClusteringGain() {}

    /** {@link #of(float[], long, int...)} of the weights of the largest dense layer of a network, with seed 1. */
    public static Table of(Model model, int... k) {
        return of(
                LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.DENSE).stream()
                        .map(layer -> layer.read(model))
                        .max(Comparator.comparingInt(weights -> weights.length))
                        .orElseThrow(() -> new IllegalArgumentException("the network has no dense layer")),
                1,
                k);
    }

    /**
     * One row for each k: root mean squared error of the weights under exact k-means, and by how many percent the
     * distortion (its square) of Lloyd's iterations, from quantiles and from k-means++, and of mini-batches lies above it.
     *
     * @param weights of a layer, at least one
     * @param seed of k-means++
     */
    public static Table of(float[] weights, long seed, int... k) {
        Require.atLeast("number of weights", weights.length, 1);
        IntColumn values = IntColumn.create("k");
        DoubleColumn error = DoubleColumn.create("exact, RMS error");
        DoubleColumn lloyd = DoubleColumn.create("Lloyd, distortion above %");
        DoubleColumn plusPlus = DoubleColumn.create("Lloyd++, distortion above %");
        DoubleColumn batches = DoubleColumn.create("mini-batch, distortion above %");
        DoubleColumn seconds = DoubleColumn.create("exact, s");
        for (int each : k) {
            long start = System.nanoTime();
            double least = KMeans.exact(weights, each).distortion(weights);
            seconds.append(Math.round((System.nanoTime() - start) * 1e-6) / 1e3);
            Function<Codebook, Double> above = book -> Math.round(1e4 * (book.distortion(weights) / least - 1)) / 100.0;
            values.append(each);
            error.append(Math.sqrt(least / weights.length));
            lloyd.append(above.apply(KMeans.lloyd(weights, each)));
            plusPlus.append(above.apply(KMeans.lloydPlusPlus(weights, each, seed)));
            batches.append(above.apply(KMeans.miniBatch(weights, each, seed)));
        }
        return Table.create(
                String.format(Locale.ROOT, "k-means of %,d weights", weights.length),
                values,
                error,
                lloyd,
                plusPlus,
                batches,
                seconds);
    }
}
