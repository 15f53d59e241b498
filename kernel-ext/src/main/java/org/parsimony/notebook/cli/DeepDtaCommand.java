package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.parsimony.base.Home;
import org.parsimony.base.Progress;
import org.parsimony.data.Davis;
import org.parsimony.data.Sources;
import org.parsimony.experiment.DeepDtaStudy;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.RunStore;
import org.parsimony.experiment.Tier;
import org.parsimony.network.deepdta.DeepDtaTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deepdta --tier paper}: trains DeepDTA on DAVIS by the fixed recipe of the tier, into the run store. */
@Command(
        name = "deepdta",
        description = "Trains DeepDTA on DAVIS by a fixed recipe, into the run store.",
        mixinStandardHelpOptions = true)
final class DeepDtaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tier",
            defaultValue = "short",
            paramLabel = "TIER",
            description =
                    "smoke (1 epoch), short (5) or paper (60, about an hour on two cores); default ${DEFAULT-VALUE}.")
    private Tier tier;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE.zip", description = "Where the trained network goes, if anywhere.")
    private Path network;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = (done, total, what) -> {
            out.println(what);
            out.flush();
        };
        DeepDtaTrainer.Options options =
                new DeepDtaTrainer.Options().epochs(DeepDtaStudy.epochs(tier)).seed(seed);
        try (RunStore store = RunStore.open(Home.runs())) {
            Davis data = Davis.load(Sources.standard(), progress);
            Run run = DeepDtaStudy.run(store, tier, data, options, network, progress);
            var trace = run.trace();
            out.printf(
                    Locale.ROOT,
                    "%s%nafter %d epochs, %.0f seconds: test error %.4f, concordance %.4f%n",
                    run.recipe(),
                    trace.rowCount(),
                    run.measurement().seconds(),
                    run.measurement().lossTuned(),
                    trace.doubleColumn("concordance").get(trace.rowCount() - 1));
        }
        return 0;
    }
}
