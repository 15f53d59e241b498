package org.parsimony.network.files;

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
import java.util.Arrays;
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

    /** DEFLATE packs at most so many bytes into one. */
    private static final long DEFLATE = 1032;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** An array of the file: shape and values, row-major. */
    record Array(int[] shape, float[] values) {}

    /** Where the arrays of a layer come from, by their short names: {@code kernel}, {@code bias}, {@code gamma}, …. */
    interface Source {
        Map<String, Array> arrays(String layer);
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
            Require.that(
                    config != null && hdf.getChild("model_weights") instanceof Group,
                    "it has weights or configuration alone; save the whole network with model.save(\"net.h5\")");
            Group weights = (Group) hdf.getChild("model_weights");
            String training = text(hdf.getAttribute("training_config"));
            return KerasLayers.model(config, training, layer -> arrays(weights, layer, room));
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
        return attribute == null || !(attribute.getData() instanceof String text) ? null : text;
    }

    private static Map<String, Array> arrays(Group weights, String layer, long room) {
        Map<String, Array> arrays = new TreeMap<>();
        Node node = weights.getChild(layer);
        Require.that(node instanceof Group, "it has no weights of layer \"%s\"", layer);
        Attribute names = node.getAttribute("weight_names");
        if (names == null || !(names.getData() instanceof String[] paths)) {
            return arrays;
        }
        for (String path : paths) {
            Dataset dataset = ((Group) node).getDatasetByPath(path);
            Require.that(
                    dataset.getSizeInBytes() <= room,
                    "%s states %d bytes, more than the file can hold; copy it again",
                    path,
                    dataset.getSizeInBytes());
            String name = path.substring(path.lastIndexOf('/') + 1);
            int colon = name.indexOf(':');
            arrays.put(
                    colon < 0 ? name : name.substring(0, colon),
                    new Array(dataset.getDimensions(), floats(path, dataset.getDataFlat())));
        }
        return arrays;
    }

    private static float[] floats(String path, Object data) {
        if (data instanceof float[] values) {
            return values;
        }
        Require.that(
                data instanceof double[], "%s holds no 32-bit or 64-bit floats; save the network as float32", path);
        double[] wide = (double[]) data;
        float[] values = new float[wide.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) wide[i];
        }
        return values;
    }
}
