package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.parsimony.base.Home;
import org.parsimony.experiment.Runs;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.RunFilter;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %runs --method train}: what the run store holds, one row a run. */
final class RunsMagic extends CommandMagic {

    @Mixin
    private RunFilter filter;

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
        return Runs.table(filter.of(store.get()));
    }
}
