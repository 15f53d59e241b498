package org.parsimony.optinet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.steps.Train;

/**
 * OptiNET: the number of units of every hidden layer from the entropy of the data and of the layers.
 *
 * <p>Step 1, the data set's complexity, is the published one (Information 2022, 13(9), 405). The rest is the
 * reconstruction OptiNET-R: measure each hidden layer's entropy in a trained network; size it by the demand; keep the
 * highest-ranked units with their weights; fine-tune; and where the validation accuracy has dropped by more than the
 * tolerance, raise the demand and size again from the dense baseline. Nothing is chosen on the test split.
 *
 * <p>Randomness: the probe set, the order of training samples, and units that are chosen at random, by the context.
 */
public final class OptiNET {

    private OptiNET() {}

    /** How to size; the defaults are those of OptiNET-R. */
    public record Options(
            @Describe("how complexity becomes width") Sizing sizing,
            @Describe("bits that number the classes: whole, as published, or exact") Complexity.ClassBits classBits,
            @Describe(value = "factor on the demand of the first try, above 0", least = 0) double demand,
            @Describe(
                            value = "factor on the demand from one try to the next, above 1, up to 100",
                            least = 1,
                            most = 100)
                    double growth,
            @Describe("how the entropies of units add up") LayerEntropy.Measure measure,
            @Describe(value = "bins of the activations' quantiser, at least 2", least = 2) int bins,
            @Describe(value = "training samples that the layers are measured on, at least 2", least = 2) int probe,
            @Describe(
                            value = "units that correlate more than this with a kept one do not count, from 0 to 1;"
                                    + " 1 keeps all",
                            least = 0,
                            most = 1)
                    double maxCorrelation,
            @Describe("which units are kept at the widths that the entropies gave") Units units,
            @Describe(
                            value = "greatest drop of the validation accuracy below the dense baseline's, from 0 to 1",
                            least = 0,
                            most = 1)
                    double tolerance,
            @Describe(value = "epochs of fine-tuning every try; 0 cuts once and takes that", least = 0)
                    int fineTuneEpochs,
            @Describe(value = "samples of a training batch, at least 1", least = 1) int batchSize) {

        public Options {
            Require.oneOf("sizing", sizing, Sizing.values());
            Require.oneOf("classBits", classBits, Complexity.ClassBits.values());
            Require.positive("demand", demand);
            Require.that(growth > 1 && growth <= 100, "growth is %s, but must lie above 1, up to 100", growth);
            Require.oneOf("measure", measure, LayerEntropy.Measure.values());
            Require.atLeast("bins", bins, 2);
            Require.atLeast("probe", probe, 2);
            Require.between("maxCorrelation", maxCorrelation, 0, 1);
            Require.oneOf("units", units, Units.values());
            Require.between("tolerance", tolerance, 0, 1);
            Require.atLeast("fineTuneEpochs", fineTuneEpochs, 0);
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
                    Units.ENTROPY,
                    0.005,
                    10,
                    64);
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

        /** These options with another choice of the units that are kept. */
        public Options units(Units other) {
            return With.component(this, "units", other);
        }

        /** These options with another tolerance. */
        public Options tolerance(double other) {
            return With.component(this, "tolerance", other);
        }

        /** These options with other fine-tuning. */
        public Options fineTuneEpochs(int other) {
            return With.component(this, "fineTuneEpochs", other);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }
    }

    /**
     * One try: sized, cut and fine-tuned.
     *
     * @param units how the kept units were chosen: by entropy in the search, by another choice once at its widths
     * @param demand factor on the demand, or NaN for a closed form
     * @param demands on each hidden layer in bits; NaN for a closed form
     * @param widths of the hidden layers
     * @param parameters of the cut net
     * @param accuracy validation accuracy before fine-tuning
     * @param accuracyTuned validation accuracy after fine-tuning; NaN without any
     * @param accepted whether that is within the tolerance; a cut without fine-tuning is taken as it is
     */
    public record Try(
            Units units,
            double demand,
            double[] demands,
            int[] widths,
            long parameters,
            double accuracy,
            double accuracyTuned,
            boolean accepted) {}

    /**
     * Sizes {@code start}.
     *
     * @param start a trained network with at least one hidden layer
     * @return the sized and fine-tuned network, with every try; if no width below the baseline's was good enough, the
     *     last try, and {@link OptiNetOutcome#verdict()} says so
     * @throws IllegalArgumentException if the network has no hidden layer
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static OptiNetOutcome run(Model start, Dataset data, Options options, Context context) {
        return new Search(start, data, options, context).run();
    }

    /** One run. */
    private static final class Search {
        private final long begin = System.nanoTime();
        private final Model start;
        private final Dataset data;
        private final Options options;
        private final Context context;
        private final Complexity complexity;
        private final double reference;
        private final Samples probe;
        private final List<LayerEntropy> entropies = new ArrayList<>();
        private final List<Try> tries = new ArrayList<>();
        private Model cut;
        private Model sized;

