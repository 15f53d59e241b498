package org.parsimony.sham;

import java.util.Arrays;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.network.Model;

/**
 * Prune, retrain, share, fine-tune: what makes a trained network's weight matrices few-valued and sparse, so that HAM,
 * sHAM and our own code make them small.
 *
 * <p>After Marinò et al. (ICPR 2020), sections II and III, with the quantisers that their later work adds. Choices
 * between epochs are made on the validation split; test is looked at for the row only.
 *
 * <p>Randomness: the order of training samples, the draws of {@link Quantiser#PWS} and the starts of
 * {@link Clustering#LLOYD_PLUS_PLUS} and {@link Clustering#MINI_BATCH}, each derived from the seed.
 */
public final class Sham {

    private Sham() {}

    /** What is treated on its own: each layer, or all chosen layers as one. */
    public enum Scope {
        LAYER,
        NETWORK
    }

    /** Which layers are pruned, shared and coded. */
    public enum Layers {
        /** Dense layers, the output layer among them, as in the paper. */
        DENSE,
        /** Convolutions too. */
        ALL
    }

    /** What a quantiser looks at after pruning. */
    public enum Population {
        /** The weights that are left, as the text says: zero comes on top of the k values. */
        NONZERO,
        /** All of them, as the published code does: at high percentiles most of the k values fall onto zero. */
        ALL
    }

    /** What becomes of biases. */
    public enum Biases {
        /** They stay 32-bit floats and are trained, as in the paper. */
        KEEP,
        /** They are zero from the first pruning on, and cost nothing in a file. */
        REMOVE
    }

    /** The gradient of a shared value. */
    public enum Tying {
        /** Sum of its weights' gradients: the derivative of the loss, as the text says. */
        SUM,
        /** Their mean, so that a step does not grow with the number of weights. */
        MEAN
    }

    /** The optimiser of retraining and fine-tuning. */
    public enum Stepping {
        ADAM,
        /** SGD with Nesterov momentum 0.9. */
        NESTEROV
    }

    /** How the learning rate goes within retraining, all rounds together, and within fine-tuning. */
    public enum Decay {
        CONSTANT,
        /** Linearly to zero. */
        LINEAR
    }

    /** When retraining and fine-tuning end, and with which weights. */
    public enum Stop {
        /** After all epochs, with the weights of the best validation accuracy. */
        BEST_VALIDATION,
        /** After the first epoch that gains no more than 0.1 points of training accuracy, with its weights. */
        TRAINING_GAIN
    }

