package org.parsimony.annealing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

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
     * One move.
     *
     * @param neighbourhood default {@link Neighbourhood#ANYWHERE}
     * @param exchanges of a kept with a removed element, from 1 to 100; default 1
     */
    public record Moves(Neighbourhood neighbourhood, int exchanges) {

        public Moves {
            Require.that(neighbourhood != null, "neighbourhood is missing, but must be ANYWHERE or WITHIN_ROW");
            Require.between("exchanges", exchanges, 1, 100);
        }

        /** One exchange anywhere. */
        public Moves() {
            this(Neighbourhood.ANYWHERE, 1);
        }
    }

    /**
     * The fixed images of the cost.
     *
     * @param split default {@link Split#TRAIN}
     * @param count drawn with the seed, at least 1; default 10,000; all if there are no more
     */
    public record Images(Split split, int count) {

        public Images {
            Require.that(split != null, "split is missing, but must be TRAIN, VALIDATION or TEST");
            Require.atLeast("count of cost images", count, 1);
        }

        /** 10,000 training images. */
        public Images() {
            this(Split.TRAIN, 10_000);
        }
    }

    /**
     * Retraining, which is no part of the search: a column of its own.
     *
     * @param epochs of the whole masked network after the search, at least 0; default 0
     * @param stepEpochs of the searched layers, the other dense layers and convolutions frozen, between the steps of a
     *     gradual search, at least 0; default 2
     * @param batchSize at least 1; default 125
     */
    public record Retraining(int epochs, int stepEpochs, int batchSize) {

        public Retraining {
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("stepEpochs", stepEpochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
        }

        /** None at the end, two epochs between steps, batches of 125. */
        public Retraining() {
            this(0, 2, 125);
        }
    }

    /**
     * @param ratio share of the elements that is removed, between 0 and 1, both excluded; default 0.9
     * @param step share that each step of a gradual search removes, or 0, the default, for one search
     * @param layers indices of the searched layers; default none, which means the last hidden layer with weights
     * @param element default {@link Element#WEIGHT}
     * @param start default {@link Start#RANDOM}; a gradual search removes that way at each step
     * @param moves default one exchange anywhere
     * @param cooling default the article's; without rounds or moves the start mask is the result, which is a baseline
     * @param images default 10,000 training images
     * @param norm statistics of batch norm, where there is any; default {@link Statistics#BATCH}
     * @param keep default {@link Keep#BEST}
     * @param retraining default none
     * @param seed default 1
     */
    public record Options(
            double ratio,
            double step,
            List<Integer> layers,
            Element element,
            Start start,
            Moves moves,
            Cooling cooling,
            Images images,
            Statistics norm,
            Keep keep,
            Retraining retraining,
            long seed) {

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
            Require.that(
                    element != null, "element is missing, but must be one of %s", Arrays.toString(Element.values()));
            Require.that(start != null, "start is missing, but must be RANDOM or MAGNITUDE");
            Require.that(norm != null, "norm is missing, but must be BATCH or RUNNING");
            Require.that(keep != null, "keep is missing, but must be LAST or BEST");
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
                    new Moves(),
                    new Cooling(),
                    new Images(),
                    Statistics.BATCH,
                    Keep.BEST,
                    new Retraining(),
                    1);
        }

        /** The authors' one-shot command: their cooling, the test images, batch statistics, the last mask, 10 epochs. */
        public static Options oneShotAsPublished() {
            return new Options()
                    .cooling(Cooling.oneShotAsPublished())
                    .images(new Images(Split.TEST, 10_000))
                    .keep(Keep.LAST)
                    .retraining(new Retraining(10, 2, 125));
        }

        /** The authors' gradual command with steps of 10 %. */
        public static Options gradualAsPublished() {
            return new Options()
                    .step(0.1)
                    .cooling(Cooling.gradualAsPublished())
                    .images(new Images(Split.TEST, 10_000))
                    .keep(Keep.LAST);
        }

        /** These options with another share to remove. */
        public Options ratio(double other) {
            return new Options(
                    other, step, layers, element, start, moves, cooling, images, norm, keep, retraining, seed);
        }

        /** These options with another share for each step; 0 for a single search. */
        public Options step(double other) {
            return new Options(
                    ratio, other, layers, element, start, moves, cooling, images, norm, keep, retraining, seed);
        }

        /** These options for other layers; none for the last hidden one. */
        public Options layers(Integer... other) {
            return new Options(
                    ratio, step, List.of(other), element, start, moves, cooling, images, norm, keep, retraining, seed);
        }

        /** These options for other elements. */
        public Options element(Element other) {
            return new Options(ratio, step, layers, other, start, moves, cooling, images, norm, keep, retraining, seed);
        }

        /** These options with another start. */
        public Options start(Start other) {
            return new Options(
                    ratio, step, layers, element, other, moves, cooling, images, norm, keep, retraining, seed);
        }

        /** These options with other moves. */
        public Options moves(Moves other) {
            return new Options(
                    ratio, step, layers, element, start, other, cooling, images, norm, keep, retraining, seed);
        }

        /** These options with another cooling. */
        public Options cooling(Cooling other) {
            return new Options(ratio, step, layers, element, start, moves, other, images, norm, keep, retraining, seed);
        }

        /** These options with another loop length; 0 leaves the start mask: random removal or min-K. */
        public Options loopLength(int other) {
            return cooling(cooling.loopLength(other));
        }

        /** These options with other cost images. */
        public Options images(Images other) {
            return new Options(
                    ratio, step, layers, element, start, moves, cooling, other, norm, keep, retraining, seed);
        }

        /** These options with other statistics in batch norm. */
        public Options norm(Statistics other) {
            return new Options(
                    ratio, step, layers, element, start, moves, cooling, images, other, keep, retraining, seed);
        }

        /** These options with another mask as result. */
        public Options keep(Keep other) {
            return new Options(
                    ratio, step, layers, element, start, moves, cooling, images, norm, other, retraining, seed);
        }

        /** These options with other retraining. */
        public Options retraining(Retraining other) {
            return new Options(ratio, step, layers, element, start, moves, cooling, images, norm, keep, other, seed);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return new Options(
                    ratio, step, layers, element, start, moves, cooling, images, norm, keep, retraining, other);
        }

        int[] layerIndices() {
            return layers.stream().mapToInt(Integer::intValue).toArray();
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

    /** {@link #run(Model, Dataset, Options, Execution, Progress)} with the default execution. */
    public static AnnealingOutcome run(Model model, Dataset data, Options options, Progress progress) {
        return run(model, data, options, new Execution(), progress);
    }

    /**
     * Searches the mask for {@code model}.
     *
     * @param model a trained network with at least one hidden layer; it is not changed
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
