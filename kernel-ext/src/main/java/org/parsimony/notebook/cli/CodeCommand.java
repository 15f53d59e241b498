package org.parsimony.notebook.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.data.Npy;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code code MATRIX}: one matrix's entropy and its size in every code. */
@Command(
        name = "code",
        description = "Prints one matrix's entropy and its size in every code, gzip and xz included.",
        mixinStandardHelpOptions = true)
final class CodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MATRIX", description = "A .npy or .npy.gz file of two dimensions.")
    private Path file;

    @Override
    public Integer call() {
        INDArray matrix = Npy.read(file);
        Require.that(matrix.rank() == 2, "%s has %d dimensions, but must be a matrix with 2", file, matrix.rank());
        float[] values = matrix.dup('c').data().asFloat();
        var table = CodeReport.of(new DenseMatrix(matrix.rows(), matrix.columns(), values));
        spec.commandLine()
                .getOut()
                .println(new TableRenderer(100).render(table).data().get(MimeBundle.TEXT));
        return 0;
    }
}
