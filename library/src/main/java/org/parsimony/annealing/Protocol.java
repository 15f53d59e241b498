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
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;

/** One run of {@link Annealing}: single search or gradual, with its checkpoint and its measurements. */
final class Protocol {

    private static final long SAVE_NANOS = 1_000_000_000L;

    private final Dataset data;
    private final Annealing.Options options;
    private final Annealing.Execution execution;
    private final Progress progress;
    private final Elements elements;
    private final boolean[] candidates;
    private final int available;
    private final Samples images;
    private final int[] removals;
    private final boolean normalises;
    private final List<Round> rounds = new ArrayList<>();
    private final List<AnnealingOutcome.Step> steps = new ArrayList<>();
    /** The network that everything starts from. */
    private Model original;

    /** The network whose weights the search is over, nothing removed; gradual retraining changes it. */
    private Model dense;

    private boolean[] kept;
    private double cost;
    private String engine;
    private long saved = System.nanoTime();

    Protocol(Model model, Dataset data, Annealing.Options options, Annealing.Execution execution, Progress progress) {
        this.original = model;
        this.data = data;
        this.options = options;
        this.execution = execution;
        this.progress = progress;
        this.elements = Elements.of(model, options.element(), options.layerIndices());
        this.candidates = elements.candidates(model);
        this.available = (int)
                IntStream.range(0, candidates.length).filter(e -> candidates[e]).count();
        this.images = options.split().of(data).draw(options.images(), Seeds.derive(options.seed(), "cost images"));
        this.normalises = Forward.hasNorm(model.network(), 0, model.network().getnLayers());
        double stride = options.step() == 0 ? options.ratio() : options.step();
        int count = (int) Math.ceil(options.ratio() / stride - 1e-9);
        this.removals = IntStream.rangeClosed(1, count)
                .map(s -> (int) (Math.min(options.ratio(), s * stride) * available + 1e-9))
                .toArray();
        int removed = removals[count - 1];
        Require.that(
                removed >= 1 && removed < available,
                "ratio %s of %d elements removes %d of them, but at least 1 must be removed and 1 kept",
                options.ratio(),
                available,
                removed);
    }

    AnnealingOutcome run() {
        long begin = System.nanoTime();
        double trained = options.denseEpochs() > 0 ? 0.3 : 0;
        original = Annealing.dense(original, data, options, progress.part(0, trained));
        Progress searching = progress.part(trained, options.retrainEpochs() > 0 ? 0.6 : 1);
        double before = normed(original.copy()).evaluate(data.test()).accuracy();
        dense = original.copy();
        kept = candidates.clone();
        long fingerprint = execution.checkpoint() == null ? 0 : fingerprint();
        Chain.State state = resume(fingerprint);
        double denseCost = newCost(original, candidates);
        double[] magnitudes = null;
        Model pruned = null;
        while (steps.size() < removals.length) {
            int step = steps.size();
            magnitudes = elements.magnitudes(dense);
            if (state == null) {
                remove(removals[step] - (available - count(kept)), magnitudes);
            }
            search(state, fingerprint, searching);
            state = null;
            pruned = normed(elements.masked(dense, kept));
            double after = pruned.evaluate(data.test()).accuracy();
            double tuned = Double.NaN;
            if (step + 1 < removals.length && options.stepEpochs() > 0) {
                tuned = retrainBetweenSteps(pruned);
            }
            steps.add(new AnnealingOutcome.Step((double) removals[step] / available, cost, after, tuned));
        }
        Model model = pruned;
        if (options.retrainEpochs() > 0) {
            model = pruned.copy();
            train(model, options.retrainEpochs(), "retraining", progress.part(0.6, 1));
            normed(model);
        }
        Measurement measurement = Measurement.of(
                method(),
                data,
                model,
                options.seed(),
                before,
                steps.get(steps.size() - 1).accuracyAfter(),
                options.batchSize(),
                (System.nanoTime() - begin) * 1e-9);
        if (execution.checkpoint() != null) {
            delete(execution.checkpoint());
        }
        return new AnnealingOutcome(
                model,
                pruned,
                measurement,
                List.copyOf(rounds),
                List.copyOf(steps),
                kept,
                magnitudes,
                cost,
                denseCost,
                engine);
    }

    /** Gives the model the statistics that it is to be judged with: dense, pruned and retrained are judged alike. */
    private Model normed(Model model) {
        if (options.norm() == Statistics.BATCH) {
            Recalibration.of(model, images);
        }
        return model;
    }

    private String method() {
        String name = options.cooling().isSearch()
                ? "annealing"
                : options.start() == Annealing.Start.RANDOM ? "random removal" : "min-K";
        String statistics = options.norm() == Statistics.BATCH ? "batch statistics" : "running statistics";
        return normalises ? name + ", " + statistics : name;
    }

    private MaskCost costOf(Model model) {
        MaskCost incremental = IncrementalCost.of(model, elements, images, options.norm());
        return incremental != null ? incremental : new NetworkCost(model, elements, images, options.norm());
    }

