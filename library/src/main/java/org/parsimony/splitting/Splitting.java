package org.parsimony.splitting;

import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.steps.Train;

/**
 * Grows a trained network by splitting neurons (splitting steepest descent, NeurIPS 2019). Where training has come to rest,
 * the gradient says nothing more; but a neuron whose splitting matrix has a negative eigenvalue sits at a saddle of the
 * network in which it is two, and the eigenvector says which way down. Each round finds these eigenvalues, splits the neurons
 * that promise most within the share or budget, and, but for the last round, trains on.
 *
 * <p>Dense layers and convolutions of a chain, with or without batch norm; the output layer keeps its units. Filters are
 * split as neurons are. Biases and batch norm are copied, not moved. Masks hold for the halves as for the whole.
 *
 * <p>Randomness: the samples that the curvature is averaged over, the first vectors of the eigen-solvers, the draws of the
 * controls, and the order of samples of a training, by the context; a budget of latency is measured.
 */
public final class Splitting {

    private Splitting() {}

    /** How a round grows; all but the first are controls. */
    public enum Growth {
        /** By splits along the eigenvectors of the splitting matrices. */
        SPLITTING,
        /** Units drawn by chance are split into two halves along directions drawn by chance. */
        RANDOM_SPLITS,
        /** Units of fresh weights are added, which the next layer does not yet read. */
        RANDOM_UNITS,
        /** Nothing is added: the rounds only train, as long as the others and with a fresh optimiser as often. */
        NONE
    }

    /** How many units are split. */
    public enum Selection {
        /** All that promise more than the threshold. */
        THRESHOLD,
        /** Of all units a share, those that promise most. */
        SHARE,
        /** Those that promise most for what they cost, until the budget is full. */
        BUDGET
    }

    /** Adam's moments, and its count of updates, in the trainings between rounds. */
    public enum Moments {
        /** Zero after each round, as everywhere where a training begins. */
        FRESH,
        /** Those of the training before: what a unit is split into takes over its share of them. */
        CARRIED
    }

