package org.parsimony.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.parsimony.data.format.CsvText;
import org.parsimony.data.format.MatrixMarket;

/**
 * An undirected graph whose nodes have features, and some of them a class. The nodes of a split are the samples of the data
 * set that has this graph, in the same order; nodes of no split have neighbours and features all the same.
 *
 * @param features {@code [nodes × inputs]}
 * @param from one end of each edge, the smaller number; shared
 * @param to its other end; each edge once, no loops; shared
 * @param train nodes that weights are fitted to, rising; shared
 * @param validation nodes that choices are made on, rising; shared
 * @param test nodes that results are reported on, rising; shared
 */
public record NodeGraph(SparseRows features, int[] from, int[] to, int[] train, int[] validation, int[] test) {

    /** The files of a graph, in this order. */
    public static final List<String> FILES = List.of("features.mtx", "edges.csv", "nodes.csv");

    /** So few columns are taken even if most are empty. */
    private static final int FREE_COLUMNS = 100;

    private static final String NO_SPLIT = "none";
    private static final String SPLITS = "train, validation, test or none";

    /** Number of nodes. */
    public int nodes() {
        return features.rows();
    }

    /** Number of edges. */
    public int edges() {
        return from.length;
    }

    /** The same graph with at most so many nodes in each split, those that {@link Samples#draw} takes. */
    NodeGraph limited(int trainNodes, int validationNodes, int testNodes, long seed) {
        return new NodeGraph(
                features,
                from,
                to,
                drawn(train, trainNodes, seed),
                drawn(validation, validationNodes, seed),
                drawn(test, testNodes, seed));
    }

    private static int[] drawn(int[] nodes, int n, long seed) {
        return Arrays.stream(Samples.drawn(nodes.length, n, seed))
                .map(i -> nodes[i])
                .toArray();
    }

    /**
     * The data set of a graph from the contents of its files: features as a matrix of the Matrix Market format, a row a node;
     * edges as a table with the columns {@code from} and {@code to}; nodes as a table with the columns {@code node},
     * {@code class} and {@code split}. Nodes are numbered from 0. A class may be any word, and missing where the split is
     * {@code none}. An edge may stand in both directions, and twice; loops are left out. Samples are dense: 4 bytes for each
     * node of a split and feature.
     *
     * @param contents in the order of {@link #FILES}
     * @param classNames what the classes are called, where they are numbers from 0; null if the words are the names
     * @throws DataException naming file and line of what is missing, out of range or said twice
     */
    public static Dataset decode(
            String name, String title, List<byte[]> contents, List<String> classNames, Lineage lineage) {
        MatrixMarket matrix = MatrixMarket.decode(FILES.get(0), contents.get(0));
        Nodes nodes = new Nodes(FILES.get(2), contents.get(2));
        int n = nodes.count();
        if (matrix.rows() != n) {
            throw new DataException(
                    FILES.get(0), "has " + matrix.rows() + " rows, but " + FILES.get(2) + " has " + n + " nodes");
        }
        if (matrix.columns() > Math.max(FREE_COLUMNS, matrix.value().length)) {
            throw new DataException(
                    FILES.get(0),
                    "has " + matrix.columns() + " columns, but " + matrix.value().length
                            + " entries; leave out the features that no node has");
        }
        int[][] edges = edges(FILES.get(1), contents.get(1), n);
        SparseRows features = SparseRows.of(matrix);
        List<String> known = nodes.classes();
        if (known.size() < 2) {
            throw new DataException(FILES.get(2), "names the classes " + known + ", but must name at least 2");
        }
        NodeGraph graph = new NodeGraph(
                features, edges[0], edges[1], nodes.of("train"), nodes.of("validation"), nodes.of("test"));
        List<String> names = classNames == null ? known : classNames;
        if (names.size() != known.size()) {
            throw new DataException(
                    FILES.get(2), "has " + known.size() + " classes, but there are " + names.size() + " names");
        }
        return new Dataset(
                name,
                title,
                graph.samples(graph.train, nodes, known),
                graph.samples(graph.validation, nodes, known),
                graph.samples(graph.test, nodes, known),
                names,
                lineage,
                graph);
    }

