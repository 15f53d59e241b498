package org.parsimony.network.fused;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.fused.compute.Blas;
import org.parsimony.network.fused.compute.Cores;
import org.parsimony.network.fused.compute.Crew;
import org.parsimony.network.fused.compute.Gather;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.layers.Assembly;

/**
 * One network ready for fused training and evaluation. It is used by one thread at a time; several networks may train side
 * by side. The network's own parameters are current after every step; its optimiser state, iteration and epoch counts
 * after {@link #epoch}, or {@link #save} where {@link #step} is used.
 */
public final class FusedNet implements AutoCloseable {

    private static final long WORK_FOR_TWO_THREADS = 1_000_000;

    private final MultiLayerNetwork network;
    private final Parameters parameters;
    private final Crew crew;
    private final Pass pass;
    private final int batchSize;
    private final int inputs;
    private final int[] identity;
    private final Schedule.Task[][] forward;
    private final Assembly assembly;
    private final Fused.Options options;
    private final Training view;
    /** Null until there is something to train. */
    private Schedule.Task[][] backward;

    private final boolean mean;
    private float[][] good;
    private boolean closed;

    FusedNet(Model model, Assembly assembly, Fused.Options options) {
        network = model.network();
        parameters = assembly.parameters;
        batchSize = options.batchSize();
        inputs = assembly.input.perSample();
        mean = network.getLayerWiseConfigurations().getConf(0).isMiniBatch();
        pass = new Pass(assembly.memory, batchSize);
        identity = assembly.memory.ints(batchSize);
        this.assembly = assembly;
        this.options = options;
        view = new Training(pass, parameters, assembly.outputs);
        forward = forward(assembly, options, view);
        boolean small = network.numParams() * batchSize < WORK_FOR_TWO_THREADS;
        crew = new Crew(options.threads() == 0 && small ? 1 : options.threads());
        load();
    }

    private static Schedule.Task[][] forward(Assembly assembly, Fused.Options options, Training view) {
        Schedule schedule = new Schedule();
        new Gather(assembly.input, assembly.gathersOutside()).forward(schedule);
        List<Assembly.Step> steps = assembly.steps;
        for (int i = 0; i < steps.size(); i++) {
            int layer = steps.get(i).layer();
            steps.get(i).work().forward(schedule);
            boolean last = i == steps.size() - 1 || steps.get(i + 1).layer() != layer;
            if (last && !options.hooks().isEmpty()) {
                schedule.alone((pass, lane) -> options.hooks().forEach(hook -> hook.activated(view, layer)));
            }
        }
        return schedule.build();
    }

    private static Schedule.Task[][] backward(Assembly assembly, Fused.Options options, Training view) {
        Schedule schedule = new Schedule();
        assembly.learn();
        schedule.alone((pass, lane) -> assembly.parameters.prepare(pass));
        List<Assembly.Step> steps = assembly.steps;
        for (int i = steps.size() - 1; i >= 0; i--) {
            int layer = steps.get(i).layer();
            boolean last = i == steps.size() - 1 || steps.get(i + 1).layer() != layer;
            if (last && !options.hooks().isEmpty()) {
                schedule.alone((pass, lane) -> options.hooks().forEach(hook -> hook.derived(view, layer)));
            }
            steps.get(i).work().backward(schedule);
        }
        assembly.parameters.finish(schedule, view);
        return schedule.build();
    }

    /**
     * Trains on all samples of {@code order} once, in batches of the batch size (the last may be smaller), as one epoch of
     * Deeplearning4j's {@code fit} would.
     *
     * @param order indices into {@code samples}
     * @return mean loss over the samples, each before the update of its batch, without penalties
     * @throws java.util.concurrent.CancellationException if interrupted; what was trained so far is kept
     * @throws ArithmeticException if the loss is no longer a number; parameters and optimiser state are those of the start
     *     of this epoch
     */
    public double epoch(Samples samples, int[] order, Progress progress) {
        load();
        good = parameters.snapshot(good);
        int updates = network.getLayerWiseConfigurations().getIterationCount();
        double loss = 0;
        Cores.take();
        try {
            for (int from = 0; from < order.length; from += batchSize) {
                progress.checkCancelled();
                int to = Math.min(order.length, from + batchSize);
                loss += step(samples, order, from, to) * (to - from);
            }
            network.incrementEpochCount();
        } catch (ArithmeticException e) {
            parameters.restore(good);
            network.getLayerWiseConfigurations().setIterationCount(updates);
            throw e;
        } finally {
            Cores.release();
            save();
        }
        loss /= order.length;
        network.setScore(loss + network.calcRegularizationScore(true));
        return loss;
    }

