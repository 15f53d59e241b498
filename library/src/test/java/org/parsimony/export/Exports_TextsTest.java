package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.texts.Pairs;

/** Networks of texts keep what they tell in files that hold them, and are refused by name by those that do not. */
class Exports_TextsTest {

    private static final Dataset DATA = Pairs.data();

    @TempDir
    Path folder;

    /** Two units of a dense layer are powerless. */
    private static Model model() {
        Model model = Architectures.resolve(Pairs.NETWORK, DATA, 2);
        for (int l = 0; l < model.net().layers(); l++) {
            if (model.net().name(l).equals("dense2")) {
                INDArray mask = model.net().layer(l).getParam("W").like().assign(1);
                mask.getColumn(1).assign(0);
                mask.getColumn(4).assign(0);
                model.mask(l, mask);
            }
        }
        return model;
    }

    private static float[] told(Model model) {
        Samples test = DATA.test();
        return model.predict(test, 0, test.size()).dup('c').data().asFloat();
    }

    @Test
    void filesThatHoldThemGiveThemBack() throws Exception {
        Model model = model();
        Path zip = folder.resolve("net.zip");
        Exports.write(model, zip);
        Model back = Model.read(zip);
        assertArrayEquals(told(model), told(back), 1e-5f);
        assertEquals(
                told(model).length,
                model.evaluate(DATA.test()).samples(),
                "the engine of texts serves it before and after");
        assertEquals(
                model.evaluate(DATA.test()).loss(), back.evaluate(DATA.test()).loss(), 1e-5);
        Path pars = folder.resolve("net.pars");
        Exports.write(model, pars);
        assertEquals(
                model.evaluate(DATA.test()).loss(),
                CodedNetwork.map(pars).evaluate(DATA.test()).loss(),
                1e-5);
        assertArrayEquals(told(model), told(Model.read(pars)), 1e-5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {".onnx", ".h5", ".h", ".safetensors"})
    void othersSayWhatTheyCannotHold(String ending) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> Exports.write(model(), folder.resolve("net" + ending)));
        assertTrue(
                refusal.getMessage().contains("\"ligand-embedding\" (embedding 7 6) makes values of tokens"),
                refusal.getMessage());
    }
}
