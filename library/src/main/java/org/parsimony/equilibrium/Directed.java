package org.parsimony.equilibrium;

import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;

/**
 * Trains the paper's complete directed network on a logic task or on the data set. Such a network is no chain of layers, so
 * the one that a recipe carries stays as it is, and the step's table tells what was learned. Full batch, one update an epoch.
 *
 * <p>Randomness: weights, the states before each phase, and what is removed, by the context.
 */
public final class Directed {

    private Directed() {}

    /** How weights are drawn towards zero after each update. */
    public enum Shrinkage {
        NONE,
        /** The paper's: a step against the sign. A weight goes to and fro around zero and hardly ever is zero. */
        SIGN,
        /** Soft thresholding: a weight that would change its sign is exactly zero. */
        SOFT
    }

    /** What is set to zero after each epoch. */
    public enum Removal {
        NONE,
        /** The paper's: of each unit's small incoming weights some by chance, by a soft-max of their size. */
        STOCHASTIC
    }

    /** What is learned, and how; the defaults are the authors' notebook for one-hot outputs. */
    public record Options(
            @Describe("logic task, or data: the training samples, classes one-hot") Gate task,
            @Describe("one output, or one for each class") Readout readout,
            @Describe("what a unit loses: outgoing, the paper's network, or one, the asymmetric one")
                    DirectedNet.Leak leak,
            @Describe(value = "hidden units, at least 0", least = 0) int hidden,
            @Describe(value = "strength of the nudge, above 0", least = 0) double beta,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe(value = "updates, each on all samples; 0 leaves the weights as drawn", least = 0) int epochs,
            @Describe(value = "steps of the free phase, at least 1", least = 1) int freeSteps,
            @Describe(value = "steps of the nudged phase, at least 1; the rule divides by it", least = 1)
                    int nudgedSteps,
            @Describe(value = "time of a step, above 0 and at most 1", least = 0, most = 1) double dt,
            @Describe("how weights are drawn towards zero after each update") Shrinkage shrinkage,
            @Describe(value = "by how much, at least 0", least = 0) double strength,
            @Describe("what is set to zero after each epoch") Removal removal,
            @Describe(value = "temperature of the removal, above 0", least = 0) double temperature,
            @Describe(value = "only weights up to this size are removed, at least 0", least = 0) double removable) {

        public Options {
            Require.oneOf("task", task, Gate.values());
            Require.oneOf("readout", readout, Readout.values());
            Require.oneOf("leak", leak, DirectedNet.Leak.values());
            Require.atLeast("hidden", hidden, 0);
            Require.positive("beta", beta);
            Require.positive("learningRate", learningRate);
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("freeSteps", freeSteps, 1);
            Require.atLeast("nudgedSteps", nudgedSteps, 1);
            Require.positive("dt", dt);
            Require.between("dt", dt, 0, 1);
            Require.oneOf("shrinkage", shrinkage, Shrinkage.values());
            Require.between("strength", strength, 0, 1e9);
            Require.oneOf("removal", removal, Removal.values());
            Require.positive("temperature", temperature);
            Require.between("removable", removable, 0, 1e9);
            Require.that(
                    readout == Readout.ONE_HOT || task != Gate.DATA,
                    "readout is SINGLE, but task = DATA needs an output for each class; set readout to ONE_HOT");
        }

        /** The defaults: XOR, one-hot. */
        public Options() {
            this(
                    Gate.XOR,
                    Readout.ONE_HOT,
                    DirectedNet.Leak.OUTGOING,
                    2,
                    1,
                    200,
                    200,
                    1000,
                    1000,
                    0.05,
                    Shrinkage.NONE,
                    1.5e-4,
                    Removal.NONE,
                    5,
                    0.01);
        }

        /** The authors' settings of this readout: 5 hidden units, β 10, rate 100 for a single output; else the defaults'. */
        public Options of(Gate other, Readout by) {
            Options with = With.component(With.component(this, "task", other), "readout", by);
            boolean single = by == Readout.SINGLE;
            return with.hidden(single ? 5 : 2).nudge(single ? 10 : 1, single ? 100 : 200);
        }

        /** These options with another number of hidden units. */
        public Options hidden(int other) {
            return With.component(this, "hidden", other);
        }

        /** These options with another strength of the nudge and learning rate. */
        public Options nudge(double strengthOfIt, double rate) {
            return With.component(With.component(this, "beta", strengthOfIt), "learningRate", rate);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with other numbers of steps. */
        public Options steps(int free, int nudged) {
            return With.component(With.component(this, "freeSteps", free), "nudgedSteps", nudged);
        }

        /** These options with another shrinkage and removal. */
        public Options sparsity(Shrinkage shrink, Removal remove) {
            return With.component(With.component(this, "shrinkage", shrink), "removal", remove);
        }

        /** These options with the asymmetric network that the paper compares with: learning rate 1. */
        public Options asymmetric() {
            return With.component(nudge(beta, 1), "leak", DirectedNet.Leak.ONE);
        }
    }

    /**
     * Trains a directed network beside {@code start}.
     *
     * @throws IllegalStateException if a weight or a state becomes infinite or NaN; the message says in which epoch
     */
    public static DirectedRun run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        DirectedTraining training = new DirectedTraining(options, task(options, data.train()), context);
        training.run();
        requireNumbers(training, options);
        double held = options.task() == Gate.DATA
                ? training.errors(task(options, data.validation()), context.random("states, validation"))
                : Double.NaN;
        return new DirectedRun(
                Change.of(start, start.copy(), data, nanos), options, training.net(), training.epochs(), held);
    }

    static void requireNumbers(DirectedTraining training, Options options) {
        if (training.divergedAt() >= 0) {
            throw new IllegalStateException("weights or states are no numbers any more after epoch "
                    + training.divergedAt() + "; lower learningRate (" + options.learningRate() + ") or beta ("
                    + options.beta() + ")");
        }
    }

    static Gate.Task task(Options options, Samples samples) {
        if (options.task() != Gate.DATA) {
            return options.task().task();
        }
        double[][] x = new double[samples.size()][samples.inputs()];
        for (int s = 0; s < x.length; s++) {
            for (int i = 0; i < x[s].length; i++) {
                x[s][i] = samples.features()[s * x[s].length + i];
            }
        }
        return new Gate.Task(x, samples.labels(), samples.classes());
    }

    /** The method {@code directed}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "directed",
                    "equilibrium",
                    "train a complete directed network by equilibrium propagation, beside the recipe's",
                    Options.class,
                    Directed::run);
        }
    }
}