    /**
     * @param percentiles of |w| up to which weights are removed, in percent, one for all chosen layers or one for each,
     *     from 0 (nothing is removed) to below 100; default 90
     * @param pruning whether a percentile is that of a layer or of all chosen layers; default {@link Scope#LAYER}
     * @param rounds in which pruning reaches its percentiles, on a cubic schedule (Zhu and Gupta 2017, eq. 1), each
     *     followed by retraining; at least 1; default 1, as in the paper
     * @param quantiser default {@link Quantiser#CWS}
     * @param k most shared values, one number for all chosen layers or one for each, at least 2; default 32
     * @param codebooks one of k values for each layer ({@code nu} in the papers) or for all ({@code u}); default
     *     {@link Scope#LAYER}
     * @param population what the quantiser looks at; default {@link Population#NONZERO}
     * @param clustering of {@link Quantiser#CWS}; default {@link Clustering#EXACT}
     * @param lambda of {@link Quantiser#ECSQ}, weight of a nat in units of the weights' variance, at least 0; more where
     *     it would leave more than k values; default 0.01
     * @param layers default {@link Layers#DENSE}
     * @param biases default {@link Biases#KEEP}
     * @param l1 penalty on the chosen layers' weights while pruning, all rounds but the last, per unit of |w|, from 0 to 1;
     *     default 0
     * @param epochs of training the original, from 0 (it is trained already) on; default 10
     * @param pruneEpochs of retraining after every round of pruning, at least 0; default 5
     * @param tuneEpochs of fine-tuning shared values, at least 0; default 5
     * @param stepping default {@link Stepping#ADAM}
     * @param pruneRate learning rate of retraining, above 0; default 0.001
     * @param tuneRate learning rate of fine-tuning, above 0; default 0.0003
     * @param decay of both rates; default {@link Decay#CONSTANT}: a falling rate leaves gradual pruning no time to recover
     * @param tying gradient of a shared value; default {@link Tying#SUM}
     * @param stop default {@link Stop#BEST_VALIDATION}
     * @param batchSize at least 1; default 64
     * @param seed default 1
     */
    public record Options(
            @Describe("percentiles of |w| up to which weights are removed, for all layers or for each, 0 to below 100")
                    double[] percentiles,
            @Describe("whether a percentile is that of a layer or of all chosen layers") Scope pruning,
            @Describe("rounds in which pruning reaches its percentiles, at least 1") int rounds,
            @Describe("how weights come to share values") Quantiser quantiser,
            @Describe("most shared values, for all layers or for each, at least 2") int[] k,
            @Describe("whether layers have codebooks of their own or share one") Scope codebooks,
            @Describe("whether the quantiser looks at the weights that are left or at all, zeros too")
                    Population population,
            @Describe("how the centres of CWS are found") Clustering clustering,
            @Describe("weight of a nat for ECSQ, in units of the weights' variance, at least 0") double lambda,
            @Describe("layers that are pruned, shared and coded") Layers layers,
            @Describe("what becomes of biases") Biases biases,
            @Describe("L1 penalty while pruning, all rounds but the last, from 0 to 1") double l1,
            @Describe("epochs of training the original, at least 0; 0 if it is trained already") int epochs,
            @Describe("epochs of retraining after every round of pruning, at least 0") int pruneEpochs,
            @Describe("epochs of fine-tuning shared values, at least 0") int tuneEpochs,
            @Describe("optimiser of retraining and fine-tuning") Stepping stepping,
            @Describe("learning rate of retraining, above 0") double pruneRate,
            @Describe("learning rate of fine-tuning, above 0") double tuneRate,
            @Describe("how learning rates go") Decay decay,
            @Describe("gradient of a shared value from those of its weights") Tying tying,
            @Describe("when retraining and fine-tuning end") Stop stop,
            @Describe("samples of a training batch, at least 1") int batchSize,
            @Describe("seed of everything random") long seed) {

        public Options {
            percentiles = percentiles.clone();
            k = k.clone();
            Require.atLeast("percentiles, their number", percentiles.length, 1);
            for (double p : percentiles) {
                Require.that(p >= 0 && p < 100, "percentiles has %s, but each must lie from 0 to below 100", p);
            }
            chosen("pruning", pruning, Scope.values());
            Require.that(
                    pruning == Scope.LAYER || percentiles.length == 1,
                    "percentiles has %d numbers, but all layers together have one percentile",
                    percentiles.length);
            Require.atLeast("rounds", rounds, 1);
            chosen("quantiser", quantiser, Quantiser.values());
            Require.atLeast("k, its number of values", k.length, 1);
            for (int values : k) {
                Require.that(values >= 2, "k has %d, but each must be at least 2", values);
            }
            chosen("codebooks", codebooks, Scope.values());
            Require.that(
                    codebooks == Scope.LAYER || k.length == 1,
                    "k has %d numbers, but one codebook for all layers has one size",
                    k.length);
            chosen("population", population, Population.values());
            chosen("clustering", clustering, Clustering.values());
            Require.between("lambda", lambda, 0, 1e6);
            chosen("layers", layers, Layers.values());
            chosen("biases", biases, Biases.values());
            Require.between("l1", l1, 0, 1);
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("pruneEpochs", pruneEpochs, 0);
            Require.atLeast("tuneEpochs", tuneEpochs, 0);
            chosen("stepping", stepping, Stepping.values());
            Require.positive("pruneRate", pruneRate);
            Require.positive("tuneRate", tuneRate);
            chosen("decay", decay, Decay.values());
            chosen("tying", tying, Tying.values());
            chosen("stop", stop, Stop.values());
            Require.atLeast("batchSize", batchSize, 1);
        }

        private static void chosen(String name, Object value, Object[] values) {
            Require.that(value != null, "%s is missing, but must be one of %s", name, Arrays.toString(values));
        }

        /** The defaults. */
        public Options() {
            this(
                    new double[] {90},
                    Scope.LAYER,
                    1,
                    Quantiser.CWS,
                    new int[] {32},
                    Scope.LAYER,
                    Population.NONZERO,
                    Clustering.EXACT,
                    0.01,
                    Layers.DENSE,
                    Biases.KEEP,
                    0,
                    10,
                    5,
                    5,
                    Stepping.ADAM,
                    1e-3,
                    3e-4,
                    Decay.CONSTANT,
                    Tying.SUM,
                    Stop.BEST_VALIDATION,
                    64,
                    1);
        }

        /**
         * What makes a LeNet-300-100 on MNIST smallest without loss: 98.2 % of all weights together removed in 40 rounds
         * of one epoch under an L1 penalty, which also drives away the weights of pixels that are never lit; no biases;
         * one codebook of 16 values, tuned for eight epochs. Chosen on validation accuracy.
         */
        public static Options smallestWithoutLoss() {
            return new Options()
                    .percentiles(98.2)
                    .pruning(Scope.NETWORK)
                    .rounds(40)
                    .l1(1e-4)
                    .biases(Biases.REMOVE)
                    .k(16)
                    .codebooks(Scope.NETWORK)
                    .epochs(20, 1, 8)
                    .batchSize(128);
        }

        /** These options with other percentiles: one for all chosen layers, or one for each; 0 does not prune. */
        public Options percentiles(double... other) {
            return With.component(this, "percentiles", other);
        }

        /** These options with percentiles of each layer or of all. */
        public Options pruning(Scope other) {
            return With.component(this, "pruning", other);
        }

        /** These options with another number of pruning rounds. */
        public Options rounds(int other) {
            return With.component(this, "rounds", other);
        }

        /** These options with another quantiser. */
        public Options quantiser(Quantiser other) {
            return With.component(this, "quantiser", other);
        }

        /** These options with other numbers of shared values: one for all chosen layers, or one for each. */
        public Options k(int... other) {
            return With.component(this, "k", other);
        }

        /** These options with codebooks of each layer or one for all. */
        public Options codebooks(Scope other) {
            return With.component(this, "codebooks", other);
        }

        /** These options with another population of the quantiser. */
        public Options population(Population other) {
            return With.component(this, "population", other);
        }

        /** These options with another k-means. */
        public Options clustering(Clustering other) {
            return With.component(this, "clustering", other);
        }

        /** These options with another λ of ECSQ. */
        public Options lambda(double other) {
            return With.component(this, "lambda", other);
        }

        /** These options for other layers. */
        public Options layers(Layers other) {
            return With.component(this, "layers", other);
        }

        /** These options with another fate of biases. */
        public Options biases(Biases other) {
            return With.component(this, "biases", other);
        }

        /** These options with another L1 penalty while pruning. */
        public Options l1(double other) {
            return With.component(this, "l1", other);
        }

        /** These options with other epochs: of the original, of every retraining, and of fine-tuning. */
        public Options epochs(int original, int prune, int tune) {
            return With.component(
                    With.component(With.component(this, "epochs", original), "pruneEpochs", prune), "tuneEpochs", tune);
        }

        /** These options with another optimiser. */
        public Options stepping(Stepping other) {
            return With.component(this, "stepping", other);
        }

        /** These options with other learning rates, of retraining and of fine-tuning. */
        public Options rates(double prune, double tune) {
            return With.component(With.component(this, "pruneRate", prune), "tuneRate", tune);
        }

        /** These options with another course of the learning rates. */
        public Options decay(Decay other) {
            return With.component(this, "decay", other);
        }

        /** These options with another gradient of shared values. */
        public Options tying(Tying other) {
            return With.component(this, "tying", other);
        }

        /** These options with another end of retraining. */
        public Options stop(Stop other) {
            return With.component(this, "stop", other);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return With.component(this, "seed", other);
        }
    }

    /**
     * Compresses {@code model}.
     *
     * @param model the original network; it is not changed
     * @param progress also watches the curve {@code "validation accuracy"} against the epochs done
     * @throws IllegalArgumentException if the network has no layer of the chosen kind, if there are neither one nor as
     *     many percentiles or k as chosen layers, or if the network cannot be trained fused
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static ShamOutcome run(Model model, Dataset data, Options options, Progress progress) {
        return new Protocol(model, data, options, progress).run();
    }
}
