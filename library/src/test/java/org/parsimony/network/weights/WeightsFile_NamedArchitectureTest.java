package org.parsimony.network.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.data.format.Npy;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/**
 * LeNet-5 takes weights that the test writes as PyTorch and Keras have them, from the numbers of a network, and says what
 * that network says.
 */
class WeightsFile_NamedArchitectureTest {

    private static final String NAME = "lenet5-3-4-6";
    private static final int SIDE = 20;
    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    private final Dataset data = new Dataset("squares", "squares", samples(6), samples(4), samples(4));
    private final Model model = Architectures.resolve(NAME, data, 5);

    private static Samples samples(int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = new float[n * SIDE * SIDE];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % CLASSES;
        }
        return new Samples(x, labels, CLASSES, 1, SIDE, SIDE);
    }

    /** Weights of layer {@code l} as Deeplearning4j has them: kernels filters first, matrices inputs first. */
    private INDArray weights(int l) {
        return model.network().getLayer(l).getParam("W");
    }

    private float[] bias(int l) {
        return model.network().getLayer(l).getParam("b").dup('c').data().asFloat();
    }

    private static final int[] WITH_WEIGHTS = {0, 2, 4, 5};

    /** As PyTorch: kernels as they are, matrices turned. */
    private INDArray torch(int l) {
        return l < 4 ? weights(l) : weights(l).transpose();
    }

    /** As Keras: channels last in kernels, and in the matrix behind flattening. */
    private INDArray keras(int l) {
        INDArray weights = weights(l);
        if (l < 4) {
            return weights.permute(2, 3, 1, 0);
        }
        return l == 5
                ? weights
                : weights.dup('c')
                        .reshape('c', 4, 4, 6)
                        .permute(1, 0, 2)
                        .dup('c')
                        .reshape('c', 16, 6);
    }

    private void same(String network) {
        Model read = Architectures.resolve(network, data, 1);
        INDArray difference = model.predict(data.test(), 0, 4).sub(read.predict(data.test(), 0, 4));
        assertTrue(difference.amaxNumber().doubleValue() < 1e-6, network + ": " + difference);
    }

    private static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static byte[] safetensors(List<String> names, List<INDArray> arrays) {
        JsonObject head = new JsonObject();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < names.size(); i++) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            var shape = new JsonArray();
            for (long side : arrays.get(i).shape()) {
                shape.add(side);
            }
            entry.add("shape", shape);
            var offsets = new JsonArray();
            offsets.add(body.size());
            float[] values = values(arrays.get(i));
            ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                raw.putFloat(value);
            }
            body.writeBytes(raw.array());
            offsets.add(body.size());
            entry.add("data_offsets", offsets);
            head.add(names.get(i), entry);
        }
        byte[] json = head.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(body.toByteArray())
                .array();
    }

    /** In the order of a file of PyTorch, which sorts names: biases first, and fc10 before fc2. */
    private byte[] torchFile() {
        List<String> names = new ArrayList<>();
        List<INDArray> arrays = new ArrayList<>();
        String[] layers = {"conv1", "conv2", "fc2", "fc10"};
        for (int i : new int[] {0, 1, 3, 2}) {
            names.addAll(List.of(layers[i] + ".bias", layers[i] + ".weight"));
            arrays.addAll(List.of(Nd4j.createFromArray(bias(WITH_WEIGHTS[i])), torch(WITH_WEIGHTS[i])));
        }
        return safetensors(names, arrays);
    }

    @Test
    void safetensorsOfPyTorch() throws Exception {
        Path file = Files.write(folder.resolve("w.safetensors"), torchFile());
        same(file + ":architecture=" + NAME);
        var refusal = assertThrows(IllegalArgumentException.class, () -> Model.read(file));
        assertTrue(refusal.getMessage().contains("w.safetensors:architecture=lenet5"), refusal.getMessage());
    }

    @Test
    void archivesOfNumPyInEitherOrder() throws Exception {
        for (boolean keras : new boolean[] {true, false}) {
            Path file = folder.resolve("w.npz");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                int number = 0;
                for (int l : WITH_WEIGHTS) {
                    put(zip, "arr_" + number++, keras ? keras(l) : torch(l));
                    put(zip, "arr_" + number++, Nd4j.createFromArray(bias(l)));
                }
            }
            same(file + ":architecture=" + NAME);
            var refusal = assertThrows(IllegalArgumentException.class, () -> Model.read(file));
            assertTrue(refusal.getMessage().contains("w.npz:architecture=lenet5"), refusal.getMessage());
        }
    }

    private void put(ZipOutputStream zip, String name, INDArray array) throws Exception {
        Path one = folder.resolve("one.npy");
        Npy.write(one, array.dup('c'));
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(Files.readAllBytes(one));
    }

    @Test
    void oneListOfAllParameters() {
        List<Float> all = new ArrayList<>();
        for (int l : WITH_WEIGHTS) {
            INDArray weights = weights(l);
            for (float value : values(l < 4 ? weights.permute(1, 2, 3, 0) : weights)) {
                all.add(value);
            }
            for (float value : bias(l)) {
                all.add(value);
            }
        }
        float[] flat = new float[all.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = all.get(i);
        }
        Path file = folder.resolve("w.npy");
        Npy.write(file, Nd4j.createFromArray(flat));
        same(file + ":architecture=" + NAME);
        Npy.write(file, Nd4j.createFromArray(flat).get(NDArrayIndex.interval(0, 50)));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Architectures.resolve(file + ":architecture=" + NAME, data, 1));
        assertTrue(refusal.getMessage().contains("50 numbers, too few for layer"), refusal.getMessage());
    }

    /** Keras 3's {@code .weights.h5}: layers by class, arrays by number. */
    @Test
    void weightsOfKeras() {
        Path file = folder.resolve("w.weights.h5");
        try (var hdf = HdfFile.write(file)) {
            WritableGroup layers = hdf.putGroup("layers");
            String[] names = {"conv2d", "conv2d_1", "dense", "dense_1"};
            for (int i = 0; i < names.length; i++) {
                WritableGroup vars = layers.putGroup(names[i]).putGroup("vars");
                vars.putDataset("0", nested(keras(WITH_WEIGHTS[i])));
                vars.putDataset("1", bias(WITH_WEIGHTS[i]));
            }
        }
        same(file + ":architecture=" + NAME);
        var refusal = assertThrows(IllegalArgumentException.class, () -> Model.read(file));
        assertTrue(refusal.getMessage().contains("w.weights.h5:architecture=lenet5"), refusal.getMessage());
    }

    private static Object nested(INDArray array) {
        if (array.rank() == 2) {
            return array.toFloatMatrix();
        }
        float[][][][] nested =
                new float[(int) array.size(0)][(int) array.size(1)][(int) array.size(2)][(int) array.size(3)];
        for (int a = 0; a < nested.length; a++) {
            for (int b = 0; b < nested[a].length; b++) {
                for (int c = 0; c < nested[a][b].length; c++) {
                    for (int d = 0; d < nested[a][b][c].length; d++) {
                        nested[a][b][c][d] = array.getFloat(a, b, c, d);
                    }
                }
            }
        }
        return nested;
    }

    @Test
    void whatDoesNotFitIsNamedWithItsLayer() throws Exception {
        Path file = Files.write(folder.resolve("w.safetensors"), torchFile());
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Architectures.resolve(file + ":architecture=lenet5-3-5-6", data, 1));
        assertTrue(
                refusal.getMessage().contains("\"layer 2\" (conv 5 5x5 relu) takes weights [5, 3, 5, 5] and 5 biases")
                        && refusal.getMessage().contains("conv2.weight [4, 3, 5, 5]"),
                refusal.getMessage());
        Files.write(file, Arrays.copyOf(torchFile(), 1500));
        refusal = assertThrows(
                IllegalArgumentException.class, () -> Architectures.resolve(file + ":architecture=" + NAME, data, 1));
        assertTrue(
                refusal.getMessage().contains("w.safetensors cannot be read")
                        && refusal.getMessage().contains("copy it again"),
                refusal.getMessage());
    }

    @Test
    void aRecipeNamesTheFileByItsContents() throws Exception {
        Path file = Files.write(folder.resolve("w.safetensors"), torchFile());
        String name = Architectures.name(file + ":architecture=" + NAME);
        assertTrue(name.matches("w\\.safetensors@[0-9a-f]{12}:architecture=" + NAME), name);
        assertTrue(Architectures.known(file + ":architecture=" + NAME));
        assertEquals(false, Architectures.known(file + ":architecture=nothing"));
    }
}
