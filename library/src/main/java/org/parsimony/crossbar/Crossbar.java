package org.parsimony.crossbar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Architecture;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.steps.Train;

/**
 * Trains a chain of dense layers, convolutions and max pooling on arrays of resistive devices: every forward and backward product
 * is a read, every update a coincidence of pulses (Gokmen, Onen, Haensch 2017). One sample is one update; of a convolution each
 * patch is a column of its own, read and updated one after the other. Masks are held: their weights have no device.
 *
 * <p>The row's accuracy is that of the weights in 32-bit arithmetic. What the arrays reach when they are read, noise and all,
 * stands in {@link ArrayTraining#trace}. Nothing is chosen: the last epoch counts.
 *
 * <p>Randomness: devices, fresh weights, order of samples, noise and pulses, each by the context; threads do not matter.
 */
public final class Crossbar {

    private Crossbar() {}

    /** What computes. */
    public enum Hardware {
        /** Arrays of resistive devices. */
        RESISTIVE,
        /** Arrays without noise, bounds or pulses, which is plain stochastic gradient descent: the control. */
        IDEAL
    }

    /** What the hidden units of a network become that is trained on arrays. */
    public enum HiddenUnits {
        /** Hyperbolic tangents, whose values an array can take. */
        TANH,
        /** They stay what they are; values outside of [−1, 1] are cut off where they go into an array. */
        OWN
    }

    /** With which weights training begins. */
    public enum Initial {
        /** With the network's own. */
        OWN,
        /** With fresh ones, weights and biases uniform within ±1/√inputs, as the group's simulator has them. */
        UNIFORM
    }

