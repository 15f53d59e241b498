package org.parsimony.coding.prototypes;

import java.util.Arrays;

/** Puts contexts whose ranks are distributed alike into classes, by merging the cheapest pair as long as it pays. */
final class ContextClasses {

    /** What a class costs beside its entropy: tables in the file, and in the cache of the decoder. */
    private static final double BITS_PER_CLASS = 3000;

    private static final double SHARE_PER_CLASS = 0.003;

    private ContextClasses() {}

    /**
     * @param counts of the ranks of every context
     * @return the class of every context, classes numbered from 0
     */
    static int[] merge(double[][] counts) {
        int n = counts.length;
        double[][] sums = counts.clone();
        int[] classOf = new int[n];
        Arrays.setAll(classOf, v -> v);
        double[] cost = new double[n];
        double all = 0;
        for (int v = 0; v < n; v++) {
            cost[v] = bits(sums[v]);
            all += cost[v];
        }
        double worth = BITS_PER_CLASS + SHARE_PER_CLASS * all;
        double[][] extra = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                extra[a][b] = bits(add(sums[a], sums[b])) - cost[a] - cost[b];
            }
        }
        boolean[] gone = new boolean[n];
        for (int left = n; left > 1; left--) {
            int x = -1;
            int y = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < a && !gone[a]; b++) {
                    if (!gone[b] && extra[a][b] < least) {
                        least = extra[a][b];
                        x = a;
                        y = b;
                    }
                }
            }
            if (least > worth && left <= PrototypeCode.MAX_CLASSES) {
                break;
            }
            sums[y] = add(sums[x], sums[y]);
            cost[y] = bits(sums[y]);
            gone[x] = true;
            for (int v = 0; v < n; v++) {
                classOf[v] = classOf[v] == x ? y : classOf[v];
                if (!gone[v] && v != y) {
                    extra[Math.max(v, y)][Math.min(v, y)] = bits(add(sums[v], sums[y])) - cost[v] - cost[y];
                }
            }
        }
        int[] numbers = Arrays.stream(classOf).distinct().toArray();
        Arrays.setAll(classOf, v -> Arrays.stream(numbers).boxed().toList().indexOf(classOf[v]));
        return classOf;
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = Arrays.copyOf(a.length >= b.length ? a : b, Math.max(a.length, b.length));
        double[] other = a.length >= b.length ? b : a;
        for (int i = 0; i < other.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    private static double bits(double[] counts) {
        double total = 0;
        double sum = 0;
        for (double count : counts) {
            total += count;
            sum += count == 0 ? 0 : count * Math.log(count);
        }
        return total == 0 ? 0 : (total * Math.log(total) - sum) / Math.log(2);
    }
}
