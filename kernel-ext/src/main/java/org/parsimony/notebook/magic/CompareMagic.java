package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.SourceVersion;
import org.parsimony.base.Require;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.report.Tables;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %compare dense pruned --control dense}: recipes, runs and experiments in one table by arm. */
final class CompareMagic extends CommandMagic {

    @Parameters(
            arity = "1..*",
            paramLabel = "ARM",
            completionCandidates = Names.OfExperiments.class,
            description = "a recipe, a run or a list of them (a variable names its arm), a recipe's file, or "
                    + "PAPER/EXPERIMENT; what lacks is carried out")
    private List<String> words;

    @Option(
            names = "--control",
            paramLabel = "ARM",
            description =
                    "arm that the others are compared with, seed by seed; default that of the experiment, else none")
    private String control;

    @Option(
            names = "--method",
            paramLabel = "ARM",
            description = "arm of the method in question, which the others are also compared with; default that of the"
                    + " experiment, else none")
    private String method;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "of an experiment: smoke, short or paper; default the notebook's parameter tier, else short")
    private String tier;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "carry each recipe out with the seeds 1 to N, at least 1; default its own seed alone")
    private Integer seeds;

    @Mixin
    private Threads threads;

    private final Workbench bench;

    CompareMagic(Workbench bench) {
        super(bench.notebook(), "compare", Table.class, "recipes, runs and experiments in one table, an arm a row");
        this.bench = bench;
    }

    /** Something to compare: a run that is there, or a recipe with the name of its arm. */
    private record Entry(Arm arm, Recipe recipe, Run run) {}

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        int side = threads.number();
        Tier wanted = tier == null ? null : Tier.of(tier);
        List<Entry> entries = new ArrayList<>();
        Set<String> controls = new LinkedHashSet<>();
        Map<String, Experiment> experiments = new TreeMap<>();
        for (String word : words) {
            if (Workbench.isExperiment(word)) {
                Experiment experiment = bench.experiment(word, wanted);
                experiments.put(word, experiment);
                controls.add(experiment.control());
                experiment.trials().forEach(trial -> entries.add(new Entry(trial.arm(), trial.recipe(), null)));
            } else if (Workbench.isRecipeFile(word)) {
                Recipe recipe = Recipe.read(Path.of(word));
                entries.add(new Entry(Arm.of(recipe), recipe, null));
            } else {
                add(word, new Values(notebook).get("ARM", word, Object.class, "a file, PAPER/EXPERIMENT"), entries);
            }
        }
        String reference = control != null
                ? control
                : controls.size() == 1 ? controls.iterator().next() : "";
        List<Entry> all = repeated(entries);
        Set<String> arms = new LinkedHashSet<>();
        all.forEach(entry -> arms.add(entry.arm().name()));
        Require.that(
                reference.isEmpty() || arms.contains(reference),
                "--control is \"%s\", but must be one of the arms %s",
                reference,
                String.join(", ", arms));
        String second = method != null
                ? method
                : experiments.size() == 1
                        ? experiments.values().iterator().next().method()
                        : "";
        Require.that(
                second.isEmpty() || arms.contains(second),
                "--method is \"%s\", but must be one of the arms %s",
                second,
                String.join(", ", arms));
        return Tables.byArm(runs(all, experiments.values(), side), reference, second);
    }

    /** Each recipe as often as there are seeds; runs that are there stay as they are. */
    private List<Entry> repeated(List<Entry> entries) {
        if (seeds == null) {
            return entries;
        }
        Require.atLeast("--seeds", seeds, 1);
        List<Entry> all = new ArrayList<>();
        for (Entry entry : entries) {
            for (long seed = 1; seed <= (entry.run() == null ? seeds : 1); seed++) {
                Recipe own = entry.run() == null ? entry.recipe().withSeed(seed) : entry.recipe();
                all.add(new Entry(entry.arm(), own, entry.run()));
            }
        }
        return all.stream().distinct().toList();
    }

    private List<Run> runs(List<Entry> entries, Collection<Experiment> experiments, int side) {
        NotebookProgress progress = new NotebookProgress(notebook, "%compare");
        List<Recipe> recipes = entries.stream()
                .filter(entry -> entry.run() == null)
                .map(Entry::recipe)
                .map(Recipe::complete)
                .distinct()
                .toList();
        List<Run> found = new ArrayList<>();
        if (!recipes.isEmpty()) {
            var place = bench.place(recipes, side);
            recipes.forEach(place.materials()::require); // all of them, before the first of them runs
            found.addAll(place.run(recipes, progress));
            // They are in the store now: this files them under their papers.
            experiments.forEach(experiment -> place.run(experiment, progress.part(1, 1)));
        }
        return entries.stream()
                .map(entry -> entry.run() != null
                        ? entry.run()
                        : found.get(recipes.indexOf(entry.recipe().complete())).as(entry.arm()))
                .toList();
    }

    private static void add(String word, Object value, List<Entry> entries) {
        if (value instanceof Recipe recipe) {
            Arm arm = SourceVersion.isIdentifier(word) ? new Arm(word) : Arm.of(recipe);
            entries.add(new Entry(arm, recipe, null));
        } else if (value instanceof Run run) {
            // A run that no experiment has named is called as its variable.
            boolean named = !run.arm().equals(Arm.of(run.recipe())) || !SourceVersion.isIdentifier(word);
            Run own = named ? run : run.as(new Arm(word));
            entries.add(new Entry(own.arm(), own.recipe(), own));
        } else if (value instanceof Experiment experiment) {
            experiment.trials().forEach(trial -> entries.add(new Entry(trial.arm(), trial.recipe(), null)));
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> add(word, item, entries));
        } else {
            throw new IllegalArgumentException("ARM is " + word + ", which is of the type "
                    + (value == null ? "null" : value.getClass().getSimpleName())
                    + ", but must be a recipe, a run, an experiment, or a list of them");
        }
    }
}
