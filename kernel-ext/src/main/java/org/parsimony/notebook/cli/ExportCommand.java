package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Workplace;
import org.parsimony.export.Exports;
import org.parsimony.network.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export FILE OUT}: a network as another program opens it. */
@Command(
        name = "export",
        description = {
            "Writes a network for other programs; the ending of OUT says in which form.",
            "Powerless units are taken out first."
        })
final class ExportCommand extends Subcommand {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description =
                    "A network: Keras .h5 or .keras, Deeplearning4j .zip, .onnx, .safetensors or .pars; or a recipe "
                            + "(.recipe, .json), which is carried out.")
    private Path file;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; see library/README.md for endings.")
    private Path out;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "plain",
            description = "Weights as they are or coded: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Exports.Form form;

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "C,H,W",
            description = "Shape of a sample, for a graph that does not state the size of its images.")
    private List<Integer> shape = List.of();

    @Override
    public Integer call() throws IOException {
        Exports.Options options = new Exports.Options(form, shape);
        Exports.requireKnown(out);
        print(Exports.write(network(), out, options).table());
        return 0;
    }

    private Model network() throws IOException {
        String name = Require.fileName(file);
        if (!name.endsWith(".recipe") && !name.endsWith(".json")) {
            return Model.read(file);
        }
        return Workplace.here().network(Recipe.read(file), progress());
    }
}
