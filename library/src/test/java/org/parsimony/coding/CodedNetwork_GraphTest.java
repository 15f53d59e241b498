package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.GraphNets;

/** Graphs in code: what they compute on the code, and what their file holds. */
class CodedNetwork_GraphTest {

    @TempDir
    Path folder;

    static Stream<Model> nets() {
        return GraphNets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theCodeComputesWhatTheGraphComputes(Model model) throws Exception {
        Samples samples = GraphNets.samples(model, 5, 1);
        CodedNetwork coded = CodedNetwork.encode(model, new CodedNetwork.Options(), samples.shape());
        same(model, coded, samples);
        Model back = coded.model();
        assertEquals(model.predict(samples, 0, 5), back.predict(samples, 0, 5), "bit for bit");
        Path file = folder.resolve("net.pars");
        coded.write(file);
        assertEquals(CodedNetwork.GRAPH_VERSION, Files.readAllBytes(file)[7]);
        same(model, CodedNetwork.map(file), samples);
        assertEquals(
                model.predict(samples, 0, 5),
                Model.read(file).predict(samples, 0, 5),
                "the file holds the same network");
        assertEquals(Files.size(file), coded.sizeInBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "mobile", "inception", "two_inputs"})
    void networksOfOthersAreCoded(String name) throws Exception {
        Model model = Model.read(Path.of(Blueprint.class
                .getResource("/org/parsimony/network/files/keras3/" + name + ".keras")
                .toURI()));
        Blueprint blueprint = Blueprint.of(model);
        assertEquals(blueprint, Blueprint.parse(blueprint.toJson()));
        int[] shape = blueprint.inputs().size() == 1
                ? blueprint.inputs().values().iterator().next().toArray()
                : new int[] {blueprint.inputSize()};
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[4 * blueprint.inputSize()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        Samples samples = new Samples(x, new int[4], 2, shape);
        CodedNetwork coded = CodedNetwork.encode(model, new CodedNetwork.Options());
        same(model, coded, samples);
        Path zip = folder.resolve("net.zip");
        model.save(zip);
        assertEquals(blueprint, Blueprint.of(Model.read(zip)), "Deeplearning4j's file tells the same");
    }

    @Test
    void aDamagedFileIsRefusedOrRead() throws Exception {
        Model model = GraphNets.all().get(3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedNetwork.encode(model, new CodedNetwork.Options(), 2, 6, 6).write(out);
        byte[] whole = out.toByteArray();
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 200; trial++) {
            byte[] damaged = whole.clone();
            damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
            assertThrows(CodingException.class, () -> CodedNetwork.read(new ByteArrayInputStream(damaged)));
        }
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() {
        for (List<String> wrong : List.of(
                List.of("{\"inputs\":{\"x\":[3]},\"nodes\":[[\"a\",\"dense 2 softmax\",\"y\"]]}", "reads \"y\""),
                List.of("{\"inputs\":{\"x\":[3]},\"nodes\":[[\"a\",\"mystery 2\",\"x\"]]}", "mystery"),
                List.of(
                        "{\"inputs\":{\"x\":[3]},\"nodes\":[[\"a\",\"dense 2\",\"x\"],[\"b\",\"add\",\"a\",\"x\"],"
                                + "[\"c\",\"activation softmax\",\"b\"]]}",
                        "\"b\" (add) cannot take"),
                List.of(
                        "{\"inputs\":{\"x\":[3]},\"nodes\":[[\"a\",\"dense 2\",\"x\"],[\"b\",\"dense 2\",\"x\"]]}",
                        "nothing reads"),
                List.of("[1]", "no JSON of a graph"))) {
            var e = assertThrows(IllegalArgumentException.class, () -> Blueprint.parse(wrong.get(0)));
            assertTrue(e.getMessage().contains(wrong.get(1)), e.getMessage());
        }
    }

    private static void same(Model model, CodedNetwork coded, Samples samples) {
        int n = samples.size();
        INDArray expected = model.predict(samples, 0, n);
        float[] y = coded.predict(samples, 0, n);
        float[] ours = expected.dup('c').data().asFloat();
        for (int i = 0; i < y.length; i++) {
            assertEquals(ours[i], y[i], 1e-5, "output " + i);
        }
    }
}
