package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.network.Model;

/**
 * Keras networks that other readers were publicly reported to get wrong, read to the same numbers or refused by the layer:
 * deeplearning4j #3313, #4395, #4523, #4922, #6616, #7089, #8140, #8942; keras #3423, #7085, #7784; MobileNets #1.
 */
class KerasFormat_ReportsTest {

    private static final float[][] OUT = {{2, -1}, {0, 0}, {0, 0}};

    @TempDir
    Path folder;

    private static double[] out(Path file) {
        return Model.read(file)
                .network()
                .output(Nd4j.createFromArray(new float[][] {{1, -1, .5f, 2}}))
                .toDoubleVector();
    }

    private Path write(KerasFile net) {
        return net.write(folder.resolve("net.h5"));
    }

    /** deeplearning4j #4395: the file names no backend that anybody knows; #4523: widths are called units. */
    @Test
    void aBackendThatNobodyKnowsChangesNothing() {
        KerasFile net = new KerasFile().hidden().out("out", "", OUT).attribute("keras_backend", "NONE");
        assertArrayEquals(new double[] {4, -2}, out(write(net)), 1e-6);
    }

    /** keras #7784: the slope was once written as an array of NumPy's. */
    @Test
    void aSlopeIsReadHoweverItIsWritten() {
        float[][] logits = {{2, -1}, {0, 0}, {0, 0}};
        for (String slope : List.of("\"alpha\": 0.5", "\"negative_slope\": 0.5")) {
            KerasFile net = new KerasFile().hidden().out("out", "", logits).layer("LeakyReLU", "leaky", slope);
            assertArrayEquals(new double[] {4, -1}, out(write(net)), 1e-6);
        }
        KerasFile net = new KerasFile()
                .hidden()
                .out("out", "", logits)
                .layer("LeakyReLU", "leaky", "\"alpha\": {\"type\": \"ndarray\", \"value\": 0.5}");
        try {
            assertArrayEquals(new double[] {4, -1}, out(write(net)), 1e-6);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("leaky") && e.getMessage().contains("alpha"), e.getMessage());
        }
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(
                        "deeplearning4j #6616: a layer of one's own",
                        net().layer("BatchNorm", "bn_1", "\"axis\": 3"),
                        "BatchNorm \"bn_1\""),
                Arguments.of(
                        "deeplearning4j #8140: code in a layer",
                        net().layer("Lambda", "space_to_depth", "\"function\": [\"4wEAAA\", null, null]"),
                        "Lambda \"space_to_depth\""),
                Arguments.of(
                        "deeplearning4j #3313: a network in the network",
                        net().layer("Model", "model_1", "\"layers\": []"),
                        "its network \"model_1\" lists no layers"),
                Arguments.of(
                        "deeplearning4j #4922: and by its newer name",
                        net().layer("Functional", "model_2", "\"layers\": []"),
                        "its network \"model_2\" lists no layers"),
                Arguments.of(
                        "keras #7085: enlarging",
                        net().layer("UpSampling2D", "up", "\"size\": [2, 2], \"interpolation\": \"bilinear\""),
                        "UpSampling2D \"up\""),
                Arguments.of(
                        "keras #3423: statistics of the batch, even when predicting",
                        net().layer(
                                        "BatchNormalization",
                                        "norm",
                                        "\"axis\": 1, \"epsilon\": 0.001, \"mode\": 2",
                                        "norm/gamma:0",
                                        new float[] {1, 1},
                                        "norm/beta:0",
                                        new float[] {0, 0},
                                        "norm/moving_mean:0",
                                        new float[] {0, 0},
                                        "norm/moving_variance:0",
                                        new float[] {1, 1}),
                        "mode"),
                Arguments.of(
                        "deeplearning4j #7089: a text that is cut",
                        net().config("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [LAYERS"),
                        "JSON"),
                Arguments.of(
                        "MobileNets #1: an array that the layer does not use",
                        new KerasFile()
                                .hidden()
                                .layer(
                                        "Dense",
                                        "conv1",
                                        "\"units\": 2, \"use_bias\": false",
                                        "conv1/kernel:0",
                                        OUT,
                                        "conv1/bias:0",
                                        new float[] {5, 7}),
                        "conv1"));
    }

    private static KerasFile net() {
        return new KerasFile().hidden().out("out", "", OUT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatWouldBeReadWrongIsRefusedByItsLayer(String report, KerasFile net, String said) {
        Path file = write(net);
        String message = assertThrows(IllegalArgumentException.class, () -> Model.read(file))
                .getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(said), message);
    }

    /** deeplearning4j #8942: a network that was never told its input, but fitted, knows it from its first kernel. */
    @Test
    void anInputThatIsNotStatedIsThatOfTheFirstKernelOrAskedFor() {
        KerasFile net = new KerasFile()
                .layer(
                        "Dense",
                        "first",
                        "\"units\": 2, \"activation\": \"linear\", \"use_bias\": false",
                        "first/kernel:0",
                        new float[][] {{1, 0}, {0, 1}, {0, 0}, {0, 0}});
        Path file = write(net);
        try {
            assertArrayEquals(new double[] {1, -1}, out(file), 1e-6);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("states no input shape"), e.getMessage());
        }
    }
}
