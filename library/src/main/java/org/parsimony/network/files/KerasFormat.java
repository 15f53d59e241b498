package org.parsimony.network.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;

/**
 * Keras's {@code .h5}: attribute {@code model_config} with the layers as JSON, group {@code model_weights} with a group
 * for each layer whose attribute {@code weight_names} lists its arrays. {@link KerasLayers} makes a network of it.
 */
public final class KerasFormat implements ModelFormat {

    private static final String ALONE =
            "it has no model_config, only arrays; save the whole network with model.save(\"net.h5\"), or say which "
                    + "architecture they are for, %s:architecture=lenet5";

    /** DEFLATE packs at most so many bytes into one. */
    private static final long DEFLATE = 1032;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Names of arrays since Keras 2 by what Keras 1 called them; its "running_std" holds the variance. */
    private static final Map<String, String> KERAS_1 =
            Map.of("W", "kernel", "b", "bias", "running_mean", "moving_mean", "running_std", "moving_variance");

    /** An array of the file: shape and values, row-major. */
    record Array(int[] shape, float[] values) {}

    /** Where the arrays of a layer come from, by their short names: {@code kernel}, {@code bias}, {@code gamma}, …. */
    interface Source {
        /** The arrays of a layer, named with the networks around it, the outermost first. */
        Map<String, Array> arrays(String... layer);

        /** Whether kernels of convolutions are turned by half a circle, as Theano writes them. */
        boolean turned();
    }

    @Override
    public String name() {
        return "Keras .h5";
    }

    @Override
    public boolean begins(byte[] start) {
        return Arrays.equals(start, SIGNATURE);
    }

    @Override
    public Model read(Path file) throws IOException {
        ByteBuffer content;
        try (FileChannel channel = FileChannel.open(file)) {
            Require.that(
                    channel.size() <= Integer.MAX_VALUE,
                    "%s has %d bytes, but networks of at most 2 GB are read",
                    file,
                    channel.size());
            content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        long stated = length(content);
        Require.that(
                stated <= content.capacity(),
                "%s is cut: it states %d bytes, but only %d are there; copy it again",
                file,
                stated,
                content.capacity());
        long room = DEFLATE * content.capacity();
        // From a channel, jHDF would allocate whatever length a damaged file states before it reads.
        try (HdfFile hdf = HdfFile.fromByteBuffer(content)) {
            String config = text(hdf.getAttribute("model_config"));
            Require.that(config != null || hdf.getChild("model_weights") != null, ALONE, file);
            Require.that(
                    config != null && hdf.getChild("model_weights") instanceof Group,
                    "it has %s; save the whole network with model.save(\"net.h5\")",
                    config == null ? "no model_config" : "no group model_weights");
            String training = text(hdf.getAttribute("training_config"));
            boolean turned = "theano".equals(text(hdf.getAttribute("backend")));
            Group weights = (Group) hdf.getChild("model_weights");
            return KerasLayers.model(config, training, new Weights(weights, turned, room));
        } catch (IllegalArgumentException | UnsupportedHdfException e) {
            throw new IllegalArgumentException(file + " cannot be read as a Keras network: " + e.getMessage(), e);
        } catch (RuntimeException e) { // damaged HDF5 makes its reader fail in many ways
            throw new IllegalArgumentException(
                    file + " is damaged and cannot be read as a Keras network"
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")") + "; copy it again",
                    e);
        }
    }

    /** The length that the superblock states, or 0 if it states none that this knows. */
    private static long length(ByteBuffer content) {
        ByteBuffer block = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (block.capacity() < 48) {
            return 48;
        }
        int version = block.get(8);
        int widthAt = version < 2 ? 13 : 9;
        int at = version < 1 ? 40 : version < 2 ? 44 : 28;
        return block.get(widthAt) == Long.BYTES && at + Long.BYTES <= block.capacity() ? block.getLong(at) : 0;
    }

    private static String text(Attribute attribute) {
        return attribute != null && attribute.getData() instanceof String text ? text : null;
    }

    /** The arrays of the file, by layer. */
    private record Weights(Group group, boolean turned, long room) implements Source {

        @Override
        public Map<String, Array> arrays(String... layer) {
            Map<String, Array> arrays = new TreeMap<>();
            String own = layer[layer.length - 1];
            Node node = find(group, layer[0]);
            Require.that(
                    node instanceof Group,
                    "it has no weights of layer \"%s\"; there are %s",
                    String.join("/", layer),
                    group.getChildren().keySet());
            for (String path : paths(node)) {
                if (layer.length > 1 && !holds(path, own)) {
                    continue; // of another layer of the network inside
                }
                Node array = find((Group) node, path);
                Require.that(
                        array instanceof Dataset,
                        "layer \"%s\" lists the array %s, which is not in the file; save the network again",
                        String.join("/", layer),
                        path);
                arrays.put(shortName(own, path), array(own + ": " + path, (Dataset) array));
            }
            return arrays;
        }

        /** Whether an array's path goes through a layer: {@code …/LAYER/kernel:0}. */
        private static boolean holds(String path, String layer) {
            return ("/" + path.substring(0, Math.max(0, path.lastIndexOf('/')))).endsWith("/" + layer);
        }

        /** What the attribute {@code weight_names} lists, in parts 0, 1, … if it is too long for one. */
        private static List<String> paths(Node node) {
            List<String> paths = new ArrayList<>(names(node.getAttribute("weight_names")));
            for (int part = 0; node.getAttribute("weight_names" + part) != null; part++) {
                paths.addAll(names(node.getAttribute("weight_names" + part)));
            }
            return paths;
        }

        private static List<String> names(Attribute attribute) {
            return attribute != null && attribute.getData() instanceof String[] names ? List.of(names) : List.of();
        }

        /**
         * What stands at a path with slashes, or null. Names come as the file's bytes read as ASCII, each byte that is
         * none as U+FFFD; the groups' own names are right, and are made alike to be compared.
         */
        private static Node find(Group from, String path) {
            Node at = from;
            for (String name : path.split("/")) {
                if (!name.isEmpty()) {
                    if (!(at instanceof Group group)) {
                        return null;
                    }
                    at = group.getChildren().entrySet().stream()
                            .filter(child -> child.getKey().equals(name)
                                    || new String(child.getKey().getBytes(UTF_8), US_ASCII).equals(name))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(null);
                }
            }
            return at;
        }

        /** {@code kernel} of {@code dense/kernel:0}, and of Keras 1's {@code dense_1_W}. */
        private static String shortName(String layer, String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            int colon = name.indexOf(':');
            name = colon < 0 ? name : name.substring(0, colon);
            return name.startsWith(layer + "_")
                    ? KERAS_1.getOrDefault(name.substring(layer.length() + 1), name.substring(layer.length() + 1))
                    : name;
        }

        private Array array(String what, Dataset dataset) {
            return KerasFormat.array(what, dataset, room);
        }
    }

    /** An array of at most {@code room} bytes, as floats. */
    static Array array(String what, Dataset dataset, long room) {
        Require.that(
                dataset.getSizeInBytes() <= room,
                "%s states %d bytes, more than the file can hold; copy it again",
                what,
                dataset.getSizeInBytes());
        return new Array(dataset.getDimensions(), floats(what, dataset.getDataFlat()));
    }

    private static float[] floats(String what, Object data) {
        if (data instanceof float[] values) {
            return values;
        }
        Require.that(
                data instanceof double[],
                "%s holds no floats of 16, 32 or 64 bits; save the network as float32, not quantised",
                what);
        double[] wide = (double[]) data;
        float[] values = new float[wide.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) wide[i];
        }
        return values;
    }
}
