package org.parsimony.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;

/**
 * What every later step keeps of a network: weights that stay zero, weights that stay equal, biases that stay zero. They
 * belong to a {@link Model}, are copied, cut and saved with it, and end only where a step drops them.
 *
 * @param masks by layer index an array of ones and zeros of the shape of that layer's weights; a zero holds its weight at 0
 * @param ties by layer index an array of that shape: weights of one number, in any layer, are one shared value; −1 is a
 *     weight of its own
 * @param zeroBiases indices of the layers whose biases stay zero
 */
public record Constraints(Map<Integer, INDArray> masks, Map<Integer, INDArray> ties, Set<Integer> zeroBiases) {

    /** The entry of a network's zip that holds them. */
    static final String ENTRY = "constraints.bin";

    private static final int FORMAT = 1;

    public Constraints {
        masks = new TreeMap<>(masks);
        ties = new TreeMap<>(ties);
        zeroBiases = new TreeSet<>(zeroBiases);
    }

    /** No constraint. */
    public Constraints() {
        this(Map.of(), Map.of(), Set.of());
    }

    /** Whether nothing is held. */
    public boolean isEmpty() {
        return masks.isEmpty() && ties.isEmpty() && zeroBiases.isEmpty();
    }

    /** A deep copy. */
    public Constraints copy() {
        return new Constraints(copies(masks), copies(ties), zeroBiases);
    }

    private static Map<Integer, INDArray> copies(Map<Integer, INDArray> arrays) {
        Map<Integer, INDArray> copies = new TreeMap<>();
        arrays.forEach((layer, array) -> copies.put(layer, array.dup()));
        return copies;
    }

    /** The content of {@link #ENTRY}. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        write(out, masks);
        write(out, ties);
        out.writeInt(zeroBiases.size());
        for (int layer : zeroBiases) {
            out.writeInt(layer);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Map<Integer, INDArray> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (var entry : arrays.entrySet()) {
            out.writeInt(entry.getKey());
            float[] values = entry.getValue().dup('c').data().asFloat();
            out.writeInt(values.length);
            for (float value : values) {
                out.writeInt((int) value);
            }
        }
    }

    /**
     * What {@code zip} holds for {@code model}, read from the same file; nothing if it has no such entry, as
     * Deeplearning4j's own files.
     *
     * @throws IllegalArgumentException if the entry does not fit the network
     */
    static Constraints read(Path zip, Model model) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.getEntry(ENTRY);
            if (entry == null) {
                return new Constraints();
            }
            byte[] bytes;
            try (var in = file.getInputStream(entry)) {
                bytes = in.readNBytes(limit(model));
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int format = in.readInt();
            Require.that(format == FORMAT, "%s has constraints of format %d, but must have %d", zip, format, FORMAT);
            Map<Integer, INDArray> masks = read(in, zip, model);
            Map<Integer, INDArray> ties = read(in, zip, model);
            Set<Integer> biases = new TreeSet<>();
            for (int n = Require.between("layers without biases", in.readInt(), 0, 1 << 16); n > 0; n--) {
                biases.add(in.readInt());
            }
            return new Constraints(masks, ties, biases);
        }
    }

    /** More bytes than the constraints of {@code model} can take are no constraints of it. */
    private static int limit(Model model) {
        return (int) Math.min(Integer.MAX_VALUE - 8, 4096 + 16 * (model.net().parameters() + 16));
    }

    private static Map<Integer, INDArray> read(DataInputStream in, Path zip, Model model) throws IOException {
        Map<Integer, INDArray> arrays = new TreeMap<>();
        for (int n = Require.between("constrained layers", in.readInt(), 0, 1 << 16); n > 0; n--) {
            int layer = Require.between(
                    "constrained layer", in.readInt(), 0, model.net().layers() - 1);
            INDArray weights = model.net().layer(layer).getParam(Anatomy.WEIGHTS);
            int length = in.readInt();
            Require.that(
                    weights != null && weights.length() == length,
                    "%s constrains %d weights of layer %d, but the layer has %s; take the file from its source again",
                    zip,
                    length,
                    layer,
                    weights == null ? "none" : weights.length());
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = in.readInt();
            }
            arrays.put(layer, Nd4j.create(values, weights.shape(), 'c'));
        }
        return arrays;
    }
}
