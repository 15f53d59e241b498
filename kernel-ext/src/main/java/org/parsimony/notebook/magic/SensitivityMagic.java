package org.parsimony.notebook.magic;

import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.Networks;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.sensitivity.LayerHarm;
import org.parsimony.sensitivity.LayerSensitivity;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code var s = %sensitivity net --dataset mnist}: how much each layer bears, on validation samples, nothing trained. */
final class SensitivityMagic extends CommandMagic {

    @Parameters(paramLabel = "NETWORK", description = "a trained network: a file, or an expression of the type Model")
    private String network;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "a data set of the registry, your own, or an expression of the type Dataset")
    private String dataset;

    @Option(
            names = "--harm",
            paramLabel = "HARM",
            completionCandidates = Names.OfHarms.class,
            description = "what is done to one layer at a time: ${COMPLETION-CANDIDATES}; default sparsity")
    private String harm = LayerHarm.Of.SPARSITY.word();

    @Option(
            names = "--amounts",
            split = ",",
            paramLabel = "A,B",
            description = "how much of it, from the mildest; default as is usual")
    private double[] amounts;

    SensitivityMagic(Notebook notebook) {
        super(
                notebook,
                "sensitivity",
                LayerSensitivity.class,
                "how much each layer bears: accuracy against sparsity, units or shared values, as a heat map");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        LayerHarm kind = LayerHarm.named(harm);
        Networks networks = new Networks(notebook);
        Dataset data = networks.dataset(dataset);
        Model model = networks.model("NETWORK", network, data);
        Context context = new Context(1, new NotebookProgress(notebook, "%" + name()));
        return LayerSensitivity.of(model, data, kind, amounts == null ? kind.usual() : amounts, context);
    }
}
