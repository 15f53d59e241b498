package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;

/**
 * What is written for Keras is read again as the same network, by the reader that is held to files of Keras's own
 * ({@code KerasGraph_Keras3Test}); its arrays lie as Keras has them.
 */
class KerasExport_RoundTripTest {

    @TempDir
    Path folder;

    /** All but those that have what Keras has not. */
    static Stream<Net> nets() {
        return ExportNets.all().stream().filter(net -> !net.name().matches("graph 4|hard.*|onnx/mobile.onnx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void theSameNetworkIsReadAgain(Net net) {
        for (Model model : new Model[] {net.model(), ExportNets.compressed(net.model(), 12)}) {
            Path file = folder.resolve("net.h5");
            Exports.write(model, file, new Exports.Options().shape(net.shape()));
            Samples samples = ExportNets.samples(net, 3);
            double distance = ExportNets.distance(
                    ExportNets.outputs(model, samples), ExportNets.outputs(Model.read(file), samples));
            assertTrue(distance < 1e-5, "outputs differ by " + distance);
        }
    }

    /** Two pixels of three channels: ours are 1 2 | 3 4 | 5 6, Keras's 1 3 5 | 2 4 6. */
    @Test
    void arraysLieChannelsLast() {
        Model model = TestNetworks.random("[3 1 2],conv 2 1x2 same,flatten,dense 1 sigmoid");
        var kernel = model.network().getLayer(0).getParam("W"); // [filters × channels × 1 × 2]
        var matrix = model.network().getLayer(1).getParam("W"); // [2 channels · 2 pixels × 1]
        Path file = folder.resolve("net.h5");
        Exports.write(model, file);
        try (HdfFile hdf = new HdfFile(file)) {
            float[][][][] theirs = (float[][][][]) hdf.getDatasetByPath("/model_weights/layer_0/layer_0/kernel")
                    .getData();
            for (int filter = 0; filter < 2; filter++) {
                for (int channel = 0; channel < 3; channel++) {
                    for (int pixel = 0; pixel < 2; pixel++) {
                        assertEquals(kernel.getFloat(filter, channel, 0, pixel), theirs[0][pixel][channel][filter]);
                    }
                }
            }
            float[][] rows = (float[][]) hdf.getDatasetByPath("/model_weights/layer_1/layer_1/kernel")
                    .getData();
            for (int row = 0; row < 4; row++) {
                assertEquals(matrix.getFloat(row % 2 * 2 + row / 2, 0), rows[row][0]);
            }
            Group weights = (Group) hdf.getChild("model_weights");
            assertArrayEquals(new String[] {"layer_0/kernel", "layer_0/bias"}, (String[])
                    weights.getChild("layer_0").getAttribute("weight_names").getData());
        }
    }

    @Test
    void whatIsAlwaysPlainIsNotWrittenAsCompressed() {
        Model model = Architectures.mlp("4-3-2", 1);
        for (String name : new String[] {"net.h5", "net.zip"}) {
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Exports.write(
                            model, folder.resolve(name), new Exports.Options().form(Exports.Form.COMPRESSED)));
            assertTrue(e.getMessage().startsWith("the form is compressed, but ."), e.getMessage());
        }
    }

    @Test
    void whatKerasHasNotIsNamed() {
        Model model = TestNetworks.random("[5],dense 6 hardtanh,dense 3 softmax");
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Exports.write(model, folder.resolve("net.h5")));
        assertTrue(
                refusal.getMessage().contains("\"layer 0\" (dense 6 hardtanh) has the activation hardtanh"),
                refusal.getMessage());
    }
}
