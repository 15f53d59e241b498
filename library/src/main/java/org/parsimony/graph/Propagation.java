package org.parsimony.graph;

import java.util.Arrays;
import org.parsimony.data.NodeGraph;
import org.parsimony.data.SparseRows;

/**
 * A sparse matrix over the nodes of a graph, in doubles, with its products.
 *
 * @param columns number of columns
 * @param start the entries of row r are those from {@code start[r]} to before {@code start[r + 1]}
 * @param column of each entry
 * @param value of each entry
 */
record Propagation(int columns, int[] start, int[] column, double[] value) {

    /** {@code D^-1/2 (A + I) D^-1/2}: a node and its neighbours, weighed by their degrees. Symmetric. */
    static Propagation of(NodeGraph graph) {
        int n = graph.nodes();
        int[] degree = new int[n];
        Arrays.fill(degree, 1);
        for (int e = 0; e < graph.edges(); e++) {
            degree[graph.from()[e]]++;
            degree[graph.to()[e]]++;
        }
        int[] start = new int[n + 1];
        for (int i = 0; i < n; i++) {
            start[i + 1] = start[i] + degree[i];
        }
        int[] column = new int[start[n]];
        int[] next = start.clone();
        for (int i = 0; i < n; i++) {
            column[next[i]++] = i;
        }
        for (int e = 0; e < graph.edges(); e++) {
            column[next[graph.from()[e]]++] = graph.to()[e];
            column[next[graph.to()[e]]++] = graph.from()[e];
        }
        double[] value = new double[column.length];
        for (int i = 0; i < n; i++) {
            Arrays.sort(column, start[i], start[i + 1]);
            for (int e = start[i]; e < start[i + 1]; e++) {
                value[e] = 1 / Math.sqrt((double) degree[i] * degree[column[e]]);
            }
        }
        return new Propagation(n, start, column, value);
    }

    /** These rows, each divided by the sum of its moduli; rows of zeros stay. */
    static Propagation normalised(SparseRows rows) {
        double[] value = new double[rows.entries()];
        for (int r = 0; r < rows.rows(); r++) {
            double sum = 0;
            for (int e = rows.start()[r]; e < rows.start()[r + 1]; e++) {
                sum += Math.abs(rows.value()[e]);
            }
            for (int e = rows.start()[r]; e < rows.start()[r + 1]; e++) {
                value[e] = sum == 0 ? 0 : rows.value()[e] / sum;
            }
        }
        return new Propagation(rows.columns(), rows.start(), rows.column(), value);
    }

    int rows() {
        return start.length - 1;
    }

    /** {@code this · other}, sparse as well. */
    Propagation times(Propagation other) {
        int[] begins = new int[rows() + 1];
        int[] columnsOfAll = new int[value.length + other.value.length];
        double[] values = new double[columnsOfAll.length];
        double[] sum = new double[other.columns];
        boolean[] touched = new boolean[other.columns];
        int[] list = new int[other.columns];
        int n = 0;
        for (int r = 0; r < rows(); r++) {
            int many = 0;
            for (int e = start[r]; e < start[r + 1]; e++) {
                for (int f = other.start[column[e]]; f < other.start[column[e] + 1]; f++) {
                    int c = other.column[f];
                    if (!touched[c]) {
                        touched[c] = true;
                        list[many++] = c;
                    }
                    sum[c] += value[e] * other.value[f];
                }
            }
            Arrays.sort(list, 0, many);
            if (n + many > values.length) {
                columnsOfAll = Arrays.copyOf(columnsOfAll, 2 * (n + many));
                values = Arrays.copyOf(values, 2 * (n + many));
            }
            for (int i = 0; i < many; i++) {
                columnsOfAll[n] = list[i];
                values[n++] = sum[list[i]];
                sum[list[i]] = 0;
                touched[list[i]] = false;
            }
            begins[r + 1] = n;
        }
        return new Propagation(other.columns, begins, Arrays.copyOf(columnsOfAll, n), Arrays.copyOf(values, n));
    }

    /** {@code this · x}, x {@code [columns × width]}, row-major; longer ones are read from their start. */
    double[] times(double[] x, int width) {
        double[] out = new double[rows() * width];
        for (int r = 0; r < rows(); r++) {
            for (int e = start[r]; e < start[r + 1]; e++) {
                double v = value[e];
                int from = column[e] * width;
                for (int j = 0; j < width; j++) {
                    out[r * width + j] += v * x[from + j];
                }
            }
        }
        return out;
    }

    /** Adds {@code thisᵀ · x} to {@code out}, {@code [columns × width]}; x {@code [rows × width]}. */
    void addTransposed(double[] x, int width, double[] out) {
        for (int r = 0; r < rows(); r++) {
            for (int e = start[r]; e < start[r + 1]; e++) {
                double v = value[e];
                int to = column[e] * width;
                for (int j = 0; j < width; j++) {
                    out[to + j] += v * x[r * width + j];
                }
            }
        }
    }

    /** {@code scale · [this, 1]ᵀ [this, 1]} over some rows: second moments of the rows with a one behind them. */
    double[] moments(int[] some, double scale) {
        int d = columns + 1;
        double[] out = new double[d * d];
        for (int r : some) {
            for (int e = start[r]; e < start[r + 1]; e++) {
                double v = scale * value[e];
                for (int f = start[r]; f < start[r + 1]; f++) {
                    out[column[e] * d + column[f]] += v * value[f];
                }
                out[column[e] * d + columns] += v;
                out[columns * d + column[e]] += v;
            }
            out[columns * d + columns] += scale;
        }
        return out;
    }
}
