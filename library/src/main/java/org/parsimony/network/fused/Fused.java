package org.parsimony.network.fused;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.layers.Assembly;

/** The entry to fused training: says whether a network is served, and makes its {@link FusedNet}. */
public final class Fused {

    private Fused() {}

    /**
     * Whether a network can be trained fused, and if not, why.
     *
     * @param supported true if {@link #net} accepts it
     * @param reason what Deeplearning4j's own {@code fit} must serve because of, for example {@code "the optimiser
     *     AdaGrad"}; empty if supported
     */
    public record Plan(boolean supported, String reason) {}

    /**
     * How to train.
     *
     * @param batchSize samples of a batch, at least 1, default 64; memory grows with it
     * @param threads 1, 2, or 0 (the default) for two whenever the network is large enough and the trainings of this
     *     process leave a core idle; the results are the same bytes
     * @param seed of dropout, default 0
     * @param hooks what takes part in each step, in this order; none by default
     */
    public record Options(int batchSize, int threads, long seed, List<Hook> hooks) {

        public Options {
            Require.atLeast("batch size", batchSize, 1);
            Require.between("threads", threads, 0, Schedule.LANES);
            hooks = List.copyOf(hooks);
        }

        /** The defaults. */
        public Options() {
            this(64, 0, 0, List.of());
        }

        /** A copy with another batch size. */
        public Options batchSize(int samples) {
            return new Options(samples, threads, seed, hooks);
        }

        /** A copy with another number of threads. */
        public Options threads(int number) {
            return new Options(batchSize, number, seed, hooks);
        }

        /** A copy with another seed. */
        public Options seed(long number) {
            return new Options(batchSize, threads, number, hooks);
        }

        /** A copy with one more hook. */
        public Options hook(Hook hook) {
            List<Hook> more = new ArrayList<>(hooks);
            more.add(hook);
            return new Options(batchSize, threads, seed, more);
        }
    }

    /**
     * Looks at layers, optimiser, loss and penalties of {@code model}.
     *
     * @param shape of one sample: {@code {inputs}} or {@code {channels, height, width}}, as {@code Samples.shape()} says
     */
    public static Plan plan(Model model, int... shape) {
        try {
            new Assembly(model, shape, new Options().batchSize(1)).memory.close();
            return new Plan(true, "");
        } catch (Unsupported e) {
            return new Plan(false, e.getMessage());
        }
    }

    /** The fused form of {@code model} with default options but these. */
    public static FusedNet net(Model model, int batchSize, int threads, int... shape) {
        return net(model, new Options().batchSize(batchSize).threads(threads), shape);
    }

    /**
     * The fused form of {@code model}; to be closed after use.
     *
     * @param shape of one sample
     * @throws IllegalArgumentException if the network is not supported; {@link #plan} tells beforehand
     */
    public static FusedNet net(Model model, Options options, int... shape) {
        try {
            return new FusedNet(model, new Assembly(model, shape, options), options);
        } catch (Unsupported e) {
            throw new IllegalArgumentException(
                    "the network cannot be trained fused because of " + e.getMessage()
                            + "; use Deeplearning4j's own fit",
                    e);
        }
    }
}
