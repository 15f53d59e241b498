package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.display.RunList;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.notebook.magic.arguments.Values;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %run RECIPE}: a run; {@code %run PAPER/EXPERIMENT}: the runs of all its arms and seeds. */
final class RunMagic extends CommandMagic {

    @Parameters(
            paramLabel = "RECIPE",
            completionCandidates = Names.OfExperiments.class,
            description =
                    "a variable or expression of the type Recipe, a file of one, or PAPER/EXPERIMENT, which takes "
                            + "the notebook's parameters")
    private String what;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "of an experiment: smoke, short or paper; default the notebook's parameter tier, else short")
    private String tier;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "another value of a parameter of an experiment, instead of the notebook's; repeatable")
    private Map<String, String> values;

    @Mixin
    private Threads threads;

    private final Workbench bench;

    RunMagic(Workbench bench) {
        super(
                bench.notebook(),
                "run",
                Object.class,
                "carry out a recipe or an experiment, unless the run store has it");
        this.bench = bench;
    }

    /** A run, or of an experiment a list of runs. */
    @Override
    public Class<?> resultType(List<String> arguments) {
        return arguments.stream().anyMatch(Workbench::isExperiment) ? RunList.class : Run.class;
    }

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        NotebookProgress progress = new NotebookProgress(notebook, "%run " + what);
        int side = threads.number();
        if (Workbench.isExperiment(what)) {
            Experiment experiment = bench.experiment(what, tier == null ? null : Tier.of(tier));
            for (var value : (values == null ? Map.<String, String>of() : values).entrySet()) {
                experiment = experiment.withText(value.getKey(), value.getValue());
            }
            List<Recipe> recipes = experiment.trials().stream()
                    .map(Experiment.Trial::recipe)
                    .map(recipe -> recipe.withSeed(1))
                    .distinct()
                    .toList();
            return new RunList(bench.place(recipes, side).run(experiment, progress), experiment.control());
        }
        Recipe recipe = Workbench.isRecipeFile(what)
                ? Recipe.read(Path.of(what))
                : new Values(notebook).get("RECIPE", what, Recipe.class, "a file, PAPER/EXPERIMENT");
        return bench.place(List.of(recipe), side).run(recipe, progress);
    }
}
