package org.parsimony.network.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.parsimony.base.Require;
import org.parsimony.network.Backend;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;

/**
 * Deeplearning4j's {@code .zip} as ModelSerializer writes it, chain or graph, which is also how {@link Model#save} writes;
 * and Keras's {@code .keras}, a zip too.
 */
public final class ZipFormat implements ModelFormat {

    private static final int MOST_CONFIGURATION = 1 << 24;

    @Override
    public String name() {
        return "Deeplearning4j .zip or Keras .keras";
    }

    @Override
    public boolean begins(byte[] start) {
        return start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    }

    @Override
    public Model read(Path file) throws IOException {
        Backend.tame();
        boolean graph;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry(KerasArchive.WEIGHTS) != null) {
                return KerasArchive.read(file, zip);
            }
            boolean arrays = zip.stream().anyMatch(entry -> entry.getName().endsWith(".npy"));
            Require.that(
                    !arrays,
                    "%s is an archive of NumPy's arrays (.npz), not a network; say which architecture they are for, "
                            + "%s:architecture=lenet5, or read it with Npz.read",
                    file,
                    file);
            boolean torch = zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"));
            Require.that(
                    !torch,
                    "%s is a network of PyTorch, which is not read; export it to .onnx, or its weights to .safetensors, and give that",
                    file);
            Require.that(
                    zip.getEntry("configuration.json") != null && zip.getEntry("coefficients.bin") != null,
                    "%s is a zip file, but has no configuration.json and coefficients.bin as Deeplearning4j writes",
                    file);
            graph = isGraph(zip);
        } catch (ZipException e) {
            throw damaged(file, e);
        }
        try {
            ZipCheck.check(file);
            return graph
                    ? new Model(ComputationGraph.load(file.toFile(), true))
                    : new Model(MultiLayerNetwork.load(file.toFile(), true));
        } catch (RuntimeException | IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ZipException || cause instanceof EOFException) {
                    throw damaged(file, e);
                }
            }
            throw new IllegalArgumentException(
                    file + " is not a network of Deeplearning4j (.zip as ModelSerializer writes it): " + e.getMessage(),
                    e);
        }
    }

    /** Whether the configuration has vertices, which stand near its end. */
    private static boolean isGraph(ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry("configuration.json"))) {
            String text = new String(in.readNBytes(MOST_CONFIGURATION), StandardCharsets.UTF_8);
            return text.contains("\"vertexInputs\"") && text.contains("\"networkInputs\"");
        }
    }

    private static IllegalArgumentException damaged(Path file, Exception e) {
        return new IllegalArgumentException(
                file + " is cut or damaged" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                        + "; copy it again",
                e);
    }
}
