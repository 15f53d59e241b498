package org.parsimony.autoshrink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.graph.Blueprint;

/** A cell that loses edges stays connected, whatever goes. */
class Cell_LawsTest {

    /** Down to the bare input: connected, clean, fewer edges at each step, and written and read back the same. */
    @Property(tries = 100)
    void neverDisconnected(@ForAll @IntRange(min = 2, max = 9) int nodes, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cell cell = Cell.complete(Cell.drawn(nodes, random));
        assertEquals(nodes * (nodes - 1) / 2, cell.edges().size());
        while (!cell.edges().isEmpty()) {
            List<Cell.Edge> edges = List.copyOf(cell.edges());
            Cell smaller = cell.without(edges.get(random.nextInt(edges.size())));
            assertTrue(smaller.edges().size() < cell.edges().size());
            assertTrue(cell.edges().containsAll(smaller.edges()), "nothing comes back");
            assertEquals(smaller, new Cell(smaller.operations(), new TreeSet<>(smaller.edges())), "a fixed point");
            assertEquals(smaller, Cell.parse(smaller.toString()));
            connected(smaller);
            cell = smaller;
        }
        assertArrayEquals(new int[] {0}, cell.leaves());
    }

    /** Every node is on a way from the input to the output, by a plain search in both directions. */
    private static void connected(Cell cell) {
        int[] nodes = cell.nodes();
        for (int node : nodes) {
            assertTrue(reaches(cell, 0, node), () -> "the input reaches " + node + " in " + cell);
            assertTrue(
                    Arrays.stream(cell.leaves()).anyMatch(leaf -> reaches(cell, node, leaf)),
                    () -> node + " reaches the output in " + cell);
        }
    }

    private static boolean reaches(Cell cell, int from, int to) {
        return from == to
                || cell.edges().stream().anyMatch(edge -> edge.from() == from && reaches(cell, edge.to(), to));
    }

    /** A network can be made of any cell, and its nodes have the widths that the layout says. */
    @Property(tries = 40)
    void everyCellMakesANetwork(@ForAll @IntRange(min = 2, max = 7) int nodes, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cell complete = Cell.complete(Cell.drawn(nodes, random));
        int edges = 1 + random.nextInt(complete.edges().size());
        Cell cell = Shrinking.random(complete, edges, random);
        assertEquals(edges, cell.edges().size());
        for (Layout.Shortcut shortcut : Layout.Shortcut.values()) {
            Layout layout = Layout.doubling(3, new int[] {1, 2}, 1, shortcut);
            Blueprint net = CellNetwork.of(cell, layout, Shape.of(1, 8, 8), 4);
            int leaves = cell.leaves().length;
            assertEquals(4, net.shapes().get("classes").size());
            assertEquals(leaves * 6, net.shapes().get("mean").channels());
            assertEquals(4, net.shapes().get("s2c1 n" + cell.leaves()[0]).height());
        }
    }

    @Test
    void operationsAreHalfOfEachKind() {
        List<Cell.Operation> drawn = Cell.drawn(8, new SplittableRandom(3));
        assertEquals(7, drawn.size());
        assertEquals(
                4, drawn.stream().filter(o -> o == Cell.Operation.SEPARABLE).count());
    }

    @Test
    void oneEdgeMayTakeOthersAlong() {
        Cell cell = Cell.parse("conv,sep,conv: 0-1 1-2 1-3 2-3");
        assertEquals(0, cell.without(new Cell.Edge(0, 1)).edges().size());
        assertEquals("conv,sep,conv: 0-1 1-3", cell.without(new Cell.Edge(1, 2)).toString());
        assertEquals(
                List.of(new Cell.Edge(1, 2)), Cell.parse("conv,sep: 0-1 1-2").removable(1));
        assertThrows(IllegalArgumentException.class, () -> cell.without(new Cell.Edge(0, 3)));
    }

    @Test
    void whatIsNoCellIsRefused() {
        for (String text :
                List.of("", "conv", "conv: 0-1: 1-2", "pool: 0-1", "conv: 1-0", "conv: 0-2", "conv: 0-0", "conv: a")) {
            assertThrows(IllegalArgumentException.class, () -> Cell.parse(text), text);
        }
        assertEquals(0, Cell.parse("conv:").edges().size());
        assertTrue(IntStream.of(Cell.parse("conv,conv: 1-2").nodes()).allMatch(node -> node == 0));
    }
}
