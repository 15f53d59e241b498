package org.parsimony.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Networks trained elsewhere, and networks of random weights. */
public final class TestNetworks {

    private TestNetworks() {}

    /** The file of this name in folder {@code models} of the folder that {@code PARSIMONY_DATA} names, if it is there. */
    public static Optional<Path> file(String name) {
        String folder = System.getenv("PARSIMONY_DATA");
        return Optional.ofNullable(folder)
                .map(Path::of)
                .map(path -> path.resolve("models").resolve(name))
                .filter(Files::exists);
    }

    /** A network of random weights: shape and layers as in {@code "[2 10 10],conv 3 3x3,flatten,dense 4 softmax"}. */
    public static Model random(String text) {
        String[] parts = text.split(",", 2);
        Architecture architecture = Architecture.parse("{\"input\":" + parts[0].replace(' ', ',') + ",\"layers\":[\""
                + parts[1].replace(",", "\",\"") + "\"]}");
        return architecture.model(random(architecture));
    }

    private static List<Architecture.Weights> random(Architecture architecture) {
        SplittableRandom random = new SplittableRandom(1);
        List<Architecture.Weights> all = new ArrayList<>();
        var shapes = architecture.shapes(architecture.input());
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer layer = architecture.layers().get(l);
            int[] size = layer.weights(shapes.get(l));
            if (size.length > 0) {
                float[] values = new float[size[0] * size[1]];
                float[] bias = new float[layer.biased() ? size[1] : 0];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (random.nextDouble() - (layer instanceof Layers.BatchNorm ? 0 : 0.5));
                }
                for (int i = 0; i < bias.length; i++) {
                    bias[i] = (float) random.nextDouble();
                }
                all.add(new Architecture.Weights(size[0], size[1], values, bias));
            }
        }
        return all;
    }
}
