package org.parsimony.optinet;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.Trainer;
import org.parsimony.optinet.LayerEntropy.Measure;

/**
 * OptiNET beside what it must be better than, from one original net of one seed.
 *
 * <p>Every arm gets the same training in all: the original's epochs and the fine-tuning epochs. Random and magnitude
 * removal cut the same trained net to the same widths as OptiNET and are fine-tuned alike.
 */
public final class SizingComparison {

    private SizingComparison() {}

    /** One way to a net. */
    public enum Arm {
        /** The original as OptiNET found it, after the original's epochs. */
        ORIGINAL("original"),
        /** The original after as many epochs in all as every other arm. */
        ORIGINAL_TRAINED_ON("original, trained on"),
        OPTINET("OptiNET"),
        /** The units whose own entropy is greatest, whatever the others say, at OptiNET's widths. */
        MARGINAL_ENTROPY("own entropy alone"),
        /** Units chosen at random, at OptiNET's widths. */
        RANDOM_REMOVAL("random removal"),
        /** The units with the greatest Euclidean norm of incoming weights, at OptiNET's widths. */
        MAGNITUDE_REMOVAL("magnitude removal"),
        /** OptiNET's widths, fresh weights. */
        FROM_SCRATCH("widths from scratch"),
        /** Rule of thumb: the first hidden layer midway between inputs and outputs; fresh weights. */
        BETWEEN_RULE("rule: between in and out"),
        /** Rule of thumb: 2/3 · inputs + outputs in the first hidden layer; fresh weights. */
        TWO_THIRDS_RULE("rule: 2/3 in + out"),
        /** Rule of thumb: samples / (2 · (inputs + outputs)) in the first hidden layer; fresh weights. */
        SAMPLES_RULE("rule: by samples");

        private final String title;

        Arm(String title) {
            this.title = title;
        }

        /** The name in tables and figures, and of the method in recipes. */
        public String title() {
            return title;
        }
    }

    /**
     * What one seed gave.
     *
     * @param rows one for each arm
     * @param outcome of the OptiNET arm
     */
    public record Result(Map<Arm, Measurement> rows, OptiNetOutcome outcome) {}

    /**
     * Runs every arm for one seed.
     *
     * @param widths of the original net, inputs and classes included
     * @param options of OptiNET; its epochs, batch size and seed hold for every arm
     */
    public static Result run(int[] widths, Dataset data, OptiNET.Options options, Progress progress) {
        Map<Arm, Measurement> rows = new EnumMap<>(Arm.class);
        long weights = Seeds.derive(options.seed(), "weights");
        Model fresh = Architectures.mlp(widths, weights, new Architectures.Options());
        OptiNetOutcome outcome = OptiNET.run(fresh, data, options, progress.part(0, 0.4));
        Model original = outcome.original();
        double before = outcome.measurement().accuracyBefore();
        Rows row = new Rows(data, options, before);
        rows.put(Arm.OPTINET, outcome.measurement().withMethod(Arm.OPTINET.title()));
        rows.put(Arm.ORIGINAL, row.of(Arm.ORIGINAL, original, Double.NaN, 0));
        rows.put(Arm.ORIGINAL_TRAINED_ON, row.tuned(Arm.ORIGINAL_TRAINED_ON, original, progress.part(0.4, 0.45)));
        Samples probe = data.train().draw(options.probe(), Seeds.derive(options.seed(), "probe"));
        Model marginal = cut(original, outcome, (layer, kept) -> LayerEntropy.of(
                        original, layer, probe, Measure.MARGINAL, options.bins(), options.maxCorrelation(), progress)
                .best(kept));
        rows.put(Arm.MARGINAL_ENTROPY, row.tuned(Arm.MARGINAL_ENTROPY, marginal, progress.part(0.45, 0.5)));
        Model random = cut(
                original,
                outcome,
                (layer, kept) -> Arrays.copyOf(
                        Seeds.permutation(
                                Surgery.units(original, layer), Seeds.random(options.seed(), "removal " + layer)),
                        kept));
        rows.put(Arm.RANDOM_REMOVAL, row.tuned(Arm.RANDOM_REMOVAL, random, progress.part(0.5, 0.55)));
        Model magnitude = cut(original, outcome, (layer, kept) -> largest(original, layer, kept));
        rows.put(Arm.MAGNITUDE_REMOVAL, row.tuned(Arm.MAGNITUDE_REMOVAL, magnitude, progress.part(0.55, 0.6)));

        int layers = outcome.widths().length;
        int in = data.inputs();
        int out = data.classes();
        rows.put(Arm.FROM_SCRATCH, row.scratch(Arm.FROM_SCRATCH, outcome.widths(), progress.part(0.6, 0.65)));
        int[] firsts = {
            (in + out) / 2,
            Sizing.TWO_THIRDS.firstWidth(outcome.complexity(), in, out),
            Math.max(1, data.train().size() / (2 * (in + out)))
        };
        Arm[] rules = {Arm.BETWEEN_RULE, Arm.TWO_THIRDS_RULE, Arm.SAMPLES_RULE};
        for (int r = 0; r < rules.length; r++) {
            int[] hidden = Sizing.geometric(firsts[r], layers, out, outcome.complexity());
            double from = 0.65 + 0.35 * r / rules.length;
            rows.put(rules[r], row.scratch(rules[r], hidden, progress.part(from, from + 0.35 / rules.length)));
        }
        return new Result(rows, outcome);
    }

    @FunctionalInterface
    private interface Choice {
        int[] kept(int layer, int width);
    }

    private static Model cut(Model original, OptiNetOutcome outcome, Choice choice) {
        Model model = original;
        for (int l = 0; l < outcome.widths().length; l++) {
            int layer = outcome.entropies().get(l).layer();
            model = Surgery.keep(model, layer, choice.kept(layer, outcome.widths()[l]));
        }
        return model == original ? original.copy() : model;
    }

    private static int[] largest(Model model, int layer, int kept) {
        INDArray weights = model.network().getLayer(layer).getParam("W");
        double[] norms = (weights.rank() == 4 ? weights.norm2(1, 2, 3) : weights.norm2(0)).toDoubleVector();
        return IntStream.range(0, norms.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -norms[unit]))
                .limit(kept)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** Trains and measures one arm. */
    private record Rows(Dataset data, OptiNET.Options options, double before) {

        Measurement of(Arm arm, Model model, double after, double seconds) {
            return Measurement.of(
                    arm.title(), data, model, options.seed(), before, after, options.batchSize(), seconds);
        }

        Measurement tuned(Arm arm, Model start, Progress progress) {
            double after = start.evaluate(data.test()).accuracy();
            return trained(arm, start.copy(), options.fineTuneEpochs(), "fine-tuning", after, progress);
        }

        Measurement scratch(Arm arm, int[] hidden, Progress progress) {
            int[] widths = IntStream.concat(
                            IntStream.of(data.inputs()),
                            IntStream.concat(Arrays.stream(hidden), IntStream.of(data.classes())))
                    .toArray();
            long seed = Seeds.derive(options.seed(), "weights of " + arm.title());
            Model fresh = Architectures.mlp(widths, seed, new Architectures.Options());
            int epochs = options.epochs() + options.fineTuneEpochs();
            return trained(arm, fresh, epochs, "original", Double.NaN, progress);
        }

        private Measurement trained(Arm arm, Model model, int epochs, String phase, double after, Progress progress) {
            long start = System.nanoTime();
            Trainer.run(model, data.train(), data.validation(), options.training(epochs, phase), progress);
            return of(arm, model, after, (System.nanoTime() - start) * 1e-9);
        }
    }
}
