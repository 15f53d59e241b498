package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;

/** A coded network says what the network says, and gives it back bit for bit. */
class CodedNetwork_PredictTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodePredictsWhatDeeplearning4jPredicts(Code code) throws Exception {
        var batch = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        for (Model model : List.of(
                quantised(Architectures.mlp(new int[] {20, 30, 12, 4}, 1, batch), 1),
                quantised(Architectures.lenet5(2, 18, new int[] {6, 8, 20, 4}, 2, new Architectures.Options()), 2),
                quantised(Architectures.normalised(new int[] {9, 7, 5}, 3), 3),
                TestNetworks.random("[5],batchnorm 0.001 0.9 log,dense 9 elu nobias,dropout 0.5,dense 3 softmax"),
                TestNetworks.random("[2 9 8],avg 3x3 by 2x2 pad 1x1 counted,conv 3 2x2 same relu,flatten,"
                        + "batchnorm 0.001 0.9,dense 4,activation softmax"),
                TestNetworks.random("[2 9 8],batchnorm 0.1 0.9,max 3x2 by 1x2 same,conv 3 2x2 by 2x1 pad 1x0 tanh,"
                        + "avg 2x2 same,flatten,dense 4 softmax"),
                TestNetworks.random("[2 9 8],conv 3 3x3 dilated 2x2 leakyrelu=0.2,flatten,dense 4 softmax"),
                Model.read(Path.of(Model.class.getResource("files/keras.h5").toURI())))) {
            var options = new CodedNetwork.Options().dense(code).convolution(code);
            CodedNetwork coded = back(CodedNetwork.encode(model, options));
            assertEquals(model.network().params(), coded.model().network().params());
            int n = 37;
            Architecture.Shape shape = coded.architecture().input();
            float[] x = new float[n * shape.size()];
            Random random = new Random(4);
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextFloat();
            }
            assertArrayEquals(output(model, shape, x, n), coded.predict(x, n), 1e-5f);
        }
    }

    @Test
    void theSmallestCodeIsTheSmallest() {
        Model model = quantised(Architectures.mlp("60-50-40-4", 1), 5);
        long smallest = CodedNetwork.encode(model, new CodedNetwork.Options()).sizeInBytes();
        for (Code code : Code.values()) {
            var options = new CodedNetwork.Options().dense(code);
            assertTrue(CodedNetwork.encode(model, options).sizeInBytes() >= smallest, code.name());
        }
    }

    @Test
    void oneLayerMayHaveItsOwnCode() {
        Model model = quantised(Architectures.mlp("20-10-4", 1), 6);
        CodedNetwork coded = CodedNetwork.encode(
                model, new CodedNetwork.Options().dense(Code.HAM).layer(1, Code.CSC));
        assertEquals(
                List.of("HAM", "CSC"),
                coded.layers().stream().map(layer -> layer.matrix().name()).toList());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> CodedNetwork.encode(model, new CodedNetwork.Options().layer(2, Code.CSC)))
                .getMessage();
        assertEquals("layer to code is 2, but must lie between 0 and 1", message);
    }

    @Test
    void samplesThatDoNotFitAreRefused() {
        Model model = Architectures.lenet5(1, 20, new int[] {2, 3, 5, 4}, 2, new Architectures.Options());
        CodedNetwork coded = CodedNetwork.encode(model, new CodedNetwork.Options());
        assertThrows(IllegalArgumentException.class, () -> coded.predict(new float[399], 1));
        Samples larger = new Samples(new float[28 * 28], new int[1], 4, 1, 28, 28);
        String message = assertThrows(IllegalArgumentException.class, () -> coded.predict(larger, 0, 1))
                .getMessage();
        assertTrue(message.contains("the network takes 1 × 20 × 20"), message);
    }

    /** A file is a network for everything that reads networks, and may stay in the file while it predicts. */
    @Test
    void aFileIsReadAsANetworkAndPredictsMapped() throws Exception {
        Model model = quantised(Architectures.mlp("20-30-4", 1), 7);
        Path file = folder.resolve("net.pars");
        CodedNetwork.encode(model, new CodedNetwork.Options().dense(Code.HAM)).write(file);
        assertEquals(model.network().params(), Model.read(file).network().params());
        CodedNetwork mapped = CodedNetwork.map(file);
        assertEquals(file.toFile().length(), mapped.sizeInBytes());
        float[] x = new float[5 * 20];
        Arrays.fill(x, 0.3f);
        assertArrayEquals(output(model, Architecture.Shape.of(20), x, 5), mapped.predict(x, 5), 1e-5f);
        byte[] whole = java.nio.file.Files.readAllBytes(file);
        java.nio.file.Files.write(file, Arrays.copyOf(whole, whole.length + 3));
        String more = assertThrows(IllegalArgumentException.class, () -> CodedNetwork.map(file))
                .getMessage();
        assertTrue(more.contains("net.pars cannot be read: the coded data goes on for 3 bytes"), more);
        byte[] cut = Arrays.copyOf(whole, 100);
        java.nio.file.Files.write(file, cut);
        String message = assertThrows(IllegalArgumentException.class, () -> Model.read(file))
                .getMessage();
        assertTrue(message.contains("net.pars cannot be read: the coded data is cut"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "dl4j_mnist-model.zip, mnist, 300",
        "lenet_sam783.h5, mnist, 300",
        "cifar10_cnn_sagecodes.h5, cifar10, 60"
    })
    void networksTrainedElsewherePredictTheSameOnTheirCode(String name, String data, int n) {
        TestNetworks.file(name).ifPresent(file -> {
            Model model = Model.read(file);
            Samples samples = Datasets.load(data).test().range(0, n);
            float[] expected = model.predict(samples, 0, n).dup('c').data().asFloat();
            CodedNetwork coded = CodedNetwork.encode(model, new CodedNetwork.Options());
            assertEquals(model.network().params(), coded.model().network().params());
            assertArrayEquals(expected, coded.predict(samples, 0, n), 1e-5f);
            Model shared = quantised(model, 8);
            float[] rounded = shared.predict(samples, 0, n).dup('c').data().asFloat();
            var ham = new CodedNetwork.Options().dense(Code.HAM).convolution(Code.HAM);
            CodedNetwork small = CodedNetwork.encode(shared, ham);
            assertEquals(shared.network().params(), small.model().network().params());
            assertArrayEquals(rounded, small.predict(samples, 0, n), 1e-5f);
        });
    }

    private static CodedNetwork back(CodedNetwork network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        network.write(out);
        return CodedNetwork.read(new ByteArrayInputStream(out.toByteArray()));
    }

    private static float[] output(Model model, Architecture.Shape shape, float[] x, int n) {
        INDArray in = shape.image()
                ? Nd4j.create(x, new long[] {n, shape.channels(), shape.height(), shape.width()}, 'c')
                : Nd4j.create(x, new long[] {n, shape.size()}, 'c');
        return model.network().output(in).dup('c').data().asFloat();
    }

    /** Weights and biases rounded to multiples of 1/16 of their largest, most of them zero. */
    private static Model quantised(Model model, long seed) {
        Random random = new Random(seed);
        for (var layer : model.network().getLayers()) {
            layer.paramTable().forEach((key, value) -> {
                float[] values = value.dup('c').data().asFloat();
                float largest = 1e-6f;
                for (float v : values) {
                    largest = Math.max(largest, Math.abs(v));
                }
                for (int i = 0; i < values.length; i++) {
                    if (key.equals("W")) {
                        values[i] = Math.round(8 * values[i] / largest) * largest / 8;
                    } else if (key.equals("b")) {
                        values[i] = (random.nextInt(65) - 32) / 256f;
                    } else {
                        values[i] = 0.5f + random.nextFloat();
                    }
                }
                value.assign(Nd4j.create(values, value.shape(), 'c'));
            });
        }
        return model;
    }
}
