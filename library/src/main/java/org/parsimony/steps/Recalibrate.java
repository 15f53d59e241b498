package org.parsimony.steps;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.data.Split;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;
import org.parsimony.network.Net;
import org.parsimony.network.Statistics;
import org.parsimony.network.graph.Pass;
import org.parsimony.network.graph.Wiring;
import tech.tablesaw.api.Table;

/**
 * Makes the mean and the variance of some images the running statistics of every batch norm; weights stay as they are. A
 * pruned network's running statistics are still those of the dense one, and training leaves a moving average of them.
 *
 * <p>Layer by layer, so that each sees what the ones below put out with theirs: one forward pass; memory for what one
 * layer (in a graph, every one that is still to be read) puts out for all images. Randomness: which images, where there are more than asked for.
 */
public final class Recalibrate {

    /** Stands for the variance 0 of a unit without connections where its logarithm is stored. */
    private static final double LEAST = 1e-12;

    private Recalibrate() {}

    /** On which images; the defaults are 10,000 training images. */
    public record Options(
            @Describe(value = "images that the statistics are taken from; all if there are no more", least = 1)
                    int images,
            @Describe("split that the images are drawn from") Split split) {

        public Options {
            Require.atLeast("images", images, 1);
            Require.oneOf("split", split, Split.values());
        }

        /** The defaults. */
        public Options() {
            this(10_000, Split.TRAIN);
        }

        /** These options with another number of images. */
        public Options images(int other) {
            return With.component(this, "images", other);
        }

        /** These options with images of another split. */
        public Options split(Split other) {
            return With.component(this, "split", other);
        }
    }

    /**
     * How far the statistics of one batch norm moved.
     *
     * @param layer index in the network
     * @param units of the layer
     * @param shift root mean square over the units of the mean's change, in standard deviations before
     * @param spread median over the units of the standard deviation after over the one before
     */
    public record Norm(int layer, int units, double shift, double spread) {}

    /**
     * What a recalibration led to.
     *
     * @param norms one for each batch norm of the network
     */
    public record Recalibrated(Change change, List<Norm> norms) implements Outcome {

        @Override
        public String verdict() {
            return norms.isEmpty()
                    ? "nothing changed: the network has no batch norm, so no statistics to take anew"
                    : "statistics of " + norms.size() + " batch norms taken anew; " + Outcome.super.verdict();
        }

        /** One row for each batch norm: layer, units, shift of the mean, factor on the standard deviation. */
        @Override
        public Table trace() {
            return Rows.of(norms)
                    .ints("layer", Norm::layer)
                    .ints("units", Norm::units)
                    .doubles("shift of the mean [sd]", Norm::shift)
                    .doubles("factor on the sd", Norm::spread)
                    .table("batch norm, statistics");
        }

        /** How far the means moved, layer by layer. */
        @Override
        public Chart<?, ?> figure() {
            double[] shifts = norms.stream().mapToDouble(Norm::shift).toArray();
            List<String> layers = norms.isEmpty()
                    ? List.of("no batch norm")
                    : norms.stream().map(norm -> "layer " + norm.layer()).toList();
            return Charts.bars(
                    change.data().title() + ", batch norm taken anew",
                    "batch norm",
                    "shift of the mean [sd]",
                    layers,
                    List.of(Curve.heights("shift", norms.isEmpty() ? new double[1] : shifts)));
        }
    }

    /** Takes the statistics of a copy of {@code start} anew. */
    public static Recalibrated run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Model model = start.copy();
        Samples images = options.split().of(data).draw(options.images(), context.seed("images"));
        context.progress().report(0, 1, "statistics of " + images.size() + " images");
        List<Norm> norms = of(model, images);
        context.progress().report(1, 1, "statistics of " + norms.size() + " batch norms");
        return new Recalibrated(Change.of(start, model, data, nanos), norms);
    }

    /** Recalibrates {@code model} in place on all of {@code images}. */
    public static List<Norm> of(Model model, Samples images) {
        Pass pass = new Pass(model.net(), Statistics.BATCH);
        List<Norm> norms = new ArrayList<>();
        if (!pass.normalises(pass.first(), pass.end())) {
            return norms;
        }
        Samples fitted = model.fitted(images);
        List<Wiring.Node> nodes = model.net().wiring().nodes();
        pass.through(pass.input(fitted.x(0, fitted.size())), pass.first(), pass.end(), (node, in) -> {
            if (nodes.get(node).conf() instanceof BatchNormalization) {
                INDArray x = in.get(0);
                int[] dimensions = x.rank() == 4 ? new int[] {0, 2, 3} : new int[] {0};
                norms.add(set(model.net(), nodes.get(node).layer(), x.mean(dimensions), x.var(false, dimensions)));
            }
        });
        return norms;
    }

    private static Norm set(Net net, int l, INDArray mean, INDArray variance) {
        var layer = net.layer(l);
        boolean logarithm = layer.paramTable().containsKey("log10stdev");
        INDArray spread = layer.getParam(logarithm ? "log10stdev" : "var");
        float[] meanBefore = layer.getParam("mean").dup().data().asFloat();
        float[] spreadBefore = spread.dup().data().asFloat();
        float[] meanAfter = mean.dup().data().asFloat();
        float[] varianceAfter = variance.dup().data().asFloat();
        double squares = 0;
        double[] factors = new double[meanAfter.length];
        for (int u = 0; u < factors.length; u++) {
            double before = logarithm ? Math.pow(10, spreadBefore[u]) : Math.sqrt(Math.max(LEAST, spreadBefore[u]));
            squares += Math.pow((meanAfter[u] - meanBefore[u]) / before, 2);
            factors[u] = Math.sqrt(varianceAfter[u]) / before;
        }
        java.util.Arrays.sort(factors);
        layer.getParam("mean").assign(mean.reshape(layer.getParam("mean").shape()));
        INDArray stored = logarithm
                ? Transforms.log(Transforms.max(variance, LEAST), 10, true).muli(0.5)
                : variance;
        spread.assign(stored.reshape(spread.shape()));
        return new Norm(l, factors.length, Math.sqrt(squares / factors.length), factors[factors.length / 2]);
    }

    /** The method {@code recalibrate}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "recalibrate",
                    "",
                    "take the statistics of batch norm anew from images; weights stay",
                    Options.class,
                    Recalibrate::run);
        }
    }
}
