package org.parsimony.notebook.magic;

import java.util.List;
import org.parsimony.experiment.Workplace;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Threads;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %reproduce 3fa2c81b9d04}: a run's recipe again from its first step on, and which figures differ. */
final class ReproduceMagic extends CommandMagic {

    @Parameters(
            paramLabel = "ID",
            description = "of a run in the run store or in a paper's results: its first 6 digits or more")
    private String id;

    @Option(
            names = "--network-file",
            paramLabel = "PATH",
            description = "the file of a network that the recipe names by its checksum")
    private String network;

    @Mixin
    private Threads threads;

    private final Workbench bench;

    ReproduceMagic(Workbench bench) {
        super(bench.notebook(), "reproduce", Table.class, "carry out a run again and tell which figures differ");
        this.bench = bench;
    }

    @Override
    protected Object call(ParseResult given, String body) {
        if (network != null) {
            bench.network(network);
        }
        int side = threads.number();
        var recipe = Workplace.here().find(id).recipe();
        return bench.place(List.of(recipe), side)
                .reproduce(id, new NotebookProgress(notebook, "%reproduce " + id))
                .table();
    }
}
