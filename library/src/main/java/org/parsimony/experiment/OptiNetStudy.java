package org.parsimony.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.optinet.OptiNET;
import org.parsimony.optinet.SizingComparison;
import org.parsimony.optinet.SizingComparison.Arm;

/** The comparison of the OptiNET notebook: every arm of {@link SizingComparison}, over seeds, in the run store. */
public final class OptiNetStudy {

    /** The folder in {@code papers/}. */
    public static final String PAPER = "optinet";

    private OptiNetStudy() {}

    /**
     * Runs what the store lacks of seeds 1 to {@code seeds}.
     *
     * @param network widths of the original, for example {@code "784-300-100-10"}
     * @param data whose training samples are limited to {@code samples}, the other splits whole
     * @param samples training samples to draw, at least 1; the recipe records it
     * @param threads seeds that run side by side
     * @return a run for every arm and seed
     */
    public static List<Run> run(
            RunStore store,
            Tier tier,
            String network,
            Dataset data,
            int samples,
            OptiNET.Options options,
            int seeds,
            int threads,
            Progress progress) {
        Require.between("training samples", samples, 1, data.train().size());
        Require.atLeast("seeds", seeds, 1);
        int[] widths = Architectures.widths(network);
        Require.that(
                widths.length >= 3 && widths[0] == data.inputs() && widths[widths.length - 1] == data.classes(),
                "network %s does not fit %s: it must start with %d inputs, have a hidden layer and end with %d classes",
                network,
                data.title(),
                data.inputs(),
                data.classes());
        Map<String, Recipe> arms = new LinkedHashMap<>();
        for (Arm arm : Arm.values()) {
            arms.put(
                    arm.title(),
                    Recipe.of(arm.title(), data.name(), network, tier, options).withOption("trainSamples", samples));
        }
        return Study.run(
                store,
                PAPER,
                arms,
                LongStream.rangeClosed(1, seeds).toArray(),
                threads,
                (seed, rows, own) -> oneSeed(widths, data, samples, options.seed(seed), rows, own),
                progress);
    }

    private static void oneSeed(
            int[] widths, Dataset data, int samples, OptiNET.Options options, Study.Rows rows, Progress progress) {
        Dataset drawn =
                data.limited(samples, data.validation().size(), data.test().size(), options.seed());
        var result = SizingComparison.run(widths, drawn, options, progress);
        result.rows()
                .forEach((arm, row) -> rows.add(
                        arm.title(),
                        arm == Arm.OPTINET ? new Study.Row(row, result.outcome().trace()) : new Study.Row(row)));
    }
}
