package org.parsimony.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Trains a network in place by mini-batches, with the optimiser, loss and regularisation of its own configuration.
 *
 * <p>The order of samples is drawn anew for every epoch from the seed in the options and from nothing else. Masked
 * weights stay exactly zero. Choices (early stop, the best epoch) are made on the validation samples only.
 */
public final class Trainer {

    private Trainer() {}

    /**
     * @param epochs passes over the training samples, at least 1; default 10
     * @param batchSize samples for each step, at least 1; default 64. The last, smaller batch of an epoch is used too
     * @param seed of the order of samples; default 1
     * @param patience stop after so many epochs without a better validation accuracy and return to the best one; 0, the
     *     default, trains all epochs and keeps the last
     * @param learningRate instead of the configuration's, or NaN, the default, for the configuration's
     */
    public record Options(int epochs, int batchSize, long seed, int patience, double learningRate) {

        public Options {
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
            Require.atLeast("patience", patience, 0);
            if (!Double.isNaN(learningRate)) {
                Require.positive("learningRate", learningRate);
            }
        }

        /** Ten epochs of batches of 64 with the configuration's learning rate, seed 1, no early stop. */
        public Options() {
            this(10, 64, 1, 0, Double.NaN);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return new Options(other, batchSize, seed, patience, learningRate);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return new Options(epochs, other, seed, patience, learningRate);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return new Options(epochs, batchSize, other, patience, learningRate);
        }

        /** These options with another patience. */
        public Options patience(int other) {
            return new Options(epochs, batchSize, seed, other, learningRate);
        }

        /** These options with a learning rate instead of the configuration's. */
        public Options learningRate(double other) {
            return new Options(epochs, batchSize, seed, patience, other);
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
     * @param keptEpoch number of the epoch whose weights the network was left with: the best one with patience, else
     *     the last
     * @param engine {@code "fused"} or {@code "deeplearning4j"}
     * @param samplesPerSecond trained samples over training seconds, validation not counted
     */
    public record Training(List<Epoch> epochs, int keptEpoch, String engine, double samplesPerSecond) {

        /** The validation score of the network as it was left. */
        public Score validation() {
            return epochs.get(keptEpoch - 1).validation();
        }

        /** One row for each epoch: its number, training loss, validation loss and accuracy, seconds. */
        public Table table() {
            Table table = Table.create(
                    "training, " + engine,
                    IntColumn.create("epoch"),
                    DoubleColumn.create("training loss"),
                    DoubleColumn.create("validation loss"),
                    DoubleColumn.create("validation accuracy"),
                    DoubleColumn.create("seconds"));
            for (Epoch epoch : epochs) {
                table.intColumn(0).append(epoch.number());
                table.doubleColumn(1).append(epoch.loss());
                table.doubleColumn(2).append(epoch.validation().loss());
                table.doubleColumn(3).append(epoch.validation().accuracy());
                table.doubleColumn(4).append(epoch.seconds());
            }
            return table;
        }
    }

    /**
     * Trains {@code model} in place: on the fused engine where that serves the network, else by Deeplearning4j's
     * fit; with the environment variable {@code PARSIMONY_ENGINE=deeplearning4j} always by that.
     *
     * @throws CancellationException if the thread is interrupted; the model then holds the last finished step
     * @throws IllegalStateException if the loss becomes infinite or NaN; the model then holds the last good epoch
     */
    public static Training run(Model model, Samples train, Samples validation, Options options, Progress progress) {
        Backend.tame();
        var network = model.network();
        if (!Double.isNaN(options.learningRate())) {
            network.setLearningRate(options.learningRate());
        }
        model.applyMasks();
        Samples x = model.fitted(train);
        try (Engine engine = Engine.of(model, options.batchSize(), x.shape())) {
            return run(engine, model, x, validation, options, progress);
        }
    }

    private static Training run(
            Engine engine, Model model, Samples x, Samples validation, Options options, Progress progress) {
        SplittableRandom random = Seeds.random(options.seed(), "order of samples");
        List<Epoch> epochs = new ArrayList<>();
        INDArray good = model.network().params().dup();
        double trainSeconds = 0;
        double best = -1;
        int kept = 0;
        while (epochs.size() < options.epochs()
                && (options.patience() == 0 || epochs.size() - kept < options.patience())) {
            int number = epochs.size() + 1;
            int[] order = Seeds.permutation(x.size(), random);
            long start = System.nanoTime();
            double loss;
            try {
                loss = engine.epoch(x, order, progress);
            } catch (ArithmeticException e) {
                model.network().setParams(good);
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
                    String.format(
                            Locale.ROOT, "epoch %d, validation accuracy %.2f %%", number, 100 * score.accuracy()));
            progress.watch("training loss", number, loss);
            progress.watch("validation loss", number, score.loss());
            if (score.accuracy() > best || options.patience() == 0) {
                best = score.accuracy();
                kept = number;
                good = model.network().params().dup();
            }
        }
        if (kept != epochs.size()) {
            model.network().setParams(good);
        }
        double rate = (double) x.size() * epochs.size() / trainSeconds;
        return new Training(List.copyOf(epochs), kept, engine.name(), rate);
    }
}
