package org.parsimony.notebook.cli;

import java.nio.file.Path;
import org.parsimony.experiment.Reproduction;
import org.parsimony.experiment.Workplace;
import org.parsimony.notebook.magic.arguments.Threads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reproduce ID}: a run's recipe again from its first step on; status 1 if a figure differs. */
@Command(
        name = "reproduce",
        description =
                "Carries out a run's recipe again, past the run store; says which figures differ (then status 1).")
final class ReproduceCommand extends Subcommand {

    @Parameters(
            paramLabel = "ID",
            description = "Of a run in the run store or in a paper's results: its first 6 digits or more.")
    private String id;

    @Option(
            names = "--network-file",
            paramLabel = "PATH",
            description = "The file of a network that the recipe names by its checksum.")
    private Path network;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        Reproduction reproduction = Workplace.here()
                .with(RecipeCommand.materials(network))
                .withThreads(threads.number())
                .reproduce(id, progress());
        print(reproduction.table());
        return reproduction.differing().isEmpty() ? 0 : 1;
    }
}
