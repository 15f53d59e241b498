package org.parsimony.network.texts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.Samples;
import org.parsimony.data.Text;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;

/** The engine of texts computes what Deeplearning4j computes: outputs, loss, every gradient, and its update. */
class TextNet_GraphTest {

    private static final Dataset DATA = Pairs.data();
    private static final int BATCH = 8;
    private static final int[] ORDER = IntStream.range(0, BATCH).toArray();

    private static final TextNet.Between NOTHING = new TextNet.Between() {
        @Override
        public void gradient(Map<String, INDArray> gradients) {}

        @Override
        public void updated() {}
    };

    /** A net whose biases are not 0, so that they matter, and without dropout, which is each engine's own. */
    private static Model net(IUpdater optimiser) {
        Blueprint dropping = Blueprint.of(Architectures.resolve(Pairs.NETWORK, DATA, 3));
        List<Blueprint.Node> nodes = dropping.nodes().stream()
                .filter(node -> !node.name().startsWith("dropout"))
                .map(node -> new Blueprint.Node(
                        node.name(),
                        node.op(),
                        node.reads().stream()
                                .map(read -> read.replace("dropout", "dense"))
                                .toList()))
                .toList();
        Model model = new Blueprint(dropping.inputs(), nodes).drawn(3).withOptimiser(optimiser);
        SplittableRandom random = new SplittableRandom(5);
        float[] values = model.net().params().dup().data().asFloat();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (random.nextDouble() - 0.5);
        }
        model.net()
                .setParams(Nd4j.createFromArray(values)
                        .reshape(model.net().params().shape()));
        return model;
    }

    @Test
    void outputsAreThoseOfTheGraph() {
        Model model = net(new Adam(1e-3));
        assertTrue(TextNet.serves(model));
        Samples all = DATA.train();
        float[] theirs = model.predict(all, 0, all.size()).dup('c').data().asFloat();
        assertArrayEquals(theirs, TextNet.outputs(model, all), 1e-4f);
        assertTrue(Math.abs(theirs[0] - theirs[1]) > 1e-3, "the pairs differ");
        double squares = 0;
        for (int i = 0; i < theirs.length; i++) {
            squares += Math.pow(theirs[i] - all.targets()[i], 2);
        }
        assertEquals(squares / theirs.length, model.evaluate(all).loss(), 1e-3);
    }

    @Test
    void gradientsAreThoseOfTheGraph() {
        Model model = net(new Adam(1e-3));
        Samples all = DATA.train();
        Map<String, INDArray> theirs = model.net().gradients(all.x(0, BATCH), all.y(0, BATCH));
        double score = model.graph().score();
        theirs.replaceAll((name, array) -> array.dup());
        try (TextNet net = new TextNet(model, BATCH, 1, NOTHING)) {
            assertEquals(score, net.gradient(all, ORDER, 0, BATCH), 1e-4 * score);
            Map<String, INDArray> ours = net.stored();
            assertEquals(theirs.keySet(), ours.keySet());
            theirs.forEach((name, array) -> {
                double largest = array.amaxNumber().doubleValue();
                assertTrue(largest > 0, name + " is not all zero");
                assertTrue(array.sub(ours.get(name)).amaxNumber().doubleValue() < 1e-4 * largest, name);
            });
        }
    }

    @Test
    void aStepIsThatOfDeeplearning4jWithAnyOptimiser() {
        for (IUpdater optimiser : new IUpdater[] {new Adam(1e-2), new Nesterovs(1e-4, 0.9)}) {
            Model theirs = net(optimiser);
            Model ours = theirs.copy();
            Samples all = DATA.train();
            INDArray before = theirs.net().params().dup();
            try (TextNet net = new TextNet(ours, 20, 1, NOTHING)) {
                for (int step = 0; step < 3; step++) {
                    theirs.net().fit(all.x(0, 20), all.y(0, 20));
                    net.epoch(all, IntStream.range(0, 20).toArray(), Progress.NONE);
                }
            }
            double moved = theirs.net().params().sub(before).amaxNumber().doubleValue();
            double apart =
                    theirs.net().params().sub(ours.net().params()).norm2Number().doubleValue();
            assertTrue(moved > 0, "the weights have changed");
            double whole = theirs.net().params().sub(before).norm2Number().doubleValue();
            assertTrue(apart < 0.02 * whole, optimiser + ": " + apart + " apart of " + whole);
        }
    }

    @Test
    void otherNetworksAreLeftToOthers() {
        Blueprint own = Blueprint.of(net(new Adam(1e-3)));
        String json = own.toJson();
        assertFalse(TextNet.serves(Architectures.mlp("4-3-2", 1)));
        for (String[] change : new String[][] {
            {"3x1 relu", "3x1 tanh"}, {"dense 9 relu", "dense 9 sigmoid"}, {"dense 9 relu", "dense 9 relu nobias"}
        }) {
            String other = json.replace(change[0], change[1]);
            assertFalse(other.equals(json));
            assertFalse(TextNet.serves(Blueprint.parse(other).drawn(1)), change[1]);
        }
    }

    @Test
    void whatIsNoTokenIsRefused() {
        Model model = net(new Adam(1e-3));
        for (float value : new float[] {7, -1, 0.5f}) {
            float[] features = DATA.train().range(0, 2).features().clone();
            features[45] = value;
            Samples samples = Samples.valued(features, new float[2], 45);
            Exception refusal = assertThrows(IllegalArgumentException.class, () -> TextNet.outputs(model, samples));
            assertTrue(refusal.getMessage().contains("value 0 of sample 1 is " + value), refusal.getMessage());
        }
    }

    @Test
    void thePapersNetworkHasThePapersSizes() {
        float[] row = new float[1285];
        Samples one = Samples.valued(row, new float[1], 1285);
        Dataset data = new Dataset(
                "davis",
                "DAVIS",
                one,
                one,
                one,
                Lineage.UNKNOWN,
                List.of(new Text("ligand", 65, 85), new Text("protein", 26, 1200)));
        Model model = Architectures.resolve("deepdta", data, 1);
        Cost cost = Cost.of(model, 1285);
        assertEquals(1_769_984, weights(cost, "dense") - (1024 + 1024 + 512 + 1));
        assertEquals(245_760, weights(cost, "convolution") - 2 * (32 + 64 + 96));
        assertEquals((65 + 26) * 128, weights(cost, "embedding"));
        long convolutions = 0;
        for (int[] text : new int[][] {{85, 12}, {1200, 8}}) {
            long below = 128;
            for (int l = 1; l <= 3; l++) {
                convolutions += (text[0] - l * (text[1] - 1L)) * text[1] * below * 32 * l;
                below = 32L * l;
            }
        }
        assertEquals(convolutions + 1_769_984, cost.macsDense());
    }

    private static long weights(Cost cost, String kind) {
        return cost.layers().stream()
                .filter(layer -> layer.kind().equals(kind))
                .mapToLong(Cost.LayerCost::parameters)
                .sum();
    }
}
