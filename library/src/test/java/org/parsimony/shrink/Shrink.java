package org.parsimony.shrink;

import java.util.SplittableRandom;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Masks weights of the first layer at random. Randomness: which weights, by the context. */
public final class Shrink {

    private Shrink() {}

    /** How much is masked; the default is half of the weights. */
    public record Options(@Describe(value = "share of weights, from 0 to 1", least = 0, most = 1) double share) {

        public Options {
            Require.between("share", share, 0, 1);
        }

        /** The defaults. */
        public Options() {
            this(0.5);
        }
    }

    /**
     * What became of the network.
     *
     * @param masked weights that are zero from now on
     */
    public record Shrunk(Change change, int masked) implements Outcome {

        @Override
        public String verdict() {
            return masked == 0
                    ? "nothing was masked: the share is too small for this layer"
                    : masked + " weights masked; " + Outcome.super.verdict();
        }

        @Override
        public Table trace() {
            return Table.create("shrink", IntColumn.create("masked", masked));
        }

        /** The weights that are left. */
        @Override
        public Chart<?, ?> figure() {
            double[] weights =
                    model().network().getLayer(0).getParam("W").data().asDouble();
            return Charts.histogram("first layer", "weight", weights, 41);
        }
    }

    /** Masks weights of a copy of {@code start}. */
    public static Shrunk run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Model model = start.copy();
        SplittableRandom random = context.random("mask");
        INDArray mask = model.network().getLayer(0).getParam("W").like().assign(1);
        int masked = 0;
        for (long i = 0; i < mask.length(); i++) {
            if (random.nextDouble() < options.share()) {
                mask.putScalar(i, 0);
                masked++;
            }
        }
        model.mask(0, mask);
        context.progress().report(1, 1, "masked");
        return new Shrunk(Change.of(start, model, data, nanos).rightAfter(model), masked);
    }

    /** The method {@code shrink}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("shrink", "", "mask weights of the first layer at random", Options.class, Shrink::run);
        }
    }
}
