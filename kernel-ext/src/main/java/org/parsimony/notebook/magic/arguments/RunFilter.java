package org.parsimony.notebook.magic.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Methods;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments by which a reader asks for some of the run store's runs. */
public final class RunFilter {

    @Parameters(
            arity = "0..1",
            paramLabel = "PAPER",
            completionCandidates = Names.OfPapers.class,
            description = "only the runs of this paper, under the arms that they have there")
    private String paper;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            completionCandidates = Names.OfMethods.class,
            description = "only runs with a step of this method")
    private String method;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "only the runs on this data set")
    private String dataset;

    @Option(names = "--arm", paramLabel = "ARM", description = "only the runs of this arm")
    private String arm;

    /**
     * The runs that were asked for.
     *
     * @param file of the run store
     * @throws IllegalArgumentException if there is no such file, paper or method
     */
    public List<Run> of(Path file) {
        if (method != null) {
            Methods.named(method);
        }
        if (paper != null) {
            Home.paper(paper);
        }
        Require.that(Files.exists(file), "there are no runs yet: %s is not there, the first run makes it", file);
        try (RunStore store = RunStore.open(file)) {
            List<Run> runs =
                    paper != null ? store.ofPaper(paper) : method != null ? store.ofMethod(method) : store.all();
            return runs.stream()
                    .filter(run -> method == null || run.recipe().has(method))
                    .filter(run -> dataset == null || run.recipe().dataset().equals(dataset))
                    .filter(run -> arm == null || run.arm().name().equals(arm))
                    .toList();
        }
    }
}
