package org.parsimony.network.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/**
 * Networks inside networks and layers that are used again, as Keras 3 writes them, give what their layers give by hand:
 * with {@code e(x) = xE + e}, {@code d(x) = xD} the siamese network says {@code (e(d(a)) − e(d(b)))O}.
 */
class KerasExpansion_NestedTest {

    private static final float[][] D = {{1, 2}, {0, -1}};
    private static final float[][] E = {{2, 0}, {1, 1}};
    private static final float[] E_BIAS = {3, -3};
    private static final float[][] O = {{1}, {10}};

    @TempDir
    Path folder;

    private static String read(String layer, int use) {
        return """
                {"class_name": "__keras_tensor__", "config": {"shape": [null, 2], "dtype": "float32",
                 "keras_history": ["%s", %d, 0]}}"""
                .formatted(layer, use);
    }

    private static String applied(String... tensors) {
        return "{\"args\": [" + (tensors.length == 1 ? tensors[0] : "[" + String.join(",", tensors) + "]")
                + "], \"kwargs\": {}}";
    }

    private static String layer(String kind, String name, String settings, String... uses) {
        return """
                {"class_name": "%s", "config": {"name": "%s"%s}, "name": "%s", "inbound_nodes": [%s]}"""
                .formatted(kind, name, settings, name, String.join(",", uses));
    }

    private static String dense(String name, int units, boolean biased, String... uses) {
        return layer(
                "Dense", name, ", \"units\": " + units + ", \"activation\": \"linear\", \"use_bias\": " + biased, uses);
    }

    private static String input(String name) {
        return layer("InputLayer", name, ", \"batch_shape\": [null, 2]");
    }

    /** The encoder: a functional network that holds a Sequential one and a layer. */
    private static String encoder() {
        String inner = layer(
                "Sequential",
                "first",
                ", \"layers\": [" + input("again") + "," + dense("d", 2, false) + "]",
                applied(read("into", 0)));
        return ", \"layers\": [" + input("into") + "," + inner + "," + dense("e", 2, true, applied(read("first", 0)))
                + "], \"input_layers\": [\"into\", 0, 0], \"output_layers\": [\"e\", 0, 0]";
    }

    private static String siamese() {
        return """
                {"class_name": "Functional", "config": {"name": "siamese", "layers": [%s, %s, %s, %s, %s],
                 "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["o", 0, 0]]}}"""
                .formatted(
                        input("a"),
                        input("b"),
                        layer("Functional", "encoder", encoder(), applied(read("a", 0)), applied(read("b", 0))),
                        layer("Subtract", "difference", "", applied(read("encoder", 0), read("encoder", 1))),
                        dense("o", 1, false, applied(read("difference", 0))));
    }

    /** A layer that is applied to the input and to what it gave. */
    private static String twice() {
        return """
                {"class_name": "Functional", "config": {"name": "twice", "layers": [%s, %s, %s],
                 "input_layers": [["a", 0, 0]], "output_layers": [["o", 0, 0]]}}"""
                .formatted(
                        input("a"),
                        dense("e", 2, true, applied(read("a", 0)), applied(read("e", 0))),
                        dense("o", 1, false, applied(read("e", 1))));
    }

    private static void arrays(WritableGroup group, String path, Map<String, Object> arrays) {
        WritableGroup at = group;
        for (String name : path.split("/")) {
            WritableGroup from = at;
            at = at.getChildren().get(name) instanceof WritableGroup there ? there : from.putGroup(name);
        }
        WritableGroup own = at;
        arrays.forEach(own::putDataset);
    }

    private Path h5(String config) {
        Path file = folder.resolve("net.h5");
        try (var hdf = HdfFile.write(file)) {
            hdf.putAttribute("model_config", config);
            WritableGroup weights = hdf.putGroup("model_weights");
            WritableGroup encoder = weights.putGroup("encoder");
            encoder.putAttribute("weight_names", new String[] {"first/d/kernel", "e/kernel", "e/bias"});
            arrays(encoder, "first/d", Map.of("kernel", D));
            arrays(encoder, "e", Map.of("kernel", E, "bias", E_BIAS));
            WritableGroup e = weights.putGroup("e");
            e.putAttribute("weight_names", new String[] {"e/kernel", "e/bias"});
            arrays(e, "e", Map.of("kernel", E, "bias", E_BIAS));
            WritableGroup o = weights.putGroup("o");
            o.putAttribute("weight_names", new String[] {"o/kernel"});
            arrays(o, "o", Map.of("kernel", O));
        }
        return file;
    }

    private Path archive(String config) throws Exception {
        Path inside = folder.resolve("model.weights.h5");
        try (var hdf = HdfFile.write(inside)) {
            arrays(hdf, "layers/functional/layers/sequential/layers/dense/vars", Map.of("0", D));
            arrays(hdf, "layers/functional/layers/dense/vars", Map.of("0", E, "1", E_BIAS));
            arrays(hdf, "layers/dense/vars", Map.of("0", O));
        }
        Path file = folder.resolve("net.keras");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(Files.readAllBytes(inside));
        }
        return file;
    }

    private static float output(Path file, float... x) {
        Samples samples = new Samples(x, new int[1], 2, x.length);
        return Model.read(file).predict(samples, 0, 1).getFloat(0);
    }

    /** (1, 1)D = (1, 1), (1, 1)E + e = (6, −2); (0, 2)D = (0, −2), (0, −2)E + e = (1, −5); (5, 3)O = 35. */
    @Test
    void aNetworkInsideIsUsedTwice() throws Exception {
        assertEquals(35, output(h5(siamese()), 1, 1, 0, 2), 1e-5);
        assertEquals(35, output(archive(siamese()), 1, 1, 0, 2), 1e-5);
    }

    /** (1, 1)E + e = (6, −2); (6, −2)E + e = (13, −5); (13, −5)O = −37. */
    @Test
    void aLayerReadsWhatItGave() {
        assertEquals(-37, output(h5(twice()), 1, 1), 1e-5);
    }

    @Test
    void aUseThatIsNotThereIsNamed() {
        String wrong = twice().replace("[\"e\", 1, 0]", "[\"e\", 7, 0]");
        var refusal = assertThrows(IllegalArgumentException.class, () -> Model.read(h5(wrong)));
        assertTrue(
                refusal.getMessage().contains("Dense \"o\" reads [e], of which not all are layers before it"),
                refusal.getMessage());
    }
}
