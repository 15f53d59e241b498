package org.parsimony.notebook.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

class OnnxBench_PrintTest {

    /** Nine of ten weights are zero and the others one value: the compressed file is the smaller one. */
    @Test
    void bothFormsAreToldWithTheirRatio() throws Exception {
        Model model = Architectures.mlp("60-50-3", 1);
        INDArray weights = model.network().getLayer(0).getParam("W");
        weights.assign(0);
        for (int i = 0; i < weights.length(); i += 10) {
            weights.putScalar(i, 0.25);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OnnxBench.run(model, 5, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.matches("(?s).*plain +[0-9,]+ bytes .*compressed +[0-9,]+ bytes .*"), text);
        assertTrue(text.matches("(?s).*ratio +[5-9]\\.[0-9] times smaller.*one sample.*"), text);
    }
}
