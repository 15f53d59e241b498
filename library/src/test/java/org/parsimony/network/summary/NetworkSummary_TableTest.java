package org.parsimony.network.summary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.GraphArchitectures;
import org.parsimony.network.graph.GraphNets;
import tech.tablesaw.api.Table;

class NetworkSummary_TableTest {

    static List<Model> nets() {
        return GraphNets.all();
    }

    @ParameterizedTest
    @MethodSource("nets")
    void totalsAreThoseOfTheCostAndEveryNodeHasATime(Model model) {
        Samples samples = GraphNets.samples(model, 4, 1);
        NetworkSummary summary = NetworkSummary.of(model, samples, 4);
        Cost cost = Cost.of(model, samples.shape());
        Table table = summary.table();
        int last = table.rowCount() - 1;
        assertEquals(cost.parameters(), table.longColumn("parameters").get(last));
        assertEquals(cost.macsDense(), table.longColumn("MACs").get(last));
        assertEquals(cost.macsNonzero(), table.longColumn("nonzero MACs").get(last));
        assertEquals(cost.bytes(), table.longColumn("bytes").get(last));
        assertEquals(model.net().wiring().nodes().size() - model.net().wiring().inputs(), last);
        assertTrue(summary.rows().stream().allMatch(row -> row.seconds() > 0), summary.toString());
        assertTrue(
                summary.rows().stream().noneMatch(row -> row.output().equals("0")), "a loss passes on what it reads");
        assertEquals(
                200,
                table.doubleColumn("% of bytes").sum(),
                1e-9,
                "the layers' shares and the last row are 100 % each");
        assertEquals(3, summary.bars().getSeriesMap().size());
    }

    @Test
    void theTableOfALeNetIsTheOneByHand() {
        Model model = Surgery.mask(Architectures.mlp("784-300-100-10", 1), 1, 4, 7);
        NetworkSummary summary = NetworkSummary.of(model, 784);
        assertEquals(
                List.of("DenseLayer 300", "DenseLayer 100", "OutputLayer 10"),
                summary.rows().stream()
                        .map(row -> row.type() + " " + row.output())
                        .toList());
        assertEquals(
                List.of(235500L, 30100L, 1010L),
                summary.rows().stream().map(NetworkSummary.Row::parameters).toList());
        // two units: 300 weights into each; biases are zero from the start, 10 weights read each
        assertEquals(
                300 + 2 * 300 + 100,
                summary.rows().get(0).zeros() + summary.rows().get(1).zeros());
        assertEquals(2 * 10 + 10, summary.rows().get(2).zeros());
        assertEquals(9, summary.table().columnCount(), "no column of times where none was measured");
    }

    @Test
    void aNetworkThatSaysWhatItTakesNeedsNoSamples() {
        Model resnet =
                GraphArchitectures.of("resnet8-2-3-4", Shape.of(1, 8, 9), 3).drawn(1);
        assertArrayEquals(new int[] {1, 8, 9}, NetworkSummary.shape(resnet));
        assertArrayEquals(new int[] {19}, NetworkSummary.shape(GraphNets.all().get(5)), "two inputs side by side");
        NetworkSummary measured = NetworkSummary.measured(resnet, 2, 1, 8, 9);
        assertEquals(2, measured.batchSize());
        assertTrue(measured.rows().stream().allMatch(row -> row.seconds() > 0), measured.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> NetworkSummary.shape(GraphNets.all().get(0)));
    }

    @Test
    void imagesHaveThreeSides() {
        Model inception = GraphNets.all().get(2);
        NetworkSummary summary = NetworkSummary.of(inception, 2, 6, 6);
        assertEquals(
                "12 × 6 × 6",
                summary.rows().stream()
                        .filter(row -> row.type().equals("MergeVertex"))
                        .findFirst()
                        .orElseThrow()
                        .output());
    }
}
