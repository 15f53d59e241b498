package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;
import org.parsimony.notebook.magic.arguments.Elsewhere;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.report.SweepTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep FILE}: carries out what the run store lacks of a sweep; prints its best settings. */
@Command(
        name = "sweep",
        description = "Tries settings of a recipe, as far as the run store lacks them; prints the best on validation"
                + " samples and what failed. Interrupted, it goes on when it is called again.")
final class SweepCommand extends Subcommand {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "Lines of a recipe, values as a|b|c or LOW..HIGH[:POINTS][:log], and lines search, seeds, within.")
    private Path file;

    @Option(
            names = "--best",
            paramLabel = "N",
            defaultValue = "10",
            description = "Settings to print, at least 1; ${DEFAULT-VALUE} by default.")
    private int best;

    @Option(names = "--csv", description = "Every trial, as comma-separated values, instead.")
    private boolean csv;

    @Option(
            names = "--network-file",
            paramLabel = "PATH",
            description = "The file of a network that the recipe names by its checksum (net.h5@3a7bd3e2360a).")
    private Path network;

    @Mixin
    private Threads threads;

    @Mixin
    private Elsewhere elsewhere;

    @Override
    public Integer call() throws IOException {
        SweepPlan plan = SweepPlan.read(file);
        Workplace place =
                Workplace.here().with(RecipeCommand.materials(network)).withThreads(threads.number());
        SweepOutcome outcome;
        try (Carrier carrier = elsewhere.carrier()) {
            outcome = Sweeping.run(plan, place, carrier, progress());
        }
        if (csv) {
            out().print(Runs.csv(SweepTables.all(outcome)));
            out().flush();
            return 0;
        }
        print(SweepTables.best(outcome, Math.max(1, best)));
        outcome.failed().stream().limit(Math.max(1, best)).forEach(trial -> out().println(
                        "failed: " + trial.setting() + ": " + String.join("; ", trial.errors())));
        out().flush();
        return outcome.best().isPresent() ? 0 : 1;
    }
}
