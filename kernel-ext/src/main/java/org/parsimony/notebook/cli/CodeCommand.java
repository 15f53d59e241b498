package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.data.format.Npy;
import org.parsimony.network.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code code FILE}: what a matrix or a network takes in every code, or what a coded network holds. */
@Command(
        name = "code",
        description = {
            "Prints a matrix's entropy and its size in every code, those of gzip, xz, zstd and brotli beside;",
            "or those of every layer of a network, and its size as a .pars file;",
            "or what a .pars file holds."
        })
final class CodeCommand extends Subcommand {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A matrix (.npy, .npy.gz, .npz of one array), a network (Keras .h5, Deeplearning4j .zip) or a coded "
                            + "one (.pars).")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE.pars", description = "Writes the network in code.")
    private Path out;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            defaultValue = "smallest",
            description = "The code of dense layers and convolutions in the file: ${COMPLETION-CANDIDATES}; default "
                    + "${DEFAULT-VALUE}.")
    private Code code;

    @Override
    public Integer call() throws IOException {
        String name = Require.fileName(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy") || name.endsWith(".npy.gz") || name.endsWith(".npz")) {
            Require.that(out == null, "--out writes networks, but %s is a matrix; give a network", file);
            INDArray matrix = matrix();
            DenseMatrix floats = DenseMatrix.of(matrix);
            print(CodeReport.of(floats));
            String note = note(matrix);
            if (!note.isEmpty()) {
                out().println(note);
            }
        } else if (name.endsWith(".pars") && out == null) {
            print(CodeReport.contents(CodedNetwork.map(file)));
        } else {
            var options = new CodedNetwork.Options().dense(code).convolution(code);
            CodedNetwork network = CodedNetwork.encode(Model.read(file), options);
            print(CodeReport.sizes(network));
            if (out != null) {
                network.write(out);
            }
        }
        return 0;
    }

    private INDArray matrix() {
        INDArray matrix = Npy.read(file);
        Require.that(matrix.rank() == 2, "%s has %d dimensions, but must be a matrix with 2", file, matrix.rank());
        return matrix;
    }

    /** What the file has that 32-bit floats or a network's weights have not; empty if there is nothing. */
    private static String note(INDArray matrix) {
        List<String> notes = new ArrayList<>();
        if (matrix.dataType() != DataType.FLOAT) {
            notes.add(String.format(
                    "read as 32-bit floats, which \"dense\" counts; the file holds %s, of which %d of %d were rounded",
                    matrix.dataType() == DataType.DOUBLE ? "64-bit floats" : "integers",
                    rounded(matrix),
                    matrix.length()));
        }
        double[] values = matrix.dup('c').data().asDouble();
        note(notes, values, v -> Double.isFinite(v) && !Float.isFinite((float) v), "beyond the range of 32-bit floats");
        note(notes, values, v -> !Double.isFinite(v), "not finite");
        return String.join("; ", notes);
    }

    private static void note(List<String> notes, double[] values, DoublePredicate odd, String what) {
        long count = DoubleStream.of(values).filter(odd).count();
        if (count > 0) {
            notes.add(count + (count == 1 ? " value is " : " values are ") + what);
        }
    }

    private static long rounded(INDArray matrix) {
        var values = matrix.dup('c').data();
        return matrix.dataType() == DataType.DOUBLE
                ? DoubleStream.of(values.asDouble())
                        .filter(v -> Float.isFinite((float) v) && (float) v != v)
                        .count()
                : LongStream.of(values.asLong())
                        .filter(v -> (long) (float) v != v)
                        .count();
    }
}
