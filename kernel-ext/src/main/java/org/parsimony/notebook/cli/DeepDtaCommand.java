package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.parsimony.base.Progress;
import org.parsimony.data.Davis;
import org.parsimony.data.Sources;
import org.parsimony.deepdta.DeepDta;
import org.parsimony.deepdta.DeepDtaTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code deepdta --epochs 60}: trains DeepDTA on DAVIS. Its two inputs and its target are no data set of the registry, so it
 * is no step of a recipe, and its result stands in no run store.
 */
@Command(
        name = "deepdta",
        description = "Trains DeepDTA on DAVIS and prints its test error; 60 epochs take about an hour on two cores.")
final class DeepDtaCommand extends Subcommand {

    @Option(names = "--epochs", defaultValue = "5", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE.zip", description = "Where the trained network goes, if anywhere.")
    private Path network;

    @Override
    public Integer call() {
        PrintWriter out = out();
        Progress progress = (done, total, what) -> {
            out.println(what);
            out.flush();
        };
        DeepDtaTrainer.Options options =
                new DeepDtaTrainer.Options().epochs(epochs).seed(seed);
        Davis data = Davis.load(Sources.standard(), progress);
        DeepDta net = DeepDta.of(new DeepDta.Shape(), seed);
        DeepDtaTrainer.Training training = DeepDtaTrainer.run(net, data, options, progress);
        if (network != null) {
            net.save(network);
        }
        out.printf(
                Locale.ROOT,
                "after %d epochs, %.0f seconds: test error %.4f, concordance %.4f%n",
                epochs,
                training.seconds(),
                training.test().meanSquaredError(),
                training.test().concordance());
        return 0;
    }
}
