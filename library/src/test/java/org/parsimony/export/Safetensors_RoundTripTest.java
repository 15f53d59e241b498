package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;

/** {@code .safetensors} hold the same network in both forms, under the names and in the orders of PyTorch. */
class Safetensors_RoundTripTest {

    @TempDir
    Path folder;

    static Stream<Net> nets() {
        return ExportNets.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void theSameNetworkIsReadAgain(Net net) {
        for (Model model : new Model[] {net.model(), ExportNets.compressed(net.model(), 12)}) {
            for (Exports.Form form : Exports.Form.values()) {
                Path file = folder.resolve("net.safetensors");
                Exports.write(model, file, new Exports.Options().form(form).shape(net.shape()));
                Samples samples = ExportNets.samples(net, 3);
                double distance = ExportNets.distance(
                        ExportNets.outputs(model, samples), ExportNets.outputs(Model.read(file), samples));
                assertTrue(distance < 1e-5, form + ": outputs differ by " + distance);
            }
        }
    }

    /** A matrix of 3 inputs and 2 units stands as PyTorch has it, a row for each unit. */
    @Test
    void aRowIsAUnit() throws Exception {
        Model model = TestNetworks.random("[3],dense 2 softmax");
        Path file = folder.resolve("net.safetensors");
        Exports.write(model, file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        byte[] head = new byte[length];
        bytes.get(head);
        JsonObject json = JsonParser.parseString(new String(head, StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonObject("layer 0.weight");
        assertEquals("[2,3]", json.get("shape").toString());
        assertEquals("[0,24]", json.get("data_offsets").toString());
        var weights = model.network().getLayer(0).getParam("W");
        for (int unit = 0; unit < 2; unit++) {
            for (int input = 0; input < 3; input++) {
                assertEquals(weights.getFloat(input, unit), bytes.getFloat());
            }
        }
        assertEquals(0, length % 8);
    }

    /** 16 shared values take a byte a weight and their table instead of four bytes a weight. */
    @Test
    void sharedValuesAreATableAndIndices() throws Exception {
        Model model = ExportNets.compressed(TestNetworks.random("[100],dense 80 relu,dense 3 softmax"), 14);
        Path file = folder.resolve("net.safetensors");
        long plain = Exports.write(model, file).bytes();
        long coded = Exports.write(model, file, new Exports.Options().form(Exports.Form.COMPRESSED))
                .bytes();
        assertTrue(coded < 0.4 * plain, coded + " of " + plain);
        assertTrue(
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("layer 0.weight.indices"));
    }
}
