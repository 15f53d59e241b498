package org.parsimony.notebook.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code runs}: what the run store holds. */
@Command(
        name = "runs",
        description = "Prints the runs of the run store: id, arm, steps, data set, network, tier, seed and accuracy.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("id", "arm", "steps", "dataset", "start", "tier", "seed", "parameters", "accuracyTuned");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PAPER", description = "Only the runs of this paper.")
    private String paper;

    @Option(names = "--method", paramLabel = "NAME", description = "Only runs with a step of this method.")
    private String method;

    @Option(names = "--csv", description = "Every column, as comma-separated values.")
    private boolean csv;

    @Override
    public Integer call() {
        if (method != null) {
            Methods.named(method);
        }
        if (paper != null) {
            Home.paper(paper);
        }
        Path file = Home.runs();
        Require.that(Files.exists(file), "there are no runs yet: %s is not there, the first run makes it", file);
        List<Run> runs;
        try (RunStore store = RunStore.open(file)) {
            runs = paper == null ? store.all() : store.ofPaper(paper);
        }
        Table table = Runs.table(runs.stream()
                .filter(run -> method == null || run.recipe().has(method))
                .toList());
        if (csv) {
            spec.commandLine().getOut().print(Runs.csv(table));
            spec.commandLine().getOut().flush();
        } else if (table.isEmpty()) {
            spec.commandLine().getOut().println("no runs");
        } else {
            Parsimony.print(spec.commandLine(), table.selectColumns(COLUMNS.toArray(String[]::new)));
        }
        return 0;
    }
}
