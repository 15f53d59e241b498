package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Materials;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.report.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recipe FILE}: carries out a recipe unless the run store has it. */
@Command(
        name = "recipe",
        description = "Carries out a recipe, unless the run store has it; prints its row and what each step did.")
final class RecipeCommand extends Subcommand {

    @Parameters(
            paramLabel = "FILE",
            description = "JSON, or lines: dataset NAME, network NAME, then a step a line: METHOD option=value …")
    private Path file;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the recipe's own.")
    private Long seed;

    @Option(
            names = "--network-file",
            paramLabel = "PATH",
            description = "The file of a network that the recipe names by its checksum (net.h5@3a7bd3e2360a).")
    private Path network;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = Recipe.read(file);
        recipe = seed == null ? recipe : recipe.withSeed(seed);
        Run run = Workplace.here()
                .with(materials(network))
                .withThreads(threads.number())
                .run(recipe, progress());
        print(Tables.row(run));
        print(run.trace());
        return 0;
    }

    /** The registry's, and a network file where one is given. */
    static Materials materials(Path network) {
        if (network == null) {
            return new Materials();
        }
        Require.that(Files.isRegularFile(network), "--network-file is %s, but there is no such file", network);
        return new Materials().with(network);
    }
}
