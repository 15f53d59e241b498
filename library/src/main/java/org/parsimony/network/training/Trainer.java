package org.parsimony.network.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Backend;
import org.parsimony.network.Constraints;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;
import tech.tablesaw.api.Table;

/**
 * Trains a network in place by mini-batches, with the optimiser, loss and regularisation of its own configuration.
 *
 * <p>The order of samples is drawn anew for every epoch from the seed in the options and from nothing else. The network's
 * {@link Constraints} hold: masked weights stay exactly zero, tied weights exactly equal. Choices (early stop, the best
 * epoch) are made on the validation samples only.
 */
public final class Trainer {

    /** Share of the training samples that an epoch must gain under {@link Choice#TRAINING_GAIN} to be followed by another. */
    private static final double GAIN = 0.001;

    private Trainer() {}

    /** With which epoch's weights a training ends. */
    public enum Choice {
        /** The last one's. */
        LAST,
        /** Those of the best validation accuracy, of real values the least mean squared error; of equal ones the later. */
        BEST_VALIDATION,
        /** Those of the first epoch that gains no more than 0.1 points of training accuracy; no epoch follows it. */
        TRAINING_GAIN
    }

    /** The gradient of a value that tied weights share. */
    public enum Tying {
        /** Sum of its weights' gradients: the derivative of the loss. */
        SUM,
        /** Their mean, so that a step does not grow with the number of weights. */
        MEAN
    }

    /**
     * @param epochs passes over the training samples, at least 1; default 10
     * @param batchSize samples for each step, at least 1; default 64. The last, smaller batch of an epoch is used too
     * @param seed of the order of samples; default 1
     * @param choice of the epoch that counts; default {@link Choice#BEST_VALIDATION}
     * @param patience stop after so many epochs without a better validation score; 0, the default, trains all epochs
     * @param tying gradient of tied weights; default {@link Tying#SUM}
     * @param hooks what else takes part in each step, in this order; none by default
     */
    public record Options(
            int epochs, int batchSize, long seed, Choice choice, int patience, Tying tying, List<Hook> hooks) {

        public Options {
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
            Require.that(choice != null, "choice is missing, but must be one of %s", Arrays.toString(Choice.values()));
            Require.atLeast("patience", patience, 0);
            Require.that(tying != null, "tying is missing, but must be SUM or MEAN");
            hooks = List.copyOf(hooks);
        }

        /** Ten epochs of batches of 64, the best on validation samples, seed 1, no early stop, no hooks. */
        public Options() {
            this(10, 64, 1, Choice.BEST_VALIDATION, 0, Tying.SUM, List.of());
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return new Options(other, batchSize, seed, choice, patience, tying, hooks);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return new Options(epochs, other, seed, choice, patience, tying, hooks);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return new Options(epochs, batchSize, other, choice, patience, tying, hooks);
        }

        /** These options with another choice of the epoch. */
        public Options choice(Choice other) {
            return new Options(epochs, batchSize, seed, other, patience, tying, hooks);
        }

        /** These options with another patience. */
        public Options patience(int other) {
            return new Options(epochs, batchSize, seed, choice, other, tying, hooks);
        }

        /** These options with another gradient of tied weights. */
        public Options tying(Tying other) {
            return new Options(epochs, batchSize, seed, choice, patience, other, hooks);
        }

        /** These options with these hooks instead. */
        public Options hooks(List<Hook> other) {
            return new Options(epochs, batchSize, seed, choice, patience, tying, other);
        }
    }

    /**
     * One epoch.
     *
     * @param number from 1
     * @param loss mean training loss over the epoch's batches
     * @param validation score on the validation samples after it
     * @param seconds of training, without the validation
     */
    public record Epoch(int number, double loss, Score validation, double seconds) {}

