package org.parsimony.network.fused;

import org.parsimony.base.Require;
import org.parsimony.network.Model;

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
     * Looks at layers, optimiser, loss and penalties of {@code model}.
     *
     * @param shape of one sample: {@code {inputs}} or {@code {channels, height, width}}, as {@code Samples.shape()} says
     */
    public static Plan plan(Model model, int... shape) {
        try {
            new Assembly(model, shape, 1);
            return new Plan(true, "");
        } catch (Unsupported e) {
            return new Plan(false, e.getMessage());
        }
    }

    /**
     * The fused form of {@code model}.
     *
     * @param batchSize samples of a batch, at least 1; memory grows with it
     * @param threads 1, 2, or 0 for what suits the machine and the network; the results are the same bytes
     * @param shape of one sample
     * @throws IllegalArgumentException if the network is not supported; {@link #plan} tells beforehand
     */
    public static FusedNet net(Model model, int batchSize, int threads, int... shape) {
        Require.atLeast("batch size", batchSize, 1);
        Require.between("threads", threads, 0, Schedule.LANES);
        try {
            return new FusedNet(model, new Assembly(model, shape, batchSize), batchSize, threads);
        } catch (Unsupported e) {
            throw new IllegalArgumentException(
                    "the network cannot be trained fused because of " + e.getMessage()
                            + "; use Deeplearning4j's own fit",
                    e);
        }
    }
}
