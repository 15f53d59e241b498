package org.parsimony.sham;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cells of sorted weights that minimise the sum of (w − c)² − λ ln p, with c a cell's mean and p its share of the weights:
 * the shortest path over places where a cell may end, and from there iterations that move the ends (Chou, Lookabaugh and
 * Gray 1989). Up to {@value #EXACT} distinct weights every place is one, and the path is the optimum; of more weights places
 * of equal numbers of weights and of equal distances are, for the many in the middle and the few far out.
 *
 * <p>Unlike k-means, whose path satisfies the Monge condition, this one does not: −n ln n is concave. Hence the plain
 * recurrence. Complexity: O(k m²) for m places, or O(m²) where λ by itself leaves no more than k cells.
 */
final class EntropyConstrained {

    private static final int EXACT = 2048;
    private static final int ITERATIONS = 300;

    private final Sorted sorted;
    private final double lambda;
    private final double all;

    /** @param lambda at least 0, in the weights' unit squared */
    EntropyConstrained(Sorted sorted, double lambda) {
        this.sorted = sorted;
        this.lambda = lambda;
        all = sorted.count(0, sorted.size());
    }

    /** Bounds of at most {@code k} cells. */
    int[] cells(int k) {
        int[] places = places();
        double[][] cost = new double[places.length][];
        for (int end = 1; end < places.length; end++) {
            cost[end] = new double[end];
            for (int start = 0; start < end; start++) {
                cost[end][start] = cost(places[start], places[end]);
            }
        }
        int[] bound = cheapest(cost);
        if (bound.length - 1 > k) {
            bound = cheapest(cost, k);
        }
        return settled(Arrays.stream(bound).map(b -> places[b]).toArray());
    }

    /** What a cell of the places {@code [from, to)} costs. */
    private double cost(int from, int to) {
        double count = sorted.count(from, to);
        return sorted.cost(from, to) - lambda * count * Math.log(count / all);
    }

    private int[] places() {
        int n = sorted.size();
        if (n <= EXACT) {
            return IntStream.rangeClosed(0, n).toArray();
        }
        double low = sorted.x[0];
        double step = (sorted.x[n - 1] - low) / (EXACT / 2.0);
        return IntStream.concat(
                        Arrays.stream(sorted.equalCounts(EXACT / 2)),
                        IntStream.range(0, EXACT / 2).map(i -> sorted.above(low + i * step)))
                .sorted()
                .distinct()
                .toArray();
    }

    /** Bounds of the cheapest cells, however many. */
    private static int[] cheapest(double[][] cost) {
        int n = cost.length;
        double[] least = new double[n];
        int[] before = new int[n];
        int[] cells = new int[n];
        for (int end = 1; end < n; end++) {
            least[end] = Double.POSITIVE_INFINITY;
            for (int start = 0; start < end; start++) {
                double length = least[start] + cost[end][start];
                if (length < least[end]) {
                    least[end] = length;
                    before[end] = start;
                }
            }
            cells[end] = cells[before[end]] + 1;
        }
        int[] bound = new int[cells[n - 1] + 1];
        for (int c = bound.length - 1, end = n - 1; c > 0; c--, end = before[end]) {
            bound[c] = end;
        }
        return bound;
    }

    /** Bounds of the cheapest cells, at most {@code k}. */
    private static int[] cheapest(double[][] cost, int k) {
        int n = cost.length;
        int[][] before = new int[k + 1][n];
        double[] least = new double[n];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        least[0] = 0;
        int best = 1;
        double total = Double.POSITIVE_INFINITY;
        for (int c = 1; c <= k; c++) {
            double[] next = new double[n];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            for (int end = c; end < n; end++) {
                double[] row = cost[end];
                for (int start = c - 1; start < end; start++) {
                    double length = least[start] + row[start];
                    if (length < next[end]) {
                        next[end] = length;
                        before[c][end] = start;
                    }
                }
            }
            least = next;
            if (least[n - 1] < total) {
                total = least[n - 1];
                best = c;
            }
        }
        int[] bound = new int[best + 1];
        for (int c = best, end = n - 1; c > 0; c--) {
            bound[c] = end;
            end = before[c][end];
        }
        return bound;
    }

    /** The cells that are left when no weight gains by another cell any more. */
    private int[] settled(int[] start) {
        int[] bound = start;
        for (int i = 0; i < ITERATIONS; i++) {
            int[] next = envelope(bound);
            if (Arrays.equals(next, bound)) {
                break;
            }
            bound = next;
        }
        return bound;
    }

    /**
     * One step: with the means and shares of the cells within {@code bound}, the cost of x in a cell is x² plus a line in
     * x, so the new cells are the pieces of the lines' lower envelope.
     */
    private int[] envelope(int[] bound) {
        int n = bound.length - 1;
        double[] centre = sorted.means(bound);
        double[] nats = new double[n];
        int[] stack = new int[n];
        double[] left = new double[n];
        int top = -1;
        for (int c = 0; c < n; c++) {
            nats[c] = -Math.log(sorted.count(bound[c], bound[c + 1]) / all);
            double cross = Double.NEGATIVE_INFINITY;
            while (top >= 0) {
                int before = stack[top];
                cross = (centre[before] + centre[c]) / 2
                        + lambda * (nats[c] - nats[before]) / (2 * (centre[c] - centre[before]));
                if (cross > left[top]) {
                    break;
                }
                top--;
            }
            stack[++top] = c;
            left[top] = top == 0 ? Double.NEGATIVE_INFINITY : cross;
        }
        int[] next = new int[top + 2];
        for (int c = 1; c <= top; c++) {
            next[c] = sorted.above(left[c]);
        }
        next[top + 1] = sorted.size();
        return Sorted.withoutEmpty(next);
    }
}
