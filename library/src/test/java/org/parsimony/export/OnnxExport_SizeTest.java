package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** How small LeNet-300-100 gets with as many nonzeros and shared values as the smallest trained one has. */
class OnnxExport_SizeTest {

    /** Those of the smallest arm of {@code papers/sham/results}. */
    private static final int NONZEROS = 4792;

    /** Of the weights of each layer; later layers keep more, as trained ones do, so that hardly a unit is dead. */
    private static final double[] SHARES = {0.012, 0.06, 0.2};

    private static final int SHARED = 16;

    @TempDir
    Path folder;

    /** Places are drawn at random, which no code can foretell. */
    @Test
    void theCompressedNetworkTakesLessThanFifteenKilobytes() throws Exception {
        Model model = Architectures.mlp("784-300-100-10", 1);
        SplittableRandom random = new SplittableRandom(1);
        int left = 0;
        for (int l = 0; l < 3; l++) {
            INDArray weights = model.network().getLayer(l).getParam("W");
            float[] values = new float[(int) weights.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextDouble() < SHARES[l] ? (random.nextInt(SHARED) - SHARED / 2 + 0.5f) / 20 : 0;
                left += values[i] != 0 ? 1 : 0;
            }
            weights.assign(Nd4j.create(values, weights.shape(), 'c'));
        }
        assertTrue(Math.abs(left - NONZEROS) < 200, left + " nonzeros");
        Net net = new Net("LeNet-300-100", model);
        Samples samples = ExportNets.samples(net, 5);
        Path file = folder.resolve("net.onnx");
        long plain = Exports.write(model, file).bytes();
        float[] dense = OnnxRuntime.outputs(Files.readAllBytes(file), net.inputs(), samples);
        long compressed = Exports.write(model, file, new Exports.Options().form(Exports.Form.COMPRESSED))
                .bytes();
        assertTrue(compressed < 15_000, compressed + " bytes");
        assertTrue(plain > 70 * compressed, plain + " bytes beside " + compressed);
        float[] coded = OnnxRuntime.outputs(Files.readAllBytes(file), net.inputs(), samples);
        assertTrue(ExportNets.distance(dense, coded) < 1e-6);
    }
}
