package org.parsimony.deepdta;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Davis;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Trains a {@link DeepDta} in place on all training folds for a fixed number of epochs, by Adam and the squared error. */
public final class DeepDtaTrainer {

    private DeepDtaTrainer() {}

    /**
     * @param epochs at least 1; default 20. No epoch is chosen by its test error: the last one counts
     * @param batchSize pairs for each step, at least 1; default 256, as the authors'
     * @param learningRate of Adam; default 0.001, Keras's
     * @param seed of the weights, the order of the pairs and the dropout; default 1. The authors' code goes through the
     *     folds in their published order in every epoch; here each epoch has an order of its own
     */
    public record Options(int epochs, int batchSize, double learningRate, long seed) {

        public Options {
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
        }

        /** Twenty epochs of batches of 256 with learning rate 0.001, seed 1. */
        public Options() {
            this(20, 256, 1e-3, 1);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return new Options(other, batchSize, learningRate, seed);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return new Options(epochs, other, learningRate, seed);
        }

        /** These options with another seed. */
        public Options seed(long other) {
            return new Options(epochs, batchSize, learningRate, other);
        }
    }

    /**
     * What a training did.
     *
     * @param test score of the last epoch on the test fold
     * @param seconds of wall-clock time, tests of every epoch included
     * @param trace one row for each epoch: training error, test error and concordance, seconds
     */
    public record Training(AffinityScore test, double seconds, Table trace) {}

    /**
     * Trains {@code net} in place. Complexity: seconds to minutes an epoch, most of them in the second and third
     * convolution over each distinct protein of each batch.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     * @throws IllegalStateException if the error becomes infinite or NaN; {@code net} is then as it was
     */
    public static Training run(DeepDta net, Davis data, Options options, Progress progress) {
        Engine engine = new Engine(net);
        SplittableRandom shuffle = Seeds.random(options.seed(), "order of pairs");
        SplittableRandom dropout = Seeds.random(options.seed(), "dropout");
        Davis.Pairs train = data.train();
        Table trace = Table.create(
                "training",
                IntColumn.create("epoch"),
                DoubleColumn.create("training error"),
                DoubleColumn.create("test error"),
                DoubleColumn.create("concordance"),
                DoubleColumn.create("seconds"));
        long start = System.nanoTime();
        AffinityScore score = null;
        for (int epoch = 1; epoch <= options.epochs(); epoch++) {
            long began = System.nanoTime();
            int[] order = Seeds.permutation(train.size(), shuffle);
            double sum = 0;
            for (int from = 0; from < order.length; from += options.batchSize()) {
                progress.checkCancelled();
                int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batchSize()));
                double loss = gradient(engine, data, batch, dropout);
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("the error became " + loss + " in epoch " + epoch
                            + "; lower learningRate, now " + options.learningRate());
                }
                engine.step(options.learningRate());
                sum += loss * batch.length;
            }
            score = score(engine, data, options.batchSize());
            trace.intColumn(0).append(epoch);
            trace.doubleColumn(1).append(sum / order.length);
            trace.doubleColumn(2).append(score.meanSquaredError());
            trace.doubleColumn(3).append(score.concordance());
            trace.doubleColumn(4).append((System.nanoTime() - began) * 1e-9);
            progress.report(
                    epoch,
                    options.epochs(),
                    String.format(Locale.ROOT, "epoch %d, test error %.4f", epoch, score.meanSquaredError()));
            progress.watch("training error", epoch, sum / order.length);
            progress.watch("test error", epoch, score.meanSquaredError());
        }
        engine.store();
        return new Training(score, (System.nanoTime() - start) * 1e-9, trace);
    }

    private static double gradient(Engine engine, Davis data, int[] batch, SplittableRandom dropout) {
        Davis.Pairs train = data.train();
        int[] ligand = new int[batch.length];
        int[] protein = new int[batch.length];
        float[] affinity = new float[batch.length];
        for (int i = 0; i < batch.length; i++) {
            ligand[i] = train.ligand()[batch[i]];
            protein[i] = train.protein()[batch[i]];
            affinity[i] = train.affinity()[batch[i]];
        }
        return engine.gradient(data.ligands(), data.proteins(), ligand, protein, affinity, dropout);
    }

    /** The score of {@code net} on the test fold, by the same exact savings as the training. */
    public static AffinityScore test(DeepDta net, Davis data) {
        return score(new Engine(net), data, new Options().batchSize());
    }

    private static AffinityScore score(Engine engine, Davis data, int batch) {
        Davis.Pairs test = data.test();
        return AffinityScore.of(
                test.affinity(), engine.predict(data.ligands(), data.proteins(), test.ligand(), test.protein(), batch));
    }
}
