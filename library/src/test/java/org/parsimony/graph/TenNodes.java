package org.parsimony.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.NodeGraph;

/** A ring of ten nodes with three chords, four features and three classes. */
final class TenNodes {

    static final int NODES = 10;
    static final int INPUTS = 4;
    static final int HIDDEN = 3;
    static final int CLASSES = 3;

    private TenNodes() {}

    /** The graph; the first {@code labelled} nodes are for training, at least 1, then two each for validation and test. */
    static Dataset data(int labelled) {
        StringBuilder features = new StringBuilder("%%MatrixMarket matrix coordinate real general\n10 4 25\n");
        for (int i = 0; i < 25; i++) {
            features.append(i % NODES + 1)
                    .append(' ')
                    .append((i % NODES + i / NODES * 2) % INPUTS + 1)
                    .append(' ')
                    .append(1 + i * 7 % 5)
                    .append('\n');
        }
        StringBuilder edges = new StringBuilder("from,to\n0,4\n2,6\n1,7\n4,0\n3,3\n");
        StringBuilder nodes = new StringBuilder("node,class,split\n");
        for (int i = 0; i < NODES; i++) {
            edges.append(i).append(',').append((i + 1) % NODES).append('\n');
            String split =
                    i < labelled ? "train" : i < labelled + 2 ? "validation" : i < labelled + 4 ? "test" : "none";
            nodes.append(i)
                    .append(',')
                    .append("abc".charAt(i % CLASSES))
                    .append(',')
                    .append(split)
                    .append('\n');
        }
        List<byte[]> files = List.of(bytes(features), bytes(edges), bytes(nodes));
        return NodeGraph.decode("ten", "Ten nodes", files, null, Lineage.UNKNOWN);
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code D^-1/2 (A + I) D^-1/2}, written out. */
    static double[][] propagation(NodeGraph graph) {
        double[][] a = new double[NODES][NODES];
        for (int i = 0; i < NODES; i++) {
            a[i][i] = 1;
        }
        for (int e = 0; e < graph.edges(); e++) {
            a[graph.from()[e]][graph.to()[e]] = 1;
            a[graph.to()[e]][graph.from()[e]] = 1;
        }
        double[] degree = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            for (double each : a[i]) {
                degree[i] += each;
            }
        }
        double[][] s = new double[NODES][NODES];
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                s[i][j] = a[i][j] / Math.sqrt(degree[i] * degree[j]);
            }
        }
        return s;
    }

    /** {@code s · x}. */
    static double[][] product(double[][] s, double[][] x) {
        double[][] out = new double[s.length][x[0].length];
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                for (int k = 0; k < x.length; k++) {
                    out[i][j] += s[i][k] * x[k][j];
                }
            }
        }
        return out;
    }

    /** Features, each row divided by its sum. */
    static double[][] features(NodeGraph graph) {
        double[][] x = new double[NODES][INPUTS];
        for (int i = 0; i < NODES; i++) {
            float[] row = graph.features().dense(i);
            double sum = 0;
            for (float each : row) {
                sum += each;
            }
            for (int j = 0; j < INPUTS; j++) {
                x[i][j] = row[j] / sum;
            }
        }
        return x;
    }

    /** Rows with a one behind them. */
    static double[][] withOne(double[][] x) {
        double[][] out = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            out[i] = java.util.Arrays.copyOf(x[i], x[i].length + 1);
            out[i][x[i].length] = 1;
        }
        return out;
    }
}
