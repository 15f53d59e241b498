package org.parsimony.steps;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Describe;
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
import org.parsimony.network.Constraints;
import org.parsimony.network.Model;
import org.parsimony.network.Net;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Fresh weights for the same architecture, drawn as its layers' configurations say: the control that tells whether what a
 * compression found lies in the weights or in the architecture alone (Liu and others, Rethinking the value of network
 * pruning, ICLR 2019). Shared values end.
 *
 * <p>Randomness: the weights, by the context.
 */
public final class Scratch {

    private Scratch() {}

    /** What becomes of masks. */
    public enum Masks {
        /** They hold fresh weights at zero as they held the old ones; so do biases that must be zero. */
        KEEP,
        /** They end: every weight is free. */
        DROP
    }

    /** What stays of the network; by default its architecture alone. */
    public record Options(@Describe("what becomes of masks and of biases that must be zero") Masks masks) {

        public Options {
            Require.oneOf("masks", masks, Masks.values());
        }

        /** The default: masks end. */
        public Options() {
            this(Masks.DROP);
        }

        /** These options with another fate of masks. */
        public Options masks(Masks other) {
            return With.component(this, "masks", other);
        }
    }

    /** The network begun anew. */
    public record Fresh(Change change, Masks masks) implements Outcome {

        /** One row a layer with weights: standard deviation of its weights before and after. */
        @Override
        public Table trace() {
            int[] layers = weighted(model());
            return Table.create(
                    "scratch, layers",
                    IntColumn.create("layer", layers),
                    DoubleColumn.create("standard deviation before", deviations(change.start(), layers)),
                    DoubleColumn.create("standard deviation", deviations(model(), layers)));
        }

        /** Standard deviation of the weights of each layer before and after. */
        @Override
        public Chart<?, ?> figure() {
            int[] layers = weighted(model());
            return Charts.bars(
                    change.data().title() + ", fresh weights",
                    "",
                    "standard deviation of the weights",
                    IntStream.of(layers).mapToObj(l -> "layer " + l).toList(),
                    List.of(
                            Curve.heights("before", deviations(change.start(), layers)),
                            Curve.heights("after", deviations(model(), layers))));
        }

        /** What was drawn anew, and what stayed. */
        @Override
        public String verdict() {
            boolean dropped = !change.start().constraints().isEmpty()
                    && model().constraints().isEmpty();
            return String.format(
                    Locale.ROOT,
                    "%,d parameters drawn anew%s",
                    model().net().parameters(),
                    dropped
                            ? "; masks and shared values ended"
                            : model().masks().isEmpty() ? "" : "; masks stay, shared values ended");
        }
    }

    private static int[] weighted(Model model) {
        return IntStream.range(0, model.net().layers())
                .filter(l -> model.net().layer(l).paramTable().containsKey("W"))
                .toArray();
    }

    private static double[] deviations(Model model, int[] layers) {
        return IntStream.of(layers)
                .mapToDouble(
                        l -> model.net().layer(l).getParam("W").stdNumber(false).doubleValue())
                .toArray();
    }

    /** Draws fresh weights. */
    public static Fresh run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Net network = start.net().drawn(context.seed("weights"));
        Constraints before = start.constraints().copy();
        Model model = new Model(
                network,
                options.masks() == Masks.KEEP
                        ? new Constraints(before.masks(), Map.of(), before.zeroBiases())
                        : new Constraints());
        model.applyMasks();
        return new Fresh(Change.of(start, model, data, nanos).rightAfter(model).fresh(), options.masks());
    }

    /** The method {@code scratch}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("scratch", "", "begin anew with fresh weights", Options.class, Scratch::run);
        }

        @Override
        public boolean takesValues() {
            return true;
        }

        @Override
        public Training training(Options options) {
            return Training.ANEW;
        }
    }
}
