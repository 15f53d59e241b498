package org.parsimony.dynhp;

import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.steps.Train;

/**
 * Trains a network and takes units out for good while it trains: neurons of dense layers, filters of convolutions, in graphs
 * with all that is tied to them. A penalty shows which units are not needed; after some epochs those that have stayed
 * unimportant go, with their optimiser's state, as many as a geometric curve from the dense network to the wanted compression
 * asks for. A share β of the bytes that this frees within a budget becomes a larger batch.
 *
 * <p>A reading of the abstract of DynHP (JNCA 200, 2022), not its authors' algorithm. Never an input, an output, or a layer's
 * last units. Choices are made on validation samples. Randomness, by the context: order of samples, samples that the penalty
 * is scaled on, noise of gates, scores of the random arm.
 */
public final class DynHP {

    private DynHP() {}

    /** What happens to unimportant units; all but the first are controls. */
    public enum Removal {
        /** They are taken out, and memory falls. */
        HARD,
        /** They are masked for good: the same function, but time and memory stay those of the dense network. */
        SOFT,
        /** Nothing: the dense network trains on, without a penalty. */
        NONE,
        /** Nothing, but the batches are those that hard pruning with the same seed has; it is run first, and its time not counted. */
        BATCHES_ONLY
    }

    /** How unimportant units are known. */
    public enum Criterion {
        /** A group lasso in training; the least ‖into the unit‖ · ‖what reads it‖ goes first. */
        GROUP_LASSO,
        /** Hard-concrete gates; what is most surely closed goes first. Chains of the fused engine only. */
        L0_GATES,
        /** By chance, with the group lasso all the same: a control. */
        RANDOM
    }

    /** What the learning rate does when the batch grows. */
    public enum RateRule {
        /** It stays. */
        KEPT,
        /** It grows by the root of the ratio, as is usual for Adam. */
        ROOT,
        /** It grows by the ratio, as is usual for SGD. */
        LINEAR
    }

