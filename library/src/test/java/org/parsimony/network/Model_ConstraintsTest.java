package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.training.Trainer;

/** Masks, ties and zero biases hold through training, copying, cutting and files. */
class Model_ConstraintsTest {

    private static final Samples SAMPLES = Nets.learnable(200, 1);

    /** 12-9-7-4: the first layer tied to three values and a third of it masked; no biases in the second. */
    private static Model constrained() {
        Model model = Nets.dense().withOptimiser(new Adam(0.01));
        INDArray weights = model.network().getLayer(0).getParam("W");
        float[] mask = new float[(int) weights.length()];
        float[] number = new float[mask.length];
        float[] value = new float[mask.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 3 == 0 ? 0 : 1;
            number[i] = i % 3 == 0 ? -1 : i % 5 % 3;
            value[i] = i % 3 == 0 ? 0 : 0.1f * (1 + i % 5 % 3) * (i % 5 % 3 == 1 ? -1 : 1);
        }
        weights.assign(Nd4j.create(value, weights.shape(), 'c'));
        model.tie(0, Nd4j.create(number, weights.shape(), 'c'));
        model.mask(0, Nd4j.create(mask, weights.shape(), 'c'));
        Model whole =
                model.with(new Constraints(model.masks(), model.constraints().ties(), Set.of(1)));
        whole.applyMasks();
        return whole;
    }

    private static void train(Model model, int epochs) {
        Trainer.run(
                model, SAMPLES, SAMPLES, new Trainer.Options().epochs(epochs).seed(3), Progress.NONE);
    }

    private static float[] weights(Model model, int layer, String name) {
        return model.network().getLayer(layer).getParam(name).dup('c').data().asFloat();
    }

    private static void assertHeld(Model model) {
        float[] w = weights(model, 0, "W");
        Set<Float> values = new TreeSet<>();
        for (int i = 0; i < w.length; i++) {
            if (i % 3 == 0) {
                assertEquals(0, w[i]);
            } else {
                values.add(w[i]);
            }
        }
        assertEquals(3, values.size(), "weights of one number are one value to the last bit");
        assertTrue(IntStream.range(0, 7).allMatch(i -> weights(model, 1, "b")[i] == 0), "biases stay zero");
    }

    @Test
    void theyHoldThroughTraining() {
        Model model = constrained();
        float before = weights(model, 0, "W")[1];
        train(model, 3);
        assertHeld(model);
        assertTrue(before != weights(model, 0, "W")[1], "shared values move");
        assertTrue(weights(model, 0, "b")[0] != 0, "other biases move");
    }

    @Test
    void aFileKeepsThemAndTrainingGoesOnAsIfItHadNotBeenWritten(@TempDir Path folder) throws Exception {
        Model model = constrained();
        train(model, 1);
        Path file = folder.resolve("net.zip");
        model.save(file);
        Model read = Model.read(file);
        assertHeld(read);
        train(model, 2);
        train(read, 2);
        assertHeld(read);
        assertArrayEquals(
                model.network().params().dup().data().asFloat(),
                read.network().params().dup().data().asFloat());
        Model plain = new Model(org.deeplearning4j.nn.multilayer.MultiLayerNetwork.load(file.toFile(), true));
        assertEquals(model.network().numParams(), plain.network().numParams(), "Deeplearning4j reads it too");
        Path again = folder.resolve("again.zip");
        constrained().save(again);
        Path twice = folder.resolve("twice.zip");
        constrained().save(twice);
        assertEquals(-1, Files.mismatch(again, twice), "equal networks are equal files");
    }

    @Test
    void surgeryCarriesThem() {
        Model cut = Surgery.keep(constrained(), 0, 8, 1, 4);
        train(cut, 2);
        Set<Float> values = new TreeSet<>();
        for (float w : weights(cut, 0, "W")) {
            values.add(w);
        }
        values.remove(0f);
        assertTrue(values.size() <= 3, values + " are more than three shared values");
        assertTrue(IntStream.range(0, 7).allMatch(i -> weights(cut, 1, "b")[i] == 0));
        assertEquals(2, cut.masks().get(0).rank());
        assertArrayEquals(new long[] {12, 3}, cut.constraints().ties().get(0).shape());
    }

    @Test
    void aMaskOnAMaskHoldsBoth() {
        Model model = Nets.dense();
        INDArray ones = Nd4j.ones(12, 9);
        model.mask(0, ones.dup().putScalar(0, 0, 0));
        model.mask(0, ones.dup().putScalar(1, 1, 0));
        assertEquals(
                2,
                model.masks().get(0).length() - model.masks().get(0).sumNumber().intValue());
        assertEquals(0, model.network().getLayer(0).getParam("W").getFloat(0, 0));
    }

    @Test
    void aConstraintOfAnotherShapeIsRefusedByName() {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> Nets.dense().mask(1, Nd4j.ones(3, 3)))
                .getMessage();
        assertTrue(said.contains("mask of layer 1") && said.contains("must have the shape"), said);
        said = assertThrows(IllegalArgumentException.class, () -> Nets.dense()
                        .with(new Constraints(Map.of(), Map.of(9, Nd4j.ones(2, 2)), Set.of())))
                .getMessage();
        assertTrue(said.contains("array of ties of layer 9") && said.contains("it has none"), said);
    }
}
