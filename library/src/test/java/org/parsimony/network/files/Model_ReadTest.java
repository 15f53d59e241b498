package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.TestNetworks;

/** Networks of other programs say here what they say there. */
class Model_ReadTest {

    @TempDir
    Path folder;

    /** Every supported Keras layer against a forward pass written from the definitions; see the folder's README. */
    @Test
    void aKerasNetworkGivesItsOwnOutputs() throws Exception {
        float[] x;
        float[] y;
        try (HdfFile file = new HdfFile(keras())) {
            x = (float[]) file.getDatasetByPath("check/x").getDataFlat();
            y = (float[]) file.getDatasetByPath("check/y").getDataFlat();
        }
        Model model = Model.read(keras());
        assertTrue(model.takesImages());
        var images =
                Nd4j.create(x, new long[] {4, 6, 7, 2}, 'c').permute(0, 3, 1, 2).dup('c');
        assertArrayEquals(y, model.network().output(images).dup('c').data().asFloat(), 1e-6f);
    }

    @Test
    void whatIsReadIsSavedAndReadAgain() throws Exception {
        Model model = Model.read(keras());
        model.save(folder.resolve("net.zip"));
        Model back = Model.read(folder.resolve("net.zip"));
        assertEquals(model.network().params(), back.network().params());
        assertEquals(Architecture.of(model), Architecture.of(back));
    }

    /** Layers without biases are for Deeplearning4j's own evaluation. */
    @Test
    void aNetworkWithoutBiasesIsEvaluated() throws Exception {
        float[] x;
        try (HdfFile file = new HdfFile(keras())) {
            x = (float[]) file.getDatasetByPath("check/x").getDataFlat();
        }
        Samples samples = new Samples(x, new int[] {0, 1, 2, 3}, 4, 2, 6, 7);
        Model model = Model.read(keras());
        float[] p = model.predict(samples, 0, 4).dup('c').data().asFloat();
        assertEquals(Score.of(p, samples.labels(), 4), model.evaluate(samples));
    }

    /** Near the accuracies that their makers state for all samples, on the first 2,000. */
    @ParameterizedTest
    @CsvSource({
        "dl4j_mnist-model.zip, mnist, 431080, 0.9899",
        "lenet_sam783.h5, mnist, 186110, 0.9902",
        "cifar10_cnn_sagecodes.h5, cifar10, 279402, 0.7104"
    })
    void networksTrainedElsewhereReachTheirAccuracy(String name, String data, long parameters, double accuracy) {
        TestNetworks.file(name).ifPresent(file -> {
            Model model = Model.read(file);
            assertEquals(parameters, model.network().numParams());
            assertEquals(
                    accuracy,
                    model.evaluate(Datasets.load(data).test().range(0, 2000)).accuracy(),
                    0.02);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Conv2D, SeparableConv2D, SeparableConv2D",
        "Sequential, Subclassed, rebuild it as one",
        "channels_last, channels_first, data_format channels_first",
        "sigmoid, mish, activation mish",
        "same, causal, has padding"
    })
    void whatIsNotSupportedIsNamed(String from, String to, String said) throws Exception {
        String message = refused(altered(Files.readAllBytes(keras()), from, to));
        assertTrue(message.contains(said) && message.contains("net.h5"), message);
    }

    @Test
    void filesOfOtherKindsAreRefused() throws Exception {
        assertTrue(refused("hello, world".getBytes()).contains("is no network file; it must be one of Keras .h5"));
        assertTrue(refused(new byte[0]).contains("is no network file"));
        Path zip = folder.resolve("keras.keras");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("model.weights.h5"));
        }
        assertTrue(refused(Files.readAllBytes(zip)).contains("has no config.json, as a .keras file must"));
    }

    @Test
    void archivesThatAreNoNetworkAreNamed() throws Exception {
        for (String[] part : new String[][] {
            {"w.npy", "is an archive of NumPy's arrays"},
            {"archive/data.pkl", "is a network of PyTorch"},
            {"a", "no configuration.json"}
        }) {
            Path zip = folder.resolve("other.zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                out.putNextEntry(new ZipEntry(part[0]));
            }
            String message = refused(Files.readAllBytes(zip));
            assertTrue(message.contains(part[1]), message);
        }
    }

    @Test
    void aGraphOfDeeplearning4jIsRead() throws Exception {
        var graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(3).nOut(2).build(), "in")
                .setOutputs("out")
                .build());
        graph.init();
        Path zip = folder.resolve("graph.zip");
        graph.save(zip.toFile());
        assertEquals(graph.params(), Model.read(zip).graph().params());
    }

    /** Cut or altered HDF5 is refused with the file's name or read; nothing else may happen. */
    @Test
    void damagedFilesAreRefusedOrRead() throws Exception {
        byte[] file = Files.readAllBytes(keras());
        Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            byte[] damaged = trial % 3 == 0 ? java.util.Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int i = 0; i < 20 && damaged.length > 16; i++) {
                damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = Files.write(folder.resolve("net.h5"), damaged);
            try {
                Model.read(path);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("net.h5"), e.getMessage());
            }
        }
    }

    private String refused(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("net.h5"), bytes);
        return assertThrows(IllegalArgumentException.class, () -> Model.read(path))
                .getMessage();
    }

    /** Replaces a word; HDF5 strings of variable length lie in a heap, so the word is padded or cut to its room. */
    private static byte[] altered(byte[] file, String from, String to) {
        String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\"" + from + "\"");
        int end = text.indexOf("}]}}", at) + 4;
        String config = text.substring(at, end);
        String longer =
                config.replaceFirst("\"" + from + "\"", "\"" + to + "\"").replaceAll("\"trainable\": true, ", "");
        int surplus = longer.length() - config.length();
        for (int i = 0; i < surplus; i++) {
            longer = longer.replaceFirst(": ", ":");
        }
        longer = longer + " ".repeat(config.length() - longer.length());
        return (text.substring(0, at) + longer + text.substring(end))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static Path keras() throws URISyntaxException {
        return Path.of(Model_ReadTest.class.getResource("keras.h5").toURI());
    }
}
