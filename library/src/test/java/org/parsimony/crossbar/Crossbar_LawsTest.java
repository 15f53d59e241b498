package org.parsimony.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.Pruning;
import org.parsimony.sham.Quantise;

/** Training on arrays and writing onto them, as steps. */
class Crossbar_LawsTest {

    private static final Dataset IRIS = Datasets.load("iris");
    private static final Context CONTEXT = new Context(1);

    private static Dataset images() {
        return Datasets.load("mnist").limited(40, 30, 30, 1);
    }

    /** Ideal arrays against Deeplearning4j's gradient descent, sample by sample in the same order. */
    @Test
    void idealArraysArePlainGradientDescent() {
        Dataset images = images();
        descends(Architectures.mlp("4-8-6-3", 1), IRIS);
        descends(Architectures.resolve("lenet5-3-4-12", images, 2), images);
    }

    private static void descends(Model start, Dataset data) {
        Crossbar.Options options = new Crossbar.Options()
                .epochs(1)
                .hardware(Crossbar.Hardware.IDEAL)
                .hiddenUnits(Crossbar.HiddenUnits.OWN);
        Model mine = Crossbar.run(start, data, options, CONTEXT).model();
        Model theirs = start.withOptimiser(new Sgd(0.01));
        Samples train = theirs.fitted(data.train());
        for (int i : Seeds.permutation(train.size(), CONTEXT.random("order of samples"))) {
            theirs.network().fit(train.x(i, i + 1), train.y(i, i + 1));
        }
        double moved =
                start.net().params().sub(theirs.net().params()).amaxNumber().doubleValue();
        double apart =
                mine.net().params().sub(theirs.net().params()).amaxNumber().doubleValue();
        assertTrue(moved > 1e-3, "it learned: " + moved);
        assertEquals(0, apart, 1e-6);
    }

    @Test
    void hiddenUnitsBecomeTanhAndTheNetworkThatIsLeftIsTheArrays() {
        Dataset images = images();
        Model start = Architectures.resolve("lenet5-3-4-12", images, 2);
        Crossbar.Options options = new Crossbar.Options().epochs(1).managed();
        ArrayTraining trained = Crossbar.run(start, images, options, CONTEXT);
        double exact = trained.epochs().get(0).testExact();
        assertEquals(exact, trained.model().evaluate(images.test()).accuracy(), 1e-9);
        assertTrue(trained.model().network().getLayer(0).conf().toJson().contains("TanH"));
        for (INDArray w : trained.model().network().paramTable().values()) {
            assertTrue(w.amaxNumber().doubleValue() < 0.6 * (1 + 0.3 * 4.4), "within the devices' bounds");
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() {
        Model start = Architectures.mlp("4-8-3", 1);
        INDArray before = start.net().params().dup();
        Crossbar.Options options = new Crossbar.Options().epochs(2).managed();
        ArrayTraining one = Crossbar.run(start, IRIS, options, CONTEXT);
        ArrayTraining two = Crossbar.run(start, IRIS, options, CONTEXT.threads(3));
        assertEquals(before, start.net().params());
        assertEquals(one.model().net().params(), two.model().net().params());
        assertEquals(one.epochs(), two.epochs());
        assertNotEquals(
                one.model().net().params(),
                Crossbar.run(start, IRIS, options, new Context(2)).model().net().params());
        assertTrue(one.trace().rowCount() == 2
                && one.figure() != null
                && one.verdict().contains("exact"));
    }

    @Test
    void masksAreHeldAndSharedValuesAreRefused() {
        Model start = Architectures.mlp("4-8-3", 1);
        Model cut = Pruning.run(Importance.MAGNITUDE, start, IRIS, new Pruning.Options().ratio(0.5), CONTEXT)
                .model();
        for (Crossbar.Hardware hardware : Crossbar.Hardware.values()) {
            Crossbar.Options options =
                    new Crossbar.Options().epochs(2).managed().hardware(hardware);
            Model trained = Crossbar.run(cut, IRIS, options, CONTEXT.at(1)).model();
            INDArray w = trained.net().layer(0).getParam("W");
            assertEquals(w, w.mul(trained.masks().get(0)));
            assertNotEquals(cut.net().layer(0).getParam("W"), w);
        }
        Model shared =
                Quantise.run(start, IRIS, new Quantise.Options(), CONTEXT).model();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Crossbar.run(shared, IRIS, new Crossbar.Options(), CONTEXT));
        assertTrue(e.getMessage().contains("shared"), e.getMessage());
    }

    @Test
    void whatCannotStandOnArraysIsRefused() {
        Crossbar.Options options = new Crossbar.Options().epochs(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> Crossbar.run(Architectures.normalised(new int[] {4, 5, 3}, 1), IRIS, options, CONTEXT));
        assertThrows(
                IllegalArgumentException.class,
                () -> Crossbar.run(Architectures.mlp("4-8-3", 1), IRIS, options.devices(1, 2, 3), CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> options.updates(Management.Updates.NONE, 65));
        assertThrows(IllegalArgumentException.class, () -> options.reads(-1, 12));
    }

    @Test
    void writingKeepsTheNetworkAndWithoutNoiseLosesNothing() {
        Model start = Architectures.mlp("4-8-3", 1);
        Crossbar.Options ideal = new Crossbar.Options().epochs(5).hardware(Crossbar.Hardware.IDEAL);
        Model net = Crossbar.run(start, IRIS, ideal, CONTEXT).model();
        Writing.Options wide = new Writing.Options().bounds(100, 0, 0).readNoise(0, 3);
        WrittenArrays written = Writing.run(net, IRIS, wide, CONTEXT);
        assertEquals(net.net().params(), written.model().net().params());
        double given = net.evaluate(net.fitted(IRIS.test())).accuracy();
        assertEquals(given, written.levels().get(0).accuracy());
        assertEquals(given, written.levels().get(0).exact());
        assertTrue(written.levels().get(1).accuracy() < given, written.verdict());
        WrittenArrays narrow = Writing.run(net, IRIS, wide.bounds(0.01, 0, 0), CONTEXT);
        WrittenArrays scaled =
                Writing.run(net, IRIS, wide.bounds(0.01, 0, 0).scaling(Writing.Scaling.LARGEST), CONTEXT);
        assertTrue(narrow.levels().get(0).exact() < given, "cut off");
        assertEquals(given, scaled.levels().get(0).exact(), 1e-9, "scaled to the bound, nothing is");
        assertEquals(Writing.run(net, IRIS, wide, CONTEXT.threads(3)).levels(), written.levels());
    }

    /** Errors of writing reach pruned weights only where a device stands for them. */
    @Test
    void prunedWeightsWithoutADeviceAreExactlyZero() {
        boolean[] held = {true, false};
        Devices devices = new Devices(1, 0, 0, 0, 0.6, 0.3, 1);
        float[] weights = {0, 0.2f};
        CrossArray absent = CrossArray.resistive(1, 2, weights, held, devices, 1, 0.1, Draws.at(1));
        CrossArray there = CrossArray.resistive(1, 2, weights, new boolean[2], devices, 1, 0.1, Draws.at(1));
        assertEquals(0, absent.weights()[0]);
        assertNotEquals(0, there.weights()[0]);
        assertEquals(there.weights()[1], absent.weights()[1], "the others are the same devices");
    }
}
