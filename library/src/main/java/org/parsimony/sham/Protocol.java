package org.parsimony.sham;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;
import org.parsimony.network.fused.Hook;

/** One run of {@link Sham}: train, prune in rounds, share, tune, code. */
final class Protocol {

    private final Dataset data;
    private final Sham.Options options;
    private final Progress progress;
    private final List<ShamOutcome.Step> steps = new ArrayList<>();
    private final Model original;
    private final List<Weights> layers;
    private final int epochs;
    private Model model;
    private int done;

    Protocol(Model start, Dataset data, Sham.Options options, Progress progress) {
        this.data = data;
        this.options = options;
        this.progress = progress;
        original = start.copy();
        layers = Weights.chosen(original, options.layers());
        Require.that(
                !layers.isEmpty(),
                "the network has no layer of the kind layers = %s; choose others or another network",
                options.layers());
        fitting("percentiles", options.percentiles().length);
        fitting("k", options.k().length);
        epochs = options.epochs()
                + (prunes() ? options.rounds() * options.pruneEpochs() : 0)
                + (shares() ? options.tuneEpochs() : 0);
    }

    private void fitting(String name, int numbers) {
        Require.that(
                numbers == 1 || numbers == layers.size(),
                "%s has %d numbers, but must have one, or one for each of the %d chosen layers",
                name,
                numbers,
                layers.size());
    }

