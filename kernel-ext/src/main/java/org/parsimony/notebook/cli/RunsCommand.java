package org.parsimony.notebook.cli;

import java.util.ArrayList;
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
        description = "Prints the runs of the run store: id, arm, steps, data set, network, tier, seed, and accuracy"
                + " or mean squared error.")
final class RunsCommand extends Subcommand {

    private static final List<String> COLUMNS =
            List.of("id", "arm", "steps", "dataset", "start", "tier", "seed", "parameters", "accuracyTuned");

    /** What runs of real values show in place of the last. */
    private static final List<String> OF_VALUES = List.of("lossTuned", "concordanceTuned");

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
            List<String> shown = new ArrayList<>(COLUMNS);
            if (table.containsColumn(OF_VALUES.get(1))) {
                shown.addAll(OF_VALUES);
            }
            shown.retainAll(table.columnNames());
            print(table.selectColumns(shown.toArray(String[]::new)));
        }
        return 0;
    }
}
