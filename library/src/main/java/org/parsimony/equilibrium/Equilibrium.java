package org.parsimony.equilibrium;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import org.parsimony.steps.Train;

/**
 * Trains a chain of dense layers by equilibrium propagation, its symmetric base method: hidden units become logistic, settle
 * with feedback, and weights change by the contrast of settled states. Masks are held. With a penalty weights are soft
 * thresholded after every update, and those that are exactly zero at the end are masked from then on.
 *
 * <p>With one hidden layer the network that a recipe carries is what settles, exactly. With more, layers feed back, and the
 * chain is one pass forward of the same weights: the step's table has the accuracy of both. Nothing is chosen: the last epoch
 * counts.
 *
 * <p>Randomness: the order of samples, by the context.
 */
public final class Equilibrium {

    private Equilibrium() {}

    /** How to train. */
    public record Options(
            @Describe(value = "passes over the training samples; 0 only makes the hidden units logistic", least = 0)
                    int epochs,
            @Describe(value = "samples of a batch, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe(value = "strength of the nudge, above 0 and at most 1", least = 0, most = 1) double beta,
            @Describe("phases of the estimate") Phases phases,
            @Describe(value = "sweeps over the hidden layers that a phase may take, at least 1", least = 1) int sweeps,
            @Describe(value = "weight of the sum of |W| in the loss, at least 0", least = 0) double penalty) {

        public Options {
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.positive("beta", beta);
            Require.between("beta", beta, 0, 1);
            Require.oneOf("phases", phases, Phases.values());
            Require.atLeast("sweeps", sweeps, 1);
            Require.between("penalty", penalty, 0, 1e9);
        }

        /** 20 epochs at rate 0.5 in batches of 20, three phases with β = 0.1, up to 30 sweeps, no penalty. */
        public Options() {
            this(20, 20, 0.5, 0.1, Phases.THREE_PHASE, 30, 0);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another learning rate. */
        public Options learningRate(double other) {
            return With.component(this, "learningRate", other);
        }

        /** These options with another nudge and other phases. */
        public Options nudge(double strength, Phases other) {
            return With.component(With.component(this, "beta", strength), "phases", other);
        }

        /** These options with another penalty. */
        public Options penalty(double other) {
            return With.component(this, "penalty", other);
        }

        /** The training of the step {@code train} that has the same batches and rate. */
        Train.Options alike() {
            return new Train.Options()
                    .epochs(Math.max(1, epochs))
                    .batchSize(batchSize)
                    .optimiser(Train.Optimiser.SGD, learningRate)
                    .choice(Trainer.Choice.LAST);
        }
    }

    /**
     * Trains a copy of {@code start}.
     *
     * @throws IllegalArgumentException if it is no chain of dense layers with a hidden one, or has shared values
     * @throws IllegalStateException if the loss becomes infinite or NaN; the message says in which epoch
     */
    public static Settled run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        LayeredNet net = Chains.read(start);
        Samples train = data.train().flattened();
        boolean[][] masked = Chains.masked(start, net);
        SplittableRandom random = context.random("order of samples");
        List<Settled.Epoch> epochs = new ArrayList<>();
        for (int e = 1; e <= options.epochs(); e++) {
            double loss = epoch(net, train, masked, start, options, Seeds.permutation(train.size(), random), context);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("the loss became " + loss + " in epoch " + e
                        + "; lower learningRate, which is " + options.learningRate());
            }
            epochs.add(row(e, loss, net, data.validation(), options));
            context.progress().watch("training loss", e, loss);
            context.progress().report(e, options.epochs(), "epoch " + e);
        }
        if (epochs.isEmpty()) {
            epochs.add(row(0, Double.NaN, net, data.validation(), options));
        }
        Model model = Chains.write(net, start);
        if (options.penalty() > 0) {
            Chains.holdZeros(model);
        }
        Change change = Change.of(start, model, data, nanos).trained(options.epochs(), options.batchSize());
        return new Settled(
                options.penalty() > 0 ? change.rightAfter(model) : change, options, List.copyOf(epochs), net.hidden());
    }

