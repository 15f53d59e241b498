package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.annealing.Annealing;
import org.parsimony.annealing.Annealing.Start;
import org.parsimony.annealing.AnnealingOutcome;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.Table;

/**
 * The comparison of the annealing notebook: random removal, min-K and annealing at several loop lengths, for several
 * ratios, over seeds, in the run store.
 *
 * <p>The dense network of a seed is trained once and shared by everything of that seed. Seeds and settings run side by
 * side, each search on one thread. Every row's recipe holds all options of the search, and the baselines' recipes those
 * of the search that they are compared with, so that two rows differ in nothing but the method.
 */
public final class AnnealingStudy {

    /** The folder in {@code papers/}, and the method of the search's own runs. */
    public static final String PAPER = "annealing";

    /** The baseline that removes at random. */
    public static final String RANDOM = "random removal";

    /** The baseline that removes what is smallest. */
    public static final String MIN_K = "min-K";

    /** What a search and its baselines begin with, by method. */
    private static final Map<String, Start> BASELINES = Map.of(RANDOM, Start.RANDOM, MIN_K, Start.MAGNITUDE);

    private final Dataset data;
    private final int[] widths;
    private final int samples;
    private final Tier tier;
    private final Annealing.Options options;
    private final Map<Long, Model> dense = new ConcurrentHashMap<>();

    /**
     * A study of the article's network.
     *
     * @param widths of the network, for example {@code "784-32-16-10"}, see {@link Architectures#annealing}
     * @param data whose training samples are limited to {@code samples}, the other splits whole
     * @param samples training samples to draw, at least 1; the recipes record it
     * @param options of all searches but for ratio and loop length; {@code denseEpochs} of training come first
     */
    public AnnealingStudy(Tier tier, String widths, Dataset data, int samples, Annealing.Options options) {
        Require.between("training samples", samples, 1, data.train().size());
        Require.atLeast("denseEpochs", options.denseEpochs(), 1);
        this.data = data.flattened();
        this.widths = Architectures.widths(widths);
        Require.that(
                this.widths.length >= 3
                        && this.widths[0] == data.inputs()
                        && this.widths[this.widths.length - 1] == data.classes(),
                "network %s does not fit %s: it must start with %d inputs, have a hidden layer and end with %d classes",
                widths,
                data.title(),
                data.inputs(),
                data.classes());
        this.samples = samples;
        this.tier = tier;
        this.options = options;
    }

    /**
     * Both baselines once and a search at every loop length, for every ratio: runs what the store lacks of seeds 1 to
     * {@code seeds}. Finished runs are stored at once.
     *
     * @param threads runs side by side
     * @return a run for every ratio, arm and seed
     * @throws IllegalStateException if a run fails; the others are in the store
     */
    public List<Run> oneShot(
            RunStore store, double[] ratios, int[] loopLengths, int seeds, int threads, Progress progress) {
        List<Recipe> recipes = new ArrayList<>();
        for (double ratio : ratios) {
            Annealing.Options own = options.ratio(ratio);
            recipes.add(recipe(RANDOM, own));
            recipes.add(recipe(MIN_K, own));
            for (int length : loopLengths) {
                recipes.add(recipe(PAPER, own.loopLength(length)));
            }
        }
        long[] all = LongStream.rangeClosed(1, seeds).toArray();
        var report = new Sweep(store, this::outcome, threads).run(Sweep.withSeeds(recipes, all), progress);
        report.runs().forEach(run -> store.file(PAPER, run));
        report.failures().stream().findFirst().ifPresent(failed -> {
            throw new IllegalStateException(failed.recipe() + " failed: " + failed.error(), failed.error());
        });
        return report.runs();
    }

    private Recipe recipe(String method, Annealing.Options own) {
        return Recipe.of(method, data.name(), Architectures.text(widths), tier, own)
                .withOption("trainSamples", samples);
    }