        Search(Model start, Dataset data, Options options, Context context) {
            int[] layers = Arrays.stream(Surgery.layers(start))
                    .filter(layer ->
                            Arrays.stream(Surgery.readNorms(start, layer)).allMatch(Double::isFinite))
                    .toArray();
            Require.that(
                    layers.length > 0,
                    "network %s has no hidden layer, but OptiNET sizes hidden layers; give it at least one",
                    Architectures.text(start));
            this.start = start;
            this.data = data;
            this.options = options;
            this.context = context;
            this.complexity = Complexity.of(data.train(), options.classBits());
            this.reference = start.evaluate(data.validation()).accuracy();
            this.probe = data.train().draw(options.probe(), context.seed("probe"));
            for (int layer : layers) {
                entropies.add(LayerEntropy.of(
                        start,
                        layer,
                        probe,
                        options.measure(),
                        options.bins(),
                        options.maxCorrelation(),
                        context.progress()));
            }
        }

        OptiNetOutcome run() {
            Plan plan = search();
            if (options.units() != Units.ENTROPY) {
                attempt(plan, options.units());
            }
            context.progress().report(1, 1, "network " + Architectures.text(sized));
            Change change = Change.of(start, sized, data, begin);
            change = nothingCut() ? change : change.rightAfter(cut);
            change = change.trained(options.fineTuneEpochs(), options.batchSize());
            return new OptiNetOutcome(change, complexity, entropies, tries, reference, options.tolerance());
        }

        /** Tries by entropy until one is accepted or nothing is left to raise; returns its plan. */
        private Plan search() {
            double factor = options.demand();
            Plan plan = plan(factor);
            attempt(plan, Units.ENTROPY);
            while (!last().accepted() && options.sizing().measuresLayers() && !isWhole(plan)) {
                Plan before = plan;
                while (Arrays.equals(before.widths(), plan.widths())) {
                    factor *= options.growth();
                    plan = plan(factor);
                }
                attempt(plan, Units.ENTROPY);
            }
            return plan;
        }

        private Plan plan(double factor) {
            return Plan.of(complexity, entropies, data, factor, options.sizing());
        }

        private Try last() {
            return tries.get(tries.size() - 1);
        }

        private boolean nothingCut() {
            return entropies.stream().allMatch(entropy -> Surgery.units(sized, entropy.layer()) == entropy.units());
        }

        /** Cuts the baseline to the plan's widths and fine-tunes it. */
        private void attempt(Plan plan, Units units) {
            Map<Integer, int[]> removed = new TreeMap<>();
            for (int l = 0; l < entropies.size(); l++) {
                LayerEntropy entropy = entropies.get(l);
                int[] kept = units.kept(start, entropy, plan.widths()[l], data, probe, options, context);
                removed.put(
                        entropy.layer(),
                        IntStream.range(0, entropy.units())
                                .filter(unit -> Arrays.binarySearch(kept, unit) < 0)
                                .toArray());
            }
            cut = Surgery.remove(start, removed);
            double before = cut.evaluate(data.validation()).accuracy();
            double tuned = Double.NaN;
            Progress progress = context.progress();
            Context part = context.within("fine-tuning").part(share(tries.size()), share(tries.size() + 1));
            part.progress().report(0, 1, "fine-tuning " + Architectures.text(plan.widths()));
            if (options.fineTuneEpochs() > 0) {
                Train.Trained trained = Train.run(cut, data, fineTuning(options), part);
                sized = trained.model();
                tuned = trained.training().validation().accuracy();
            } else {
                sized = cut;
            }
            tries.add(new Try(
                    units,
                    plan.factor(),
                    plan.demands(),
                    plan.widths(),
                    sized.net().parameters(),
                    before,
                    tuned,
                    Double.isNaN(tuned) || tuned >= reference - options.tolerance()));
            progress.watch("dense baseline", tries.size(), 100 * reference);
            progress.watch("before fine-tuning", tries.size(), 100 * before);
            if (options.fineTuneEpochs() > 0) {
                progress.watch("fine-tuned", tries.size(), 100 * tuned);
            }
        }

        private boolean isWhole(Plan plan) {
            for (int l = 0; l < entropies.size(); l++) {
                if (plan.widths()[l] < Plan.most(entropies.get(l))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Train.Options fineTuning(Options options) {
        return new Train.Options().epochs(options.fineTuneEpochs()).batchSize(options.batchSize());
    }

    /** Share of the fine-tuning that is done after {@code tries} tries, when nobody knows how many there will be. */
    private static double share(int tries) {
        return 1 - Math.pow(0.5, tries);
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
    }

    /** The method {@code optinet}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "optinet",
                    "optinet",
                    "size every hidden layer by the entropy of the data and of its activations",
                    Options.class,
                    OptiNET::run);
        }

        /** That of the try which is taken: every try begins at the dense baseline's weights. */
        @Override
        public Training training(Options options) {
            return options.fineTuneEpochs() == 0
                    ? Training.NONE
                    : fineTuning(options).trainings(1);
        }
    }
}