    /** Mean loss under one mask. */
    private double newCost(Model model, boolean[] mask) {
        MaskCost whole = costOf(model);
        whole.compute(mask);
        return whole.total() / images.size();
    }

    /** Removes so many more elements. */
    private void remove(int more, double[] magnitudes) {
        SplittableRandom random = Seeds.random(options.seed(), "removal " + steps.size());
        int[] order = Seeds.permutation(kept.length, random);
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
    private void search(Chain.State state, long fingerprint, Progress searching) {
        MaskCost maskCost = costOf(dense);
        engine = maskCost.engine();
        boolean[] start = kept.clone();
        int[] rows = options.neighbourhood() == Annealing.Neighbourhood.WITHIN_ROW ? elements.rows() : null;
        long seed = Seeds.derive(options.seed(), "moves " + steps.size());
        long total = Math.max(1, (long) removals.length * options.cooling().length());
        try (Chain chain = new Chain(maskCost, start, candidates, rows, options, execution, seed, state)) {
            while (!chain.isDone()) {
                try {
                    progress.checkCancelled();
                } catch (CancellationException e) {
                    save(fingerprint, start, chain.state());
                    throw e;
                }
                Round round = chain.round();
                rounds.add(round);
                show(round, total, searching);
                if (System.nanoTime() - saved > SAVE_NANOS) {
                    save(fingerprint, start, chain.state());
                }
            }
            save(fingerprint, start, chain.state());
            boolean best = options.keep() == Annealing.Keep.BEST;
            kept = best ? chain.state().best : chain.kept();
            cost = (best ? chain.state().bestTotal : maskCost.total()) / images.size();
        }
    }

    private void show(Round round, long total, Progress searching) {
        int x = rounds.size();
        double rate = (double) round.accepted() / round.moves();
        progress.watch("cost", x, round.cost());
        progress.watch("best cost", x, round.bestCost());
        progress.watch("temperature", x, round.temperature());
        progress.watch("acceptance rate", x, rate);
        searching.report(
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
     * dense network of the next step: what the mask removes keeps the weights it had. Returns the test accuracy.
     */
    private double retrainBetweenSteps(Model pruned) {
        MultiLayerConfiguration configuration =
                pruned.network().getLayerWiseConfigurations().clone();
        for (int l = 0; l < pruned.network().getnLayers(); l++) {
            boolean searched = Arrays.stream(elements.layers()).anyMatch(Integer.valueOf(l)::equals);
            boolean weighted = pruned.network().getLayer(l).paramTable().containsKey("W");
            if (weighted && !searched) {
                ((BaseLayer) configuration.getConf(l).getLayer()).setIUpdater(new Sgd(0));
            }
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.setParams(pruned.network().params());
        Model trained = new Model(network, pruned.masks());
        train(trained, options.stepEpochs(), "retraining " + steps.size(), Progress.NONE);
        double accuracy = normed(trained).evaluate(data.test()).accuracy();
        elements.masks(kept).forEach((layer, mask) -> {
            float[] before = Stage.values(dense.network().getLayer(layer).getParam("W"));
            INDArray parameter = network.getLayer(layer).getParam("W");
            float[] after = Stage.values(parameter);
            for (int i = 0; i < after.length; i++) {
                after[i] = mask[i] != 0 ? after[i] : before[i];
            }
            parameter.assign(Nd4j.create(after, parameter.shape(), 'c'));
        });
        dense.network().setParams(network.params());
        return accuracy;
    }

    private void train(Model model, int epochs, String phase, Progress part) {
        Trainer.run(model, data.train(), data.validation(), options.training(epochs, phase), part);
    }

    /** Takes up the checkpoint, if there is one; returns where its walk stands. */
    private Chain.State resume(long fingerprint) {
        if (execution.checkpoint() == null || !Files.exists(execution.checkpoint())) {
            return null;
        }
        Checkpoint.Saved from = Checkpoint.read(execution.checkpoint(), fingerprint);
        kept = from.kept();
        rounds.addAll(from.rounds());
        steps.addAll(from.steps());
        if (!steps.isEmpty()) {
            dense.network().setParams(Nd4j.create(from.parameters()));
        }
        return from.chain();
    }

    private void save(long fingerprint, boolean[] start, Chain.State state) {
        if (execution.checkpoint() == null) {
            return;
        }
        float[] parameters =
                steps.isEmpty() ? new float[0] : Stage.values(dense.network().params());
        Checkpoint.write(
                execution.checkpoint(), new Checkpoint.Saved(fingerprint, parameters, start, steps, rounds, state));
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
        long weights = Arrays.hashCode(Stage.values(original.network().params()));
        long features = Arrays.hashCode(images.features()) * 31L + Arrays.hashCode(images.labels());
        return Seeds.derive(weights * 0x9E3779B97F4A7C15L + features, options + " " + Arrays.hashCode(candidates));
    }

    private static int count(boolean[] mask) {
        return (int) IntStream.range(0, mask.length).filter(e -> mask[e]).count();
    }
}