    /** The row alone: the walks of a grid would be ten times as much, and the recipe gives them again. */
    private record Row(Model model, Measurement measurement, Chart<?, ?> figure) implements Outcome {
        @Override
        public Table trace() {
            return Table.create("no steps");
        }
    }

    private Outcome outcome(Recipe recipe, Progress progress) {
        Annealing.Options own = options.ratio((Double) recipe.options().get("ratio"))
                .loopLength(((Number) recipe.options().get("loopLength")).intValue())
                .seed(recipe.seed());
        Start baseline = BASELINES.get(recipe.method());
        var found = search(baseline == null ? own : own.loopLength(0).start(baseline), progress);
        return new Row(found.model(), found.measurement(), found.figure());
    }

    private AnnealingOutcome search(Annealing.Options own, Progress progress) {
        Dataset drawn = drawn(own.seed());
        Model model = dense.computeIfAbsent(
                own.seed(),
                seed -> Annealing.dense(Architectures.annealing(widths, seed), drawn, own, progress.part(0, 0)));
        return Annealing.run(
                model, drawn, own.denseEpochs(0), new Annealing.Execution().threads(1), progress.part(0, 1));
    }

    private Dataset drawn(long seed) {
        return data.limited(samples, data.validation().size(), data.test().size(), seed);
    }

    /**
     * The gradual protocol: for every loop length and number of exchanges one search in steps up to the options' ratio;
     * each step is a row, the recipe of which ends at the share removed by then. Runs what the store lacks of seeds 1 to
     * {@code seeds}; the rows of a finished seed are stored at once.
     *
     * @param threads seeds that run side by side
     */
    public List<Run> gradual(
            RunStore store, int[] loopLengths, int[] exchanges, int seeds, int threads, Progress progress) {
        Require.positive("step of a gradual search", options.step());
        int steps = (int) Math.ceil(options.ratio() / options.step() - 1e-9);
        Map<String, Recipe> arms = new LinkedHashMap<>();
        List<Annealing.Options> searches = new ArrayList<>();
        for (int exchange : exchanges) {
            for (int length : loopLengths) {
                Annealing.Options own =
                        options.moves(options.neighbourhood(), exchange).loopLength(length);
                searches.add(own);
                for (int step = 1; step <= steps; step++) {
                    arms.put(arm(own, step), recipe(PAPER, own.ratio(ratio(step))));
                }
            }
        }
        return Study.run(
                store,
                PAPER,
                arms,
                LongStream.rangeClosed(1, seeds).toArray(),
                threads,
                (seed, rows, progressOfSeed) -> {
                    for (int s = 0; s < searches.size(); s++) {
                        Annealing.Options own = searches.get(s).seed(seed);
                        if (IntStream.rangeClosed(1, steps).noneMatch(step -> rows.lack(arm(own, step)))) {
                            continue;
                        }
                        var found = search(
                                own, progressOfSeed.part((double) s / searches.size(), (s + 1.0) / searches.size()));
                        IntStream.rangeClosed(1, steps).forEach(step -> rows.add(arm(own, step), row(found, step)));
                    }
                },
                progress);
    }

    /** Of a step before the last only the accuracies are measured. */
    private static Study.Row row(AnnealingOutcome found, int step) {
        Measurement last = found.measurement();
        if (step == found.steps().size()) {
            return new Study.Row(last);
        }
        AnnealingOutcome.Step at = found.steps().get(step - 1);
        return new Study.Row(last.ofAccuracies(last.accuracyBefore(), at.accuracyAfter(), at.accuracyTuned()));
    }

    private static String arm(Annealing.Options own, int step) {
        return "loop length " + own.loopLength() + ", " + own.exchanges() + " exchanges, step " + step;
    }

    /** Share removed after a step, free of the error that adding up the steps would bring. */
    private double ratio(int step) {
        return Math.min(options.ratio(), Math.round(step * options.step() * 1e9) / 1e9);
    }
}
