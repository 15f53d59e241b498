package org.parsimony.annealing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;

/**
 * Simulated annealing over masks: the weights of a trained network are frozen, a given share of one layer's connections
 * is removed, and swaps of a kept connection with a removed one look for the mask of that sparsity with the least loss.
 *
 * <p>After Kuo, Kuruoglu and Chan, Entropy 2022, 24(3), 348. One search of R temperatures and M moves each evaluates
 * R · M masks; each costs images × (units above that change), see {@link IncrementalCost}, not a forward pass.
 *
 * <p>Randomness: the cost images, the start mask and the moves, each derived from the seed. The result depends on the
 * options only, not on how they are {@linkplain Execution carried out}.
 */
public final class Annealing {

    private Annealing() {}

    /** The mask that the search starts from. */
    public enum Start {
        /** Removes elements at random. */
        RANDOM,
        /** Removes those with the smallest mean |w|: min-K, the article's baseline. */
        MAGNITUDE
    }

    /** Between which elements a move exchanges. */
    public enum Neighbourhood {
        /** Any kept and any removed one, as the authors' code does. */
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

    /** The images that the loss is measured on. */
    public enum Split {
        TRAIN,
        VALIDATION,
        /** As the authors' code does: the accuracy reported is then that of images which the search has seen. */
        TEST;

        Samples of(Dataset data) {
            return switch (this) {
                case TRAIN -> data.train();
                case VALIDATION -> data.validation();
                case TEST -> data.test();
            };
        }
    }

    /**
     * @param ratio share of the elements that is removed, between 0 and 1, both excluded; default 0.9
     * @param step share that each step of a gradual search removes, or 0, the default, for one search
     * @param layers indices of the searched layers; default none, which means the last hidden layer with weights
     * @param element default {@link Element#WEIGHT}
     * @param start default {@link Start#RANDOM}; a gradual search removes that way at each step
     * @param neighbourhood default {@link Neighbourhood#ANYWHERE}
     * @param exchanges of a kept with a removed element in one move, from 1 to 100; default 1
     * @param temperature first temperature T0 in nats, above 0; default 0.2
     * @param eta factor from one temperature to the next, above 0, up to 1; default 0.95
     * @param rounds temperatures at most, at least 0 (the start mask stays, a baseline); default 150
     * @param loopLength moves at each temperature, at least 0 (the start mask stays); default 50
     * @param k above 0; default 1
     * @param leastTemperature T_min at which to stop, at least 0; default 1e-4
     * @param reference what the first move is compared with; default {@link Cooling.Reference#START}
     * @param split of the fixed images that the loss is measured on; default {@link Split#TRAIN}
     * @param images so many, drawn with the seed, at least 1; default 10,000; all if there are no more
     * @param norm statistics of batch norm, where there is any; default {@link Statistics#BATCH}
     * @param keep default {@link Keep#BEST}
     * @param denseEpochs of training the network first, at least 0; default 0: it is trained already
     * @param retrainEpochs of the whole masked network after the search, at least 0; no part of the search, a column of
     *     its own; default 0
     * @param stepEpochs of the searched layers, the other dense layers and convolutions frozen, between the steps of a
     *     gradual search, at least 0; default 2
     * @param batchSize of all training, at least 1; default 125
     * @param seed default 1
     */
    public record Options(
            @Describe("share of the elements that is removed, above 0 and below 1") double ratio,
            @Describe("share that each step of a gradual search removes; 0 for one search") double step,
            @Describe("indices of the searched layers; none for the last hidden one") List<Integer> layers,
            @Describe("what is kept or removed as one") Element element,
            @Describe("mask that the search starts from") Start start,
            @Describe("between which elements a move exchanges") Neighbourhood neighbourhood,
            @Describe("exchanges in one move, from 1 to 100") int exchanges,
            @Describe("first temperature in nats, above 0") double temperature,
            @Describe("factor from one temperature to the next, above 0, up to 1") double eta,
            @Describe("temperatures at most, at least 0") int rounds,
            @Describe("moves at each temperature, at least 0; 0 leaves the start mask") int loopLength,
            @Describe("a rise of d nats is accepted with probability exp(-d/kT); above 0") double k,
            @Describe("temperature at which to stop, at least 0") double leastTemperature,
            @Describe("loss that the first move is compared with") Cooling.Reference reference,
            @Describe("split that the images of the loss are drawn from") Split split,
            @Describe("images that the loss is measured on, at least 1") int images,
            @Describe("statistics that batch norm normalises with while masks are compared") Statistics norm,
            @Describe("which mask is the result") Keep keep,
            @Describe("epochs of training the network first, at least 0; 0 if it is trained already") int denseEpochs,
            @Describe("epochs of training the masked network after the search, at least 0") int retrainEpochs,
            @Describe("epochs of training between the steps of a gradual search, at least 0") int stepEpochs,
            @Describe("samples of a training batch, at least 1") int batchSize,
            @Describe("seed of cost images, start mask, moves and the order of training samples") long seed) {

        public Options {
            Require.that(
                    ratio > 0 && ratio < 1,
                    "ratio is %s, but must lie above 0 (nothing would be removed) and below 1 (nothing would be kept)",
                    ratio);
            Require.that(
                    step >= 0 && step <= ratio,
                    "step is %s, but must be 0 for a single search or lie above 0, up to the ratio %s",
                    step,
                    ratio);
            named("element", element, Element.values());
            named("start", start, Start.values());
            named("neighbourhood", neighbourhood, Neighbourhood.values());
            Require.between("exchanges", exchanges, 1, 100);
            new Cooling(temperature, eta, rounds, loopLength, k, leastTemperature, reference);
            named("split", split, Split.values());
            Require.atLeast("images", images, 1);
            named("norm", norm, Statistics.values());
            named("keep", keep, Keep.values());
            Require.atLeast("denseEpochs", denseEpochs, 0);
            Require.atLeast("retrainEpochs", retrainEpochs, 0);
            Require.atLeast("stepEpochs", stepEpochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            layers = List.copyOf(layers);
        }

        private static void named(String option, Object value, Object[] constants) {
            Require.that(value != null, "%s is missing, but must be one of %s", option, Arrays.toString(constants));
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
                    0,
                    0,
                    2,
                    125,
                    1);
        }

        /** The authors' one-shot command: their cooling, the test images, batch statistics, the last mask, 10 epochs. */
        public static Options oneShotAsPublished() {
            return new Options()
                    .cooling(Cooling.oneShotAsPublished())
                    .images(Split.TEST, 10_000)
                    .keep(Keep.LAST)
                    .retraining(10, 2);
        }

        /** The authors' gradual command with steps of 10 %. */
        public static Options gradualAsPublished() {
            return new Options()
                    .step(0.1)
                    .cooling(Cooling.gradualAsPublished())
                    .images(Split.TEST, 10_000)
                    .keep(Keep.LAST);
        }

        /** These options with another share to remove. */
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
            return new Options(
                    ratio,
                    step,
                    layers,
                    element,
                    start,
                    neighbourhood,
                    exchanges,
                    other.temperature(),
                    other.eta(),
                    other.rounds(),
                    other.loopLength(),
                    other.k(),
                    other.leastTemperature(),
                    other.reference(),
                    split,
                    images,
                    norm,
                    keep,
                    denseEpochs,
                    retrainEpochs,
                    stepEpochs,
                    batchSize,
                    seed);
        }

