package org.parsimony.network.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Samples;
import org.parsimony.data.format.Npz;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** Networks that Keras 3.15 saved itself, in both of its forms, give the outputs that it gave. */
class KerasGraph_Keras3Test {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "resnet, h5, true, identity",
        "resnet, keras, true, identity",
        "mobile, h5, true, identity",
        "mobile, keras, true, identity",
        "inception, h5, true, softmax",
        "inception, keras, true, softmax",
        "two_inputs, h5, true, identity",
        "two_inputs, keras, true, identity",
        "seq_cnn, h5, false, softmax",
        "seq_cnn, keras, false, softmax"
    })
    void givesItsOwnOutputs(String name, String form, boolean graph, String after) throws Exception {
        Path file = file(name + "." + form);
        Map<String, INDArray> known = Npz.read(file(name + ".npz"));
        INDArray expected = known.get("y");
        if (after.equals("softmax")) { // trained from logits, y has logits, a network here gives probabilities
            expected = org.nd4j.linalg.ops.transforms.Transforms.softmax(expected);
        }
        Model model = Model.read(file);
        assertEquals(graph, model.isGraph());
        close(expected, model, known, 1e-4);
        Path saved = folder.resolve("net.zip");
        model.save(saved);
        close(expected, Model.read(saved), known, 1e-4);
        for (int layer : Surgery.layers(model)) {
            Model masked = Surgery.mask(model, layer, 1);
            INDArray before = outputs(masked, known);
            double difference = before.sub(outputs(Surgery.compact(masked), known))
                    .amaxNumber()
                    .doubleValue();
            assertTrue(difference < 1e-5, model.net().name(layer) + ": " + difference);
        }
    }

    /** Cut or altered archives and networks are refused with the file's name or read; nothing else may happen. */
    @ParameterizedTest
    @CsvSource({"two_inputs, keras", "two_inputs, h5", "mobile, keras"})
    void damagedFilesAreRefusedOrRead(String name, String form) throws Exception {
        byte[] whole = Files.readAllBytes(file(name + "." + form));
        Random random = new Random(1);
        for (int trial = 0; trial < 120; trial++) {
            byte[] damaged = trial % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = 0; i < 12 && damaged.length > 16; i++) {
                damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = Files.write(folder.resolve("net." + form), damaged);
            try {
                Model.read(path);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("net." + form), e.getMessage());
            }
        }
    }

    /** A configuration that was altered by hand, in an archive that is whole. */
    @ParameterizedTest
    @CsvSource({
        "Concatenate, Dot, 'Dot \"concatenate_1\"'",
        "'\"axis\": -1', '\"axis\": 2', concatenates along axis 2",
        "PReLU, GaussianNoise, is not supported",
        "'\"dense_2\", 0, 0', '\"nowhere\", 0, 0', not all are layers before it"
    })
    void whatIsNotKnownIsNamedWithItsLayer(String from, String to, String said) throws Exception {
        Path path = folder.resolve("net.keras");
        try (ZipFile zip = new ZipFile(file("two_inputs.keras").toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("config.json")) {
                    String text = new String(content, UTF_8);
                    assertTrue(text.contains(from), text);
                    content = text.replace(from, to).getBytes(UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        var e = assertThrows(IllegalArgumentException.class, () -> Model.read(path));
        assertTrue(e.getMessage().contains(said) && e.getMessage().contains("net.keras"), e.getMessage());
    }

    private static void close(INDArray expected, Model model, Map<String, INDArray> known, double tolerance) {
        double difference = expected.sub(outputs(model, known)).amaxNumber().doubleValue();
        assertTrue(difference < tolerance, "outputs differ by " + difference);
    }

    /** Of the inputs x0, x1, …, images turned to channels first, several side by side. */
    private static INDArray outputs(Model model, Map<String, INDArray> known) {
        INDArray[] inputs = known.keySet().stream()
                .filter(name -> name.startsWith("x"))
                .sorted()
                .map(name -> known.get(name))
                .map(x -> x.rank() == 4 ? x.permute(0, 3, 1, 2).dup('c') : x)
                .toArray(INDArray[]::new);
        int n = (int) inputs[0].size(0);
        INDArray flat = Nd4j.concat(
                1, Arrays.stream(inputs).map(x -> x.reshape('c', n, -1)).toArray(INDArray[]::new));
        int[] shape = inputs.length > 1 || inputs[0].rank() == 2
                ? new int[] {(int) flat.size(1)}
                : new int[] {(int) inputs[0].size(1), (int) inputs[0].size(2), (int) inputs[0].size(3)};
        Samples samples = new Samples(flat.dup('c').data().asFloat(), new int[n], 2, shape);
        return model.predict(samples, 0, n);
    }

    private static Path file(String name) throws Exception {
        return Path.of(KerasGraph_Keras3Test.class.getResource("keras3/" + name).toURI());
    }
}
