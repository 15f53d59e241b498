package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.List;
import org.parsimony.export.Exports;
import org.parsimony.network.Model;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Networks;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %export r.model() net.onnx}: a network as another program opens it. */
final class ExportMagic extends CommandMagic {

    @Parameters(index = "0", paramLabel = "NETWORK", description = "a network file, or an expression of the type Model")
    private String network;

    @Parameters(index = "1", paramLabel = "FILE", description = "the file to write; its ending says in which form")
    private Path file;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            description = "weights as they are or coded: ${COMPLETION-CANDIDATES}; default plain")
    private Exports.Form form = Exports.Form.PLAIN;

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "C,H,W",
            description = "shape of a sample, for a graph that does not state the size of its images")
    private List<Integer> shape = List.of();

    ExportMagic(Notebook notebook) {
        super(notebook, "export", Table.class, "a network for other programs, by the ending of the file's name");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        Exports.Options options = new Exports.Options(form, shape);
        Exports.requireKnown(file);
        Model model = Networks.isFile(network)
                ? Model.read(Path.of(network))
                : new Values(notebook).get("NETWORK", network, Model.class, "a network file");
        return Exports.write(model, file, options).table();
    }
}