    /** How to train, and on what. */
    public record Options(
            @Describe(value = "passes over the training samples, at least 1", least = 1) int epochs,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe("resistive arrays, or ideal ones: plain gradient descent") Hardware hardware,
            @Describe(value = "slots of a train of pulses, from 1 to 64", least = 1, most = 64) int pulses,
            @Describe("reads whose input is scaled to its greatest value") Management.Noise noiseManagement,
            @Describe("what is done when a forward read is cut off") Management.Bounds boundManagement,
            @Describe("how pulses are shared between inputs and errors") Management.Updates updateManagement,
            @Describe(value = "devices of a weight, one number for all arrays or one for each", least = 1)
                    int[] devices,
            @Describe(value = "mean change of a weight by a coincidence, above 0", least = 0) double step,
            @Describe(value = "sd of steps between devices, share of the mean", least = 0) double stepSpread,
            @Describe(value = "sd of a device's step between coincidences, share of its own", least = 0)
                    double cycleSpread,
            @Describe(value = "sd of the ratio of steps up and down between devices", least = 0) double imbalance,
            @Describe(value = "mean greatest size of a weight, above 0", least = 0) double bound,
            @Describe(value = "sd of bounds between devices, share of the mean", least = 0) double boundSpread,
            @Describe(value = "sd of the noise of an output", least = 0) double readNoise,
            @Describe(value = "greatest size of an output, 0 for none", least = 0) double signalBound,
            @Describe(value = "bits of the converter of inputs, 0 for none", least = 0, most = 24) int inputBits,
            @Describe(value = "bits of the converter of outputs, 0 for none", least = 0, most = 24) int outputBits,
            @Describe("what the hidden units become") HiddenUnits hiddenUnits,
            @Describe("weights to begin with") Initial initial,
            @Describe(value = "first samples of a split that are read to evaluate, 0 for all", least = 0) int samples) {

        public Options {
            devices = devices.clone();
            Require.atLeast("epochs", epochs, 1);
            Require.oneOf("hardware", hardware, Hardware.values());
            Require.oneOf("hiddenUnits", hiddenUnits, HiddenUnits.values());
            Require.oneOf("initial", initial, Initial.values());
            Require.atLeast("devices, their number of entries", devices.length, 1);
            Require.atLeast("samples", samples, 0);
            new Pulses(learningRate, pulses, step, updateManagement);
            for (int perWeight : devices) {
                new Devices(step, stepSpread, cycleSpread, imbalance, bound, boundSpread, perWeight);
            }
            new Periphery(readNoise, signalBound, inputBits, outputBits, 1, noiseManagement, boundManagement);
        }

        /**
         * The paper's devices without any management: 30 epochs at rate 0.01, trains of 10 slots, steps of 0.001 with 30 % spread
         * between devices and between coincidences and 2 % imbalance, bounds of 0.6 with 30 % spread, noise 0.06, signals up to 12.
         */
        public Options() {
            this(
                    30,
                    0.01,
                    Hardware.RESISTIVE,
                    10,
                    Management.Noise.NONE,
                    Management.Bounds.NONE,
                    Management.Updates.NONE,
                    new int[] {1},
                    0.001,
                    0.3,
                    0.3,
                    0.02,
                    0.6,
                    0.3,
                    0.06,
                    12,
                    0,
                    0,
                    HiddenUnits.TANH,
                    Initial.OWN,
                    0);
        }

        /** All that the paper manages: noise, bound, and updates in trains of one slot. */
        public Options managed() {
            return management(Management.Noise.BACKWARD, Management.Bounds.HALVING)
                    .updates(Management.Updates.BALANCED, 1);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options on other hardware. */
        public Options hardware(Hardware other) {
            return With.component(this, "hardware", other);
        }

        /** These options with other management of reads. */
        public Options management(Management.Noise noise, Management.Bounds bounds) {
            return With.component(With.component(this, "noiseManagement", noise), "boundManagement", bounds);
        }

        /** These options with other trains of pulses. */
        public Options updates(Management.Updates management, int slots) {
            return With.component(With.component(this, "updateManagement", management), "pulses", slots);
        }

        /** These options with so many devices a weight, one number for all arrays or one for each. */
        public Options devices(int... other) {
            return With.component(this, "devices", other);
        }

        /** These options with devices that are all alike: no spread, no imbalance. */
        public Options alike() {
            Options same = With.component(With.component(this, "stepSpread", 0.0), "cycleSpread", 0.0);
            return With.component(With.component(same, "imbalance", 0.0), "boundSpread", 0.0);
        }

        /** These options with other noise of reads and another bound of signals. */
        public Options reads(double noise, double signals) {
            return With.component(With.component(this, "readNoise", noise), "signalBound", signals);
        }

        /** These options with other hidden units. */
        public Options hiddenUnits(HiddenUnits other) {
            return With.component(this, "hiddenUnits", other);
        }

        /** These options with other weights to begin with. */
        public Options initial(Initial other) {
            return With.component(this, "initial", other);
        }

        /** These options with another number of samples to evaluate on. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }

        Pulses update() {
            return new Pulses(learningRate, pulses, step, updateManagement);
        }

        Devices device(int perWeight) {
            return new Devices(step, stepSpread, cycleSpread, imbalance, bound, boundSpread, perWeight);
        }

        Periphery periphery() {
            return hardware == Hardware.IDEAL
                    ? Periphery.IDEAL
                    : new Periphery(readNoise, signalBound, inputBits, outputBits, 1, noiseManagement, boundManagement);
        }

        /** The training of the step {@code train} that has the same batches and rate. */
        Train.Options alikeTraining() {
            return new Train.Options()
                    .epochs(epochs)
                    .batchSize(1)
                    .optimiser(Train.Optimiser.SGD, learningRate)
                    .choice(Trainer.Choice.LAST);
        }
    }

    /**
     * Trains a copy of {@code start}.
     *
     * @throws IllegalArgumentException if it is no chain that can stand on arrays, has shared values, or if {@code devices} has
     *     neither one entry nor one for each array
     * @throws IllegalStateException if the loss becomes infinite or NaN; the message says in which epoch
     */
    public static ArrayTraining run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Require.that(
                start.isGraph() || start.constraints().ties().isEmpty(),
                "the network has shared values, which updates of single devices would part; quantise after it");
        Model model = options.hiddenUnits() == HiddenUnits.TANH ? tanh(start) : start.copy();
        if (options.initial() == Initial.UNIFORM) {
            draw(model, context);
        }
        Samples train = model.fitted(data.train());
        CrossbarNet net = net(model, train.shape(), options, context.seed("devices"));
        long reads = context.seed("noise and pulses");
        var random = context.random("order of samples");
        List<ArrayTraining.Epoch> epochs = new ArrayList<>();
        for (int e = 1; e <= options.epochs(); e++) {
            double loss = 0;
            long saturated = 0;
            int[] order = Seeds.permutation(train.size(), random);
            for (int k = 0; k < order.length; k++) {
                context.progress().checkCancelled();
                int from = order[k] * train.inputs();
                Stage.Way way = new Stage.Way(options.periphery(), Draws.at(reads, e, k));
                float[] x = Arrays.copyOfRange(train.features(), from, from + train.inputs());
                loss += net.learn(x, train.labels()[order[k]], way) / order.length;
                saturated += way.saturated;
            }
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("the loss became " + loss + " in epoch " + e
                        + "; lower learningRate, which is " + options.learningRate());
            }
            boolean last = e == options.epochs();
            epochs.add(epoch(e, loss, (double) saturated / train.size(), net, model, data, options, last, context));
            context.progress().watch("training loss", e, loss);
            context.progress().report(e, options.epochs(), "epoch " + e);
        }
        net.write(model);
        Change change = Change.of(start, model, data, nanos).trained(options.epochs(), 1);
        return new ArrayTraining(
                options.initial() == Initial.UNIFORM ? change.fresh() : change, options, List.copyOf(epochs));
    }

    private static void draw(Model model, Context context) {
        for (LayerWeights place : LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL)) {
            SplittableRandom random = context.random("initial weights of layer " + place.layer());
            double most = 1 / Math.sqrt(place.inputs());
            float[] weights = new float[place.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextDouble(-most, most);
            }
            place.write(model, weights);
            INDArray bias = model.net().layer(place.layer()).getParam("b");
            for (int i = 0; bias != null && i < place.units(); i++) {
                bias.putScalar(i, random.nextDouble(-most, most));
            }
        }
        model.applyMasks();
    }

    private static CrossbarNet net(Model model, int[] shape, Options options, long seed) {
        int arrays =
                LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL).size();
        int[] devices = options.devices();
        Require.that(
                devices.length == 1 || devices.length == arrays,
                "devices has %d entries, but must have one, or one for each of the %d arrays",
                devices.length,
                arrays);
        return CrossbarNet.of(
                model,
                shape,
                options.periphery(),
                options.update(),
                (number, outputs, inputs, weights, held) -> options.hardware() == Hardware.IDEAL
                        ? CrossArray.ideal(outputs, inputs, weights, held)
                        : CrossArray.resistive(
                                outputs,
                                inputs,
                                weights,
                                held,
                                options.device(devices[devices.length == 1 ? 0 : number]),
                                1,
                                0,
                                Draws.at(seed, number)));
    }

    private static ArrayTraining.Epoch epoch(
            int number,
            double loss,
            double saturated,
            CrossbarNet net,
            Model model,
            Dataset data,
            Options options,
            boolean last,
            Context context) {
        long seed = Seeds.derive(context.seed("evaluation"), "epoch " + number);
        Samples validation = first(model.fitted(data.validation()), options.samples());
        double[] seen = both(net, validation, seed, context);
        double[] test = {Double.NaN, Double.NaN};
        if (last) {
            test = both(net, first(model.fitted(data.test()), options.samples()), ~seed, context);
        }
        return new ArrayTraining.Epoch(number, loss, seen[0], seen[1], test[0], test[1], saturated);
    }

    private static double[] both(CrossbarNet net, Samples samples, long seed, Context context) {
        var progress = context.progress();
        return new double[] {
            net.read(samples, seed, context.threads(), progress).accuracy(),
            net.read(samples, Periphery.IDEAL, seed, context.threads(), progress)
                    .accuracy()
        };
    }

    /** The first {@code n} samples, all of them if n is 0 or there are no more. */
    static Samples first(Samples samples, int n) {
        return n == 0 || n >= samples.size() ? samples : samples.range(0, n);
    }

    /** The same network with tanh wherever a hidden layer has a function. */
    private static Model tanh(Model start) {
        Require.that(!start.isGraph(), "the network is a graph of layers, but only a chain can stand on arrays");
        Architecture architecture = Architecture.of(start);
        List<Architecture.Layer> layers = new ArrayList<>();
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer layer = architecture.layers().get(l);
            boolean last = l == architecture.layers().size() - 1;
            if (!last && layer instanceof Layers.Dense dense) {
                layer = new Layers.Dense(dense.units(), "tanh", dense.biased());
            } else if (layer instanceof Layers.Convolution convolution) {
                layer = new Layers.Convolution(
                        convolution.filters(), convolution.window(), "tanh", convolution.biased());
            } else if (!last && layer instanceof Layers.Activate) {
                layer = new Layers.Activate("tanh");
            }
            layers.add(layer);
        }
        Architecture changed = new Architecture(architecture.input(), layers);
        return changed.model(architecture.weights(start)).with(start.constraints());
    }

    /** The method {@code crossbar}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("crossbar", "crossbar", "train on arrays of resistive devices", Options.class, Crossbar::run);
        }

        @Override
        public Training training(Options options) {
            Training training = options.alikeTraining().trainings(1);
            return new Training(options.initial() == Initial.UNIFORM, training.stretches());
        }
    }
}
