package org.parsimony.network.files;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Keras {@code .h5} put together by hand, with jHDF, as any version of Keras would write it. */
final class KerasFile {

    private final List<String> layers = new ArrayList<>();
    private final Map<String, Map<String, Object>> arrays = new LinkedHashMap<>();
    private final Map<String, Object> attributes = new TreeMap<>();
    private String config = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"net\", \"layers\": [LAYERS]}}";
    private int namesInOnePart = Integer.MAX_VALUE;

    /** The network's configuration, in which {@code LAYERS} stands for those of its layers. */
    KerasFile config(String with) {
        config = with;
        return this;
    }

    /** An attribute of the file, such as {@code training_config}. */
    KerasFile attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    /** How many names of arrays an attribute holds; the rest goes to the next, as Keras does above 64 kB. */
    KerasFile namesInOnePart(int most) {
        namesInOnePart = most;
        return this;
    }

    /**
     * A layer.
     *
     * @param settings beside its name, as JSON
     * @param parts path of an array and the array, in turn
     */
    KerasFile layer(String kind, String name, String settings, Object... parts) {
        String more = settings.isEmpty() ? "" : ", " + settings;
        layers.add("{\"class_name\": \"" + kind + "\", \"config\": {\"name\": \"" + name + "\"" + more + "}}");
        Map<String, Object> own = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            own.put((String) parts[i], parts[i + 1]);
        }
        arrays.put(name, own);
        return this;
    }

    /** Input of four values and a dense layer of three, as in the networks of the folder {@code others}. */
    KerasFile hidden() {
        return layer(
                "Dense",
                "hidden",
                "\"units\": 3, \"activation\": \"relu\", \"use_bias\": true, \"batch_input_shape\": [null, 4]",
                "hidden/kernel:0",
                new float[][] {{1, 2, 3}, {0, 1, 0}, {-1, 0, 2}, {.5f, -.5f, 1}},
                "hidden/bias:0",
                new float[] {.5f, -1, 0});
    }

    /** What {@link #hidden()} gives for the input 1, -1, 0.5, 2. */
    static final double[] HIDDEN = {2, 0, 6};

    /** A dense layer of as many outputs as the kernel has columns. */
    KerasFile out(String name, String settings, float[]... kernel) {
        return layer(
                "Dense",
                name,
                "\"units\": " + kernel[0].length + ", \"use_bias\": false" + settings,
                name + "/kernel:0",
                kernel);
    }

    Path write(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putAttribute("model_config", config.replace("LAYERS", String.join(", ", layers)));
            attributes.forEach(hdf::putAttribute);
            WritableGroup weights = hdf.putGroup("model_weights");
            Map<String, WritableGroup> groups = new TreeMap<>(Map.of("", weights));
            arrays.forEach((layer, parts) -> {
                WritableGroup group = group(groups, layer);
                if (parts.isEmpty()) {
                    group.putDataset("nothing", new int[1]); // jHDF writes no empty groups
                }
                List<String> names = List.copyOf(parts.keySet());
                boolean whole = names.size() <= namesInOnePart;
                for (int part = 0; part * (long) namesInOnePart < names.size(); part++) {
                    int from = part * namesInOnePart;
                    int to = (int) Math.min(names.size(), (long) from + namesInOnePart);
                    group.putAttribute(
                            "weight_names" + (whole ? "" : "" + part),
                            names.subList(from, to).toArray(String[]::new));
                }
                parts.forEach((path, array) -> {
                    if (array != null) {
                        int slash = path.lastIndexOf('/');
                        WritableGroup in = slash < 0 ? group : group(groups, layer + "/" + path.substring(0, slash));
                        in.putDataset(path.substring(slash + 1), array);
                    }
                });
            });
        }
        return file;
    }

    private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
        WritableGroup known = groups.get(path);
        if (known == null) {
            int slash = path.lastIndexOf('/');
            known = group(groups, slash < 0 ? "" : path.substring(0, slash)).putGroup(path.substring(slash + 1));
            groups.put(path, known);
        }
        return known;
    }
}
