package org.parsimony.steps;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.data.Dataset;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import tech.tablesaw.api.Table;

/**
 * Takes powerless units out: those that the next layer does not read, until every unit is read. The network computes the
 * same, within rounding; its masks and shared values stay those of what is left. Nothing is random.
 */
public final class Compact {

    private Compact() {}

    /** There is nothing to choose. */
    public record Options() {}

    /**
     * What was taken out.
     *
     * @param layers indices of the layers whose units can be taken out
     * @param before units of each
     * @param after units of each
     */
    public record Compacted(Change change, List<Integer> layers, List<Integer> before, List<Integer> after)
            implements Outcome {

        /** One row a layer: its units before and after. */
        @Override
        public Table trace() {
            return Rows.of(IntStream.range(0, layers.size()).boxed().toList())
                    .ints("layer", layers::get)
                    .ints("units before", before::get)
                    .ints("units after", after::get)
                    .table("compact, layers");
        }

        /** Units of each layer before and after. */
        @Override
        public Chart<?, ?> figure() {
            return Charts.bars(
                    change.data().title() + ", compact",
                    "",
                    "units",
                    layers.stream().map(l -> "layer " + l).toList(),
                    List.of(
                            Curve.heights("before", before, Integer::doubleValue),
                            Curve.heights("after", after, Integer::doubleValue)));
        }

        /** How many units of which layers were powerless. */
        @Override
        public String verdict() {
            int removed = IntStream.range(0, layers.size())
                    .map(l -> before.get(l) - after.get(l))
                    .sum();
            String widths = Architectures.text(Architectures.widths(model()));
            return removed == 0
                    ? "nothing was taken out: every unit of " + widths + " is read by the next layer"
                    : String.format(
                            Locale.ROOT,
                            "%,d powerless units taken out, %,d parameters of %,d are left: %s",
                            removed,
                            model().net().parameters(),
                            change.start().net().parameters(),
                            widths);
        }
    }

    /** Carries out the step; of a layer of which nothing is read the first unit stays. */
    public static Compacted run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        int[] layers = Surgery.layers(start);
        Model model = Surgery.compact(start);
        // units that only powerless units read are powerless once those are gone
        long parameters = -1;
        while (parameters != model.net().parameters()) {
            parameters = model.net().parameters();
            model = Surgery.compact(model);
        }
        return new Compacted(
                Change.of(start, model, data, nanos).rightAfter(model),
                Arrays.stream(layers).boxed().toList(),
                units(start, layers),
                units(model, layers));
    }

    private static List<Integer> units(Model model, int[] layers) {
        return Arrays.stream(layers).map(l -> Surgery.units(model, l)).boxed().toList();
    }

    /** The method {@code compact}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("compact", "", "take out units that nothing reads", Options.class, Compact::run);
        }

        @Override
        public boolean takesValues() {
            return true;
        }
    }
}
