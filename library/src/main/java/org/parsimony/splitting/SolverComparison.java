package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.SplittingMatrices;
import org.parsimony.splitting.eigen.Vectors;
import org.parsimony.steps.Train;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The eigen-solvers beside the exact one on the same layers: median |cosine| with the exact eigenvector of the least
 * eigenvalue, median share of that eigenvalue that was found, rank correlation of the indices within the layer, seconds,
 * and these in epochs of training of the same network on the same data.
 */
public final class SolverComparison {

    /** Epochs of whose seconds the median is taken. */
    private static final int EPOCHS = 3;

    private SolverComparison() {}

    /**
     * Compares on the network's own layers.
     *
     * @param layers indices; none for all hidden ones
     * @param samples training samples that the matrices are averaged over
     */
    public static Table of(Model model, Dataset data, int[] layers, int samples, Context context) {
        List<SplitLayer> chosen = SplitLayer.of(model, layers);
        Samples drawn = data.train().draw(samples, context.seed("samples of the curvature"));
        List<SplittingMatrices> matrices = LayerMatrices.of(model, chosen, drawn, new Splitting.Options().beta());
        IntColumn layer = IntColumn.create("layer");
        IntColumn inputs = IntColumn.create("inputs");
        StringColumn solver = StringColumn.create("solver");
        DoubleColumn cosine = DoubleColumn.create("|cosine|");
        DoubleColumn share = DoubleColumn.create("eigenvalue, share found");
        DoubleColumn rank = DoubleColumn.create("rank correlation");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        DoubleColumn epochs = DoubleColumn.create("epochs of training");
        double epoch = secondsOfAnEpoch(model, data, context);
        for (int l = 0; l < chosen.size(); l++) {
            List<Ends> exact = new ArrayList<>();
            for (Setting setting : SETTINGS) {
                long nanos = System.nanoTime();
                List<Ends> found = setting.solver.ends(
                        matrices.get(l),
                        setting.effort,
                        context.random("first vectors, layer " + l),
                        context.progress());
                double took = (System.nanoTime() - nanos) * 1e-9;
                matrices.get(l).close(); // what one solver has kept must not save the next one time
                exact = exact.isEmpty() ? found : exact;
                List<Ends> reference = exact;
                layer.append(chosen.get(l).index());
                inputs.append(matrices.get(l).inputs());
                solver.append(setting.name);
                cosine.append(median(IntStream.range(0, found.size())
                        .mapToDouble(j -> Math.abs(Vectors.dot(
                                reference.get(j).leastVector(), found.get(j).leastVector())))));
                share.append(median(IntStream.range(0, found.size())
                        .mapToDouble(
                                j -> found.get(j).least() / reference.get(j).least())));
                rank.append(correlation(reference, found));
                seconds.append(took);
                epochs.append(took / epoch);
            }
        }
        return Table.create("eigen-solvers", layer, inputs, solver, cosine, share, rank, seconds, epochs);
    }

    private static double secondsOfAnEpoch(Model model, Dataset data, Context context) {
        return median(
                Train.run(model, data, new Train.Options().epochs(EPOCHS), context.within("epochs that are timed"))
                        .training()
                        .epochs()
                        .stream()
                        .mapToDouble(Trainer.Epoch::seconds));
    }

    private record Setting(String name, EigenSolver solver, EigenSolver.Effort effort) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("exact", EigenSolver.EXACT, new EigenSolver.Effort()),
            new Setting("Lanczos, 15 iterations", EigenSolver.LANCZOS, new EigenSolver.Effort(15, 10, 1e-3, 64)),
            new Setting("Lanczos, 30 iterations", EigenSolver.LANCZOS, new EigenSolver.Effort()),
            new Setting("Rayleigh, as the authors (rate 0.001)", EigenSolver.RAYLEIGH, new EigenSolver.Effort()),
            new Setting("Rayleigh, rate 0.01", EigenSolver.RAYLEIGH, new EigenSolver.Effort(30, 10, 0.01, 64)));

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double correlation(List<Ends> a, List<Ends> b) {
        return a.size() < 2 ? Double.NaN : new SpearmansCorrelation().correlation(least(a), least(b));
    }

    private static double[] least(List<Ends> ends) {
        return ends.stream().mapToDouble(Ends::least).toArray();
    }
}
