package org.parsimony.notebook.cli;

import java.util.List;
import org.parsimony.base.Home;
import org.parsimony.experiment.Runs;
import org.parsimony.notebook.magic.arguments.RunFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** {@code runs}: what the run store holds. */
@Command(
        name = "runs",
        description = "Prints the runs of the run store: id, arm, steps, data set, network, tier, seed and accuracy.")
final class RunsCommand extends Subcommand {

    private static final List<String> COLUMNS =
            List.of("id", "arm", "steps", "dataset", "start", "tier", "seed", "parameters", "accuracyTuned");

    @Mixin
    private RunFilter filter;

    @Option(names = "--csv", description = "Every column, as comma-separated values.")
    private boolean csv;

    @Override
    public Integer call() {
        Table table = Runs.table(filter.of(Home.runs()));
        if (csv) {
            out().print(Runs.csv(table));
            out().flush();
        } else if (table.isEmpty()) {
            out().println("no runs");
        } else {
            print(table.selectColumns(COLUMNS.toArray(String[]::new)));
        }
        return 0;
    }
}
