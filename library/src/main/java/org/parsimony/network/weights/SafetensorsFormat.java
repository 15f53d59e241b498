package org.parsimony.network.weights;

import java.io.IOException;
import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;
import org.parsimony.network.graph.Blueprint;

/** {@code .safetensors} that say what they compute, as this library writes them. */
public final class SafetensorsFormat implements ModelFormat {

    @Override
    public String name() {
        return ".safetensors";
    }

    @Override
    public boolean begins(byte[] start) {
        return SafetensorsReader.begins(start);
    }

    @Override
    public Model read(Path file) throws IOException {
        SafetensorsReader.Content content = SafetensorsReader.read(file);
        Require.that(content.network() != null, WeightsFile.ALONE, file, file);
        try {
            return WeightsFit.byName(Blueprint.parse(content.network()), content.arrays());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(file + " cannot be read as a network: " + e.getMessage(), e);
        }
    }
}
