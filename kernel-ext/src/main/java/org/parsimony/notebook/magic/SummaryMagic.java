package org.parsimony.notebook.magic;

import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Model;
import org.parsimony.network.summary.NetworkSummary;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.Networks;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %summary net.h5}: a network layer by layer, with what each holds, costs and takes in time. */
final class SummaryMagic extends CommandMagic {

    @Parameters(
            paramLabel = "NETWORK",
            description = "a network file, widths or a name, or an expression of the type Model")
    private String network;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "samples that it takes, where it does not say itself; an expression of the type Dataset, too")
    private String dataset;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "samples of the batch that is timed; default 1, 0 for none")
    private int batch = 1;

    SummaryMagic(Notebook notebook) {
        super(
                notebook,
                "summary",
                NetworkSummary.class,
                "a network layer by layer: shapes, parameters, zeros, MACs, bytes, time; with a bar plot");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        Require.atLeast("--batch", batch, 0);
        Networks networks = new Networks(notebook);
        Dataset data = networks.dataset(dataset);
        Model model = networks.model("NETWORK", network, data);
        int[] shape = data == null
                ? NetworkSummary.shape(model)
                : model.fitted(data.test()).shape();
        return batch == 0 ? NetworkSummary.of(model, shape) : NetworkSummary.measured(model, batch, shape);
    }
}
