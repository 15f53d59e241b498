package org.parsimony.notebook.toy;

import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Masks every weight below a threshold. */
public final class Clip {

    private Clip() {}

    /** Which layers. */
    public enum Part {
        ALL,
        /** The first alone. */
        FIRST_LAYER
    }

    public record Options(
            @Describe(value = "weights of lesser magnitude become zero", least = 0, most = 1) double threshold,
            @Describe("which layers") Part fromPart) {

        public Options {
            Require.between("threshold", threshold, 0, 1);
            Require.oneOf("fromPart", fromPart, Part.values());
        }

        public Options() {
            this(0.25, Part.ALL);
        }
    }

    public record Clipped(Change change, int zeros) implements Outcome {

        @Override
        public Table trace() {
            return Table.create("zeros", IntColumn.create("zeros", zeros));
        }

        @Override
        public Chart<?, ?> figure() {
            return new XYChartBuilder().build();
        }
    }

    public static Clipped run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Model model = start.copy();
        int layers = options.fromPart() == Part.ALL ? model.network().getLayers().length : 1;
        int zeros = 0;
        for (int layer = 0; layer < layers; layer++) {
            INDArray weights = model.network().getLayer(layer).getParam("W");
            INDArray mask =
                    Transforms.abs(weights, true).gte(options.threshold()).castTo(weights.dataType());
            zeros += (int) mask.length() - mask.sumNumber().intValue();
            model.mask(layer, mask);
        }
        model.applyMasks();
        return new Clipped(Change.of(start, model, data, nanos).rightAfter(model), zeros);
    }

    /** The method {@code clip}. */
    public static final class Registered extends Registration<Options> {

        public Registered() {
            super("clip", "toy", "mask the weights below a threshold", Options.class, Clip::run);
        }
    }
}
