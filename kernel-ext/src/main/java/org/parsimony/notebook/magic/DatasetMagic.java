package org.parsimony.notebook.magic;

import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %dataset}: the registry; {@code var d = %dataset mnist}: one of its data sets, verified and split. */
final class DatasetMagic extends CommandMagic {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "a data set of the registry; without it, the registry is shown")
    private String dataset;

    @Option(names = "--train", paramLabel = "N", description = "most training samples, at least 1; default all")
    private int train = Integer.MAX_VALUE;

    @Option(names = "--validation", paramLabel = "N", description = "most validation samples, at least 1; default all")
    private int validation = Integer.MAX_VALUE;

    @Option(names = "--test", paramLabel = "N", description = "most test samples, at least 1; default all")
    private int test = Integer.MAX_VALUE;

    @Option(names = "--seed", paramLabel = "SEED", description = "seed of the draw; default 1")
    private long seed = 1;

    @Option(names = "--about", description = "show what the registry says about NAME: citation, licence, checksums")
    private boolean about;

    DatasetMagic(Notebook notebook) {
        super(notebook, "dataset", Dataset.class, "the registry of data sets as a table, or one data set of it");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        if (dataset == null) {
            Require.that(given.originalArgs().isEmpty(), "NAME is missing; it must be one of %s", Datasets.names());
            notebook.display(new TableRenderer(Integer.MAX_VALUE).render(Datasets.table()));
            return null;
        }
        if (about) {
            notebook.display(new TableRenderer(Integer.MAX_VALUE).render(Datasets.about(dataset)));
            return null;
        }
        Require.atLeast("--train", train, 1);
        Require.atLeast("--validation", validation, 1);
        Require.atLeast("--test", test, 1);
        Dataset whole = Datasets.load(dataset, new NotebookProgress(notebook));
        boolean limited = given.hasMatchedOption("--train")
                || given.hasMatchedOption("--validation")
                || given.hasMatchedOption("--test");
        return limited ? whole.limited(train, validation, test, seed) : whole;
    }
}
