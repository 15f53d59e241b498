package org.parsimony.crossbar;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;

/**
 * Writes a network onto arrays of resistive devices and reads it there at several levels of noise: how much of its accuracy is
 * left. The network itself stays as it is, pruned, with shared values or not. Weights beyond a device's bound are cut off; each
 * write errs by a given share of the bound.
 *
 * <p>Randomness: devices, errors of writing, noise of every read, by the context; threads do not matter. The same devices and
 * writes serve all levels.
 */
public final class Writing {

    private Writing() {}

    /** By what the weights of a layer are divided before they are written; outputs are multiplied by it outside the array. */
    public enum Scaling {
        /** Nothing: weights beyond a device's bound are cut off. */
        NONE,
        /** So that the greatest weight of each layer meets the mean bound. */
        LARGEST
    }

    /** What stands at a crossing whose weight a mask holds at zero. */
    public enum HeldWeights {
        /** No device: exactly zero. */
        ABSENT,
        /** A device that is written to zero, as well as devices are written. */
        WRITTEN
    }

    /** Onto what, and how it is read. */
    public record Options(
            @Describe(value = "levels: sd of the noise of an output", least = 0) double[] readNoise,
            @Describe(value = "sd of what is written, share of the mean bound", least = 0) double writeError,
            @Describe("what weights are divided by before they are written") Scaling scaling,
            @Describe("what stands where a mask holds a weight at zero") HeldWeights heldWeights,
            @Describe("reads whose input is scaled to its greatest value") Management.Noise noiseManagement,
            @Describe("what is done when a read is cut off") Management.Bounds boundManagement,
            @Describe(value = "devices of a weight, at least 1", least = 1) int devices,
            @Describe(value = "mean greatest size of a weight, above 0", least = 0) double bound,
            @Describe(value = "sd of bounds between devices, share of the mean", least = 0) double boundSpread,
            @Describe(value = "greatest size of an output, 0 for none", least = 0) double signalBound,
            @Describe(value = "bits of the converter of inputs, 0 for none", least = 0, most = 24) int inputBits,
            @Describe(value = "bits of the converter of outputs, 0 for none", least = 0, most = 24) int outputBits,
            @Describe(value = "first test samples that are read, 0 for all", least = 0) int samples) {

        public Options {
            readNoise = readNoise.clone();
            Require.atLeast("readNoise, its number of levels", readNoise.length, 1);
            Require.between("writeError", writeError, 0, 100);
            Require.oneOf("scaling", scaling, Scaling.values());
            Require.oneOf("heldWeights", heldWeights, HeldWeights.values());
            Require.atLeast("samples", samples, 0);
            new Devices(1, 0, 0, 0, bound, boundSpread, devices);
            for (double level : readNoise) {
                new Periphery(level, signalBound, inputBits, outputBits, 1, noiseManagement, boundManagement);
            }
        }

        /** The paper's noise 0.06, bounds 0.6 with 30 % spread and signals up to 12; exact writing, bound management. */
        public Options() {
            this(
                    new double[] {0.06},
                    0,
                    Scaling.NONE,
                    HeldWeights.ABSENT,
                    Management.Noise.NONE,
                    Management.Bounds.HALVING,
                    1,
                    0.6,
                    0.3,
                    12,
                    0,
                    0,
                    0);
        }

        /** These options with other levels of noise. */
        public Options readNoise(double... levels) {
            return With.component(this, "readNoise", levels);
        }

        /** These options with another error of writing, and other devices at weights that a mask holds. */
        public Options writing(double error, HeldWeights held) {
            return With.component(With.component(this, "writeError", error), "heldWeights", held);
        }

        /** These options with another scaling. */
        public Options scaling(Scaling other) {
            return With.component(this, "scaling", other);
        }

        /** These options with devices of another bound, its spread, and another bound of signals. */
        public Options bounds(double mean, double spread, double signals) {
            Options other = With.component(With.component(this, "bound", mean), "boundSpread", spread);
            return With.component(other, "signalBound", signals);
        }

        /** These options with another number of samples. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }
    }

    /**
     * Reads {@code start} on arrays.
     *
     * @throws IllegalArgumentException if it is no chain that can stand on arrays
     */
    public static WrittenArrays run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Samples test = Crossbar.first(start.fitted(data.test()), options.samples());
        Devices devices = new Devices(1, 0, 0, 0, options.bound(), options.boundSpread(), options.devices());
        long seed = context.seed("devices and writing");
        Periphery periphery = new Periphery(
                options.readNoise()[0],
                options.signalBound(),
                options.inputBits(),
                options.outputBits(),
                1,
                options.noiseManagement(),
                options.boundManagement());
        CrossbarNet net = CrossbarNet.of(
                start,
                test.shape(),
                periphery,
                null,
                (number, outputs, inputs, weights, held) -> CrossArray.resistive(
                        outputs,
                        inputs,
                        weights,
                        options.heldWeights() == HeldWeights.ABSENT ? held : new boolean[held.length],
                        devices,
                        options.scaling() == Scaling.NONE ? 1 : largest(weights) / options.bound(),
                        options.writeError(),
                        Draws.at(seed, number)));
        int threads = context.threads();
        double given = start.evaluate(test).accuracy();
        double exact =
                net.read(test, Periphery.IDEAL, 0, threads, context.progress()).accuracy();
        List<WrittenArrays.Level> levels = new ArrayList<>();
        for (double noise : options.readNoise()) {
            CrossbarNet.Answers answers =
                    net.read(test, periphery.noise(noise), context.seed("noise of reads"), threads, context.progress());
            levels.add(new WrittenArrays.Level(noise, answers.accuracy(), exact, given, answers.saturated()));
            context.progress().report(levels.size(), options.readNoise().length, "noise " + noise);
        }
        return new WrittenArrays(Change.of(start, start.copy(), data, nanos), options, List.copyOf(levels));
    }

    private static double largest(float[] weights) {
        float most = 0;
        for (float weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        return most == 0 ? 1 : most;
    }

    /** The method {@code crosswrite}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "crosswrite",
                    "crossbar",
                    "write onto arrays of resistive devices and read there at levels of noise",
                    Options.class,
                    Writing::run);
        }
    }
}
