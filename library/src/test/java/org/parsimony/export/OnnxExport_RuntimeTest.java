package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.network.Model;

/**
 * ONNX Runtime, which knows nothing of this library, computes with every exported file what the network computes here, and
 * so does the network that is read from the file again.
 */
class OnnxExport_RuntimeTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    static Stream<Net> nets() {
        return ExportNets.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void everyFormComputesTheSame(Net net) throws Exception {
        Model dense = net.model();
        for (Model model : new Model[] {dense, ExportNets.compressed(dense, 12), ExportNets.compressed(dense, 100)}) {
            Samples samples = ExportNets.samples(net, 3);
            float[] ours = ExportNets.outputs(model, samples);
            for (Exports.Form form : Exports.Form.values()) {
                Path file = folder.resolve("net.onnx");
                var options = new Exports.Options().form(form).shape(net.shape());
                assertEquals(Exports.write(model, file, options).bytes(), Files.size(file));
                float[] theirs = OnnxRuntime.outputs(Files.readAllBytes(file), net.inputs(), samples);
                assertTrue(ExportNets.distance(ours, theirs) < TOLERANCE, form + " by ONNX Runtime");
                float[] again = ExportNets.outputs(Model.read(file), samples);
                assertTrue(ExportNets.distance(again, theirs) < TOLERANCE, form + " read again");
            }
        }
    }

    /** A convolution in groups is one operator, not a convolution of each part. */
    @Test
    void groupsAreOneConvolution() throws Exception {
        Net grouped = ExportNets.all().stream()
                .filter(net -> net.name().equals("grouped"))
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve("net.onnx");
        Exports.write(grouped.model(), file);
        List<Long> groups = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .map(node -> node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("group"))
                        .map(attribute -> attribute.getI())
                        .findFirst()
                        .orElse(1L))
                .toList();
        assertEquals(List.of(1L, 2L), groups);
    }
}
