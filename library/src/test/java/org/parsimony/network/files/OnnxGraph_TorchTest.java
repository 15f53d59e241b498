package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;
import org.parsimony.data.format.Npz;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** Networks that both exporters of PyTorch 2.13 wrote give the outputs that ONNX Runtime gave. */
class OnnxGraph_TorchTest {

    @ParameterizedTest
    @CsvSource({"residual, residual", "residual_legacy, residual", "mobile, mobile", "mobile_legacy, mobile"})
    void givesTheOutputsOfOnnxRuntime(String file, String arrays) throws Exception {
        Map<String, INDArray> known = Npz.read(path(arrays + ".npz"));
        INDArray x = known.get("x0");
        int n = (int) x.size(0);
        Samples samples = new Samples(
                x.dup('c').data().asFloat(), new int[n], 2, (int) x.size(1), (int) x.size(2), (int) x.size(3));
        Model model = Model.read(path(file + ".onnx"));
        assertTrue(model.isGraph());
        INDArray y = known.get("y");
        INDArray ours = model.predict(samples, 0, n);
        assertArrayEquals(y.shape(), ours.shape());
        assertTrue(y.sub(ours).amaxNumber().doubleValue() < 1e-4, y + "\n" + ours);
        for (int layer : Surgery.layers(model)) {
            Model masked = Surgery.mask(model, layer, 0, 2);
            INDArray compact = Surgery.compact(masked).predict(samples, 0, n);
            assertTrue(masked.predict(samples, 0, n).sub(compact).amaxNumber().doubleValue() < 1e-5);
        }
    }

    private static Path path(String name) throws Exception {
        return Path.of(OnnxGraph_TorchTest.class.getResource("onnx/" + name).toURI());
    }
}
