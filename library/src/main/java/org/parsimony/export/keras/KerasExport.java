package org.parsimony.export.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.export.Parts;

/** A network as Keras's {@code .h5}, with layers and arrays, as {@code model.save} writes it. */
public final class KerasExport {

    /** The version of Keras whose form the layers have. */
    private static final String VERSION = "3.0.0";
    /** An attribute of HDF5 stands in a head of at most 64 KiB. */
    private static final int LONGEST = 65_000;

    private KerasExport() {}

    /**
     * The file.
     *
     * @throws IllegalArgumentException if Keras has no layer for a node, by name, or there are more layers than the file's
     *     head holds
     */
    public static byte[] bytes(Parts parts) throws IOException {
        KerasNetwork network = new KerasNetwork(parts);
        String config = network.json().toString();
        Require.that(
                config.length() < LONGEST,
                "the network's layers take %d characters, but an .h5 holds %d; write .onnx instead",
                config.length(),
                LONGEST);
        Path draft = Files.createTempFile("network", ".h5");
        try {
            try (WritableHdfFile file = HdfFile.write(draft)) {
                file.putAttribute("keras_version", VERSION);
                file.putAttribute("backend", "tensorflow");
                file.putAttribute("model_config", config);
                WritableGroup weights = file.putGroup("model_weights");
                weights.putAttribute("keras_version", VERSION);
                weights.putAttribute("backend", "tensorflow");
                List<KerasLayer> layers = network.layers();
                weights.putAttribute(
                        "layer_names", layers.stream().map(KerasLayer::name).toArray(String[]::new));
                layers.forEach(layer -> put(weights.putGroup(layer.name()), layer));
            }
            return Files.readAllBytes(draft);
        } finally {
            Files.delete(draft);
        }
    }

    private static void put(WritableGroup group, KerasLayer layer) {
        if (layer.arrays().isEmpty()) {
            return; // without names Keras takes a layer for one that has no arrays
        }
        String[] names = layer.arrays().keySet().stream()
                .map(name -> layer.name() + "/" + name)
                .toArray(String[]::new);
        group.putAttribute("weight_names", names);
        WritableGroup own = group.putGroup(layer.name());
        for (Map.Entry<String, KerasLayer.Array> array : layer.arrays().entrySet()) {
            own.putDataset(
                    array.getKey(),
                    shaped(array.getValue().values(), array.getValue().sides(), 0, 0));
        }
    }

    /** Values as nested Java arrays, which is how jHDF takes shapes. */
    private static Object shaped(float[] values, int[] sides, int level, int from) {
        int rest = 1;
        for (int d = level + 1; d < sides.length; d++) {
            rest *= sides[d];
        }
        if (level == sides.length - 1) {
            return Arrays.copyOfRange(values, from, from + sides[level]);
        }
        Object array = Array.newInstance(float.class, Arrays.copyOfRange(sides, level, sides.length));
        for (int i = 0; i < sides[level]; i++) {
            Array.set(array, i, shaped(values, sides, level + 1, from + i * rest));
        }
        return array;
    }
}