    /** How to grow; the defaults are one round of plain splitting of 30 % of the units. */
    public record Options(
            @Describe(value = "rounds of growth, at least 1", least = 1) int rounds,
            @Describe("how units are added") Growth growth,
            @Describe("into what a unit is split") Scheme split,
            @Describe(value = "sum of the moduli of the weights of a signed split, at least 1", least = 1) double mass,
            @Describe(value = "step ε along the direction of a split, at least 0", least = 0) double step,
            @Describe("how many units are split") Selection selection,
            @Describe(value = "share of all units that a round splits (selection = share)", least = 0, most = 1)
                    double share,
            @Describe(value = "what a split must promise: the fall of the loss over ε²/2, at least 0", least = 0)
                    double threshold,
            @Describe("what growth is charged for (selection = budget)") Resource resource,
            @Describe(
                            value = "what a round may add, as a share of what the network then costs, above 0"
                                    + " (selection = budget)",
                            least = 0)
                    double budget,
            @Describe("by what a unit's gain is divided (selection = budget)") Price price,
            @Describe(value = "greatest width of a layer as a multiple of its first, at least 1; 0 for none", least = 0)
                    double widest,
            @Describe("indices of the layers that grow, none for all hidden ones") int[] layers,
            @Describe("how eigenvalues are found") EigenSolver solver,
            @Describe(value = "iterations of Lanczos, at least 2", least = 2) int iterations,
            @Describe(value = "passes of the Rayleigh descent, at least 1", least = 1) int passes,
            @Describe(value = "rate of the Rayleigh descent, above 0", least = 0) double rate,
            @Describe(value = "training samples that the curvature is averaged over, at least 1", least = 1)
                    int samples,
            @Describe(value = "slope of the soft-plus that gives ReLU its curvature, above 0", least = 0) double beta,
            @Describe(value = "epochs of training between rounds, at least 0", least = 0) int epochs,
            @Describe(value = "samples of a training batch, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate of Adam, above 0", least = 0) double learningRate,
            @Describe(value = "what Adam's moments are after a round of growth", later = true) Moments moments) {

        public Options {
            Require.atLeast("rounds", rounds, 1);
            Require.oneOf("growth", growth, Growth.values());
            Require.oneOf("split", split, Scheme.values());
            Require.between("mass", mass, 1, 1e6);
            Require.between("step", step, 0, 1e6);
            Require.oneOf("selection", selection, Selection.values());
            Require.between("share", share, 0, 1);
            Require.between("threshold", threshold, 0, 1e12);
            Require.oneOf("resource", resource, Resource.values());
            Require.positive("budget", budget);
            Require.oneOf("price", price, Price.values());
            Require.that(
                    widest == 0 || widest >= 1 && widest < 1e6,
                    "widest is %s, but must be at least 1, or 0 for no limit",
                    widest);
            layers = layers.clone();
            for (int layer : layers) {
                Require.atLeast("layers, an index", layer, 0);
            }
            Require.oneOf("solver", solver, EigenSolver.values());
            new EigenSolver.Effort(iterations, passes, rate, Math.max(1, batchSize));
            Require.atLeast("samples", samples, 1);
            Require.positive("beta", beta);
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.oneOf("moments", moments, Moments.values());
        }

        /** The defaults. */
        public Options() {
            this(
                    1,
                    Growth.SPLITTING,
                    Scheme.POSITIVE_PAIR,
                    3,
                    0.01,
                    Selection.SHARE,
                    0.3,
                    1e-8,
                    Resource.MACS,
                    0.35,
                    Price.COST,
                    0,
                    new int[0],
                    EigenSolver.LANCZOS,
                    30,
                    10,
                    1e-3,
                    5000,
                    3,
                    5,
                    64,
                    1e-3,
                    Moments.FRESH);
        }

        /** These options in so many rounds with so many epochs between them. */
        public Options rounds(int number, int epochsBetween) {
            return With.component(With.component(this, "rounds", number), "epochs", epochsBetween);
        }

        /** These options with another way of growing. */
        public Options growth(Growth other) {
            return With.component(this, "growth", other);
        }

        /** These options with another kind of split. */
        public Options split(Scheme other) {
            return With.component(this, "split", other);
        }

        /** These options with another step. */
        public Options step(double other) {
            return With.component(this, "step", other);
        }

        /** These options with a share of all units in each round. */
        public Options share(double other) {
            return With.component(With.component(this, "share", other), "selection", Selection.SHARE);
        }

        /** These options with every unit that promises more. */
        public Options threshold(double other) {
            return With.component(With.component(this, "threshold", other), "selection", Selection.THRESHOLD);
        }

        /** These options with a budget for each round, as a share of what the network then costs. */
        public Options budget(Resource charged, double share, Price by) {
            Options other = With.component(With.component(this, "resource", charged), "budget", share);
            return With.component(With.component(other, "price", by), "selection", Selection.BUDGET);
        }

        /** These options with a limit on widths. */
        public Options widest(double other) {
            return With.component(this, "widest", other);
        }

        /** These options for these layers. */
        public Options layers(int... other) {
            return With.component(this, "layers", other);
        }

        /** These options with another eigen-solver. */
        public Options solver(EigenSolver other) {
            return With.component(this, "solver", other);
        }

        /** These options with so many samples for the curvature. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }

        /** These options with moments that are carried on, or fresh ones. */
        public Options moments(Moments other) {
            return With.component(this, "moments", other);
        }

        /** The training between two rounds, where there are epochs for it. */
        Train.Options training() {
            return new Train.Options()
                    .epochs(epochs)
                    .batchSize(batchSize)
                    .optimiser(Train.Optimiser.ADAM, learningRate);
        }

        EigenSolver.Effort effort() {
            return new EigenSolver.Effort(iterations, passes, rate, batchSize);
        }
    }

    /**
     * Grows {@code start}. With a checkpoint in the context an interrupted growth goes on after its last finished round.
     *
     * @param start a network whose training has come to rest: elsewhere the gradient says more than the curvature
     * @throws IllegalArgumentException if the network has no layer that can be split, or one that is chosen cannot be; or if
     *     the share or the budget is less than one split
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public static Grown run(Model start, Dataset data, Options options, Context context) {
        return new Grower(start, data, options, context).run();
    }

    /** The method {@code splitting}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "splitting",
                    "splitting",
                    "grow hidden layers by splitting the neurons that lower the loss most",
                    Options.class,
                    Splitting::run);
        }

        @Override
        public Training training(Options options) {
            if (options.epochs() == 0) {
                return Training.NONE;
            }
            Training trainings = options.training().trainings(options.rounds() - 1);
            return options.moments() == Moments.FRESH
                    ? trainings
                    : trainings.withState("fresh in the first, then carried through growth");
        }
    }
}
