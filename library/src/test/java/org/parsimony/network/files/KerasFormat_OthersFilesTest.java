package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.format.Npz;
import org.parsimony.network.Architecture;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;

/**
 * Networks of Keras 1, 2 and 3 as they are in the world: read to the same numbers, or refused with the layer and what to
 * do. After public reports: losses from logits, keras #15271, tensorflow #51574, #37103; Keras 1 beneath scopes,
 * deeplearning4j #3597; groups without arrays, deeplearning4j #5393, #5301; names above 64 kB, keras #5253, #7508, #9398;
 * kernels that Theano turns, keras #2441, #3015, #3307, prednet #46; names beyond ASCII, jhdf #539, #544; bfloat16, keras
 * #19091.
 */
class KerasFormat_OthersFilesTest {

    private static final float[] INPUT = {1, -1, .5f, 2};
    private static final String LOSS =
            "{\"loss\": {\"class_name\": \"%s\", \"config\": {\"from_logits\": %s}}, \"metrics\": [\"accuracy\"]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "multilabel_logits.h5, 0.49872 0.77417",
        "one_logit.h5, 0.49872",
        "layer_name_umlaut.h5, 0.22493 0.77507",
        "keras1_dense.h5, 0.22493 0.77507"
    })
    void networksGiveTheirOutputs(String name, String outputs) throws Exception {
        double[] right = Arrays.stream(outputs.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertArrayEquals(right, out(Model.read(file(name))), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "kernel_missing.h5, 'layer \"out\" lists the array out/kernel:0, which is not in the file'",
        "dense_on_image.h5, 'layer 2, Dense \"a\" stands on matrices of 7 × 6'",
        "dense_on_image.h5, 'put Flatten before it'"
    })
    void filesThatCannotBeReadAreNotCalledDamaged(String name, String said) throws Exception {
        refused(said, file(name));
    }

    @Test
    void theStatedSizeOfImagesIsKept() throws Exception {
        Model model = Model.read(file("cnn_32x32x3.h5"));
        assertEquals("3 × 32 × 32", Architecture.of(model).input().toString());
        assertEquals("3 × 32 × 32", Architecture.of(model.copy()).input().toString());
        var images = Nd4j.ones(1, 3, 32, 32);
        double[] right = model.network().output(images).toDoubleVector();
        Path zip = folder.resolve("net.zip");
        model.save(zip);
        Path pars = folder.resolve("net.pars");
        CodedNetwork coded = CodedNetwork.encode(model, new CodedNetwork.Options());
        coded.write(pars);
        for (Path file : new Path[] {zip, pars}) {
            Model back = Model.read(file);
            assertEquals("3 × 32 × 32", Architecture.of(back).input().toString());
            assertArrayEquals(right, back.network().output(images).toDoubleVector(), 1e-6);
        }
        float[] ones = new float[3 * 32 * 32];
        Arrays.fill(ones, 1);
        float[] predicted = CodedNetwork.map(pars).predict(ones, 1);
        for (int i = 0; i < right.length; i++) {
            assertEquals(right[i], predicted[i], 1e-5);
        }
    }

    static List<Arguments> losses() {
        double[] logits = {4, -2};
        double[] sigmoids = {1 / (1 + Math.exp(-4)), 1 / (1 + Math.exp(2))};
        double[] softmax = {1 / (1 + Math.exp(-6)), 1 / (1 + Math.exp(6))};
        return List.of(
                Arguments.of("BinaryCrossentropy", "true", sigmoids),
                Arguments.of("BinaryFocalCrossentropy", "true", sigmoids),
                Arguments.of("CategoricalCrossentropy", "true", softmax),
                Arguments.of("SparseCategoricalCrossentropy", "true", softmax),
                Arguments.of("CategoricalFocalCrossentropy", "true", softmax),
                Arguments.of("SparseCategoricalCrossentropy", "false", logits),
                Arguments.of("BinaryCrossentropy", "null", logits),
                Arguments.of("MeanSquaredError", "false", logits));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossSaysWhatOutputsWithoutAnActivationMean(String loss, String logits, double[] right) {
        String training = String.format(LOSS, loss, logits);
        assertArrayEquals(right, out(twoLogits().attribute("training_config", training)), 1e-6);
        // in a list, under the name of the output, behind an Activation, behind Dropout
        String inner = training.substring(9, training.indexOf(", \"metrics"));
        assertArrayEquals(right, out(twoLogits().attribute("training_config", "{\"loss\": [" + inner + "]}")), 1e-6);
        assertArrayEquals(
                right, out(twoLogits().attribute("training_config", "{\"loss\": {\"out\": " + inner + "}}")), 1e-6);
        assertArrayEquals(
                right,
                out(twoLogits()
                        .layer("Activation", "act", "\"activation\": \"linear\"")
                        .attribute("training_config", training)),
                1e-6);
        assertArrayEquals(
                right,
                out(twoLogits().layer("Dropout", "drop", "\"rate\": 0.5").attribute("training_config", training)),
                1e-6);
    }

    @Test
    void logitsOfAMetricAreNotThoseOfTheLoss() {
        String training = "{\"loss\": \"mse\", \"metrics\": [{\"class_name\": \"BinaryCrossentropy\", \"config\": "
                + "{\"from_logits\": true}}]}";
        assertArrayEquals(new double[] {4, -2}, out(twoLogits().attribute("training_config", training)), 1e-6);
    }

    @Test
    void outputsWithAnActivationKeepItWhateverTheLoss() {
        KerasFile net = new KerasFile()
                .hidden()
                .out("out", ", \"activation\": \"sigmoid\"", new float[][] {{2, -1}, {0, 0}, {0, 0}})
                .attribute("training_config", String.format(LOSS, "CategoricalCrossentropy", "true"));
        assertArrayEquals(new double[] {1 / (1 + Math.exp(-4)), 1 / (1 + Math.exp(2))}, out(net), 1e-6);
    }

    @Test
    void lossesOnLogitsThatAreNotKnownAreNamed() {
        refused(
                "its loss FocalLoss works on logits, but which activation",
                write(twoLogits().attribute("training_config", String.format(LOSS, "FocalLoss", "true"))));
        KerasFile one = new KerasFile().hidden().out("out", "", new float[][] {{2}, {0}, {0}});
        refused(
                "the logits of several classes, but the network has one output",
                write(one.attribute("training_config", String.format(LOSS, "CategoricalCrossentropy", "true"))));
        refused("its training_config is no JSON", write(twoLogits().attribute("training_config", "{")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"block/dense", "a/b/c", "größe", "слой", "層/出力", "dense:0", "name with spaces", "é/ö"})
    void layersMayHaveAnyName(String name) {
        KerasFile net = new KerasFile()
                .hidden()
                .layer(
                        "Dense",
                        name,
                        "\"units\": 2, \"activation\": null, \"use_bias\": true",
                        name + "/kernel:0",
                        new float[][] {{1, 0}, {0, 0}, {0, 1}},
                        name + "/bias:0",
                        new float[] {1, 2});
        assertArrayEquals(new double[] {3, 8}, out(net), 1e-6);
    }

    @Test
    void namesOfArraysInPartsAreAllFound() {
        KerasFile net = new KerasFile()
                .namesInOnePart(1)
                .hidden()
                .layer(
                        "BatchNormalization",
                        "norm",
                        "\"axis\": [1], \"epsilon\": 0.0, \"momentum\": 0.9",
                        "norm/gamma:0",
                        new float[] {1, 1, 2},
                        "norm/beta:0",
                        new float[] {0, 0, 1},
                        "norm/moving_mean:0",
                        new float[] {0, 0, 2},
                        "norm/moving_variance:0",
                        new float[] {1, 1, 4});
        assertArrayEquals(new double[] {2, 0, 5}, out(net), 1e-5);
    }

    /** Keras 1: names of settings and arrays, with TensorFlow's scopes before them. */
    @Test
    void aConvolutionalNetworkOfKeras1IsRead() {
        float[][][][] kernel = new float[2][1][1][1];
        kernel[0][0][0][0] = 1;
        kernel[1][0][0][0] = 10;
        KerasFile net = new KerasFile()
                .config("{\"class_name\": \"Sequential\", \"config\": [LAYERS]}")
                .attribute("keras_version", "1.2.2")
                .layer(
                        "Convolution2D",
                        "conv_1",
                        "\"nb_filter\": 1, \"nb_row\": 2, \"nb_col\": 1, \"border_mode\": \"valid\", \"subsample\": "
                                + "[1, 1], \"dim_ordering\": \"tf\", \"activation\": \"linear\", \"bias\": true, "
                                + "\"batch_input_shape\": [null, 2, 2, 1]",
                        "scope/conv_1_W:0",
                        kernel,
                        "scope/conv_1_b:0",
                        new float[] {.5f})
                .layer("Flatten", "flatten_1", "")
                .layer(
                        "BatchNormalization",
                        "norm_1",
                        "\"axis\": -1, \"mode\": 0, \"epsilon\": 0.0, \"momentum\": 0.9",
                        "norm_1_gamma",
                        new float[] {1, 2},
                        "norm_1_beta",
                        new float[] {0, 1},
                        "norm_1_running_mean",
                        new float[] {0, .5f},
                        "norm_1_running_std",
                        new float[] {1, 4})
                .layer("Dropout", "drop_1", "\"p\": 0.25");
        // pixels 1 2 / 3 4: 1 + 10·3 + ½ and 2 + 10·4 + ½; normalised by the variance, which "running_std" holds
        double[] out = Model.read(write(net))
                .network()
                .output(Nd4j.createFromArray(1f, 2, 3, 4).reshape(1, 1, 2, 2))
                .toDoubleVector();
        assertArrayEquals(new double[] {31.5, 43}, out, 1e-4);
    }

    @Test
    void kernelsOfTheanoAreTurnedAsKerasTurnsThem() {
        float[][][][] kernel = new float[2][2][1][1];
        for (int i = 0; i < 4; i++) {
            kernel[i / 2][i % 2][0][0] = (float) Math.pow(10, i);
        }
        String conv = "\"filters\": 1, \"kernel_size\": [2, 2], \"activation\": \"linear\", \"use_bias\": false, "
                + "\"batch_input_shape\": [null, 2, 2, 1]";
        for (String backend : new String[] {"tensorflow", "theano"}) {
            KerasFile net = new KerasFile()
                    .attribute("backend", backend)
                    .layer("Conv2D", "conv", conv, "conv/kernel", kernel)
                    .layer("Flatten", "flat", "");
            double out = Model.read(write(net))
                    .network()
                    .output(Nd4j.createFromArray(1f, 2, 3, 4).reshape(1, 1, 2, 2))
                    .getDouble(0);
            assertEquals(backend.equals("theano") ? 1234 : 4321, out, 1e-3);
        }
    }

    /** Keras 3 writes types and functions as objects, and no "batch_input_shape". */
    @Test
    void jsonOfKeras3IsRead() {
        String policy = "\"dtype\": {\"module\": \"keras\", \"class_name\": \"DTypePolicy\", \"config\": {\"name\": "
                + "\"float32\"}, \"registered_name\": null}";
        KerasFile net = new KerasFile()
                .config(
                        "{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": "
                                + "[LAYERS], \"build_input_shape\": [null, 3]}}")
                .layer(
                        "Dense",
                        "out",
                        policy + ", \"units\": 2, \"use_bias\": false, \"activation\": {\"module\": "
                                + "\"builtins\", \"class_name\": \"function\", \"config\": \"relu\", \"registered_name\": "
                                + "\"function\"}",
                        "sequential/out/kernel",
                        new double[][] {{1, -1}, {2, 0}, {3, 0}});
        double[] out = Model.read(write(net))
                .network()
                .output(Nd4j.createFromArray(new float[][] {{1, 1, 1}}))
                .toDoubleVector();
        assertArrayEquals(new double[] {6, 0}, out, 1e-6);
    }

    /** A network that Keras 3.15 itself wrote, against the outputs that it gave. */
    @Test
    void aConvolutionalNetworkOfKeras3GivesItsOutputs() {
        TestNetworks.file("keras3/seq_cnn.h5").ifPresent(file -> {
            var check = Npz.read(TestNetworks.file("keras3/seq_cnn.npz").orElseThrow());
            Model model = Model.read(file);
            assertEquals("1 × 28 × 28", Architecture.of(model).input().toString());
            var out = model.network().output(check.get("x0").permute(0, 3, 1, 2).dup('c'));
            double[] logits = check.get("y").dup('c').data().asDouble();
            assertArrayEquals(softmax(logits, 10), out.dup('c').data().asDouble(), 1e-4);
        });
    }

    private static double[] softmax(double[] logits, int classes) {
        double[] out = new double[logits.length];
        for (int row = 0; row < logits.length; row += classes) {
            double sum = 0;
            for (int c = row; c < row + classes; c++) {
                sum += Math.exp(logits[c]);
            }
            for (int c = row; c < row + classes; c++) {
                out[c] = Math.exp(logits[c]) / sum;
            }
        }
        return out;
    }

    static List<Arguments> activations() {
        return List.of(
                Arguments.of("ReLU", "", 4, 0),
                Arguments.of("ReLU", "\"max_value\": 6", 4, 0),
                Arguments.of("ReLU", "\"negative_slope\": 0.25", 4, -.5),
                Arguments.of("LeakyReLU", "\"alpha\": 0.5", 4, -1),
                Arguments.of("LeakyReLU", "\"negative_slope\": 0.5", 4, -1),
                Arguments.of("Activation", "\"activation\": \"silu\"", 4 / (1 + Math.exp(-4)), -2 / (1 + Math.exp(2))),
                Arguments.of("Softmax", "\"axis\": -1", 1 / (1 + Math.exp(-6)), 1 / (1 + Math.exp(6))));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAreThoseOfKeras(String kind, String settings, double first, double second) {
        assertArrayEquals(new double[] {first, second}, out(twoLogits().layer(kind, "act", settings)), 1e-5);
    }

    private KerasFile twoLogits() {
        return new KerasFile()
                .hidden()
                .out("out", ", \"activation\": \"linear\"", new float[][] {{2, -1}, {0, 0}, {0, 0}});
    }

    private Path write(KerasFile net) {
        return net.write(folder.resolve("net.h5"));
    }

    private double[] out(KerasFile net) {
        return out(Model.read(write(net)));
    }

    private static double[] out(Model model) {
        return model.network()
                .output(Nd4j.createFromArray(new float[][] {INPUT}))
                .toDoubleVector();
    }

    private static void refused(String said, Path file) {
        String message = assertThrows(IllegalArgumentException.class, () -> Model.read(file))
                .getMessage();
        assertTrue(
                message.startsWith(file + " cannot be read as a Keras network: ") && message.contains(said), message);
        assertFalse(message.contains("damaged"), message);
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                KerasFormat_OthersFilesTest.class.getResource("others/" + name).toURI());
    }
}