    ShamOutcome run() {
        long start = System.nanoTime();
        train();
        model = retraining("retrain").with(original, options.pruneRate(), options.rounds() * options.pruneEpochs());
        double after = original.evaluate(data.test()).accuracy();
        double before = after;
        if (options.biases() == Sham.Biases.REMOVE) {
            removeBiases();
        }
        if (prunes()) {
            for (int round = 1; round <= options.rounds(); round++) {
                prune(round);
                if (round == options.rounds() && !shares()) {
                    after = model.evaluate(data.test()).accuracy();
                }
                retrain(
                        options.pruneEpochs(),
                        "retrain",
                        "pruning " + round,
                        List.of(penalties(round < options.rounds() ? options.l1() : 0)));
            }
        }
        if (shares()) {
            model = retraining("tune").with(model, options.tuneRate(), options.tuneEpochs());
            TiedWeights tied = share();
            after = model.evaluate(data.test()).accuracy();
            retrain(options.tuneEpochs(), "tune", "sharing", List.of(penalties(0), tied));
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<Coding.Layer> codes = layers.stream()
                .map(layer -> Coding.of(layer, layer.matrix(model)))
                .toList();
        List<ShamOutcome.CodedWeights> coded =
                codes.stream().map(Coding.Layer::measured).toList();
        CodedNetwork file = Coding.network(model, codes);
        Measurement row =
                Measurement.of("sham", data, model, options.seed(), before, after, options.batchSize(), seconds);
        progress.report(1, 1, "coded");
        return new ShamOutcome(original, model, List.copyOf(steps), coded, file, Coding.measured(row, coded, file));
    }

    private boolean prunes() {
        for (double p : options.percentiles()) {
            if (p > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean shares() {
        return options.quantiser() != Quantiser.NONE;
    }

    private void train() {
        if (options.epochs() > 0) {
            Trainer.Training training = Trainer.run(
                    original,
                    data.train(),
                    data.validation(),
                    new Trainer.Options()
                            .epochs(options.epochs())
                            .batchSize(options.batchSize())
                            .seed(Seeds.derive(options.seed(), "original")),
                    progress.part(0, (double) options.epochs() / Math.max(1, epochs)));
            model = original;
            training.epochs()
                    .forEach(e -> step(
                            "original", e.number(), e.loss(), e.validation().accuracy()));
            done = options.epochs();
        }
    }

    private Penalties penalties(double l1) {
        return new Penalties(layers, l1, options.biases());
    }

    private void removeBiases() {
        for (var layer : model.network().getLayers()) {
            INDArray bias = layer.paramTable().get("b");
            if (bias != null) {
                bias.assign(0);
            }
        }
    }

    /** Removes up to the percentile of this round: what was removed before is zero, and stays below every threshold. */
    private void prune(int round) {
        double left = 1 - (double) round / options.rounds();
        double share = 1 - left * left * left;
        List<float[]> weights = weights();
        boolean[][] kept = new boolean[layers.size()][];
        if (options.pruning() == Sham.Scope.NETWORK) {
            kept = split(Pruning.kept(joined(weights), share * options.percentiles()[0]), weights);
        } else {
            for (int l = 0; l < kept.length; l++) {
                kept[l] = Pruning.kept(weights.get(l), share * at(options.percentiles(), l));
            }
        }
        for (int l = 0; l < kept.length; l++) {
            float[] w = weights.get(l);
            for (int i = 0; i < w.length; i++) {
                w[i] = kept[l][i] ? w[i] : 0;
            }
            layers.get(l).write(model, w);
            layers.get(l).mask(model, w);
        }
        step("prune", 0, Double.NaN, model.evaluate(data.validation()).accuracy());
    }

    private List<float[]> weights() {
        return layers.stream().map(layer -> layer.read(model)).toList();
    }

    private static double at(double[] values, int l) {
        return values[values.length == 1 ? 0 : l];
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int offset = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, offset, part.length);
            offset += part.length;
        }
        return all;
    }

    private static boolean[][] split(boolean[] all, List<float[]> like) {
        boolean[][] parts = new boolean[like.size()][];
        int offset = 0;
        for (int l = 0; l < parts.length; l++) {
            parts[l] = java.util.Arrays.copyOfRange(all, offset, offset += like.get(l).length);
        }
        return parts;
    }

    /** Quantises; what is exactly zero afterwards stays zero, everything else of one value stays of one value. */
    private TiedWeights share() {
        List<float[]> weights = weights();
        int[][] value = new int[layers.size()][];
        int values = 0;
        boolean unified = options.codebooks() == Sham.Scope.NETWORK;
        float[] shared = unified ? shared(joined(weights), 0) : null;
        int offset = 0;
        for (int l = 0; l < value.length; l++) {
            int length = weights.get(l).length;
            float[] w =
                    unified ? java.util.Arrays.copyOfRange(shared, offset, offset + length) : shared(weights.get(l), l);
            offset += length;
            float[] distinct = Codebook.distinct(unified ? shared : w);
            value[l] = new int[length];
            for (int i = 0; i < length; i++) {
                value[l][i] = w[i] == 0 ? -1 : values + java.util.Arrays.binarySearch(distinct, w[i]);
            }
            values += unified ? 0 : distinct.length;
            layers.get(l).write(model, w);
            layers.get(l).mask(model, w);
        }
        step("share", 0, Double.NaN, model.evaluate(data.validation()).accuracy());
        return new TiedWeights(layers, value, options.tying());
    }

    /** {@code weights} with few values, zeros as they were. */
    private float[] shared(float[] weights, int l) {
        int k = options.k()[options.k().length == 1 ? 0 : l];
        boolean sparse = prunes() || !original.masks().isEmpty();
        boolean all = options.population() == Sham.Population.ALL || !sparse;
        float[] population = all ? weights : nonzero(weights);
        float[] found = population.length == 0
                ? population
                : quantised(population, k, l).weights();
        float[] result = new float[weights.length];
        for (int i = 0, next = 0; i < result.length; i++) {
            boolean in = all || weights[i] != 0;
            float value = in ? found[next++] : 0;
            result[i] = sparse && weights[i] == 0 ? 0 : value;
        }
        return result;
    }

    private Codebook quantised(float[] weights, int k, int l) {
        long seed = Seeds.derive(options.seed(), "sharing " + l);
        return switch (options.quantiser()) {
            case NONE -> throw new IllegalStateException("nothing is shared");
            case CWS -> KMeans.of(weights, k, options.clustering(), seed);
            case PWS -> Quantisation.pws(weights, k, seed);
            case UQ -> Quantisation.uq(weights, k);
            case ECSQ -> Quantisation.ecsq(weights, k, options.lambda());
        };
    }

    private static float[] nonzero(float[] weights) {
        float[] kept = new float[weights.length];
        int n = 0;
        for (float w : weights) {
            if (w != 0) {
                kept[n++] = w;
            }
        }
        return java.util.Arrays.copyOf(kept, n);
    }

    private void retrain(int count, String phase, String order, List<Hook> hooks) {
        int before = done;
        retraining(phase).run(model, count, order, hooks);
        done = before + count;
    }

    private Retraining retraining(String phase) {
        int before = done;
        return new Retraining(data, options, progress, (epoch, loss, validation) -> {
            step(phase, epoch, loss, validation);
            done = before + epoch;
            progress.report(
                    done,
                    epochs,
                    String.format(
                            Locale.ROOT, "%s, epoch %d, validation accuracy %.2f %%", phase, epoch, 100 * validation));
            progress.watch("validation accuracy", done, 100 * validation);
        });
    }

    private void step(String phase, int epoch, double loss, double validation) {
        long nonzeros = 0;
        int distinct = 0;
        for (float[] w : weights()) {
            for (float value : w) {
                nonzeros += value == 0 ? 0 : 1;
            }
            distinct = Math.max(distinct, Codebook.distinct(w).length);
        }
        steps.add(new ShamOutcome.Step(phase, epoch, nonzeros, distinct, loss, validation));
    }
}
