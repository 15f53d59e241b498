package org.parsimony.annealing;

import java.util.List;
import org.parsimony.annealing.cost.Element;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Split;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.steps.Train;

/**
 * Simulated annealing over masks: the weights of a trained network are frozen, a given share of one layer's connections
 * is pruned, and swaps of a kept connection with a pruned one look for the mask of that sparsity with the least loss.
 *
 * <p>After Kuo, Kuruoglu and Chan, Entropy 2022, 24(3), 348. One search of R temperatures and M moves each evaluates
 * R · M masks; each costs images × (units above that change), not a forward pass, where dense layers, batch norm and ReLU
 * are all that stands above.
 *
 * <p>The network must be trained already, and nothing is trained after the search: these are steps {@code train} before
 * and after it. Masks that it brings are kept: what they hold at zero is no element of the search. With batch statistics
 * the result carries those of the cost images; to judge the dense baseline and a retrained network alike, {@code
 * recalibrate} them.
 *
 * <p>Randomness: the cost images, the start mask and the moves, by the context. Threads and checkpoints change nothing.
 */
public final class Annealing {

    private Annealing() {}

    /** The mask that the search starts from. */
    public enum Start {
        /** Prunes elements at random. */
        RANDOM,
        /** Prunes those with the smallest mean |w|: by magnitude, the article's baseline "min-K". */
        MAGNITUDE
    }

    /** Between which elements a move exchanges. */
    public enum Neighbourhood {
        /** Any kept and any pruned one, as the authors' code does. */
        ANYWHERE,
        /** Two that feed the same unit, as the article describes. */
        WITHIN_ROW
    }

    /** Which mask is the result. */
    public enum Keep {
        /** The last one, as published. */
        LAST,
        /** The one with the least loss of all that were accepted. */
        BEST
    }

