package org.parsimony.optinet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.Trainer;

/**
 * OptiNET: the number of units of every hidden layer from the entropy of the data and of the layers.
 *
 * <p>Step 1, the data set's complexity, is the published one (Information 2022, 13(9), 405). The rest is the
 * reconstruction OptiNET-R: train the original net; measure each hidden layer's entropy; size it by the demand; keep the
 * highest-ranked units with their weights; fine-tune; and where the validation accuracy has dropped by more than the
 * tolerance, raise the demand and size again from the original. Nothing is chosen on the test split.
 *
 * <p>Randomness: the probe set and the order of training samples, both derived from the seed.
 */
public final class OptiNET {

    private OptiNET() {}

    /**
     * @param sizing how complexity becomes width; default {@link Sizing#LAYER_ENTROPY}
     * @param classBits bits that number the classes; default {@link Complexity.ClassBits#WHOLE}
     * @param demand factor on the demand of the first try, above 0; default 8
     * @param growth factor on the demand from one try to the next, above 1; default 1.5
     * @param measure how the entropies of units add up; default {@link LayerEntropy.Measure#JOINT}
     * @param bins of the activations' quantiser, at least 2; default 16
     * @param probe training samples that the layers are measured on, at least 2; default 5000
     * @param maxCorrelation units that correlate more than this with a kept one do not count, from 0 to 1; default
     *     0.95, and 1 switches the filter off
     * @param tolerance greatest drop of the validation accuracy below the original's, from 0 to 1; default 0.005
     * @param epochs of training the original, from 0 (it is trained already) on; default 10
     * @param fineTuneEpochs of every try, at least 1; default 10
     * @param batchSize at least 1; default 64
     * @param seed default 1
     */
    public record Options(
            @Describe("how complexity becomes width") Sizing sizing,
            @Describe("bits that number the classes: whole, as published, or exact") Complexity.ClassBits classBits,
            @Describe("factor on the demand of the first try, above 0") double demand,
            @Describe("factor on the demand from one try to the next, above 1, up to 100") double growth,
            @Describe("how the entropies of units add up") LayerEntropy.Measure measure,
            @Describe("bins of the activations' quantiser, at least 2") int bins,
            @Describe("training samples that the layers are measured on, at least 2") int probe,
            @Describe("units that correlate more than this with a kept one do not count, from 0 to 1; 1 keeps all")
                    double maxCorrelation,
            @Describe("greatest drop of the validation accuracy below the original's, from 0 to 1") double tolerance,
            @Describe("epochs of training the original, at least 0; 0 if it is trained already") int epochs,
            @Describe("epochs of fine-tuning every try, at least 1") int fineTuneEpochs,
            @Describe("samples of a training batch, at least 1") int batchSize,
            @Describe("seed of the probe set and of the order of training samples") long seed) {

        public Options {
            Require.that(sizing != null, "sizing is missing, but must be one of %s", Arrays.toString(Sizing.values()));
            Require.that(classBits != null, "classBits is missing, but must be WHOLE or EXACT");
            Require.positive("demand", demand);
            Require.that(growth > 1 && growth <= 100, "growth is %s, but must lie above 1, up to 100", growth);
            Require.that(measure != null, "measure is missing, but must be MARGINAL or JOINT");
            Require.atLeast("bins", bins, 2);
            Require.atLeast("probe", probe, 2);
            Require.between("maxCorrelation", maxCorrelation, 0, 1);
            Require.between("tolerance", tolerance, 0, 1);
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("fineTuneEpochs", fineTuneEpochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
        }

        /** The defaults. */
        public Options() {
            this(
                    Sizing.LAYER_ENTROPY,
                    Complexity.ClassBits.WHOLE,
                    8,
                    1.5,
                    LayerEntropy.Measure.JOINT,
                    16,
                    5000,
                    0.95,
                    0.005,
                    10,
                    10,
                    64,
                    1);
        }

        /** These options with another sizing. */
        public Options sizing(Sizing other) {
            return With.component(this, "sizing", other);
        }

        /** These options with other demand factors. */
        public Options demand(double first, double growth) {
            return With.component(With.component(this, "demand", first), "growth", growth);
        }

        /** These options with another way of adding up entropies. */
        public Options measure(LayerEntropy.Measure other) {
            return With.component(this, "measure", other);
        }

        /** These options with another number of activation bins. */
        public Options bins(int other) {
            return With.component(this, "bins", other);
        }

        /** These options with another probe size. */
        public Options probe(int other) {
            return With.component(this, "probe", other);
        }

        /** These options with another redundancy filter. */
        public Options maxCorrelation(double other) {
            return With.component(this, "maxCorrelation", other);
        }

        /** These options with another tolerance. */
        public Options tolerance(double other) {
            return With.component(this, "tolerance", other);
        }

        /** These options with other epochs, of the original and of every fine-tuning. */
        public Options epochs(int original, int fineTune) {
            return With.component(With.component(this, "epochs", original), "fineTuneEpochs", fineTune);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return With.component(this, "seed", other);
        }

        Trainer.Options training(int epochs, String phase) {
            return new Trainer.Options().epochs(epochs).batchSize(batchSize).seed(Seeds.derive(seed, phase));
        }
    }

    /**
     * One try: sized, cut and fine-tuned.
     *
     * @param demand factor on the demand, or NaN for a closed form
     * @param demands on each hidden layer in bits; NaN for a closed form
     * @param widths of the hidden layers
     * @param parameters of the cut net
     * @param accuracyAfter validation accuracy right after the cut
     * @param accuracyTuned validation accuracy after fine-tuning
     * @param accepted whether that is within the tolerance
     */
    public record Try(
            double demand,
            double[] demands,
            int[] widths,
            long parameters,
            double accuracyAfter,
            double accuracyTuned,
            boolean accepted) {}

    /**
     * Sizes {@code model} on {@code data}.
     *
     * @param model the original network; it is not changed
     * @return the sized and fine-tuned network, with every try; if no width below the original's was good enough, the
     *     last try, and {@link OptiNetOutcome#verdict()} says so
     * @throws IllegalArgumentException if the network has no hidden layer
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static OptiNetOutcome run(Model model, Dataset data, Options options, Progress progress) {
        long start = System.nanoTime();
        int[] layers = Surgery.layers(model);
        Require.that(
                layers.length > 0,
                "network %s has no hidden layer, but OptiNET sizes hidden layers; give it at least one",
                Architectures.text(Architectures.widths(model)));
        Complexity complexity = Complexity.of(data.train(), options.classBits());
        Model original = model.copy();
        if (options.epochs() > 0) {
            Trainer.run(
                    original,
                    data.train(),
                    data.validation(),
                    options.training(options.epochs(), "original"),
                    progress.part(0, 0.4));
        }
        double reference = original.evaluate(data.validation()).accuracy();
        Samples probe = data.train().draw(options.probe(), Seeds.derive(options.seed(), "probe"));
        List<LayerEntropy> entropies = new ArrayList<>();
        for (int layer : layers) {
            entropies.add(LayerEntropy.of(
                    original, layer, probe, options.measure(), options.bins(), options.maxCorrelation(), progress));
        }

        List<Try> tries = new ArrayList<>();
        Model sized;
        Model cut;
        double factor = options.demand();
        do {
            Plan plan = Plan.of(complexity, entropies, data, factor, options.sizing());
            while (options.sizing().measuresLayers() && !tries.isEmpty() && plan.sameAs(tries.get(tries.size() - 1))) {
                factor *= options.growth();
                plan = Plan.of(complexity, entropies, data, factor, options.sizing());
            }
            cut = original;
            for (int l = 0; l < layers.length; l++) {
                cut = Surgery.keep(cut, layers[l], entropies.get(l).best(plan.widths()[l]));
            }
            sized = cut.copy();
            double after = cut.evaluate(data.validation()).accuracy();
            Progress part = progress.part(0.4 + 0.6 * share(tries.size()), 0.4 + 0.6 * share(tries.size() + 1));
            part.report(0, 1, "fine-tuning " + Architectures.text(plan.widths()));
            double tuned = Trainer.run(
                            sized,
                            data.train(),
                            data.validation(),
                            options.training(options.fineTuneEpochs(), "fine-tuning"),
                            part)
                    .validation()
                    .accuracy();
            tries.add(new Try(
                    plan.factor(),
                    plan.demands(),
                    plan.widths(),
                    sized.network().numParams(),
                    after,
                    tuned,
                    tuned >= reference - options.tolerance()));
            progress.watch("original", tries.size(), 100 * reference);
            progress.watch("right after the cut", tries.size(), 100 * after);
            progress.watch("fine-tuned", tries.size(), 100 * tuned);
            factor *= options.growth();
        } while (!tries.get(tries.size() - 1).accepted()
                && options.sizing().measuresLayers()
                && !isWholeNet(tries.get(tries.size() - 1).widths(), entropies));

        Measurement measurement = Measurement.of(
                "optinet",
                data,
                sized,
                options.seed(),
                original.evaluate(data.test()).accuracy(),
                cut.evaluate(data.test()).accuracy(),
                options.batchSize(),
                (System.nanoTime() - start) * 1e-9);
        progress.report(1, 1, String.format(Locale.ROOT, "widths %s", measurement.network()));
        return new OptiNetOutcome(original, sized, complexity, entropies, tries, reference, measurement);
    }

    /** Share of the fine-tuning that is done after {@code tries} tries, when nobody knows how many there will be. */
    private static double share(int tries) {
        return 1 - Math.pow(0.5, tries);
    }

    private static boolean isWholeNet(int[] widths, List<LayerEntropy> entropies) {
        for (int l = 0; l < widths.length; l++) {
            if (widths[l] < Plan.most(entropies.get(l))) {
                return false;
            }
        }
        return true;
    }

    /** Widths of the hidden layers and the demands they come from. */
    private record Plan(double factor, double[] demands, int[] widths) {

        static Plan of(
                Complexity complexity, List<LayerEntropy> entropies, Dataset data, double factor, Sizing sizing) {
            int layers = entropies.size();
            double[] demands = new double[layers];
            int[] widths;
            if (sizing.measuresLayers()) {
                demands = Sizing.demands(complexity, layers, factor);
                widths = new int[layers];
                for (int l = 0; l < layers; l++) {
                    widths[l] = entropies.get(l).widthFor(demands[l]);
                }
            } else {
                Arrays.fill(demands, Double.NaN);
                int first = sizing.firstWidth(complexity, data.inputs(), data.classes());
                widths = Sizing.geometric(first, layers, data.classes(), complexity);
            }
            for (int l = 0; l < layers; l++) {
                int units = entropies.get(l).units();
                widths[l] = Math.min(units, Math.max(Sizing.floor(complexity), widths[l]));
            }
            return new Plan(sizing.measuresLayers() ? factor : Double.NaN, demands, widths);
        }

        /** The greatest width that any demand can give a layer. */
        static int most(LayerEntropy entropy) {
            return Math.min(entropy.units(), Math.max(entropy.ranking().length, 2));
        }

        boolean sameAs(Try last) {
            return Arrays.equals(widths, last.widths());
        }
    }
}
