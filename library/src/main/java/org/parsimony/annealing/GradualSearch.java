package org.parsimony.annealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.annealing.cost.Elements;
import org.parsimony.annealing.cost.MaskCost;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.Net;
import org.parsimony.network.Statistics;
import org.parsimony.network.training.Trainer;
import org.parsimony.steps.Recalibrate;
import org.parsimony.steps.Train;

/**
 * One run of {@link Annealing}: searches at rising sparsity with training of the searched layers between them, or the one
 * search that a gradual search of one step is; with its checkpoint.
 */
final class GradualSearch {

    private static final long SAVE_NANOS = 1_000_000_000L;

    private final Dataset data;
    private final Annealing.Options options;
    private final Context context;
    private final Progress progress;
    private final Elements elements;
    private final boolean[] candidates;
    private final int available;
    private final Samples images;
    /** How many elements are pruned after each step. */
    private final int[] removals;

    private final List<Round> rounds = new ArrayList<>();
    private final List<AnnealingOutcome.Step> steps = new ArrayList<>();
    /** The network that everything starts from. */
    private final Model start;

    /** The network whose weights the search is over, nothing removed; gradual retraining changes it. */
    private Model dense;

    private boolean[] kept;
    private double cost;
    private String engine;
    private long begin;
    private long saved = System.nanoTime();

    GradualSearch(Model start, Dataset data, Annealing.Options options, Context context) {
        this.start = start.copy();
        this.start.applyMasks();
        this.data = data;
        this.options = options;
        this.context = context;
        this.progress = context.progress();
        this.elements = Elements.of(this.start, options.element(), options.layerIndices());
        this.candidates = elements.candidates(this.start);
        this.available = (int)
                IntStream.range(0, candidates.length).filter(e -> candidates[e]).count();
        this.images = options.split().of(data).draw(options.images(), context.seed("cost images"));
        double stride = options.step() == 0 ? options.ratio() : options.step();
        int count = options.steps();
        this.removals = IntStream.rangeClosed(1, count)
                .map(s -> (int) (Math.min(options.ratio(), s * stride) * available + 1e-9))
                .toArray();
        int removed = removals[count - 1];
        Require.that(
                removed >= 1 && removed < available,
                "ratio %s of %d elements prunes %d of them, but at least 1 must be pruned and 1 kept",
                options.ratio(),
                available,
                removed);
        for (int layer : elements.layers()) {
            Require.that(
                    count == 1
                            || options.stepEpochs() == 0
                            || !start.constraints().ties().containsKey(layer),
                    "layer %d has shared weights, but a gradual search trains it between its steps and may bring weights "
                            + "back as they were; set stepEpochs to 0 or share the weights after the search",
                    layer);
        }
    }

    AnnealingOutcome run() {
        begin = System.nanoTime();
        dense = start.copy();
        kept = candidates.clone();
        long fingerprint = context.checkpoint() == null ? 0 : fingerprint();
        Chain.State state = resume(fingerprint);
        double denseCost = newCost(start, candidates);
        double[] magnitudes = null;
        Model pruned = null;
        while (steps.size() < removals.length) {
            int step = steps.size();
            magnitudes = elements.magnitudes(dense);
            if (state == null) {
                prune(removals[step] - (available - count(kept)), magnitudes);
            }
            search(state, fingerprint);
            state = null;
            pruned = normed(elements.masked(dense, kept));
            double after = pruned.evaluate(data.test()).accuracy();
            double tuned = Double.NaN;
            if (step + 1 < removals.length && options.stepEpochs() > 0) {
                tuned = trainBetweenSteps(pruned);
            }
            steps.add(new AnnealingOutcome.Step((double) removals[step] / available, cost, after, tuned));
        }
        if (context.checkpoint() != null) {
            delete(context.checkpoint());
        }
        Change change = Change.of(start, pruned, data, begin)
                .rightAfter(pruned)
                .trained((removals.length - 1) * options.stepEpochs(), options.batchSize());
        return new AnnealingOutcome(
                change, List.copyOf(rounds), List.copyOf(steps), kept, magnitudes, cost, denseCost, engine);
    }

    /** Gives the model the statistics that its mask was judged with. */
    private Model normed(Model model) {
        if (options.norm() == Statistics.BATCH) {
            Recalibrate.of(model, images);
        }
        return model;
    }

    private MaskCost costOf(Model model) {
        return MaskCost.of(model, elements, images, options.norm());
    }

    /** Mean loss under one mask. */
    private double newCost(Model model, boolean[] mask) {
        MaskCost whole = costOf(model);
        whole.compute(mask);
        return whole.total() / images.size();
    }

