package org.parsimony.experiment;

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

/** A toy: masks weights of the first layer at random. One class and one line of registration. */
public final class Shrink {

    private Shrink() {}

    public record Options(@Describe(value = "share of weights, from 0 to 1", least = 0, most = 1) double share) {
        public Options {
            Require.between("share", share, 0, 1);
        }

        public Options() {
            this(0.5);
        }
    }

    public record Shrunk(Change change, int masked) implements Outcome {
        @Override
        public Table trace() {
            return Table.create("shrink", IntColumn.create("masked", masked));
        }

        @Override
        public Chart<?, ?> figure() {
            return Charts.xy("shrunk", "x", "y");
        }
    }

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
        context.progress().report(1, 1, "shrunk");
        return new Shrunk(Change.of(start, model, data, nanos).rightAfter(model), masked);
    }

    /** The registration. */
    public static final class Registered extends Registration<Options> {
        public Registered() {
            super("shrink", "", "mask weights of the first layer at random", Options.class, Shrink::run);
        }
    }
}
