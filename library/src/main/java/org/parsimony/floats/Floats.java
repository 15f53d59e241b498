package org.parsimony.floats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;

/**
 * Rounds a network's weights and biases to a format of few bits and tells how accurate a device would be that computes in
 * this format. Zero stays zero, shared values stay shared, and what repeats afterwards the step {@code code} writes in few
 * bits: floats of few bits are a quantiser. Batch norm keeps its parameters.
 *
 * <p>Randomness: stochastic rounding, by the context.
 */
public final class Floats {

    private Floats() {}

    /** Which format, and what is rounded; the default is the paper's FL(7, 6) after every operation. */
    public record Options(
            @Describe(
                            "formats, one for all layers or one for each with weights: half, bfloat16, tf32, e4m3, e5m2, fl-M-E,"
                                    + " fi-L-R, each with :nearest-even, :nearest-away, :toward-zero, :stochastic or :saturating")
                    String[] formats,
            @Describe("what is rounded when the network computes") Arithmetic arithmetic,
            @Describe(value = "first samples of a split that are computed in the format, 0 for all", least = 0)
                    int samples) {

        public Options {
            formats = formats.clone();
            Require.atLeast("formats, their number", formats.length, 1);
            Arrays.stream(formats).forEach(Precision::parse);
            Require.oneOf("arithmetic", arithmetic, Arithmetic.values());
            Require.atLeast("samples", samples, 0);
        }

        /** The defaults. */
        public Options() {
            this(new String[] {"fl-7-6"}, Arithmetic.EVERY_OPERATION, 1000);
        }

        /** These options with other formats, as words: {@link Precision}. */
        public Options formats(String... other) {
            return With.component(this, "formats", other);
        }

        /** These options with another arithmetic. */
        public Options arithmetic(Arithmetic other) {
            return With.component(this, "arithmetic", other);
        }

        /** These options with another number of samples. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }

        List<Precision> precisions() {
            return Arrays.stream(formats).map(Precision::parse).toList();
        }
    }

    /**
     * Rounds a copy of {@code start}.
     *
     * @throws IllegalArgumentException if there are neither one nor as many formats as layers with weights, or if the
     *     network is a graph and more than its weights is to be rounded
     */
    public static RoundedNet run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        List<Precision> precisions = options.precisions();
        List<LayerWeights> layers = LayerWeights.chosen(start, new int[0], LayerWeights.Kinds.ALL);
        Require.that(
                precisions.size() == 1 || precisions.size() == layers.size(),
                "formats has %d entries, but must have one, or one for each of the %d layers with weights",
                precisions.size(),
                layers.size());
        Model model = start.copy();
        List<RoundedNet.Layer> rows = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            context.progress().checkCancelled();
            Precision precision = precisions.get(precisions.size() == 1 ? 0 : l);
            SplittableRandom random =
                    context.random("weights of layer " + layers.get(l).layer());
            rows.add(round(start, model, layers.get(l), precision, random));
        }
        RoundedNet.Scores validation = scores(start, model, data.validation(), options, context.part(0, 0.5));
        RoundedNet.Scores test = scores(start, model, data.test(), options, context.part(0.5, 1));
        return new RoundedNet(
                Change.of(start, model, data, nanos).rightAfter(model),
                precisions,
                options.arithmetic(),
                List.copyOf(rows),
                validation,
                test);
    }

    private static RoundedNet.Layer round(
            Model start, Model model, LayerWeights layer, Precision precision, SplittableRandom random) {
        float[] before = layer.read(start);
        INDArray ties = start.constraints().ties().get(layer.layer());
        float[] numbers = ties == null ? new float[0] : layer.flat(ties);
        float[] after = new float[before.length];
        Map<Float, Double> draws = new HashMap<>();
        Tally tally = new Tally();
        for (int i = 0; i < before.length; i++) {
            boolean shared = numbers.length > 0 && numbers[i] >= 0;
            double u = precision.rounding() != Rounding.STOCHASTIC
                    ? 0
                    : shared ? draws.computeIfAbsent(numbers[i], n -> random.nextDouble()) : random.nextDouble();
            after[i] = (float) tally.count(before[i], precision.round(before[i], u), precision.max());
        }
        layer.write(model, after);
        INDArray bias = model.net().layer(layer.layer()).getParam("b");
        if (bias != null) {
            bias.assign(Nd4j.create(precision.round(bias.dup('c').data().asFloat(), random), bias.shape(), 'c'));
        }
        return RoundedNet.Layer.of(layer, precision, before, after, tally);
    }

    private static RoundedNet.Scores scores(Model start, Model model, Samples all, Options options, Context context) {
        Samples samples =
                options.samples() == 0 || options.samples() >= all.size() ? all : all.range(0, options.samples());
        double floats = start.evaluate(samples).accuracy();
        if (options.arithmetic() == Arithmetic.WEIGHTS_ONLY) {
            return new RoundedNet.Scores(
                    samples.size(), floats, model.evaluate(samples).accuracy(), true);
        }
        Emulation emulation = new Emulation(
                model, samples.shape(), options.precisions(), options.arithmetic(), context.seed("rounding"));
        Emulation.Answers answers =
                emulation.run(samples, Emulation.Counting.NONE, context.threads(), context.progress());
        return new RoundedNet.Scores(
                samples.size(), floats, answers.accuracy(samples.labels()), finite(answers.outputs()));
    }

    private static boolean finite(double[] outputs) {
        return Arrays.stream(outputs).allMatch(Double::isFinite);
    }

    /** The method {@code floats}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("floats", "floats", "round to floats or fixed point of few bits", Options.class, Floats::run);
        }
    }
}