    /**
     * What a training did.
     *
     * @param epochs one row each
     * @param keptEpoch number of the epoch whose weights the network was left with, by the options' choice
     * @param engine {@code "fused"}, {@code "texts"} or {@code "deeplearning4j"}
     * @param samplesPerSecond trained samples over training seconds, validation not counted
     * @param held bytes of the arrays that training held, the copy of the best epoch's weights among them
     */
    public record Training(
            List<Epoch> epochs, int keptEpoch, String engine, double samplesPerSecond, FusedNet.Held held) {

        /** The validation score of the network as it was left. */
        public Score validation() {
            return epochs.get(keptEpoch - 1).validation();
        }

        /**
         * One row for each epoch: its number, training loss, validation loss and accuracy (of real values mean squared errors
         * and concordance), seconds.
         */
        public Table table() {
            boolean valued = validation().isValued();
            String loss = valued ? "mean squared error" : "loss";
            return Rows.of(epochs)
                    .ints("epoch", Epoch::number)
                    .doubles("training " + loss, Epoch::loss)
                    .doubles("validation " + loss, epoch -> epoch.validation().loss())
                    .doubles(
                            valued ? "validation concordance" : "validation accuracy",
                            epoch -> valued
                                    ? epoch.validation().concordance()
                                    : epoch.validation().accuracy())
                    .doubles("seconds", Epoch::seconds)
                    .table("training, " + engine);
        }
    }

    /**
     * Trains {@code model} in place: on the fused engine or that of texts where one serves the network, else by
     * Deeplearning4j's fit; with the environment variable {@code PARSIMONY_ENGINE=deeplearning4j} always by that.
     *
     * @throws IllegalArgumentException if hooks are given and the fused engine does not serve the network, or if the choice is
     *     {@link Choice#TRAINING_GAIN} and targets are real values
     * @throws CancellationException if the thread is interrupted; the model then holds the last finished step
     * @throws IllegalStateException if the loss becomes infinite or NaN; the model then holds the last good epoch
     */
    public static Training run(Model model, Samples train, Samples validation, Options options, Progress progress) {
        Backend.tame();
        Require.that(
                options.choice() != Choice.TRAINING_GAIN || !train.isValued(),
                "choice is training-gain, which looks at accuracy, but the samples have real values; take best-validation");
        model.applyMasks();
        Samples x = model.fitted(train);
        try (Engine engine = Engine.of(model, options, x.shape())) {
            return run(engine, model, x, validation, options, progress);
        }
    }

    /** What trains {@code model} on such samples here: {@code "fused"}, {@code "texts"} or {@code "deeplearning4j"}. */
    public static String engine(Model model, Samples samples) {
        return Engine.name(model, model.fitted(samples).shape());
    }

    private static Training run(
            Engine engine, Model model, Samples x, Samples validation, Options options, Progress progress) {
        SplittableRandom random = Seeds.random(options.seed(), "order of samples");
        List<Epoch> epochs = new ArrayList<>();
        INDArray good = model.net().params().dup();
        double trainSeconds = 0;
        double best = Double.NEGATIVE_INFINITY;
        double trained = Double.NEGATIVE_INFINITY;
        int kept = 0;
        int risen = 0;
        while (epochs.size() < options.epochs()
                && (options.patience() == 0 || epochs.size() - risen < options.patience())) {
            int number = epochs.size() + 1;
            int[] order = Seeds.permutation(x.size(), random);
            long start = System.nanoTime();
            double loss;
            try {
                loss = engine.epoch(x, order, progress);
            } catch (ArithmeticException e) {
                model.net().setParams(good);
                throw new IllegalStateException(
                        "training stopped in epoch " + number + ": " + e.getMessage() + ". The weights of "
                                + (kept == 0 ? "the start" : "epoch " + kept) + " are back in place",
                        e);
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            trainSeconds += seconds;
            Score score = model.evaluate(validation);
            epochs.add(new Epoch(number, loss, score, seconds));
            progress.report(
                    number,
                    options.epochs(),
                    "epoch " + number + ", validation " + score.measure() + " " + score.quality());
            progress.watch("training loss", number, loss);
            progress.watch("validation loss", number, score.loss());
            risen = score.merit() > best ? number : risen;
            if (score.merit() >= best || options.choice() != Choice.BEST_VALIDATION) {
                kept = number;
                good = model.net().params().dup();
            }
            best = Math.max(best, score.merit());
            if (options.choice() == Choice.TRAINING_GAIN) {
                double now = model.evaluate(x).accuracy();
                if (now - trained <= GAIN) {
                    break;
                }
                trained = now;
            }
        }
        if (kept != epochs.size()) {
            model.net().setParams(good);
        }
        double rate = (double) x.size() * epochs.size() / trainSeconds;
        FusedNet.Held own = engine.held();
        FusedNet.Held held = new FusedNet.Held(own.parameters() + Float.BYTES * good.length(), own.batch());
        return new Training(List.copyOf(epochs), kept, engine.name(), rate, held);
    }
}
