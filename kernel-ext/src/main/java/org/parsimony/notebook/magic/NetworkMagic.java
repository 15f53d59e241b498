package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.List;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.network.Model;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.notebook.magic.arguments.Values;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code var net = %network recipe}: the network that a recipe leads to, to look at and to take along. */
final class NetworkMagic extends CommandMagic {

    @Parameters(
            paramLabel = "RECIPE",
            description = "a recipe's file, or an expression of the type Recipe or Run; what lacks is carried out")
    private String what;

    @Mixin
    private Threads threads;

    private final Workbench bench;

    NetworkMagic(Workbench bench) {
        super(bench.notebook(), "network", Model.class, "the network that a recipe leads to");
        this.bench = bench;
    }

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        Recipe recipe;
        if (Workbench.isRecipeFile(what)) {
            recipe = Recipe.read(Path.of(what));
        } else {
            Object value = new Values(notebook).get("RECIPE", what, Object.class, "a recipe's file");
            recipe = value instanceof Run run
                    ? run.recipe()
                    : new Values(notebook).get("RECIPE", what, Recipe.class, "a recipe's file");
        }
        return bench.place(List.of(recipe), threads.number())
                .network(recipe, new NotebookProgress(notebook, "%network " + what));
    }
}
