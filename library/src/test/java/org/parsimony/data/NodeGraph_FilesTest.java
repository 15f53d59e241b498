package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.base.Progress;

class NodeGraph_FilesTest {

    private static final String FEATURES =
            "%%MatrixMarket matrix coordinate pattern general\n4 3 5\n1 1\n2 2\n2 2\n3 3\n1 3\n";
    private static final String EDGES = "from,to\n0,1\n1,0\n2,2\n3,1\n";
    private static final String NODES = "node,class,split\n3,dog,test\n0,cat,train\n1,dog,validation\n2,,none\n";

    private static Dataset read(String features, String edges, String nodes) {
        return NodeGraph.decode(
                "four", "Four", List.of(bytes(features), bytes(edges), bytes(nodes)), null, Lineage.UNKNOWN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** By hand: an edge in both directions is one, a loop none, entries given twice add up, nodes come in any order. */
    @Test
    void fourNodesByHand() {
        Dataset data = read(FEATURES, EDGES, NODES);
        NodeGraph graph = data.graph();
        assertEquals(4, graph.nodes());
        assertArrayEquals(new int[] {0, 1}, graph.from());
        assertArrayEquals(new int[] {1, 3}, graph.to());
        assertEquals(List.of("cat", "dog"), data.classNames());
        assertArrayEquals(new float[] {1, 0, 1}, data.train().features());
        assertArrayEquals(new float[] {0, 2, 0}, data.validation().features());
        assertArrayEquals(new float[] {0, 0, 0}, data.test().features());
        assertArrayEquals(new int[] {1}, data.test().labels());
        assertEquals(4, graph.features().entries());
    }

    /** What is wrong is told by file and line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1 | 0,9 | edges.csv: line 2 names node \"9\", but must name one of 0 to 3",
                "from,to | a,b | edges.csv: has the columns [a, b], but must have from, to in its first line",
            })
    void wrongEdgesAreToldByLine(String what, String instead, String said) {
        String message = assertThrows(
                        DataException.class, () -> read(FEATURES, EDGES.replaceFirst(what, instead), NODES))
                .getMessage();
        assertTrue(message.contains(said.strip()), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,cat,train | 0,cat,training | into \"training\", but must say train, validation, test or none",
                "0,cat,train | 0,,train | has no class for node 0",
                "0,cat,train | 3,cat,train | tells of node 3 again",
                "1,dog,validation | 1,dog,train | puts no node into the split validation",
            })
    void wrongNodesAreToldByLine(String what, String instead, String said) {
        String message = assertThrows(DataException.class, () -> read(FEATURES, EDGES, NODES.replace(what, instead)))
                .getMessage();
        assertTrue(message.contains(said.strip()), message);
    }

    @Test
    void featuresMustBeOfAllNodes() {
        String message = assertThrows(DataException.class, () -> read(FEATURES.replace("4 3 5", "5 3 5"), EDGES, NODES))
                .getMessage();
        assertTrue(message.contains("has 5 rows, but nodes.csv has 4 nodes"), message);
    }

    /** A folder of one's own stands where a name does, and drawing fewer samples draws the same nodes. */
    @Test
    void aFolderOfOnesOwn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("features.mtx"), FEATURES);
        Files.writeString(folder.resolve("edges.csv"), EDGES);
        Files.writeString(folder.resolve("nodes.csv"), NODES);
        Dataset data = Datasets.load(folder.toString());
        assertEquals(2, data.graph().edges());
        assertEquals(3, data.lineage().sha256().size());
        Files.delete(folder.resolve("features.mtx"));
        assertTrue(assertThrows(DataException.class, () -> Datasets.load(folder.toString()))
                .getMessage()
                .contains("features.mtx"));
    }

    @Test
    void drawnSamplesAreDrawnNodes() {
        Dataset cora = Datasets.load("cora", Sources.standard().offline(), Progress.NONE);
        assertEquals(2708, cora.graph().nodes());
        assertEquals(5278, cora.graph().edges());
        Dataset few = cora.limited(30, 50, 70, 5);
        assertArrayEquals(
                few.train().features(),
                cora.graph().features().dense(few.graph().train()));
        assertArrayEquals(
                few.test().features(), cora.graph().features().dense(few.graph().test()));
    }
}
