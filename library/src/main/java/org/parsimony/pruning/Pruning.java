package org.parsimony.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.training.Trainer;
import org.parsimony.steps.Train;

/**
 * Removes the least important weights or units by masks, at once or in rounds with retraining between them.
 *
 * <p>In round r the share that is out grows by the {@link Schedule} from what was out at the start to the ratio asked for;
 * importance is looked at anew each round. Of n elements {@code ⌊ratio · n⌋} are out at the end, those masked before
 * counted first, ties by index; but the best element of every layer stays, so that no layer is emptied. A removed weight is
 * nobody's shared value any more.
 *
 * <p>Randomness: the draws of the importance {@code random}, the samples that {@code gradient} and {@code hessian} look at,
 * the order of samples of a retraining, by the context.
 */
public final class Pruning {

    private Pruning() {}

    /** What becomes of biases. */
    public enum Biases {
        /** They are trained on. */
        KEEP,
        /** The biases of all layers are zero from now on, and cost nothing in a file. */
        REMOVE
    }

    /** What is removed, how much where, and what is trained between; the defaults remove 90 % of each dense layer at once. */
    public record Options(
            @Describe(
                            value = "share to remove, one number or one for each chosen layer, from 0 to below 1",
                            least = 0,
                            most = 1)
                    double[] ratio,
            @Describe("what is removed: single weights, or units (neurons, filters)") Removal.Of remove,
            @Describe("whether the ratio is that of each layer or of all chosen layers together") Scope scope,
            @Describe("indices of the layers, none for all of the chosen kinds") int[] layers,
            @Describe("kinds of layers, where no indices are given") LayerWeights.Kinds kinds,
            @Describe("what becomes of biases") Biases biases,
            @Describe(value = "rounds in which the ratio is reached, at least 1", least = 1) int rounds,
            @Describe("how the removed share grows over the rounds") Schedule schedule,
            @Describe(value = "epochs of retraining after every round, at least 0", least = 0) int epochs,
            @Describe(value = "samples of a training batch, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate of Adam, fresh in every round, above 0", least = 0) double learningRate,
            @Describe(
                            value =
                                    "L1 penalty on the chosen layers while retraining, all rounds but the last, from 0 to 1",
                            least = 0,
                            most = 1)
                    double l1,
            @Describe(value = "training samples that gradients are averaged over, at least 1", least = 1) int samples) {

        public Options {
            ratio = ratio.clone();
            layers = layers.clone();
            Require.atLeast("ratio, its number of values", ratio.length, 1);
            for (double each : ratio) {
                Require.that(each >= 0 && each < 1, "ratio has %s, but each must lie from 0 to below 1", each);
            }
            Require.oneOf("remove", remove, Removal.Of.values());
            Require.oneOf("scope", scope, Scope.values());
            Require.that(
                    scope == Scope.LAYER || ratio.length == 1,
                    "ratio has %d values, but all layers together (scope = network) have one",
                    ratio.length);
            for (int layer : layers) {
                Require.atLeast("layers, an index", layer, 0);
            }
            Require.oneOf("kinds", kinds, LayerWeights.Kinds.values());
            Require.oneOf("biases", biases, Biases.values());
            Require.atLeast("rounds", rounds, 1);
            Require.oneOf("schedule", schedule, Schedule.values());
            Require.atLeast("epochs", epochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.between("l1", l1, 0, 1);
            Require.atLeast("samples", samples, 1);
        }

        /** The defaults. */
        public Options() {
            this(
                    new double[] {0.9},
                    Removal.Of.WEIGHT,
                    Scope.LAYER,
                    new int[0],
                    LayerWeights.Kinds.DENSE,
                    Biases.KEEP,
                    1,
                    Schedule.CUBIC,
                    0,
                    64,
                    1e-3,
                    0,
                    1000);
        }

        /** These options with another ratio: one for all chosen layers, or one for each. */
        public Options ratio(double... other) {
            return With.component(this, "ratio", other);
        }

        /** These options for other elements. */
        public Options remove(Removal.Of other) {
            return With.component(this, "remove", other);
        }

        /** These options with ratios of each layer or of all together. */
        public Options scope(Scope other) {
            return With.component(this, "scope", other);
        }

        /** These options for the layers of these indices. */
        public Options layers(int... other) {
            return With.component(this, "layers", other);
        }

        /** These options for other kinds of layers. */
        public Options kinds(LayerWeights.Kinds other) {
            return With.component(this, "kinds", other);
        }

        /** These options with another fate of biases. */
        public Options biases(Biases other) {
            return With.component(this, "biases", other);
        }

        /** These options in so many rounds, with so many epochs of retraining after each. */
        public Options rounds(int number, int epochsEach) {
            return With.component(With.component(this, "rounds", number), "epochs", epochsEach);
        }

        /** These options with another schedule. */
        public Options schedule(Schedule other) {
            return With.component(this, "schedule", other);
        }

        /** These options with another batch size. */
        public Options batchSize(int other) {
            return With.component(this, "batchSize", other);
        }

        /** These options with another L1 penalty. */
        public Options l1(double other) {
            return With.component(this, "l1", other);
        }

        /** These options with another number of samples for gradients. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }
    }

    /**
     * Removes what {@code importance} scores least.
     *
     * @throws IllegalArgumentException if the options name layers that the network has not, if there are neither one nor as
     *     many ratios as layers to prune, or if an L1 penalty is asked for and the fused engine does not serve the network
     */
    public static Pruned run(Importance importance, Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        List<LayerWeights> chosen = LayerWeights.chosen(start, options.layers(), options.kinds());
        List<LayerWeights> layers = options.remove().layers(start, chosen);
        Require.that(
                !layers.isEmpty(),
                "of the chosen layers none has units to remove: a %s is removed from a layer that another one reads, and"
                        + " the output layer's units are the classes; choose others or another network",
                options.remove().element());
        Require.that(
                options.layers().length == 0 || layers.size() == chosen.size(),
                "layers has %s, but units can be removed of %s only: the output layer's are the classes, and a depthwise "
                        + "kernel goes with the unit that it reads",
                Arrays.toString(options.layers()),
                layers.stream().map(LayerWeights::layer).toList());
        Require.that(
                options.ratio().length == 1 || options.ratio().length == layers.size(),
                "ratio has %d values, but must have one, or one for each of the %d layers that are pruned",
                options.ratio().length,
                layers.size());
        Model model = start.copy();
        if (options.biases() == Biases.REMOVE) {
            removeBiases(model);
        }
        Score before = start.evaluate(data.validation());
        Pruner pruner = new Pruner(importance, data, layers, options);
        double[] first = pruner.out(model, options.scope());
        List<Pruned.Round> rounds = new ArrayList<>();
        Model changed = model;
        for (int round = 1; round <= options.rounds(); round++) {
            Context own = context.part((round - 1.0) / options.rounds(), (double) round / options.rounds());
            model = pruner.pruned(model, first, round, own.within("pruning " + round));
            changed = model;
            double out = pruner.out(model, Scope.NETWORK)[0];
            Score right = model.evaluate(data.validation());
            Score after = right;
            double loss = Double.NaN;
            if (options.epochs() > 0) {
                model = model.withOptimiser(train(options).updater(data.train().size()));
                Trainer.Training training = Trainer.run(
                        model,
                        data.train(),
                        data.validation(),
                        train(options)
                                .trainer(own.within("retraining " + round).seed("order"))
                                .hooks(
                                        options.l1() > 0 && round < options.rounds()
                                                ? List.of(new L1(layers, options.l1()))
                                                : List.of()),
                        own.progress());
                after = training.validation();
                loss = training.epochs().get(training.keptEpoch() - 1).loss();
            }
            rounds.add(new Pruned.Round(round, out, nonzeros(model, chosen), loss, right, after));
            if (right.isValued()) {
                context.progress().watch("validation error before fine-tuning", round, right.loss());
                context.progress().watch("validation error", round, after.loss());
            } else {
                context.progress().watch("validation accuracy before fine-tuning", round, 100 * right.accuracy());
                context.progress().watch("validation accuracy", round, 100 * after.accuracy());
            }
            own.progress().report(1, 1, "pruning, round " + round);
        }
        Change change = Change.of(start, model, data, nanos)
                .rightAfter(changed)
                .trained((double) options.rounds() * options.epochs(), options.batchSize());
        return new Pruned(change, options.remove(), List.copyOf(rounds), before, pruner.left(change, chosen));
    }

    private static Train.Options train(Options options) {
        return new Train.Options()
                .epochs(Math.max(1, options.epochs()))
                .batchSize(options.batchSize())
                .optimiser(Train.Optimiser.ADAM, options.learningRate());
    }

    private static void removeBiases(Model model) {
        for (int l = 0; l < model.net().layers(); l++) {
            if (model.net().layer(l).paramTable().containsKey("b")) {
                model.constraints().zeroBiases().add(l);
            }
        }
        model.applyMasks();
    }

    private static long nonzeros(Model model, List<LayerWeights> layers) {
        long nonzeros = 0;
        for (LayerWeights layer : layers) {
            for (float w : layer.read(model)) {
                nonzeros += w == 0 ? 0 : 1;
            }
        }
        return nonzeros;
    }

    /** A method of the registry: pruning by one importance. */
    private abstract static class By extends Registration<Options> {

        By(String name, String what, Importance importance) {
            super(
                    name,
                    "",
                    "prune weights or units " + what,
                    Options.class,
                    (start, data, options, context) -> Pruning.run(importance, start, data, options, context));
        }

        @Override
        public boolean takesValues() {
            return true;
        }

        @Override
        public Training training(Options options) {
            return options.epochs() == 0 ? Training.NONE : train(options).trainings(options.rounds());
        }
    }

    /** The method {@code magnitude}. */
    public static final class Magnitude extends By {

        /** For the registry. */
        public Magnitude() {
            super("magnitude", "of the least magnitude", Importance.MAGNITUDE);
        }
    }

    /** The method {@code random}. */
    public static final class Random extends By {

        /** For the registry. */
        public Random() {
            super("random", "by chance", Importance.RANDOM);
        }
    }

    /** The method {@code gradient}. */
    public static final class Gradient extends By {

        /** For the registry. */
        public Gradient() {
            super("gradient", "of the least |w · gradient|", Importance.GRADIENT);
        }
    }

    /** The method {@code hessian}. */
    public static final class Hessian extends By {

        /** For the registry. */
        public Hessian() {
            super("hessian", "of the least w² · h / 2, h the diagonal of the empirical Fisher", Importance.HESSIAN);
        }
    }
}