    /** Prunes so many more elements. */
    private void prune(int more, double[] magnitudes) {
        int[] order = Seeds.permutation(kept.length, context.random("start mask " + steps.size()));
        if (options.start() == Annealing.Start.MAGNITUDE) {
            order = IntStream.of(order)
                    .boxed()
                    .sorted(Comparator.comparingDouble(e -> magnitudes[e]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        int left = more;
        for (int k = 0; left > 0; k++) {
            if (kept[order[k]]) {
                kept[order[k]] = false;
                left--;
            }
        }
    }

    /** Searches from {@code kept}, or from where {@code state} stands; leaves the result in {@code kept}. */
    private void search(Chain.State state, long fingerprint) {
        MaskCost maskCost = costOf(dense);
        engine = maskCost.engine();
        boolean[] first = kept.clone();
        int[] rows = options.neighbourhood() == Annealing.Neighbourhood.WITHIN_ROW ? elements.rows() : null;
        long seed = context.seed("moves " + steps.size());
        var execution = new Chain.Execution(context.threads(), true);
        long total = Math.max(1, (long) removals.length * options.cooling().length());
        try (Chain chain = new Chain(maskCost, first, candidates, rows, options, execution, seed, state)) {
            while (!chain.isDone()) {
                try {
                    progress.checkCancelled();
                } catch (CancellationException e) {
                    save(fingerprint, first, chain.state());
                    throw e;
                }
                Round round = chain.round();
                rounds.add(round);
                show(round, total);
                if (System.nanoTime() - saved > SAVE_NANOS) {
                    save(fingerprint, first, chain.state());
                }
            }
            save(fingerprint, first, chain.state());
            boolean best = options.keep() == Annealing.Keep.BEST;
            kept = best ? chain.state().best : chain.kept();
            cost = (best ? chain.state().bestTotal : maskCost.total()) / images.size();
        }
    }

    private void show(Round round, long total) {
        int x = rounds.size();
        double rate = (double) round.accepted() / round.moves();
        progress.watch("cost", x, round.cost());
        progress.watch("best cost", x, round.bestCost());
        progress.watch("temperature", x, round.temperature());
        progress.watch("acceptance rate", x, rate);
        progress.report(
                x,
                total,
                String.format(
                        Locale.ROOT,
                        "temperature %.2g, cost %.4f, %.0f %% accepted",
                        round.temperature(),
                        round.cost(),
                        100 * rate));
    }

    /**
     * Trains the searched layers of the masked network, other dense layers and convolutions frozen, and makes the result the
     * dense network of the next step: what the mask prunes keeps the weights it had. Returns the test accuracy.
     */
    private double trainBetweenSteps(Model pruned) {
        Train.Options training = options.training();
        IUpdater updater = training.updater(data.train().size());
        Net net = pruned.net();
        Net network = net.withOptimisers(l -> {
            boolean searched = Arrays.stream(elements.layers()).anyMatch(Integer.valueOf(l)::equals);
            boolean weighted = net.layer(l).paramTable().containsKey("W");
            return weighted && !searched ? new Sgd(0) : updater;
        });
        Model trained = new Model(network, pruned.constraints().copy());
        long order = context.within("fine-tuning after step " + steps.size()).seed("order");
        Trainer.run(trained, data.train(), data.validation(), training.trainer(order), Progress.NONE);
        double accuracy = normed(trained).evaluate(data.test()).accuracy();
        for (int l = 0; l < network.layers(); l++) {
            for (String key : List.of("W", "b")) {
                INDArray after = network.layer(l).paramTable().get(key);
                if (after != null) {
                    float[] had = values(dense.net().layer(l).getParam(key));
                    float[] masked = values(pruned.net().layer(l).getParam(key));
                    float[] now = values(after);
                    for (int i = 0; i < now.length; i++) {
                        now[i] = masked[i] == 0 && had[i] != 0 ? had[i] : now[i];
                    }
                    after.assign(Nd4j.create(now, after.shape(), 'c'));
                }
            }
        }
        dense.net().setParams(network.params());
        return accuracy;
    }

    /** Goes on from the checkpoint, if there is one; returns where its walk stands. */
    private Chain.State resume(long fingerprint) {
        if (context.checkpoint() == null || !Files.exists(context.checkpoint())) {
            return null;
        }
        Checkpoint.Saved from = Checkpoint.read(context.checkpoint(), fingerprint);
        begin -= from.nanos();
        kept = from.kept();
        rounds.addAll(from.rounds());
        steps.addAll(from.steps());
        if (!steps.isEmpty()) {
            dense.net().setParams(Nd4j.create(from.parameters()));
        }
        return from.chain();
    }

    private void save(long fingerprint, boolean[] first, Chain.State state) {
        if (context.checkpoint() == null) {
            return;
        }
        float[] parameters = steps.isEmpty() ? new float[0] : values(dense.net().params());
        Checkpoint.write(
                context.checkpoint(),
                new Checkpoint.Saved(fingerprint, System.nanoTime() - begin, parameters, first, steps, rounds, state));
        saved = System.nanoTime();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the finished checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private long fingerprint() {
        long weights = Arrays.hashCode(values(start.net().params()));
        long features = Arrays.hashCode(images.features()) * 31L + Arrays.hashCode(images.labels());
        return Seeds.derive(
                weights * 0x9E3779B97F4A7C15L + features,
                options + " " + context.seed("moves") + " " + Arrays.hashCode(candidates));
    }

    private static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static int count(boolean[] mask) {
        return (int) IntStream.range(0, mask.length).filter(e -> mask[e]).count();
    }
}
