package org.parsimony.steps;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import tech.tablesaw.api.Table;

/**
 * Trains a network, its constraints held: from fresh weights, or on after something was removed or shared.
 *
 * <p>Every training starts with a fresh optimiser, whatever came before it, so that all arms of a comparison are treated
 * alike. Randomness: the order of samples, by the context.
 */
public final class Train {

    private Train() {}

    /** The optimiser of a training. */
    public enum Optimiser {
        ADAM,
        /** SGD with Nesterov momentum 0.9. */
        NESTEROV,
        /** Plain stochastic gradient descent. */
        SGD
    }

    /** How the learning rate goes within one training. */
    public enum Decay {
        CONSTANT,
        /** Linearly to zero. */
        LINEAR
    }

    /** How to train; the defaults are 10 epochs of Adam at 0.001 in batches of 64, the best epoch on validation samples. */
    public record Options(
            @Describe(value = "passes over the training samples, at least 1", least = 1) int epochs,
            @Describe(value = "samples of a batch, at least 1", least = 1) int batchSize,
            @Describe("optimiser, fresh at the start") Optimiser optimiser,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe("how the learning rate goes") Decay decay,
            @Describe("which epoch's weights count") Trainer.Choice choice,
            @Describe(
                            value =
                                    "stop after so many epochs without a better validation accuracy; 0 trains all epochs",
                            least = 0)
                    int patience,
            @Describe("gradient of a shared value from those of its weights") Trainer.Tying tying) {

        public Options {
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("batchSize", batchSize, 1);
            Require.oneOf("optimiser", optimiser, Optimiser.values());
            Require.positive("learningRate", learningRate);
            Require.oneOf("decay", decay, Decay.values());
            Require.oneOf("choice", choice, Trainer.Choice.values());
            Require.atLeast("patience", patience, 0);
            Require.oneOf("tying", tying, Trainer.Tying.values());
        }

        /** The defaults. */
        public Options() {
            this(10, 64, Optimiser.ADAM, 1e-3, Decay.CONSTANT, Trainer.Choice.BEST_VALIDATION, 0, Trainer.Tying.SUM);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another optimiser and learning rate. */
        public Options optimiser(Optimiser kind, double learningRate) {
            return With.component(With.component(this, "optimiser", kind), "learningRate", learningRate);
        }

        /** These options with another course of the learning rate. */
        public Options decay(Decay other) {
            return With.component(this, "decay", other);
        }

        /** These options with another choice of the epoch. */
        public Options choice(Trainer.Choice other) {
            return With.component(this, "choice", other);
        }

        /** These options with another patience. */
        public Options patience(int other) {
            return With.component(this, "patience", other);
        }

        /** A fresh optimiser for a training of so many samples, the rate falling to zero over all of it if it falls. */
        public IUpdater updater(int samples) {
            int batches = (samples + batchSize - 1) / batchSize;
            ISchedule rate = decay == Decay.LINEAR
                    ? new PolySchedule(ScheduleType.ITERATION, learningRate, 1, epochs * batches)
                    : new FixedSchedule(learningRate);
            return switch (optimiser) {
                case ADAM -> new Adam(rate);
                case NESTEROV -> new Nesterovs(rate, Nesterovs.DEFAULT_NESTEROV_MOMENTUM);
                case SGD -> new Sgd(rate);
            };
        }

        /** So many trainings by these options, one after the other, as a comparison looks at them. */
        public Training trainings(int number) {
            return Training.of(new Training.Stretch(
                    number,
                    epochs,
                    batchSize,
                    word(optimiser) + " " + Json.digits(learningRate)
                            + (decay == Decay.CONSTANT ? "" : ", " + word(decay) + " over " + epochs + " epochs"),
                    "fresh in each training",
                    word(choice) + (patience == 0 ? "" : ", patience " + patience)));
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** These options as the trainer takes them. */
        public Trainer.Options trainer(long seed) {
            return new Trainer.Options()
                    .epochs(epochs)
                    .batchSize(batchSize)
                    .seed(seed)
                    .choice(choice)
                    .patience(patience)
                    .tying(tying);
        }
    }

    /**
     * What a training led to.
     *
     * @param training its epochs
     */
    public record Trained(Change change, Trainer.Training training) implements Outcome {

        @Override
        public Table trace() {
            return training.table();
        }

        /** Training and validation loss, or mean squared error, against epochs. */
        @Override
        public Chart<?, ?> figure() {
            List<Trainer.Epoch> epochs = training.epochs();
            return Charts.lines(
                    change.data().title() + ", training",
                    "epoch",
                    training.validation().isValued() ? "mean squared error" : "loss [nats]",
                    Charts.Spread.BAND,
                    List.of(
                            Curve.of("training", epochs, Trainer.Epoch::number, Trainer.Epoch::loss),
                            Curve.of("validation", epochs, Trainer.Epoch::number, epoch -> epoch.validation()
                                    .loss())));
        }
    }

    /**
     * Trains a copy of {@code start}.
     *
     * @throws IllegalStateException if the loss becomes infinite or NaN; the message says in which epoch
     */
    public static Trained run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Model model = start.withOptimiser(options.updater(data.train().size()));
        Trainer.Training training = Trainer.run(
                model, data.train(), data.validation(), options.trainer(context.seed("order")), context.progress());
        return new Trained(
                Change.of(start, model, data, nanos).trained(training.epochs().size(), options.batchSize()), training);
    }

    /** The method {@code train}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("train", "", "train, with masks and shared values held", Options.class, Train::run);
        }

        @Override
        public boolean takesValues() {
            return true;
        }

        @Override
        public Training training(Options options) {
            return options.trainings(1);
        }
    }
}
