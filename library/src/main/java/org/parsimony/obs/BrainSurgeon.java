package org.parsimony.obs;

import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Pruned;
import org.parsimony.pruning.Pruning;
import org.parsimony.pruning.Removal;
import org.parsimony.pruning.Schedule;
import org.parsimony.pruning.Scope;
import org.parsimony.steps.Train;

/**
 * Removes the weights that the loss misses least, as {@link Surgeon} judges, and lets the others make up for them; at once,
 * or in rounds with retraining between them. How much goes where is {@link Pruning}'s.
 *
 * <p>Shared values do not outlive it where an update moves the weights. Randomness: the samples whose gradients it looks at
 * and the order of samples of a retraining, by the context. Complexity: two passes over these samples a layer and round, and
 * what the {@link org.parsimony.network.curvature.Curvature} says.
 */
public final class BrainSurgeon {

    private BrainSurgeon() {}

    /** What goes, by which curvature, and what the rest becomes; the defaults are WoodFisher's, 90 % of all dense layers. */
    public record Options(
            @Describe(
                            value = "share to remove, one number or one for each chosen layer, from 0 to below 1",
                            least = 0,
                            most = 1)
                    double[] ratio,
            @Describe("how much of the Fisher information is kept") Fisher fisher,
            @Describe("what the weights that stay become") Update update,
            @Describe("whether the ratio is that of each layer or of all chosen layers together") Scope scope,
            @Describe("indices of the layers, none for all of the chosen kinds") int[] layers,
            @Describe("kinds of layers, where no indices are given") LayerWeights.Kinds kinds,
            @Describe(value = "rounds in which the ratio is reached, at least 1", least = 1) int rounds,
            @Describe("how the removed share grows over the rounds") Schedule schedule,
            @Describe(value = "epochs of retraining after every round, at least 0", least = 0) int epochs,
            @Describe(value = "samples of a training batch, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate of Adam, fresh in every round, above 0", least = 0) double learningRate,
            @Describe(value = "training samples whose gradients are looked at, at least 1", least = 1) int samples,
            @Describe(value = "added to the diagonal of the curvature, above 0", least = 0) double damping) {

        public Options {
            ratio = ratio.clone();
            layers = layers.clone();
            Require.oneOf("fisher", fisher, Fisher.values());
            Require.oneOf("update", update, Update.values());
            Require.positive("damping", damping);
            pruning(ratio, scope, layers, kinds, rounds, schedule, epochs, batchSize, learningRate, samples);
        }

        /** The defaults. */
        public Options() {
            this(
                    new double[] {0.9},
                    Fisher.BLOCK,
                    Update.SUM,
                    Scope.NETWORK,
                    new int[0],
                    LayerWeights.Kinds.DENSE,
                    1,
                    Schedule.CUBIC,
                    0,
                    64,
                    1e-3,
                    100,
                    1e-5);
        }

        /** These options with another ratio: one for all chosen layers, or one for each. */
        public Options ratio(double... other) {
            return With.component(this, "ratio", other);
        }

        /** These options with another curvature. */
        public Options fisher(Fisher other) {
            return With.component(this, "fisher", other);
        }

        /** These options with another update. */
        public Options update(Update other) {
            return With.component(this, "update", other);
        }

        /** These options with ratios of each layer or of all together. */
        public Options scope(Scope other) {
            return With.component(this, "scope", other);
        }

        /** These options for other kinds of layers. */
        public Options kinds(LayerWeights.Kinds other) {
            return With.component(this, "kinds", other);
        }

        /** These options in so many rounds, with so many epochs of retraining after each. */
        public Options rounds(int number, int epochsEach) {
            return With.component(With.component(this, "rounds", number), "epochs", epochsEach);
        }

        /** These options with another number of samples. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }

        /** These options with another damping. */
        public Options damping(double other) {
            return With.component(this, "damping", other);
        }

        /** What {@link Pruning} is told; it checks what is its own. */
        Pruning.Options pruning() {
            return pruning(ratio, scope, layers, kinds, rounds, schedule, epochs, batchSize, learningRate, samples);
        }

        private static Pruning.Options pruning(
                double[] ratio,
                Scope scope,
                int[] layers,
                LayerWeights.Kinds kinds,
                int rounds,
                Schedule schedule,
                int epochs,
                int batchSize,
                double learningRate,
                int samples) {
            return new Pruning.Options(
                    ratio,
                    Removal.Of.WEIGHT,
                    scope,
                    layers,
                    kinds,
                    Pruning.Biases.KEEP,
                    rounds,
                    schedule,
                    epochs,
                    batchSize,
                    learningRate,
                    0,
                    samples);
        }
    }

    /**
     * Prunes.
     *
     * @throws IllegalArgumentException if the options name layers that the network has not, if there are neither one nor as
     *     many ratios as layers, or if the curvature does not serve one of the layers
     */
    public static Pruned run(Model start, Dataset data, Options options, Context context) {
        Surgeon surgeon = new Surgeon(options.fisher(), options.update(), options.damping());
        return Pruning.run(surgeon, start, data, options.pruning(), context);
    }

    /** The method {@code obs}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "obs",
                    "obs",
                    "prune weights that the loss misses least, the others make up (optimal brain surgeon)",
                    Options.class,
                    BrainSurgeon::run);
        }

        @Override
        public Training training(Options options) {
            return options.epochs() == 0
                    ? Training.NONE
                    : new Train.Options()
                            .epochs(options.epochs())
                            .batchSize(options.batchSize())
                            .optimiser(Train.Optimiser.ADAM, options.learningRate())
                            .trainings(options.rounds());
        }
    }
}
