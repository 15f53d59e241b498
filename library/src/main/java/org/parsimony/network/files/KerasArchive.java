package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.parsimony.base.Require;
import org.parsimony.network.Model;

/**
 * Keras 3's {@code .keras}: a zip of {@code config.json} with the layers and {@code model.weights.h5} with a group for each
 * layer, called by its class and the number of layers of this class before it, whose arrays are called 0, 1, ….
 */
final class KerasArchive {

    static final String WEIGHTS = "model.weights.h5";
    private static final String CONFIG = "config.json";
    /** An entry unpacked may have so many times the bytes of the file. */
    private static final long UNPACKED = 10;

    private static final long USUAL = 1 << 20;

    private KerasArchive() {}

    static Model read(Path file, ZipFile zip) throws IOException {
        long room = Math.max(USUAL, UNPACKED * Files.size(file));
        String config = new String(unpacked(file, zip, CONFIG, room), StandardCharsets.UTF_8);
        byte[] weights = unpacked(file, zip, WEIGHTS, room);
        // From a channel, jHDF would allocate whatever length a damaged file states before it reads.
        try (HdfFile hdf = HdfFile.fromByteBuffer(ByteBuffer.wrap(weights))) {
            JsonObject root = JsonParser.parseString(config).getAsJsonObject();
            JsonElement compiled = root.get("compile_config");
            String training = compiled instanceof JsonObject ? compiled.toString() : null;
            return KerasLayers.model(config, training, new Arrays(hdf, groups(root), room));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException(file + " has a config.json that is no JSON: " + e.getMessage(), e);
        } catch (IllegalArgumentException | UnsupportedHdfException e) {
            throw new IllegalArgumentException(file + " cannot be read as a Keras network: " + e.getMessage(), e);
        } catch (RuntimeException e) { // damaged HDF5 makes its reader fail in many ways
            throw new IllegalArgumentException(
                    file + " is damaged and cannot be read as a Keras network"
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")") + "; copy it again",
                    e);
        }
    }

    private static byte[] unpacked(Path file, ZipFile zip, String name, long room) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        Require.that(entry != null, "%s has no %s, as a .keras file must; save the network again", file, name);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, room + 1));
            Require.that(
                    bytes.length <= room, "%s unpacks %s to more than %d bytes; copy the file again", file, name, room);
            return bytes;
        }
    }

    /** By name of a layer, its group and what its arrays are called elsewhere, in order. */
    private static Map<String, Place> groups(JsonObject root) {
        Map<String, Place> places = new HashMap<>();
        groups(root.get("config"), "", "", places);
        return places;
    }

    private static void groups(JsonElement network, String path, String group, Map<String, Place> places) {
        if (network instanceof JsonObject settings && settings.get("layers") instanceof JsonArray layers) {
            Map<String, Integer> count = new HashMap<>();
            int number = 0;
            for (JsonElement each : layers) {
                KerasConfig layer = KerasConfig.of(++number, each);
                String kind = snake(layer.kind());
                int before = count.merge(kind, 1, Integer::sum) - 1;
                String own = group + "layers/" + (before == 0 ? kind : kind + "_" + before);
                places.put(path + layer.name(), new Place(own, arrays(layer)));
                if (KerasExpansion.isNetwork(layer)) {
                    groups(layer.json(), path + layer.name() + "/", own + "/", places);
                }
            }
        }
    }

    private record Place(String group, List<String> arrays) {}

    /** {@code DepthwiseConv2D} as Keras writes it: {@code depthwise_conv2d}. */
    private static String snake(String kind) {
        return kind.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** The arrays of a layer in the order in which Keras makes them. */
    private static List<String> arrays(KerasConfig layer) {
        List<String> names = new ArrayList<>();
        switch (layer.kind()) {
            case "BatchNormalization" -> {
                if (layer.flag("scale", true)) {
                    names.add("gamma");
                }
                if (layer.flag("center", true)) {
                    names.add("beta");
                }
                names.add("moving_mean");
                names.add("moving_variance");
                return names;
            }
            case "PReLU" -> {
                return List.of("alpha");
            }
            case "SeparableConv2D" -> names.addAll(List.of("depthwise_kernel", "pointwise_kernel"));
            default -> names.add("kernel");
        }
        if (layer.flag("use_bias", true)) {
            names.add("bias");
        }
        return names;
    }

    /** The arrays of the HDF5 file, by layer. */
    private record Arrays(HdfFile hdf, Map<String, Place> places, long room) implements KerasFormat.Source {

        @Override
        public Map<String, KerasFormat.Array> arrays(String... path) {
            String layer = String.join("/", path);
            Place place = places.get(layer);
            Node vars = hdf;
            for (String name : (place.group() + "/vars").split("/")) {
                vars = vars instanceof Group group ? group.getChild(name) : null;
            }
            Require.that(
                    vars instanceof Group,
                    "it has no arrays %s/vars for layer \"%s\"; save the network again",
                    place.group(),
                    layer);
            Map<String, KerasFormat.Array> arrays = new TreeMap<>();
            for (Map.Entry<String, Node> entry : ((Group) vars).getChildren().entrySet()) {
                String number = entry.getKey();
                boolean known = number.matches("\\d{1,4}")
                        && Integer.parseInt(number) < place.arrays().size();
                Require.that(
                        known && entry.getValue() instanceof Dataset,
                        "layer \"%s\" has an array %s, but only %s are known",
                        layer,
                        number,
                        place.arrays());
                arrays.put(
                        place.arrays().get(Integer.parseInt(number)),
                        KerasFormat.array(layer + ": " + number, (Dataset) entry.getValue(), room));
            }
            return arrays;
        }

        @Override
        public boolean turned() {
            return false;
        }
    }
}