    private static double epoch(
            LayeredNet net,
            Samples train,
            boolean[][] masked,
            Model start,
            Options options,
            int[] order,
            Context context) {
        double[][] w = new double[net.weights().length][];
        double[][] b = new double[w.length][];
        for (int l = 0; l < w.length; l++) {
            w[l] = new double[net.weights()[l].length];
            b[l] = new double[net.bias()[l].length];
        }
        double loss = 0;
        double threshold = options.learningRate() * options.penalty();
        for (int from = 0; from < order.length; from += options.batchSize()) {
            context.progress().checkCancelled();
            int n = Math.min(order.length - from, options.batchSize());
            double[] x = inputs(train, order, from, n);
            double[] y = targets(train, order, from, n);
            LayeredNet.States free = net.estimate(x, y, options.beta(), options.phases(), options.sweeps(), n, w, b);
            loss += net.cost(free, y, n) * n / order.length;
            for (int l = 0; l < w.length; l++) {
                update(net.weights()[l], w[l], masked[l], options.learningRate(), threshold);
                if (!start.constraints().zeroBiases().contains(l)) {
                    update(net.bias()[l], b[l], null, options.learningRate(), 0);
                }
            }
        }
        return loss;
    }

    private static void update(double[] values, double[] change, boolean[] masked, double rate, double threshold) {
        for (int i = 0; i < values.length; i++) {
            if (masked == null || !masked[i]) {
                double next = values[i] + rate * change[i];
                values[i] = Math.abs(next) <= threshold ? 0 : next - Math.signum(next) * threshold;
            }
        }
    }

    static double[] inputs(Samples samples, int[] order, int from, int n) {
        int width = samples.inputs();
        double[] x = new double[n * width];
        for (int s = 0; s < n; s++) {
            for (int i = 0; i < width; i++) {
                x[s * width + i] = samples.features()[order[from + s] * width + i];
            }
        }
        return x;
    }

    static double[] targets(Samples samples, int[] order, int from, int n) {
        double[] y = new double[n * samples.classes()];
        for (int s = 0; s < n; s++) {
            y[s * samples.classes() + samples.labels()[order[from + s]]] = 1;
        }
        return y;
    }

    private static Settled.Epoch row(int number, double loss, LayeredNet net, Samples all, Options options) {
        Samples samples = all.flattened();
        int batch = 200;
        int[] order = java.util.stream.IntStream.range(0, samples.size()).toArray();
        double cost = 0;
        int right = 0;
        int rightForward = 0;
        int sweeps = 0;
        for (int from = 0; from < order.length; from += batch) {
            int n = Math.min(batch, order.length - from);
            double[] x = inputs(samples, order, from, n);
            LayeredNet.States free = net.free(x, options.sweeps(), n);
            LayeredNet.States forward = net.hidden() == 1 ? free : net.forward(x, n);
            cost += net.cost(free, targets(samples, order, from, n), n) * n / order.length;
            right += right(free.p(), samples, from, n);
            rightForward += right(forward.p(), samples, from, n);
            sweeps = Math.max(sweeps, free.sweeps());
        }
        int zeros = 0;
        int weights = 0;
        for (double[] layer : net.weights()) {
            weights += layer.length;
            for (double w : layer) {
                zeros += w == 0 ? 1 : 0;
            }
        }
        return new Settled.Epoch(
                number,
                loss,
                cost,
                (double) right / order.length,
                (double) rightForward / order.length,
                (double) zeros / weights,
                sweeps);
    }

    private static int right(double[] p, Samples samples, int from, int n) {
        int classes = samples.classes();
        int right = 0;
        for (int s = 0; s < n; s++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = p[s * classes + c] > p[s * classes + best] ? c : best;
            }
            right += best == samples.labels()[from + s] ? 1 : 0;
        }
        return right;
    }

    /** The method {@code equilibrium}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "equilibrium",
                    "equilibrium",
                    "train a chain of dense layers by equilibrium propagation",
                    Options.class,
                    Equilibrium::run);
        }

        @Override
        public Training training(Options options) {
            return options.alike().trainings(options.epochs() == 0 ? 0 : 1);
        }
    }
}
