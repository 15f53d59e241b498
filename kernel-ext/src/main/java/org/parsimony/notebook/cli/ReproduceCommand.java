package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.parsimony.experiment.Provenance;
import org.parsimony.experiment.Reproduction;
import org.parsimony.experiment.Workplace;
import org.parsimony.network.machine.Machine;
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

    @Option(
            names = "--kernel-here",
            description =
                    "Multiplies with the BLAS kernel chosen on this machine. Without it, with the kernel of the run's row"
                            + " where this processor can run that one, since another kernel may give other bits.")
    private boolean kernelHere;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workplace workplace =
                Workplace.here().with(RecipeCommand.materials(network)).withThreads(threads.number());
        if (!kernelHere) {
            Provenance then = workplace.find(id).provenance();
            Optional<Map<String, String>> environment = Machine.environmentOf(then.blas(), then.kernel());
            if (environment.isPresent()) {
                return Relaunch.of(spec(), environment.get(), "--kernel-here");
            }
        }
        Reproduction reproduction = workplace.reproduce(id, progress());
        print(reproduction.table());
        return reproduction.differing().isEmpty() ? 0 : 1;
    }
}
