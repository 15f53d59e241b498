package org.parsimony.notebook.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Methods;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.DatasetNames;
import org.parsimony.notebook.magic.arguments.MethodNames;
import org.parsimony.notebook.magic.arguments.PaperNames;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %runs --method train}: what the run store holds, one row a run. */
final class RunsMagic extends CommandMagic {

    @Parameters(
            arity = "0..1",
            paramLabel = "PAPER",
            completionCandidates = PaperNames.class,
            description = "only the runs of this paper, under the arms that they have there")
    private String paper;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            completionCandidates = MethodNames.class,
            description = "only runs with a step of this method")
    private String method;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            completionCandidates = DatasetNames.class,
            description = "only the runs on this data set")
    private String dataset;

    @Option(names = "--arm", paramLabel = "ARM", description = "only the runs of this arm")
    private String arm;

    private final Supplier<Path> store;

    /** @param store the file of the run store */
    RunsMagic(Notebook notebook, Supplier<Path> store) {
        super(notebook, "runs", Table.class, "the finished runs of the run store, one row each");
        this.store = store;
    }

    RunsMagic(Notebook notebook) {
        this(notebook, Home::runs);
    }

    @Override
    protected Object call(ParseResult given, String body) {
        if (method != null) {
            Methods.named(method);
        }
        if (paper != null) {
            Home.paper(paper);
        }
        Path file = store.get();
        Require.that(Files.exists(file), "there are no runs yet: %s is not there, the first run makes it", file);
        try (RunStore open = RunStore.open(file)) {
            List<Run> runs = paper != null ? open.ofPaper(paper) : method != null ? open.ofMethod(method) : open.all();
            return Runs.table(runs.stream()
                    .filter(run -> method == null || run.recipe().has(method))
                    .filter(run -> dataset == null || run.recipe().dataset().equals(dataset))
                    .filter(run -> arm == null || run.arm().name().equals(arm))
                    .toList());
        }
    }
}
