package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/**
 * A cell: node 0 is its input, every other node an operation on the concatenated nodes that lead to it, its output the
 * concatenation of all nodes that lead nowhere. An edge goes from a lower to a higher number.
 *
 * <p>A cell is clean: nodes that the input does not reach have no edges and are no part of it, so that what is left is always
 * connected. Without edges the input is the output.
 *
 * @param operations of node 1, 2, …
 * @param edges in ascending order
 */
public record Cell(List<Operation> operations, SortedSet<Edge> edges) {

    private static final int MOST_NODES = 64;

    /** What a node computes, batch norm and ReLU behind it. */
    public enum Operation {
        /** A 3×3 convolution of each channel, then a 1×1 convolution. */
        SEPARABLE,
        /** A 1×1 convolution. */
        POINTWISE
    }

    /**
     * An edge.
     *
     * @param from at least 0
     * @param to above {@code from}
     */
    public record Edge(int from, int to) implements Comparable<Edge> {
        public Edge {
            Require.that(from >= 0 && to > from, "the edge %d-%d must lead from a lower to a higher number", from, to);
        }

        @Override
        public int compareTo(Edge other) {
            return to == other.to ? Integer.compare(from, other.from) : Integer.compare(to, other.to);
        }

        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    /** Drops the edges of nodes that the input does not reach. */
    public Cell {
        operations = List.copyOf(operations);
        Require.between("nodes of the cell, its input among them", operations.size() + 1, 2, MOST_NODES);
        for (Edge edge : edges) {
            Require.that(
                    edge.to() <= operations.size(),
                    "edge %s leads to a node that is not there: the last is %d",
                    edge,
                    operations.size());
        }
        edges = Collections.unmodifiableSortedSet(clean(operations.size(), edges));
    }

    private static SortedSet<Edge> clean(int last, Collection<Edge> edges) {
        boolean[] reached = new boolean[last + 1];
        reached[0] = true;
        SortedSet<Edge> kept = new TreeSet<>();
        for (Edge edge : new TreeSet<>(edges)) { // by target, so that all edges to a node come before those from it
            if (reached[edge.from()]) {
                reached[edge.to()] = true;
                kept.add(edge);
            }
        }
        return kept;
    }

    /** All n(n − 1)/2 edges. */
    public static Cell complete(List<Operation> operations) {
        List<Edge> all = new ArrayList<>();
        for (int to = 1; to <= operations.size(); to++) {
            for (int from = 0; from < to; from++) {
                all.add(new Edge(from, to));
            }
        }
        return new Cell(operations, new TreeSet<>(all));
    }

    /** The operations of a cell of {@code nodes} nodes: half of each kind, in an order drawn at random. */
    public static List<Operation> drawn(int nodes, SplittableRandom random) {
        int[] order = Seeds.permutation(nodes - 1, random);
        return Arrays.stream(order)
                .mapToObj(i -> i % 2 == 0 ? Operation.SEPARABLE : Operation.POINTWISE)
                .toList();
    }

    /** The cell without an edge, and without what is no longer reached by that. */
    public Cell without(Edge edge) {
        Require.that(edges.contains(edge), "there is no edge %s in %s", edge, this);
        SortedSet<Edge> left = new TreeSet<>(edges);
        left.remove(edge);
        return new Cell(operations, left);
    }

    /** The edges whose removal leaves at least so many. There are some while the cell has more. */
    public List<Edge> removable(int least) {
        return edges.stream()
                .filter(edge -> without(edge).edges().size() >= least)
                .toList();
    }

    /** The nodes that lead to {@code node}, ascending. */
    public int[] into(int node) {
        return edges.stream()
                .filter(edge -> edge.to() == node)
                .mapToInt(Edge::from)
                .toArray();
    }

    /** The nodes that are part of it, ascending, 0 among them. */
    public int[] nodes() {
        return IntStream.concat(IntStream.of(0), edges.stream().mapToInt(Edge::to))
                .distinct()
                .sorted()
                .toArray();
    }

    /** The nodes that make its output, ascending: those of {@link #nodes} that lead nowhere. */
    public int[] leaves() {
        return IntStream.of(nodes())
                .filter(node -> edges.stream().noneMatch(edge -> edge.from() == node))
                .toArray();
    }

    /** {@code "sep,sep,conv: 0-1 0-2 1-3"}: the operations of node 1, 2, …, and the edges. */
    @Override
    public String toString() {
        return operations.stream()
                        .map(operation -> operation == Operation.SEPARABLE ? "sep" : "conv")
                        .collect(Collectors.joining(","))
                + ":" + edges.stream().map(edge -> " " + edge).collect(Collectors.joining());
    }

    /**
     * Reads {@link #toString}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Cell parse(String text) {
        String[] halves = text.toLowerCase(Locale.ROOT).split(":", -1);
        Require.that(halves.length == 2, "cell \"%s\" must be operations and edges such as sep,conv: 0-1 1-2", text);
        List<Operation> operations = new ArrayList<>();
        for (String word : halves[0].trim().split(",")) {
            Require.that(
                    word.equals("sep") || word.equals("conv"),
                    "operation \"%s\" must be sep or conv in %s",
                    word,
                    text);
            operations.add(word.equals("sep") ? Operation.SEPARABLE : Operation.POINTWISE);
        }
        SortedSet<Edge> edges = new TreeSet<>();
        for (String word : halves[1].trim().split(" +")) {
            Require.that(word.isEmpty() || word.matches("\\d{1,4}-\\d{1,4}"), "\"%s\" is no edge such as 0-1", word);
            if (!word.isEmpty()) {
                String[] ends = word.split("-");
                edges.add(new Edge(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
            }
        }
        return new Cell(operations, edges);
    }
}
