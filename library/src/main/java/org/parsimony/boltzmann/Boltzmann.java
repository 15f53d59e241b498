package org.parsimony.boltzmann;

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
import org.parsimony.network.Model;

/**
 * Learns a deep Boltzmann machine from the inputs, without labels, as a beginning of a network: the recipe's network is a chain
 * of dense layers, its hidden layers give the machine its widths, and their weights become the machine's; the classifier on top
 * stays as drawn. Inputs are 1 above ½, else 0. What follows in the recipe, {@code train} first, follows on that network.
 *
 * <p>Randomness: weights, order of samples, hidden states, chains, by the context.
 */
public final class Boltzmann {

    private Boltzmann() {}

    /** What is descended. */
    public enum Rule {
        /** The flow out of the data's states. */
        FLOW,
        /** Contrastive divergence, the control: data against what a few Gibbs sweeps make of it. */
        CONTRASTIVE_DIVERGENCE
    }

    /** How to learn; the paper's rates are not known. */
    public record Options(
            @Describe("what is descended") Rule rule,
            @Describe("how hidden units are filled in") Posterior posterior,
            @Describe("which bits may flip") Flips flips,
            @Describe(value = "passes over the training samples, at least 0", least = 0) int epochs,
            @Describe(value = "samples of a batch, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe(value = "sweeps of mean field or Gibbs sampling, at least 1", least = 1) int sweeps,
            @Describe(value = "sweeps of contrastive divergence's chain, at least 1", least = 1) int chain,
            @Describe(value = "deviation of the weights at the beginning, above 0", least = 0) double deviation,
            @Describe(value = "largest exponent of a flow, above 0", least = 0) double clip,
            @Describe(value = "chains of the likelihood's estimate, 0 for none", least = 0) int chains,
            @Describe(value = "temperatures of the likelihood's estimate, at least 1", least = 1) int temperatures) {

        public Options {
            Require.oneOf("rule", rule, Rule.values());
            Require.oneOf("posterior", posterior, Posterior.values());
            Require.oneOf("flips", flips, Flips.values());
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.atLeast("sweeps", sweeps, 1);
            Require.atLeast("chain", chain, 1);
            Require.positive("deviation", deviation);
            Require.positive("clip", clip);
            Require.atLeast("chains", chains, 0);
            Require.that(chains != 1, "chains is 1, but must be 0 or at least 2");
            Require.atLeast("temperatures", temperatures, 1);
        }

        /** Flow of all bits, mean field with 5 sweeps, 10 epochs at rate 0.02 in batches of 20, likelihood by 50 chains. */
        public Options() {
            this(Rule.FLOW, Posterior.MEAN_FIELD, Flips.ALL, 10, 20, 0.02, 5, 1, 0.01, 15, 50, 500);
        }

        /** These options with another rule. */
        public Options rule(Rule other) {
            return With.component(this, "rule", other);
        }

        /** These options with other hidden units and flips. */
        public Options posterior(Posterior other, Flips bits) {
            return With.component(With.component(this, "posterior", other), "flips", bits);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another learning rate. */
        public Options learningRate(double other) {
            return With.component(this, "learningRate", other);
        }

        /** These options with another estimate of the likelihood; 0 chains for none. */
        public Options likelihood(int number, int steps) {
            return With.component(With.component(this, "chains", number), "temperatures", steps);
        }
    }

    /**
     * Learns a machine and gives its weights to a copy of {@code start}.
     *
     * @throws IllegalArgumentException if it is no chain of dense layers with one or two hidden ones, or has masks or shared
     *     values
     * @throws IllegalStateException if a weight becomes infinite or NaN; the message says in which epoch
     */
    public static Learned run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        int[] widths = Layered.widths(start);
        Samples train = data.train().flattened();
        double[] visible = binary(train);
        BoltzmannMachine machine =
                BoltzmannMachine.drawn(widths, options.deviation(), visible, context.random("weights"));
        List<Learned.Epoch> epochs = learn(machine, visible, options, context.part(0, 0.8));
        Model model = Layered.begun(start, machine);
        Annealed likelihood = options.chains() == 0
                ? null
                : Annealed.of(machine, options.chains(), options.temperatures(), context.part(0.8, 1));
        double[] held = binary(data.validation().flattened());
        double bound = likelihood == null
                ? Double.NaN
                : likelihood.bound(machine, held, 20, data.validation().size());
        return new Learned(Change.of(start, model, data, nanos).fresh(), options, machine, epochs, likelihood, bound);
    }

    /** Ones where an input is above ½. */
    public static double[] binary(Samples samples) {
        double[] v = new double[samples.features().length];
        for (int i = 0; i < v.length; i++) {
            v[i] = samples.features()[i] > 0.5f ? 1 : 0;
        }
        return v;
    }

    /** Changes {@code machine}. */
    static List<Learned.Epoch> learn(BoltzmannMachine machine, double[] visible, Options options, Context context) {
        int units = machine.widths()[0];
        int samples = visible.length / units;
        SplittableRandom order = context.random("order of samples");
        SplittableRandom states = context.random("states");
        List<Learned.Epoch> epochs = new ArrayList<>();
        for (int e = 1; e <= options.epochs(); e++) {
            int[] permutation = Seeds.permutation(samples, order);
            double value = 0;
            for (int from = 0; from < samples; from += options.batchSize()) {
                context.progress().checkCancelled();
                int n = Math.min(options.batchSize(), samples - from);
                double[] v = new double[n * units];
                for (int s = 0; s < n; s++) {
                    System.arraycopy(visible, permutation[from + s] * units, v, s * units, units);
                }
                ProbabilityFlow gradient = gradient(machine, v, options, n, states);
                if (!gradient.isFinite()) {
                    throw new IllegalStateException("the gradient is no number in epoch " + e
                            + "; lower learningRate, which is " + options.learningRate());
                }
                value += gradient.value() * n / samples;
                step(machine.weights(), gradient.weights(), options.learningRate());
                step(machine.bias(), gradient.bias(), options.learningRate());
            }
            epochs.add(new Learned.Epoch(e, value, Reconstruction.missed(machine, visible, samples)));
            context.progress().report(e, options.epochs(), "epoch " + e);
        }
        return List.copyOf(epochs);
    }

    /** Of a batch; weights that are exactly zero are no connections and have no gradient. */
    static ProbabilityFlow gradient(
            BoltzmannMachine machine, double[] v, Options options, int n, SplittableRandom random) {
        Hidden.Filled filled = Hidden.fill(machine, v, options.posterior(), options.sweeps(), n, random);
        ProbabilityFlow flow = options.rule() == Rule.FLOW
                ? ProbabilityFlow.of(machine, filled.z(), filled.share(), options.flips(), options.clip(), filled.n())
                : Contrast.of(machine, filled, options.chain(), random);
        for (int l = 0; l < machine.weights().length; l++) {
            for (int i = 0; i < flow.weights()[l].length; i++) {
                flow.weights()[l][i] = machine.weights()[l][i] == 0 ? 0 : flow.weights()[l][i];
            }
        }
        return flow;
    }

    private static void step(double[][] values, double[][] gradient, double rate) {
        for (int l = 0; l < values.length; l++) {
            for (int i = 0; i < values[l].length; i++) {
                values[l][i] -= rate * gradient[l][i];
            }
        }
    }

    /** The method {@code boltzmann}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "boltzmann",
                    "boltzmann",
                    "begin with a deep Boltzmann machine, learned by probability flow",
                    Options.class,
                    Boltzmann::run);
        }

        @Override
        public org.parsimony.method.Training training(Options options) {
            return org.parsimony.method.Training.ANEW;
        }
    }
}