    /** How to prune; the defaults are ten times fewer parameters in the first half of 20 epochs. */
    public record Options(
            @Describe(value = "parameters before over parameters after, at least 1", least = 1) double compression,
            @Describe(value = "passes over the training samples, at least 1", least = 1) int epochs,
            @Describe(value = "samples of the first batches, at least 1", least = 1) int batchSize,
            @Describe("optimiser, fresh at the start") Train.Optimiser optimiser,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe("what happens to unimportant units") Removal removal,
            @Describe("how unimportant units are known") Criterion criterion,
            @Describe(value = "share of the penalty in the first loss, from 0 to below 1", least = 0, most = 1)
                    double penalty,
            @Describe(value = "epoch after which the first check is made, at least 1", least = 1) int warmUp,
            @Describe(value = "a check every so many epochs, at least 1", least = 1) int every,
            @Describe(value = "share of the epochs after which no unit goes any more", least = 0, most = 1)
                    double until,
            @Describe(value = "checks in a row that must find a unit unimportant, at least 1", least = 1) int patience,
            @Describe(value = "share of a layer that one check may take, above 0", least = 0, most = 1)
                    double mostShare,
            @Describe(value = "units that every layer keeps, at least 1", least = 1) int leastUnits,
            @Describe(value = "share β of freed bytes that becomes a larger batch", least = 0, most = 1) double reuse,
            @Describe(value = "bytes of training memory, by the model; 0 for what the dense network takes", least = 0)
                    long budget,
            @Describe(value = "samples of the largest batch; 0 for 50 batches an epoch", least = 0) int mostBatch,
            @Describe("what the learning rate does when the batch grows") RateRule rateRule) {

        public Options {
            Require.between("compression", compression, 1, 1e6);
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
            Require.oneOf("optimiser", optimiser, Train.Optimiser.values());
            Require.positive("learningRate", learningRate);
            Require.oneOf("removal", removal, Removal.values());
            Require.oneOf("criterion", criterion, Criterion.values());
            Require.that(penalty >= 0 && penalty < 1, "penalty is %s, but must be a share from 0 to below 1", penalty);
            Require.atLeast("warmUp", warmUp, 1);
            Require.atLeast("every", every, 1);
            Require.between("until", until, 0, 1);
            Require.atLeast("patience", patience, 1);
            Require.positive("mostShare", Require.between("mostShare", mostShare, 0, 1));
            Require.atLeast("leastUnits", leastUnits, 1);
            Require.between("reuse", reuse, 0, 1);
            Require.that(
                    budget >= 0, "budget is %d, but must be a number of bytes, or 0 for the dense network's", budget);
            Require.atLeast("mostBatch", mostBatch, 0);
            Require.oneOf("rateRule", rateRule, RateRule.values());
            boolean prunes = removal == Removal.HARD || removal == Removal.SOFT || removal == Removal.BATCHES_ONLY;
            Require.that(
                    !prunes || (int) Math.floor(until * epochs) >= warmUp,
                    "until is %s, so that no unit goes after epoch %d of %d, but the first check is after epoch warmUp = %d;"
                            + " train for more epochs, or raise until, or lower warmUp",
                    until,
                    (int) Math.floor(until * epochs),
                    epochs,
                    warmUp);
        }

        /** The defaults. */
        public Options() {
            this(
                    10,
                    20,
                    64,
                    Train.Optimiser.ADAM,
                    1e-3,
                    Removal.HARD,
                    Criterion.GROUP_LASSO,
                    0.2,
                    1,
                    1,
                    0.5,
                    2,
                    0.5,
                    8,
                    0.5,
                    0,
                    0,
                    RateRule.ROOT);
        }

        /** These options with another compression. */
        public Options compression(double other) {
            return With.component(this, "compression", other);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another first batch. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another optimiser and learning rate. */
        public Options optimiser(Train.Optimiser kind, double rate) {
            return With.component(With.component(this, "optimiser", kind), "learningRate", rate);
        }

        /** These options with another fate of unimportant units. */
        public Options removal(Removal other) {
            return With.component(this, "removal", other);
        }

        /** These options with another criterion. */
        public Options criterion(Criterion other) {
            return With.component(this, "criterion", other);
        }

        /** These options with another share of the penalty. */
        public Options penalty(double other) {
            return With.component(this, "penalty", other);
        }

        /** These options with checks from one epoch to a share of all. */
        public Options checks(int first, double last) {
            return With.component(With.component(this, "warmUp", first), "until", last);
        }

        /** These options with another patience. */
        public Options patience(int other) {
            return With.component(this, "patience", other);
        }

        /** These options with another number of units that every layer keeps. */
        public Options leastUnits(int other) {
            return With.component(this, "leastUnits", other);
        }

        /** These options with another share β of reuse. */
        public Options reuse(double other) {
            return With.component(this, "reuse", other);
        }

        /** These options within so many bytes. */
        public Options budget(long bytes) {
            return With.component(this, "budget", bytes);
        }

        /** These options with another largest batch. */
        public Options mostBatch(int other) {
            return With.component(this, "mostBatch", other);
        }

        /** These options with another rule for the learning rate. */
        public Options rateRule(RateRule other) {
            return With.component(this, "rateRule", other);
        }

        IUpdater updater() {
            return training().updater(1);
        }

        /** The training as it is while the batch does not grow. */
        private Train.Options training() {
            return new Train.Options().epochs(epochs).batchSize(batchSize).optimiser(optimiser, learningRate);
        }

        private boolean grows() {
            return reuse > 0 && removal != Removal.NONE && removal != Removal.SOFT;
        }
    }

    /**
     * Trains a copy of {@code start} and prunes it meanwhile.
     *
     * @throws IllegalArgumentException before anything is trained, if the dense network does not fit the budget, no width of
     *     the layers reaches the compression, the batch is larger than the data, or the criterion does not serve the network
     * @throws IllegalStateException if the loss becomes infinite or NaN
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public static Slimmed run(Model start, Dataset data, Options options, Context context) {
        return new Slimming(start, data, options, context).run();
    }

    /** The method {@code dynhp}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "dynhp",
                    "dynhp",
                    "train, and take units out for good meanwhile, their memory turned into larger batches",
                    Options.class,
                    DynHP::run);
        }

        @Override
        public Training training(Options options) {
            Training training = options.training().trainings(1);
            if (!options.grows()) {
                return training;
            }
            Training.Stretch same = training.stretches().get(0);
            return Training.of(new Training.Stretch(
                    1,
                    same.epochs(),
                    same.batchSize(),
                    same.rate() + ", batches that grow by " + Json.digits(options.reuse()) + " of the freed bytes",
                    same.state(),
                    same.choice()));
        }
    }
}