        /** These options with another loop length; 0 leaves the start mask: random removal or min-K. */
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

        /** These options for a network that is to be trained first. */
        public Options denseEpochs(int other) {
            return With.component(this, "denseEpochs", other);
        }

        /** These options with other retraining, at the end and between the steps of a gradual search. */
        public Options retraining(int epochs, int stepEpochs) {
            return With.component(With.component(this, "retrainEpochs", epochs), "stepEpochs", stepEpochs);
        }

        /** These options with other training batches. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return With.component(this, "seed", other);
        }

        int[] layerIndices() {
            return layers.stream().mapToInt(Integer::intValue).toArray();
        }

        Trainer.Options training(int epochs, String phase) {
            return new Trainer.Options().epochs(epochs).batchSize(batchSize).seed(Seeds.derive(seed, phase));
        }
    }

    /**
     * How a search is carried out; the result is the same whatever is chosen here.
     *
     * @param threads that evaluate moves, at least 1; the next moves are evaluated as if this one were rejected
     * @param checkpoint file that the search is saved to about every second and when it is interrupted, and taken up from
     *     if it is there; deleted at the end; null for none
     * @param rejectEarly whether a move's images are left alone once those before exceed what can be accepted
     */
    public record Execution(int threads, Path checkpoint, boolean rejectEarly) {

        public Execution {
            Require.atLeast("threads", threads, 1);
        }

        /** As many threads as processors, up to 4, no checkpoint, early rejection. */
        public Execution() {
            this(Math.min(4, Runtime.getRuntime().availableProcessors()), null, true);
        }

        /** With another number of threads. */
        public Execution threads(int other) {
            return new Execution(other, checkpoint, rejectEarly);
        }

        /** With another checkpoint file. */
        public Execution checkpoint(Path other) {
            return new Execution(threads, other, rejectEarly);
        }
    }

    /**
     * The dense network that a search with these options starts from: a copy of {@code model}, trained for {@code
     * denseEpochs}. Searches that are to be compared share it, with {@code denseEpochs} set to 0.
     */
    public static Model dense(Model model, Dataset data, Options options, Progress progress) {
        Model dense = model.copy();
        if (options.denseEpochs() > 0) {
            var training = options.training(options.denseEpochs(), "dense");
            Trainer.run(dense, data.train(), data.validation(), training, progress);
        }
        return dense;
    }

    /** {@link #run(Model, Dataset, Options, Execution, Progress)} with the default execution. */
    public static AnnealingOutcome run(Model model, Dataset data, Options options, Progress progress) {
        return run(model, data, options, new Execution(), progress);
    }

    /**
     * Searches the mask for {@code model}.
     *
     * @param model a network with at least one hidden layer, trained unless {@code denseEpochs} says otherwise; it is not
     *     changed
     * @param progress also watches the curves {@code "cost"}, {@code "best cost"}, {@code "temperature"} and
     *     {@code "acceptance rate"} against the number of temperatures done
     * @throws IllegalArgumentException if a layer does not exist or has no such elements, if the network has no hidden
     *     layer, or if the ratio leaves nothing to remove or to keep
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; with a checkpoint file the same
     *     call takes the search up where it was
     */
    public static AnnealingOutcome run(
            Model model, Dataset data, Options options, Execution execution, Progress progress) {
        return new Protocol(model, data, options, execution, progress).run();
    }
}