    private Samples samples(int[] chosen, Nodes nodes, List<String> classes) {
        int[] labels = Arrays.stream(chosen)
                .map(node -> classes.indexOf(nodes.label[node]))
                .toArray();
        return new Samples(features.dense(chosen), labels, classes.size(), features.columns());
    }

    private static int[][] edges(String file, byte[] content, int nodes) {
        List<CsvText.Line> lines = CsvText.lines(file, content);
        int[] place = places(file, lines, "from", "to");
        TreeMap<Long, Boolean> once = new TreeMap<>();
        for (CsvText.Line line : lines.subList(1, lines.size())) {
            int a = node(file, line, place[0], nodes);
            int b = node(file, line, place[1], nodes);
            if (a != b) {
                once.put((long) Math.min(a, b) * nodes + Math.max(a, b), true);
            }
        }
        int[] from = new int[once.size()];
        int[] to = new int[once.size()];
        int e = 0;
        for (long edge : once.keySet()) {
            from[e] = (int) (edge / nodes);
            to[e++] = (int) (edge % nodes);
        }
        return new int[][] {from, to};
    }

    private static int[] places(String file, List<CsvText.Line> lines, String... names) {
        List<String> header = lines.isEmpty() ? List.of() : lines.get(0).fields();
        return Arrays.stream(names)
                .mapToInt(name -> {
                    int place = header.indexOf(name);
                    if (place < 0) {
                        throw new DataException(
                                file,
                                "has the columns " + header + ", but must have " + String.join(", ", names)
                                        + " in its first line");
                    }
                    return place;
                })
                .toArray();
    }

    private static String field(String file, CsvText.Line line, int place) {
        if (place >= line.fields().size()) {
            throw new DataException(
                    file,
                    "line " + line.number() + " has " + line.fields().size() + " fields, but must have at least "
                            + (place + 1));
        }
        String field = line.fields().get(place);
        return field == null ? "" : field.strip();
    }

    private static int node(String file, CsvText.Line line, int place, int nodes) {
        String text = field(file, line, place);
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) < nodes) {
            return Integer.parseInt(text);
        }
        throw new DataException(
                file,
                "line " + line.number() + " names node \"" + text + "\", but must name one of 0 to " + (nodes - 1));
    }

    /** The table of nodes. */
    private static final class Nodes {

        private final String file;
        private final String[] label;
        private final String[] split;

        Nodes(String file, byte[] content) {
            this.file = file;
            List<CsvText.Line> lines = CsvText.lines(file, content);
            int[] place = places(file, lines, "node", "class", "split");
            int n = lines.size() - 1;
            this.label = new String[n];
            this.split = new String[n];
            for (CsvText.Line line : lines.subList(1, lines.size())) {
                int node = node(file, line, place[0], n);
                if (label[node] != null) {
                    throw new DataException(file, "line " + line.number() + " tells of node " + node + " again");
                }
                label[node] = field(file, line, place[1]);
                split[node] = field(file, line, place[2]);
                boolean known = List.of("train", "validation", "test", NO_SPLIT).contains(split[node]);
                if (!known) {
                    throw new DataException(
                            file,
                            "line " + line.number() + " puts node " + node + " into \"" + split[node]
                                    + "\", but must say " + SPLITS);
                }
                if (label[node].isEmpty() && !split[node].equals(NO_SPLIT)) {
                    throw new DataException(
                            file,
                            "line " + line.number() + " has no class for node " + node + " of the split " + split[node]
                                    + "; give one, or say none");
                }
            }
        }

        int count() {
            return label.length;
        }

        /** Numbers in their order, other words in that of the alphabet. */
        List<String> classes() {
            List<String> known = new ArrayList<>(Arrays.stream(label)
                    .filter(word -> !word.isEmpty())
                    .distinct()
                    .toList());
            boolean numbers = known.stream().allMatch(word -> word.matches("\\d{1,9}"));
            known.sort(numbers ? (a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)) : null);
            return known;
        }

        int[] of(String name) {
            int[] chosen = IntStream.range(0, split.length)
                    .filter(node -> split[node].equals(name))
                    .toArray();
            if (chosen.length == 0) {
                throw new DataException(file, "puts no node into the split " + name + "; each needs at least one");
            }
            return chosen;
        }
    }
}
