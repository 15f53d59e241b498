package org.parsimony.autoshrink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;

/** Searching for a cell, as a step. */
class AutoShrink_LawsTest {

    private static final Dataset DIGITS = Datasets.load("digits").limited(24, 16, 16, 1);
    private static final Context CONTEXT = new Context(1);
    private static final AutoShrink.Options SMALL = new AutoShrink.Options()
            .cell(3, 2, 2)
            .weights(AutoShrink.Weights.INHERITED, 1, 1)
            .proxy(1, 0, 0)
            .stages(2, 1, 1);

    /** With a lost edge's weights at zero the larger network tells the same as the smaller one that inherits. */
    @Test
    void anInheritingNetworkIsTheOldOneWithoutTheEdge() {
        Layout layout = Layout.doubling(2, new int[] {1, 1}, 1, Layout.Shortcut.NONE);
        Shape in = Shape.of(1, 8, 8);
        Cell cell = Cell.parse("conv,sep,sep: 0-1 0-2 1-3 2-3");
        Cell smaller = cell.without(new Cell.Edge(1, 3)); // node 1 now leads to the output
        Blueprint before = CellNetwork.of(cell, layout, in, 10);
        Blueprint after = CellNetwork.of(smaller, layout, in, 10);
        Map<String, Weights> weights = CellNetwork.fresh(before, new SplittableRandom(1));
        Map<String, Weights> drawn = CellNetwork.fresh(after, new SplittableRandom(2));
        Model inherits = after.model(Inheritance.of(before, weights, after, drawn));
        INDArray whole = before.model(weights).predict(DIGITS.test(), 0, 16);
        for (String stage : new String[] {"s1c1 n3", "s2c1 n3"}) {
            Weights own = weights.get(stage);
            int width = own.cols(); // what comes from node 1 stands first
            java.util.Arrays.fill(own.values(), 0, width * width, 0);
        }
        INDArray without = before.model(weights).predict(DIGITS.test(), 0, 16);
        INDArray told = inherits.predict(DIGITS.test(), 0, 16);
        assertEquals(0, told.sub(without).amaxNumber().doubleValue(), 1e-5);
        assertNotEquals(0, told.sub(whole).amaxNumber().doubleValue(), 1e-3);
    }

    @Test
    void everySearchKeepsToEdgesAndBudgetAndRepeatsItself() {
        Model start = Architectures.resolve("mobilenet-8-16-16", DIGITS, 1);
        INDArray before = start.net().params().dup();
        long whole = Cost.of(start, 1, 8, 8).macsDense();
        for (AutoShrink.Search search : AutoShrink.Search.values()) {
            AutoShrink.Options options = SMALL.search(search).budget(AutoShrink.Budget.MACS, 0.66);
            Shrunk shrunk = AutoShrink.run(start, DIGITS, options, CONTEXT);
            Cost cost = Cost.of(shrunk.model(), 1, 8, 8);
            assertTrue(
                    cost.macsDense() <= 0.66 * whole && cost.macsDense() > 0.3 * whole,
                    search + ": " + cost.macsDense());
            assertEquals(shrunk.size().macs(), cost.macsDense());
            if (search != AutoShrink.Search.COMPLETE && search != AutoShrink.Search.FOUND) {
                assertEquals(2, shrunk.cell().edges().size());
                Shrunk again = AutoShrink.run(start, DIGITS, options, CONTEXT.threads(2));
                assertEquals(shrunk.model().net().params(), again.model().net().params());
            }
            boolean searched = search == AutoShrink.Search.SHRINKING || search == AutoShrink.Search.RANDOM_CELLS;
            assertEquals(searched ? 2 : 0, shrunk.searchEpochs(), 1e-9, "the full cell, and after each removal");
            assertEquals(
                    1,
                    shrunk.trace()
                            .where(shrunk.trace().intColumn("last").isEqualTo(1))
                            .rowCount());
        }
        assertEquals(before, start.net().params());
    }

    @Test
    void freshWeightsCostATrainingForEachCell() {
        Model start = Architectures.resolve("mobilenet-8-16-16", DIGITS, 1);
        AutoShrink.Options options =
                SMALL.weights(AutoShrink.Weights.FRESH, 1, 0).cell(3, 1, 1);
        Shrunk shrunk = AutoShrink.run(start, DIGITS, options, CONTEXT);
        assertEquals(shrunk.scored(), shrunk.searchEpochs(), 1e-9);
        assertEquals(shrunk.steps().size(), shrunk.scored(), "one edge tried for each removal");
    }

    @Test
    void whatCannotBeIsRefused() {
        Dataset vectors = Datasets.load("iris");
        Model perceptron = Architectures.mlp("4-8-3", 1);
        assertThrows(IllegalArgumentException.class, () -> AutoShrink.run(perceptron, vectors, SMALL, CONTEXT));
        Model start = Architectures.resolve("mobilenet-4-4", DIGITS, 1);
        AutoShrink.Options narrow = SMALL.search(AutoShrink.Search.FOUND).budget(AutoShrink.Budget.MACS, 0.001);
        assertThrows(IllegalArgumentException.class, () -> AutoShrink.run(start, DIGITS, narrow, CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> new AutoShrink.Options()
                .search(AutoShrink.Search.RANDOM_REMOVAL));
    }
}
