package org.parsimony.notebook.magic;

import java.util.List;
import org.parsimony.base.Home;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.RunStore;
import org.parsimony.experiment.Runs;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %runs optinet --method OptiNET}: rows of the run store. */
final class RunsMagic extends CommandMagic {

    @Parameters(arity = "0..1", paramLabel = "PAPER", description = "only runs filed under this folder of papers/")
    private String paper;

    @Option(names = "--method", description = "only runs of this method")
    private String method;

    @Option(names = "--dataset", description = "only runs on this data set", completionCandidates = DatasetNames.class)
    private String dataset;

    RunsMagic(Notebook notebook) {
        super(notebook, "runs", Table.class, "finished runs of the run store, one row each");
    }

    @Override
    Object call(ParseResult given, String body) {
        try (RunStore store = RunStore.open(Home.runs())) {
            List<Run> runs = paper == null ? store.all() : store.ofPaper(paper);
            return Runs.table(runs.stream()
                    .filter(run -> method == null || run.recipe().method().equals(method))
                    .filter(run -> dataset == null || run.recipe().dataset().equals(dataset))
                    .toList());
        }
    }
}
