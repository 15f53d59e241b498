package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Elsewhere;
import org.parsimony.notebook.magic.arguments.Threads;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/**
 * {@code %sweep FILE}, or {@code %%sweep} above the lines of a sweep, as {@link SweepPlan} has them: tries settings of a
 * recipe as far as the run store lacks them, and shows the best on validation samples.
 */
final class SweepMagic extends CommandMagic {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "a sweep's file; not with %%%%sweep, whose lines stand below")
    private String file;

    @Mixin
    private Threads threads;

    @Mixin
    private Elsewhere elsewhere;

    private final Workbench bench;

    SweepMagic(Workbench bench) {
        super(
                bench.notebook(),
                "sweep",
                SweepOutcome.class,
                "a file, or the lines below it: settings of a recipe, the best on validation samples");
        this.bench = bench;
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        boolean lines = body != null && !body.isBlank();
        Require.that(
                lines != (file != null),
                "a sweep is a file or lines; write %%sweep FILE, or %%%%sweep and below it dataset, network, steps with"
                        + " values as a|b or LOW..HIGH, and search");
        SweepPlan plan = lines ? SweepPlan.of("sweep", RecipeMagic.read(bench, body)) : SweepPlan.read(Path.of(file));
        NotebookProgress progress = new NotebookProgress(notebook, "%sweep");
        Workplace place = bench.place(List.of(plan.recipe(plan.settings().get(0), 1)), threads.number());
        try (Carrier carrier = elsewhere.carrier()) {
            return Sweeping.run(plan, place, carrier, progress);
        }
    }

    @Override
    public List<String> completeBody(List<String> words, String prefix) {
        List<String> found = new ArrayList<>(RecipeLine.complete(words, prefix));
        if (words.isEmpty()) {
            List.of("search", "seeds", "within").stream()
                    .filter(word -> word.startsWith(prefix))
                    .forEach(found::add);
        } else if (words.size() == 1 && words.get(0).equals("search")) {
            List.of("grid", "random", "halving").stream()
                    .filter(word -> word.startsWith(prefix))
                    .forEach(found::add);
        }
        return found;
    }
}
