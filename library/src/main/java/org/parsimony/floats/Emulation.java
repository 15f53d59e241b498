package org.parsimony.floats;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleBinaryOperator;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

/**
 * A chain of layers as a device of few bits would compute it (Hill et al. 2018, section 2.3): every number is a 64-bit
 * float here that is rounded to the layer's format after each operation, once, from the operation's exact result.
 *
 * <p>Each sum starts at zero and takes its products in the order channel, row, column of the window, then the bias. Rounded
 * are weights, biases, the samples, and, as {@link Arithmetic} says, products, sums, and what leaves a layer: sums of mean
 * pooling and their quotient, both operations of batch norm (its factor is computed from the running statistics beforehand),
 * and activation functions, whose value is computed in 32-bit floats. Maxima need no rounding. The soft-max at the end is
 * left out: it changes no class.
 *
 * <p>Complexity: one pass, ten to thirty times as long as one that is not rounded. Randomness: stochastic rounding, by the
 * seed and the sample's place alone.
 */
public final class Emulation {

    private final Architecture architecture;
    private final List<Shape> shapes;
    private final List<Precision> precisions;
    private final Arithmetic arithmetic;
    private final long seed;
    /** For every layer of the architecture, its work on one sample. */
    private final List<RoundedLayer> layers = new ArrayList<>();

    /** Weights out of their format's range. */
    private final Tally outside = new Tally();

    private final List<double[][]> norms = new ArrayList<>();
    private final List<Precision> formats = new ArrayList<>();

