package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Npz;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** Networks that Keras 3.15 saved itself, in both of its forms, give the outputs that it gave. */
class KerasGraph_Keras3Test {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "resnet, h5, true, identity",
        "resnet, keras, true, identity",
        "mobile, h5, true, identity",
        "mobile, keras, true, identity",
        "inception, h5, true, softmax",
        "inception, keras, true, softmax",
        "two_inputs, h5, true, identity",
        "two_inputs, keras, true, identity",
        "seq_cnn, h5, false, softmax",
        "seq_cnn, keras, false, softmax"
    })
    void givesItsOwnOutputs(String name, String form, boolean graph, String after) throws Exception {
        Path file = file(name + "." + form);
        Map<String, INDArray> known = Npz.read(file(name + ".npz"));
        INDArray expected = known.get("y");
        if (after.equals("softmax")) { // trained from logits, y has logits, a network here gives probabilities
            expected = org.nd4j.linalg.ops.transforms.Transforms.softmax(expected);
        }
        Model model = Model.read(file);
        assertEquals(graph, model.isGraph());
        close(expected, model, known, 1e-4);
        Path saved = folder.resolve("net.zip");
        model.save(saved);
        close(expected, Model.read(saved), known, 1e-4);
        for (int layer : Surgery.layers(model)) {
            Model masked = Surgery.mask(model, layer, 1);
            INDArray before = outputs(masked, known);
            double difference = before.sub(outputs(Surgery.compact(masked), known))
                    .amaxNumber()
                    .doubleValue();
            assertTrue(difference < 1e-5, model.net().name(layer) + ": " + difference);
        }
    }

    private static void close(INDArray expected, Model model, Map<String, INDArray> known, double tolerance) {
        double difference = expected.sub(outputs(model, known)).amaxNumber().doubleValue();
        assertTrue(difference < tolerance, "outputs differ by " + difference);
    }

    /** Of the inputs x0, x1, …, images turned to channels first, several side by side. */
    private static INDArray outputs(Model model, Map<String, INDArray> known) {
        INDArray[] inputs = known.keySet().stream()
                .filter(name -> name.startsWith("x"))
                .sorted()
                .map(name -> known.get(name))
                .map(x -> x.rank() == 4 ? x.permute(0, 3, 1, 2).dup('c') : x)
                .toArray(INDArray[]::new);
        int n = (int) inputs[0].size(0);
        INDArray flat = Nd4j.concat(
                1, Arrays.stream(inputs).map(x -> x.reshape('c', n, -1)).toArray(INDArray[]::new));
        int[] shape = inputs.length > 1 || inputs[0].rank() == 2
                ? new int[] {(int) flat.size(1)}
                : new int[] {(int) inputs[0].size(1), (int) inputs[0].size(2), (int) inputs[0].size(3)};
        Samples samples = new Samples(flat.dup('c').data().asFloat(), new int[n], 2, shape);
        return model.predict(samples, 0, n);
    }

    private static Path file(String name) throws Exception {
        return Path.of(KerasGraph_Keras3Test.class.getResource("keras3/" + name).toURI());
    }
}
