package org.parsimony.network.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.data.DataException;
import org.parsimony.data.format.Npy;
import org.parsimony.data.format.Npz;
import org.parsimony.network.Model;

/**
 * A file of weights and the architecture that they are for, as one text: {@code weights.npz:architecture=lenet5}.
 *
 * @param file of weights
 * @param architecture a name or widths
 */
public record WeightsFile(Path file, String architecture) {

    /** What is said of weights that nothing is known of. */
    public static final String ALONE =
            "%s holds weights alone, without a network; say which architecture they are for, %s:architecture=lenet5";

    private static final String ARCHITECTURE = ":architecture=";
    private static final int MOST_DEPTH = 32;

    /** What the text names, or null if it does not name an architecture. */
    public static WeightsFile parse(String text) {
        int at = text.lastIndexOf(ARCHITECTURE);
        return at <= 0
                ? null
                : new WeightsFile(Path.of(text.substring(0, at)), text.substring(at + ARCHITECTURE.length()));
    }

    /** The text with another name for the file. */
    public String named(String name) {
        return name + ARCHITECTURE + architecture;
    }

    /**
     * A network of the architecture of {@code fresh} with the weights of the file.
     *
     * @throws IllegalArgumentException if the file is damaged, or its arrays do not fit, by layer
     */
    public Model into(Model fresh, int... shape) {
        try {
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(8);
            }
            WeightsFit fit = new WeightsFit(file.toString(), fresh, shape);
            if (start.length > 5 && start[0] == (byte) 0x93 && start[1] == 'N') {
                return fit.flat(Npy.read(file).castTo(DataType.FLOAT));
            } else if (start.length > 3 && start[0] == 'P' && start[1] == 'K') {
                return fit.of(archive(), WeightsFit.Order.KERAS);
            } else if (start.length > 3 && start[0] == (byte) 0x89 && start[1] == 'H') {
                return fit.of(hdf(), WeightsFit.Order.KERAS);
            } else if (SafetensorsReader.begins(start)) {
                return fit.of(SafetensorsReader.read(file).arrays(), WeightsFit.Order.TORCH);
            }
        } catch (DataException e) { // of an array or an archive of NumPy, with the file's name
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                file + " holds no weights; it must be .safetensors, .npz, .npy or Keras's weights as .h5");
    }

    private List<NamedArray> archive() {
        List<NamedArray> arrays = new ArrayList<>();
        for (String name : Npz.names(file)) {
            INDArray array = Npz.read(file, name);
            int[] shape =
                    Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
            arrays.add(new NamedArray(name, shape, array.dup('c').data().asFloat()));
        }
        return arrays;
    }

    /** All arrays below the layers; in the order of {@code layer_names} where the file has it. */
    private List<NamedArray> hdf() throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<NamedArray> arrays = new ArrayList<>();
        try (HdfFile hdf = HdfFile.fromByteBuffer(ByteBuffer.wrap(content))) {
            Node inside = hdf.getChild("model_weights");
            Group root = inside instanceof Group group ? group : hdf;
            Attribute named = root.getAttribute("layer_names");
            if (named != null && named.getData() instanceof String[] names) {
                for (String name : names) {
                    collect(name, root.getChild(name), content.length, 0, arrays);
                }
            } else {
                collect("", root, content.length, 0, arrays);
            }
            return arrays;
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) { // damaged HDF5 makes its reader fail in many ways
            throw new IllegalArgumentException(file + " is damaged and cannot be read as weights; copy it again", e);
        }
    }

    private void collect(String path, Node node, long room, int depth, List<NamedArray> arrays) {
        Require.that(depth < MOST_DEPTH, "%s is nested more than %d times", file, MOST_DEPTH);
        if (node instanceof Group group) {
            new TreeMap<>(group.getChildren())
                    .forEach((name, child) -> collect(path + "/" + name, child, room, depth + 1, arrays));
        } else if (node instanceof Dataset dataset) {
            Require.that(
                    dataset.getSizeInBytes() <= 1032 * room, // DEFLATE packs no more into a byte
                    "%s states %d bytes for %s, more than it can hold; copy it again",
                    file,
                    dataset.getSizeInBytes(),
                    path);
            if (dataset.getDataFlat() instanceof float[] values) {
                arrays.add(new NamedArray(path, dataset.getDimensions(), values));
            }
        }
    }
}
