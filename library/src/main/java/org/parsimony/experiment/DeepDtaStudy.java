package org.parsimony.experiment;

import java.nio.file.Path;
import java.util.Map;
import org.parsimony.base.Progress;
import org.parsimony.data.Davis;
import org.parsimony.network.Measurement;
import org.parsimony.network.deepdta.DeepDta;
import org.parsimony.network.deepdta.DeepDtaTrainer;

/** DeepDTA on DAVIS, trained by a fixed recipe whose result counts whatever it is; the run stands in the run store. */
public final class DeepDtaStudy {

    /** The folder in {@code papers/}. */
    public static final String PAPER = "sham";

    /** Name of the one method: training without compression. */
    public static final String DENSE = "dense training";

    private DeepDtaStudy() {}

    /** Epochs of a tier: 1, 5, and for the paper's as many as fit about an hour on two cores. */
    public static int epochs(Tier tier) {
        return switch (tier) {
            case SMOKE -> 1;
            case SHORT -> 5;
            case PAPER -> 60;
        };
    }

    /**
     * Trains a fresh network, unless the store has this run, and files the run under {@link #PAPER}. Its test error is the
     * column {@code lossTuned}; concordance and the errors of every epoch are in its trace.
     *
     * @param network file that the trained network is written to, a Deeplearning4j {@code .zip}; null for none
     */
    public static Run run(
            RunStore store, Tier tier, Davis data, DeepDtaTrainer.Options options, Path network, Progress progress) {
        Recipe recipe = Recipe.of(DENSE, Davis.NAME, "deepdta", tier, options);
        return Study.run(
                        store,
                        PAPER,
                        Map.of(DENSE, recipe),
                        new long[] {options.seed()},
                        1,
                        (seed, rows, own) -> rows.add(DENSE, row(data, options.seed(seed), network, own)),
                        progress)
                .get(0);
    }

    private static Study.Row row(Davis data, DeepDtaTrainer.Options options, Path network, Progress progress) {
        DeepDta net = DeepDta.of(new DeepDta.Shape(), options.seed());
        DeepDtaTrainer.Training training = DeepDtaTrainer.run(net, data, options, progress);
        if (network != null) {
            net.save(network);
        }
        return new Study.Row(measurement(DENSE, net, options.seed(), training), training.trace());
    }

    private static Measurement measurement(String method, DeepDta net, long seed, DeepDtaTrainer.Training training) {
        long parameters = net.graph().numParams();
        double unmeasured = Double.NaN;
        return new Measurement(
                method,
                Davis.NAME,
                "deepdta",
                seed,
                parameters,
                net.nonzeros(),
                net.macs(),
                -1,
                Float.BYTES * parameters,
                Map.of(Measurement.RAW, Float.BYTES * parameters),
                unmeasured,
                unmeasured,
                unmeasured,
                unmeasured,
                unmeasured,
                unmeasured,
                unmeasured,
                training.test().meanSquaredError(),
                -1,
                training.seconds(),
                "");
    }
}