    /** How to search; the defaults are one search for 90 % of the last hidden layer with the article's cooling. */
    public record Options(
            @Describe(value = "share of the elements that is pruned, above 0 and below 1", least = 0, most = 1)
                    double ratio,
            @Describe(value = "share that each step of a gradual search prunes; 0 for one search", least = 0, most = 1)
                    double step,
            @Describe("indices of the searched layers; none for the last hidden one") List<Integer> layers,
            @Describe("what is kept or pruned as one") Element element,
            @Describe("mask that the search starts from; a gradual search prunes that way at each step") Start start,
            @Describe("between which elements a move exchanges") Neighbourhood neighbourhood,
            @Describe(value = "exchanges in one move, from 1 to 100", least = 1, most = 100) int exchanges,
            @Describe(value = "first temperature T0 in nats, above 0", least = 0) double temperature,
            @Describe(value = "factor from one temperature to the next, above 0, up to 1", least = 0, most = 1)
                    double eta,
            @Describe(value = "temperatures at most; 0 leaves the start mask", least = 0) int rounds,
            @Describe(value = "moves at each temperature; 0 leaves the start mask", least = 0) int loopLength,
            @Describe(value = "a rise of d nats is accepted with probability exp(-d/kT); above 0", least = 0) double k,
            @Describe(value = "temperature at which to stop, in nats, at least 0", least = 0) double leastTemperature,
            @Describe("loss that the first move is compared with") Cooling.Reference reference,
            @Describe("split that the images of the loss are drawn from; TEST as the authors do") Split split,
            @Describe(value = "images that the loss is measured on; all if there are no more", least = 1) int images,
            @Describe("statistics that batch norm normalises with while masks are compared") Statistics norm,
            @Describe("which mask is the result") Keep keep,
            @Describe(
                            value =
                                    "epochs of training the searched layers, others frozen, between the steps of a gradual"
                                            + " search; 0 for none",
                            least = 0)
                    int stepEpochs,
            @Describe(value = "samples of a training batch, at least 1", least = 1) int batchSize) {

        public Options {
            Require.that(
                    ratio > 0 && ratio < 1,
                    "ratio is %s, but must lie above 0 (nothing would be pruned) and below 1 (nothing would be kept)",
                    ratio);
            Require.that(
                    step >= 0 && step <= ratio,
                    "step is %s, but must be 0 for a single search or lie above 0, up to the ratio %s",
                    step,
                    ratio);
            Require.oneOf("element", element, Element.values());
            Require.oneOf("start", start, Start.values());
            Require.oneOf("neighbourhood", neighbourhood, Neighbourhood.values());
            Require.between("exchanges", exchanges, 1, 100);
            new Cooling(temperature, eta, rounds, loopLength, k, leastTemperature, reference);
            Require.oneOf("split", split, Split.values());
            Require.atLeast("images", images, 1);
            Require.oneOf("norm", norm, Statistics.values());
            Require.oneOf("keep", keep, Keep.values());
            Require.atLeast("stepEpochs", stepEpochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            layers = List.copyOf(layers);
        }

        /** The defaults. */
        public Options() {
            this(
                    0.9,
                    0,
                    List.of(),
                    Element.WEIGHT,
                    Start.RANDOM,
                    Neighbourhood.ANYWHERE,
                    1,
                    0.2,
                    0.95,
                    150,
                    50,
                    1,
                    1e-4,
                    Cooling.Reference.START,
                    Split.TRAIN,
                    10_000,
                    Statistics.BATCH,
                    Keep.BEST,
                    2,
                    125);
        }

        /** The search of the authors' one-shot command: their cooling, the test images, batch statistics, the last mask. */
        public static Options oneShotAsPublished() {
            return new Options()
                    .cooling(Cooling.oneShotAsPublished())
                    .images(Split.TEST, 10_000)
                    .keep(Keep.LAST);
        }

        /** The authors' gradual command with steps of 10 %. */
        public static Options gradualAsPublished() {
            return new Options()
                    .step(0.1)
                    .cooling(Cooling.gradualAsPublished())
                    .images(Split.TEST, 10_000)
                    .keep(Keep.LAST);
        }

        /** These options with another share to prune. */
        public Options ratio(double other) {
            return With.component(this, "ratio", other);
        }

        /** These options with another share for each step; 0 for a single search. */
        public Options step(double other) {
            return With.component(this, "step", other);
        }

        /** These options for other layers; none for the last hidden one. */
        public Options layers(Integer... other) {
            return With.component(this, "layers", List.of(other));
        }

        /** These options for other elements. */
        public Options element(Element other) {
            return With.component(this, "element", other);
        }

        /** These options with another start. */
        public Options start(Start other) {
            return With.component(this, "start", other);
        }

        /** These options with other moves. */
        public Options moves(Neighbourhood where, int exchanges) {
            return With.component(With.component(this, "neighbourhood", where), "exchanges", exchanges);
        }

        /** The schedule that these options describe. */
        public Cooling cooling() {
            return new Cooling(temperature, eta, rounds, loopLength, k, leastTemperature, reference);
        }

        /** These options with another schedule. */
        public Options cooling(Cooling other) {
            Options own = With.component(this, "temperature", other.temperature());
            own = With.component(own, "eta", other.eta());
            own = With.component(own, "rounds", other.rounds());
            own = With.component(own, "loopLength", other.loopLength());
            own = With.component(own, "k", other.k());
            own = With.component(own, "leastTemperature", other.leastTemperature());
            return With.component(own, "reference", other.reference());
        }

        /** These options with another loop length; 0 leaves the start mask: pruned at random or by magnitude. */
        public Options loopLength(int other) {
            return With.component(this, "loopLength", other);
        }

        /** These options with other cost images. */
        public Options images(Split from, int count) {
            return With.component(With.component(this, "split", from), "images", count);
        }

        /** These options with other statistics in batch norm. */
        public Options norm(Statistics other) {
            return With.component(this, "norm", other);
        }

        /** These options with another mask as result. */
        public Options keep(Keep other) {
            return With.component(this, "keep", other);
        }

        /** These options with other training between the steps of a gradual search. */
        public Options stepEpochs(int other) {
            return With.component(this, "stepEpochs", other);
        }

        /** These options with other training batches. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** Steps of a gradual search; 1 of a single one. */
        int steps() {
            return (int) Math.ceil(ratio / (step == 0 ? ratio : step) - 1e-9);
        }

        /** The training between two steps, where there are epochs for it. */
        Train.Options training() {
            return new Train.Options().epochs(stepEpochs).batchSize(batchSize);
        }

        int[] layerIndices() {
            return layers.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * Searches the mask for {@code start}.
     *
     * @param start a trained network with at least one hidden layer
     * @param context its progress also watches the curves {@code "cost"}, {@code "best cost"}, {@code "temperature"} and
     *     {@code "acceptance rate"} against the number of temperatures done; its threads evaluate the next moves as if
     *     this one were rejected; its checkpoint is the file that the search is saved to about every second and when it is
     *     interrupted, resumed from if it is there, and deleted at the end
     * @throws IllegalArgumentException if a layer does not exist or has no such elements, if the network has no hidden
     *     layer, or if the ratio leaves nothing to prune or to keep
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; with a checkpoint the same call
     *     resumes the search where it was
     */
    public static AnnealingOutcome run(Model start, Dataset data, Options options, Context context) {
        return new GradualSearch(start, data, options, context).run();
    }

    /** The method {@code annealing}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "annealing",
                    "annealing",
                    "look for the mask of a given sparsity with the least loss by simulated annealing",
                    Options.class,
                    Annealing::run);
        }

        /** Between the steps of a gradual search, of the searched layers alone. */
        @Override
        public Training training(Options options) {
            if (options.stepEpochs() == 0 || options.steps() == 1) {
                return Training.NONE;
            }
            Training.Stretch all = options.training()
                    .trainings(options.steps() - 1)
                    .stretches()
                    .get(0);
            return Training.of(new Training.Stretch(
                    all.trainings(),
                    all.epochs(),
                    all.batchSize(),
                    all.rate() + ", the searched layers alone",
                    all.state(),
                    all.choice()));
        }
    }
}