    /**
     * One update from the samples {@code order[from]} to before {@code order[to]}.
     *
     * @return mean loss of the batch before the update, without penalties
     * @throws ArithmeticException if the loss is not a number; nothing was updated
     */
    public double step(Samples samples, int[] order, int from, int to) {
        double loss = run(samples, order, from, to, true);
        network.getLayerWiseConfigurations().setIterationCount(pass.iteration + 1);
        return loss;
    }

    /**
     * A forward and backward pass without an update: afterwards the network's gradient array and the hooks have the mean
     * gradients of the batch, without penalties.
     *
     * @return mean loss of the batch, without penalties
     * @throws ArithmeticException if the loss is not a number
     */
    public double gradient(Samples samples, int[] order, int from, int to) {
        return run(samples, order, from, to, false);
    }

    private double run(Samples samples, int[] order, int from, int to, boolean update) {
        if (backward == null) {
            backward = backward(assembly, options, view);
        }
        load(samples, order, from, to);
        var conf = network.getLayerWiseConfigurations();
        pass.iteration = conf.getIterationCount();
        pass.epoch = conf.getEpochCount();
        pass.training = true;
        pass.updating = update;
        pass.gradientScale = mean ? 1f / (to - from) : 1f;
        crew.run(forward, pass);
        double loss = pass.loss() / (to - from);
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss is " + loss + " at update " + pass.iteration
                    + ": the data have a value that is not a number, or training diverges; check the data or lower the"
                    + " learning rate");
        }
        crew.run(backward, pass);
        return loss;
    }

    /**
     * How good the network is on some samples.
     *
     * @param loss mean loss in nats, without penalties
     * @param accuracy share of the samples whose largest output is the right class, in [0, 1]
     */
    public record Score(double loss, double accuracy) {}

    /** Loss and accuracy on all of {@code samples}, with batch norm and dropout as in use, not as in training. */
    public Score evaluate(Samples samples) {
        load();
        Cores.take();
        try {
            return scored(samples);
        } finally {
            Cores.release();
        }
    }

    private Score scored(Samples samples) {
        double loss = 0;
        long correct = 0;
        for (int from = 0; from < samples.size(); from += batchSize) {
            int n = Math.min(batchSize, samples.size() - from);
            for (int i = 0; i < n; i++) {
                identity[i] = from + i;
            }
            load(samples, identity, 0, n);
            pass.training = false;
            crew.run(forward, pass);
            loss += pass.loss();
            correct += pass.correct();
        }
        return new Score(loss / samples.size(), (double) correct / samples.size());
    }

    /**
     * Bytes of the arrays of a training, counted where they are made; the samples are not among them.
     *
     * @param parameters weights, gradients, optimiser state and masks: the network's own and the engine's copies of them, one
     *     of which a failed epoch falls back on
     * @param batch activations and derivatives of a batch, and what layers keep for themselves
     */
    public record Held(long parameters, long batch) {

        /** Both together. */
        public long bytes() {
            return parameters + batch;
        }
    }

    /** What this engine holds. It grows by the backward pass's part with the first step, by the fallback with the first epoch. */
    public Held held() {
        return new Held(parameters.bytes(), assembly.memory.bytes());
    }

    private void load(Samples samples, int[] order, int from, int to) {
        if (closed) {
            throw new IllegalStateException("this engine is closed; make another with Fused.net");
        }
        if (samples.inputs() != inputs) {
            throw new IllegalArgumentException("samples have " + samples.inputs() + " inputs, but must have " + inputs);
        }
        Require.between("batch", to - from, 1, batchSize);
        pass.source = samples;
        pass.order = order;
        pass.from = from;
        pass.samples = to - from;
    }

    /** Takes over parameters and optimiser state that others wrote into the network since the last call. */
    public void load() {
        Blas.oneThreadPerProduct();
        parameters.load();
    }

    /** Gives the optimiser's state to the network, so that saving it or continuing with {@code fit} goes on from here. */
    public void save() {
        parameters.save();
    }

    /** Ends the threads and frees the engine's memory; the network itself stays as it is, the engine is of no more use. */
    @Override
    public void close() {
        closed = true;
        crew.close();
        assembly.memory.close();
    }
}
