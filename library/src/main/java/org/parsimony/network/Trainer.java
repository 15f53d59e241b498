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
    }

    /**
     * Trains {@code model} in place.
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
        Samples x = model.fitted(train);
        SplittableRandom random = Seeds.random(options.seed(), "order of samples");
        int batches = (x.size() + options.batchSize() - 1) / options.batchSize();
        long total = (long) batches * options.epochs();
        List<Epoch> epochs = new ArrayList<>();
        INDArray good = network.params().dup();
        double trainSeconds = 0;
        Score best = new Score(-1, Double.NaN, 0);
        int bestEpoch = 0;
        model.applyMasks();
        for (int e = 1; e <= options.epochs(); e++) {
            int[] order = Seeds.permutation(x.size(), random);
            long start = System.nanoTime();
            double loss = 0;
            for (int b = 0; b < batches; b++) {
                progress.checkCancelled();
                int from = b * options.batchSize();
                int to = Math.min(x.size(), from + options.batchSize());
                Samples batch = x.rows(java.util.Arrays.copyOfRange(order, from, to));
                network.fit(batch.x(0, to - from), batch.y(0, to - from));
                model.applyMasks();
                double score = network.score();
                if (!Double.isFinite(score)) {
                    network.setParams(good);
                    throw new IllegalStateException(String.format(
                            Locale.ROOT,
                            "the loss became %s in epoch %d, batch %d; the weights of %s are back in place. "
                                    + "Lower the learning rate (it is %s)",
                            score,
                            e,
                            b + 1,
                            bestEpoch == 0 ? "the start" : "epoch " + bestEpoch,
                            network.getLearningRate(0)));
                }
                loss += score * (to - from);
                if (b % 16 == 15) {
                    progress.report((e - 1L) * batches + b + 1, total, "epoch " + e);
                }
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            trainSeconds += seconds;
            Score score = model.evaluate(validation);
            epochs.add(new Epoch(e, loss / x.size(), score, seconds));
            progress.report(
                    (long) e * batches,
                    total,
                    String.format(Locale.ROOT, "epoch %d, validation accuracy %.2f %%", e, 100 * score.accuracy()));
            progress.watch("training loss", e, loss / x.size());
            progress.watch("validation loss", e, score.loss());
            if (score.accuracy() > best.accuracy() || options.patience() == 0) {
                best = score;
                bestEpoch = e;
                good = network.params().dup();
            } else if (e - bestEpoch >= options.patience()) {
                break;
            }
        }
        if (bestEpoch != epochs.size()) {
            network.setParams(good);
        }
        double rate = (double) x.size() * epochs.size() / trainSeconds;
        return new Training(List.copyOf(epochs), bestEpoch, "deeplearning4j", rate);
    }
}
