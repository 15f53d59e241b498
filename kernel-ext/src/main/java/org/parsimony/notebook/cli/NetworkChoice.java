package org.parsimony.notebook.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.notebook.magic.arguments.Names;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A network, and the data that it is for. */
final class NetworkChoice {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A network: Keras .h5 or .keras, .onnx, Deeplearning4j .zip, .pars; or with --dataset a name.")
    private String network;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "A data set of the registry, or the path of your own.")
    private String name;

    private Dataset data;

    /** The data set, read once; null if none was named. */
    Dataset dataset() {
        if (data == null && name != null) {
            data = Datasets.load(name);
        }
        return data;
    }

    /** The network. Throws IllegalArgumentException if there is none, or if it does not fit the data. */
    Model model() {
        if (dataset() != null) {
            return Architectures.resolve(network, dataset(), 1);
        }
        Require.that(
                Files.isRegularFile(Path.of(network)) || !Architectures.known(network),
                "%s has the inputs and classes of a data set; add --dataset NAME",
                network);
        Require.that(Files.isRegularFile(Path.of(network)), "there is no network file %s; check the path", network);
        return Model.read(Path.of(network));
    }
}
