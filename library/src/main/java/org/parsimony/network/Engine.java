package org.parsimony.network;

import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;

/** What turns samples into updates: the fused engine where it serves a network, else Deeplearning4j's own fit. */
interface Engine extends AutoCloseable {

    String VARIABLE = "PARSIMONY_ENGINE";
    String FUSED = "fused";
    String PLAIN = "deeplearning4j";

    /** {@code "fused"} or {@code "deeplearning4j"}. */
    String name();

    /**
     * Trains on the samples of {@code order} once.
     *
     * @return mean loss over the samples
     * @throws ArithmeticException if the loss is no longer a finite number
     */
    double epoch(Samples samples, int[] order, Progress progress);

    @Override
    void close();

    /** The name of the engine that serves {@code model}, which takes samples of {@code shape}. */
    static String name(Model model, int[] shape) {
        return fusedWanted(System.getenv(VARIABLE)) && Fused.plan(model, shape).supported() ? FUSED : PLAIN;
    }

    /**
     * Whether the fused engine may serve: not if the environment variable {@code PARSIMONY_ENGINE} says
     * {@code deeplearning4j}, to see what Deeplearning4j's own fit makes of the same recipe.
     */
    static boolean fusedWanted(String variable) {
        if (variable == null || variable.isBlank() || variable.equals(FUSED)) {
            return true;
        }
        if (variable.equals(PLAIN)) {
            return false;
        }
        throw new IllegalArgumentException(
                VARIABLE + " is \"" + variable + "\", but must be " + FUSED + " (the default) or " + PLAIN);
    }

    /**
     * The engine of that name, ready to train.
     *
     * @param seed of dropout
     * @param hooks what takes part in each step
     * @throws IllegalArgumentException if there are hooks and only Deeplearning4j's fit serves the network
     */
    static Engine of(Model model, int batchSize, long seed, List<Hook> hooks, int[] shape) {
        if (name(model, shape).equals(FUSED)) {
            Fused.Options options = new Fused.Options(batchSize, 0, seed, hooks);
            return new FusedEngine(Fused.net(model, options, shape));
        }
        Require.that(
                hooks.isEmpty(),
                "weights are tied or penalised, which the fused engine alone can train, but the network has %s; use a"
                        + " network without it, and not PARSIMONY_ENGINE=deeplearning4j",
                Fused.plan(model, shape).reason());
        return new PlainEngine(model, batchSize);
    }

    /** The fused engine. */
    record FusedEngine(FusedNet net) implements Engine {

        @Override
        public String name() {
            return FUSED;
        }

        @Override
        public double epoch(Samples samples, int[] order, Progress progress) {
            return net.epoch(samples, order, progress);
        }

        @Override
        public void close() {
            net.close();
        }
    }

    /** Deeplearning4j's own fit, batch by batch. */
    record PlainEngine(Model model, int batchSize) implements Engine {

        @Override
        public String name() {
            return PLAIN;
        }

        @Override
        public double epoch(Samples samples, int[] order, Progress progress) {
            var network = model.network();
            double loss = 0;
            for (int from = 0; from < order.length; from += batchSize) {
                progress.checkCancelled();
                int to = Math.min(order.length, from + batchSize);
                Samples batch = samples.rows(Arrays.copyOfRange(order, from, to));
                network.fit(batch.x(0, to - from), batch.y(0, to - from));
                model.applyMasks();
                if (!Double.isFinite(network.score())) {
                    throw new ArithmeticException("the loss became " + network.score() + " in batch "
                            + (from / batchSize + 1) + "; lower the learning rate, which is "
                            + network.getLearningRate(0));
                }
                loss += network.score() * (to - from);
            }
            return loss / order.length;
        }

        @Override
        public void close() {
            // Deeplearning4j holds nothing that must be given back.
        }
    }
}