    /**
     * @param model a chain of layers
     * @param shape of a sample, {@code {inputs}} or {@code {channels, height, width}}
     * @param precisions one for all layers, or one for each dense layer and convolution, in order; what
     *     follows a layer has its format
     * @param seed of stochastic rounding
     * @throws IllegalArgumentException if the network is a graph, or there are neither one nor as many formats as such
     *     layers
     */
    public Emulation(Model model, int[] shape, List<? extends Precision> precisions, Arithmetic arithmetic, long seed) {
        Require.that(
                !model.isGraph(),
                "the network is a graph, but rounding every operation needs a chain of layers; arithmetic = weights-only"
                        + " takes graphs too");
        architecture = Architecture.of(model);
        Shape given = Shape.of(shape);
        shapes = architecture.shapes(model.takesImages() ? given : Shape.of(given.size()));
        List<Weights> weights = architecture.weights(model);
        long sums = architecture.layers().stream().filter(Emulation::sums).count();
        Require.that(
                precisions.size() == 1 || precisions.size() == sums,
                "formats has %d entries, but must have one, or one for each of the %d dense layers and convolutions",
                precisions.size(),
                sums);
        this.precisions = List.copyOf(precisions);
        this.arithmetic = Require.oneOf("arithmetic", arithmetic, Arithmetic.values());
        this.seed = seed;
        SplittableRandom random = Seeds.random(seed, "weights");
        int next = 0;
        int format = -1;
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer layer = architecture.layers().get(l);
            format += sums(layer) ? 1 : 0;
            Precision precision = this.precisions.get(precisions.size() == 1 ? 0 : Math.max(0, format));
            formats.add(precision);
            Weights w = layer.weights(shapes.get(l)).length > 0 ? weights.get(next++) : null;
            norms.add(layer instanceof Layers.BatchNorm norm ? norm(norm, w, precision, random) : null);
            layers.add(sums(layer) ? rounded(layer, l, w, precision, random) : null);
        }
    }

    private static boolean sums(Architecture.Layer layer) {
        return layer instanceof Layers.Dense || layer instanceof Layers.Convolution;
    }

    /** The network as it is, in 64-bit floats. */
    public static Emulation exact(Model model, int... shape) {
        return new Emulation(model, shape, List.of(FloatFormat.FLOAT), Arithmetic.WEIGHTS_ONLY, 0);
    }

    private RoundedLayer rounded(
            Architecture.Layer layer, int l, Weights w, Precision format, SplittableRandom random) {
        Weights rounded =
                new Weights(w.rows(), w.cols(), rounded(w.values(), format, random), rounded(w.bias(), format, random));
        return new RoundedLayer(layer, shapes.get(l), shapes.get(l + 1), rounded, format, arithmetic);
    }

    private float[] rounded(float[] values, Precision format, SplittableRandom random) {
        float[] rounded = format.round(values, random);
        for (int i = 0; i < values.length; i++) {
            outside.count(values[i], rounded[i], format.max());
        }
        return rounded;
    }

    /** Factor and amount of every channel. */
    private double[][] norm(Layers.BatchNorm norm, Weights w, Precision format, SplittableRandom random) {
        int channels = w.cols();
        float[] factor = new float[channels];
        float[] amount = new float[channels];
        for (int c = 0; c < channels; c++) {
            double spread = w.values()[3 * channels + c];
            double variance = norm.logarithm() ? Math.pow(10, 2 * spread) : spread;
            double f = w.values()[c] / Math.sqrt(variance + norm.epsilon());
            factor[c] = (float) f;
            amount[c] = (float) (w.values()[channels + c] - f * w.values()[2 * channels + c]);
        }
        double[][] both = new double[2][channels];
        float[] roundedFactor = rounded(factor, format, random);
        float[] roundedAmount = rounded(amount, format, random);
        for (int c = 0; c < channels; c++) {
            both[0][c] = roundedFactor[c];
            both[1][c] = roundedAmount[c];
        }
        return both;
    }

    /**
     * What the network says.
     *
     * @param outputs before the soft-max, {@code [samples × classes]}, row-major
     * @param classes of a sample
     * @param saturated roundings that met a greater number than the format has, if they were counted
     * @param flushed roundings that made a number zero, if they were counted
     * @param notNumbers roundings that had to make NaN, if they were counted
     * @param inRange whether it is certain that neither the greatest nor the smallest number of the formats mattered, so
     *     that more exponent bits of the same mantissa change nothing
     */
    public record Answers(
            double[] outputs, int classes, long saturated, long flushed, long notNumbers, boolean inRange) {

        /**
         * The class of sample {@code i}: of the greatest output, the first of equal ones; −1 if all are NaN, which is no
         * class.
         */
        public int guess(int i) {
            int best = -1;
            for (int c = 0; c < classes; c++) {
                double y = outputs[i * classes + c];
                if (!Double.isNaN(y) && (best < 0 || y > outputs[i * classes + best])) {
                    best = c;
                }
            }
            return best;
        }

        /** Share of right classes, in [0, 1]. */
        public double accuracy(int[] labels) {
            int right = 0;
            for (int i = 0; i < labels.length; i++) {
                right += guess(i) == labels[i] ? 1 : 0;
            }
            return (double) right / labels.length;
        }
    }

    /** Whether roundings out of range are counted, which takes the slowest form of every operation. */
    public enum Counting {
        NONE,
        ALL
    }

    /** {@link #run(Samples, Counting, int, Progress)} without counts, on one thread. */
    public Answers run(Samples samples) {
        return run(samples, Counting.NONE, 1, Progress.NONE);
    }

    /**
     * Passes all samples through.
     *
     * @param threads at least 1; the result does not depend on it
     * @throws IllegalArgumentException if the samples are not what the network takes
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public Answers run(Samples samples, Counting counting, int threads, Progress progress) {
        Require.that(
                samples.inputs() == shapes.get(0).size(),
                "samples have %d inputs, but the network takes %d",
                samples.inputs(),
                shapes.get(0).size());
        int classes = architecture.outputs();
        double[] outputs = new double[samples.size() * classes];
        Tally all = new Tally();
        int longest = layers.stream()
                .filter(Objects::nonNull)
                .mapToInt(RoundedLayer::longestRun)
                .max()
                .orElse(1);
        AtomicInteger next = new AtomicInteger();
        boolean[] ranged = {true};
        Runnable work = () -> {
            Tally own = new Tally();
            Bits scratch = new Bits(longest);
            boolean inRange = true;
            for (int i = next.getAndIncrement(); i < samples.size(); i = next.getAndIncrement()) {
                progress.checkCancelled();
                inRange &= pass(samples, i, outputs, counting, own, scratch);
            }
            synchronized (all) {
                all.add(own);
                ranged[0] &= inRange;
            }
        };
        if (threads == 1) {
            work.run();
        } else {
            inParallel(work, threads);
        }
        return new Answers(outputs, classes, all.saturated, all.flushed, all.notNumbers, ranged[0]);
    }

    private static void inParallel(Runnable work, int threads) {
        ExecutorService crew = Executors.newFixedThreadPool(threads - 1);
        try {
            List<CompletableFuture<Void>> others = new ArrayList<>();
            for (int t = 1; t < threads; t++) {
                others.add(CompletableFuture.runAsync(work, crew));
            }
            work.run();
            others.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            crew.shutdownNow();
        }
    }

    /** Whether the formats' ranges played no part. */
    private boolean pass(Samples samples, int i, double[] outputs, Counting counting, Tally tally, Bits scratch) {
        SplittableRandom random = precisions.stream().anyMatch(p -> p.rounding() == Rounding.STOCHASTIC)
                ? Seeds.random(seed, "sample " + i)
                : null;
        int inputs = samples.inputs();
        double[] x = new double[inputs];
        boolean ranged = arithmetic == Arithmetic.EVERY_OPERATION && outside.outOfRange() == 0;
        long before = tally.outOfRange();
        boolean rounds = arithmetic != Arithmetic.WEIGHTS_ONLY;
        MultiplyAdd.Exactly first = new MultiplyAdd.Exactly(formats.get(0), random, tally);
        for (int j = 0; j < inputs; j++) {
            double value = samples.features()[i * inputs + j];
            x[j] = rounds ? first.round(value) : value;
        }
        ranged &= normal(x, formats.get(0));
        for (int l = 0; l < layers.size(); l++) {
            MultiplyAdd.Exactly exactly = new MultiplyAdd.Exactly(formats.get(l), random, tally);
            if (layers.get(l) != null) {
                if (rounds && precisions.size() > 1) {
                    for (int j = 0; j < x.length; j++) {
                        x[j] = exactly.round(x[j]); // from the format of the layer before
                    }
                }
                RoundedLayer.Pass pass = layers.get(l).forward(x, exactly, counting == Counting.ALL, scratch);
                x = pass.values();
                ranged &= pass.inRange();
            }
            x = then(l, x, rounds ? exactly::round : null, exactly);
            ranged &= normal(x, formats.get(l));
        }
        System.arraycopy(x, 0, outputs, i * x.length, x.length);
        return ranged && tally.outOfRange() == before;
    }

    /** Whether all values but zero are of the middle of a format's range. */
    private static boolean normal(double[] x, Precision precision) {
        double least = precision instanceof FloatFormat format ? Math.scalb(1.0, format.least()) : precision.smallest();
        double max = precision.max();
        for (double value : x) {
            double a = Math.abs(value);
            if (!(a == 0 || a >= 2 * least && a <= max / 2)) {
                return false;
            }
        }
        return true;
    }

    /** What a layer does beside its sums. */
    private double[] then(int l, double[] x, RoundedFunctions.Step round, MultiplyAdd.Exactly exactly) {
        Architecture.Layer layer = architecture.layers().get(l);
        Shape in = shapes.get(l);
        Shape out = shapes.get(l + 1);
        boolean last = l == layers.size() - 1;
        DoubleBinaryOperator sum = round == null ? Double::sum : exactly::sum;
        if (layer instanceof Layers.Dense dense) {
            return RoundedFunctions.activate(dense.activation(), x, last, round);
        } else if (layer instanceof Layers.Convolution convolution) {
            return RoundedFunctions.activate(convolution.activation(), x, last, round);
        } else if (layer instanceof Layers.Activate activate) {
            return RoundedFunctions.activate(activate.activation(), x, last, round);
        } else if (layer instanceof Layers.BatchNorm) {
            return RoundedFunctions.normalise(norms.get(l), x, in.area(), sum, round);
        } else if (layer instanceof Layers.Pooling pooling) {
            return RoundedFunctions.pool(pooling, in, out, x, sum, round);
        }
        return x;
    }
}
