package org.parsimony.network.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Anatomy;
import org.parsimony.network.Constraints;
import org.parsimony.network.Model;
import org.parsimony.network.Net;
import org.parsimony.network.UpdaterState;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;
import org.parsimony.network.texts.TextNet;

/**
 * What turns samples into updates: the fused engine or that of texts where they serve a network, else Deeplearning4j's own
 * fit.
 */
public interface Engine extends AutoCloseable {

    String VARIABLE = "PARSIMONY_ENGINE";
    String FUSED = "fused";
    String TEXTS = "texts";
    String PLAIN = "deeplearning4j";

    /** {@code "fused"}, {@code "texts"} or {@code "deeplearning4j"}. */
    String name();

    /**
     * Trains on the samples of {@code order} once.
     *
     * @return mean loss over the samples
     * @throws ArithmeticException if the loss is no longer a finite number
     */
    double epoch(Samples samples, int[] order, Progress progress);

    /** What it holds for this network and such batches, once it has trained. */
    FusedNet.Held held();

    @Override
    void close();

    /** The name of the engine that serves {@code model}, which takes samples of {@code shape}. */
    static String name(Model model, int[] shape) {
        if (!fusedWanted(System.getenv(VARIABLE))) {
            return PLAIN;
        }
        if (model.isGraph()) {
            return TextNet.serves(model) ? TEXTS : PLAIN;
        }
        return Fused.plan(model, shape).supported() ? FUSED : PLAIN;
    }

    /**
     * What {@code model} tells of all of {@code samples}, {@code [samples × outputs]}, where the fused engine does not serve.
     *
     * @param batchSize samples at a time
     */
    static float[] outputs(Model model, Samples samples, int batchSize) {
        if (name(model, samples.shape()).equals(TEXTS)) {
            return TextNet.outputs(model, samples);
        }
        float[] all = new float[samples.size() * samples.outputs()];
        for (int from = 0; from < samples.size(); from += batchSize) {
            int to = Math.min(samples.size(), from + batchSize);
            float[] part = model.predict(samples, from, to).dup('c').data().asFloat();
            System.arraycopy(part, 0, all, from * samples.outputs(), part.length);
        }
        return all;
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
     * The engine of that name, ready to train; it keeps the constraints of {@code model}.
     *
     * @param options batch size, seed of dropout, gradient of tied weights, hooks
     * @throws IllegalArgumentException if there are hooks and only Deeplearning4j's fit serves the network
     */
    static Engine of(Model model, Trainer.Options options, int[] shape) {
        Constraints constraints = model.constraints();
        if (name(model, shape).equals(FUSED)) {
            List<Hook> hooks = new ArrayList<>(options.hooks());
            if (!constraints.zeroBiases().isEmpty()) {
                hooks.add(new ZeroBiases(constraints.zeroBiases()));
            }
            if (!constraints.ties().isEmpty()) {
                hooks.add(new TiedWeights(constraints, options.tying()));
            }
            return new FusedEngine(
                    Fused.net(model, new Fused.Options(options.batchSize(), 0, options.seed(), hooks), shape));
        }
        Require.that(
                options.hooks().isEmpty(),
                "weights are penalised or watched in training, which the fused engine alone can do, but the network has"
                        + " %s; use a network without it, and not PARSIMONY_ENGINE=deeplearning4j",
                model.isGraph() ? "a graph of layers" : Fused.plan(model, shape).reason());
        if (name(model, shape).equals(TEXTS)) {
            PlainTies ties = new PlainTies(model, options.tying());
            return new TextEngine(
                    new TextNet(model, options.batchSize(), options.seed(), new Kept(model, ties)), model);
        }
        return new PlainEngine(model, options.batchSize(), new PlainTies(model, options.tying()));
    }

    /** Leaves biases that are zero where they are. */
    record ZeroBiases(Set<Integer> layers) implements Hook {

        @Override
        public void gradient(Training training) {
            for (Parameter parameter : training.parameters()) {
                if (parameter.name().equals(Anatomy.BIAS) && layers.contains(parameter.layer())) {
                    Arrays.fill(training.gradients(), parameter.offset(), parameter.end(), 0);
                }
            }
        }
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
        public FusedNet.Held held() {
            return net.held();
        }

        @Override
        public void close() {
            net.close();
        }
    }

    /** Masks, ties and zero biases in the engine of texts. */
    record Kept(Model model, PlainTies ties) implements TextNet.Between {

        @Override
        public void gradient(Map<String, INDArray> gradients) {
            if (!model.constraints().ties().isEmpty()) {
                ties.gradient(gradients);
            }
        }

        @Override
        public void updated() {
            model.applyMasks();
            if (!model.constraints().ties().isEmpty()) {
                ties.equalise();
            }
        }
    }

    /** The engine of texts. */
    record TextEngine(TextNet net, Model model) implements Engine {

        @Override
        public String name() {
            return TEXTS;
        }

        @Override
        public double epoch(Samples samples, int[] order, Progress progress) {
            return net.epoch(samples, order, progress);
        }

        @Override
        public FusedNet.Held held() {
            return new FusedNet.Held(UpdaterState.heldBytes(model.net()) + net.bytes(), net.batchBytes());
        }

        @Override
        public void close() {
            net.close();
        }
    }

    /** Deeplearning4j's own fit, batch by batch. */
    record PlainEngine(Model model, int batchSize, PlainTies ties) implements Engine {

        public PlainEngine {
            if (!model.constraints().ties().isEmpty()) {
                model.net().listen(ties);
            }
        }

        @Override
        public String name() {
            return PLAIN;
        }

        @Override
        public double epoch(Samples samples, int[] order, Progress progress) {
            Net net = model.net();
            double loss = 0;
            for (int from = 0; from < order.length; from += batchSize) {
                progress.checkCancelled();
                int to = Math.min(order.length, from + batchSize);
                Samples batch = samples.rows(Arrays.copyOfRange(order, from, to));
                net.fit(batch.x(0, to - from), batch.y(0, to - from));
                model.applyMasks();
                ties.equalise();
                if (!Double.isFinite(net.score())) {
                    throw new ArithmeticException("the loss became " + net.score() + " in batch "
                            + (from / batchSize + 1) + "; lower the learning rate, which is " + net.learningRate());
                }
                loss += net.score() * (to - from);
            }
            return loss / order.length;
        }

        /** What Deeplearning4j keeps for a network, and its workspaces on this thread, in which activations lie. */
        @Override
        public FusedNet.Held held() {
            long batch = 0;
            for (MemoryWorkspace space : Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()) {
                batch += space.getCurrentSize();
            }
            return new FusedNet.Held(UpdaterState.heldBytes(model.net()), batch);
        }

        @Override
        public void close() {
            model.net().listen();
            // workspaces only grow: without this a smaller network or batch would go on holding the larger one's memory
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }
}
