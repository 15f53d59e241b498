package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.network.Model;

/** Networks of Keras that are not supported or not whole are refused with the layer, what it has and what it must have. */
class KerasFormat_RefusalsTest {

    @TempDir
    Path folder;

    static List<Arguments> refusals() {
        String dense = "\"units\": 2, \"use_bias\": false, \"activation\": null";
        return List.of(
                Arguments.of("Dense", "\"use_bias\": false", "layer 2, Dense \"x\" has no setting \"units\""),
                Arguments.of("Dense", "\"units\": \"2\"", "has units \"2\", but must have whole numbers"),
                Arguments.of("Dense", "\"units\": 0", "has units 0"),
                Arguments.of("Dense", "\"units\": 2.5", "has units 2.5"),
                Arguments.of("Dense", dense.replace("false", "1"), "has use_bias 1, but must have true or false"),
                Arguments.of("Dense", dense, "layer 2, Dense \"x\" has no kernel among its arrays []"),
                Arguments.of("Dense", dense.replace("null", "\"gelu\""), "has activation gelu, which is not supported"),
                Arguments.of(
                        "Dense",
                        dense.replace("null", "{\"class_name\": \"LeakyReLU\", \"config\": {}}"),
                        "has activation {\"class_name\":\"LeakyReLU\""),
                Arguments.of("Dense", dense + ", \"data_format\": \"channels_first\"", "data_format channels_first"),
                Arguments.of("Dense", dense + ", \"dim_ordering\": \"th\"", "data_format channels_first"),
                Arguments.of("Activation", "\"activation\": \"hard_sigmoid\"", "hard_sigmoid, which is not supported"),
                Arguments.of("Softmax", "\"axis\": 1", "has axis 1, which is not supported; only -1 is"),
                Arguments.of("ReLU", "\"max_value\": 1.0", "has max_value 1.0, which is not supported; only 6 is"),
                Arguments.of("ReLU", "\"threshold\": 0.5", "has threshold 0.5"),
                Arguments.of("Dropout", "\"rate\": 1.5", "rate of dropout is 1.5"),
                Arguments.of("Dropout", "", "has no setting \"rate\""),
                Arguments.of("BatchNormalization", "\"mode\": 2", "has mode 2, which is not supported"),
                Arguments.of("BatchNormalization", "\"axis\": 0", "normalises along axis 0"),
                Arguments.of("Conv2D", "\"filters\": 1, \"kernel_size\": [1]", "kernel_size [1], but must have height"),
                Arguments.of("LSTM", "\"units\": 3", "layer 2, LSTM \"x\" is not supported; there are Dense"),
                Arguments.of("Resizing", "\"height\": 4", "layer 2, Resizing \"x\" is not supported"),
                Arguments.of("Functional", "\"layers\": []", "its network \"x\" lists no layers"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNotSupportedIsNamedWithItsLayer(String kind, String settings, String said) {
        refused(said, write(new KerasFile().hidden().layer(kind, "x", settings)));
    }

    @Test
    void arraysThatAreNoWeightsAreNamed() {
        refused(
                "has a kernel of shape [2, 2], but must have [3, 2]",
                write(new KerasFile().hidden().out("out", "", new float[][] {{1, 2}, {3, 4}})));
        refused(
                "has a kernel whose value 1 is NaN, but must be a finite number of 32 bits",
                write(new KerasFile().hidden().out("out", "", new float[][] {{1}, {Float.NaN}, {1}})));
        KerasFile wide = new KerasFile()
                .hidden()
                .layer("Dense", "out", "\"units\": 1, \"use_bias\": false", "out/kernel:0", new double[][] {
                    {1}, {1e300}, {1}
                });
        refused("has a kernel whose value 1 is Infinity", write(wide));
        KerasFile quantised = new KerasFile()
                .hidden()
                .layer("Dense", "out", "\"units\": 1, \"use_bias\": false", "out/kernel:0", new byte[][] {{1}, {2}, {3}
                });
        refused(
                "out: out/kernel:0 holds no floats of 16, 32 or 64 bits; save the network as float32",
                write(quantised));
    }

    static List<Arguments> configurations() {
        String start = "{\"class_name\": \"Sequential\", \"config\": ";
        return List.of(
                Arguments.of("{\"class_name\": \"Functional\", \"config\": {}}", "its model_config lists no layers"),
                Arguments.of("{\"class_name\": \"Model\", \"config\": {}}", "its model_config lists no layers"),
                Arguments.of("{}", "of class null, but only"),
                Arguments.of("{\"class_name\": ", "its model_config is no JSON"),
                Arguments.of("[]", "its model_config is [], but must be an object"),
                Arguments.of(start + "[]}", "its model_config lists no layers"),
                Arguments.of(start + "{\"layers\": 3}}", "its model_config lists no layers"),
                Arguments.of(start + "[3]}", "layer 1 is 3, but must have class_name and config"),
                Arguments.of(start + "[{\"class_name\": \"Dense\"}]}", "but must have class_name and config"),
                Arguments.of(
                        start + "[{\"class_name\": \"Dense\", \"registered_name\": \"Mine>Dense\", \"config\": {}}]}",
                        "layer 1 is of the class Mine>Dense of somebody's own"),
                Arguments.of(start + "[{\"class_name\": \"Dense\", \"config\": {}}]}", "has no setting \"name\""),
                Arguments.of(input("[null]"), "its input shape is [null], but must be of vectors or images"),
                Arguments.of(input("[null, 2, 2, 2, 2]"), "must be of vectors or images"),
                Arguments.of(input("[null, null, 3]"), "its input shape [null,null,3] is open"),
                Arguments.of(input("[null, -3]"), "must have sides of 1 or more"),
                Arguments.of(input("[null, 1.5]"), "must have sides of 1 or more"),
                Arguments.of(input("\"x\""), "its first layer states no input shape"),
                Arguments.of(input("[null, 4]"), "its network has no layers but its input"));
    }

    private static String input(String shape) {
        return "{\"class_name\": \"Sequential\", \"config\": [{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"i\", "
                + "\"batch_shape\": " + shape + "}}]}";
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationsThatAreNoChainAreNamed(String config, String said) {
        refused(said, write(new KerasFile().config(config).hidden()));
    }

    private Path write(KerasFile net) {
        return net.write(folder.resolve("net.h5"));
    }

    private static void refused(String said, Path file) {
        String message = assertThrows(IllegalArgumentException.class, () -> Model.read(file))
                .getMessage();
        assertTrue(
                message.startsWith(file + " cannot be read as a Keras network: ") && message.contains(said), message);
        assertFalse(message.contains("damaged"), message);
    }
}
