package org.parsimony.coding.prototypes;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The search of {@link Prototypes} step by step as it is defined, one sum after another over whole columns. */
final class SlowPrototypes {

    private static final int MAX_COUNT = 1024;
    private static final int ROUNDS = 6;
    private static final int SAMPLE = 48;
    private static final int NEAREST = 8;

    private final int rows;
    private final int cols;
    private final int alphabet;
    private final int[] symbols;
    private final SplittableRandom random;
    private final double columnBits;

    int[] columns = {};
    int[] member;

    private double bits;
    private final float[] lengths;
    private final float[] fit;
    private int mode;
    private final int[][] marked;

    private SlowPrototypes(int rows, int cols, int alphabet, int[] symbols) {
        this.rows = rows;
        this.cols = cols;
        this.alphabet = alphabet;
        this.symbols = symbols;
        this.random = new SplittableRandom(5);
        this.member = new int[cols];
        this.fit = new float[cols];
        long[] counts = new long[alphabet];
        for (int s : symbols) {
            counts[s]++;
        }
        for (int v = 1; v < alphabet; v++) {
            mode = counts[v] > counts[mode] ? v : mode;
        }
        marked = marked();
        double all = 0;
        for (long count : counts) {
            all += count == 0 ? 0 : count * log2((double) symbols.length / count);
        }
        bits = all;
        columnBits = all / cols;
        lengths = new float[alphabet * alphabet];
        for (int v = 0; v < alphabet; v++) {
            for (int s = 0; s < alphabet; s++) {
                double p = 0.5 * counts[s] / symbols.length + (v == s ? 0.5 : 0);
                lengths[v * alphabet + s] = (float) -log2(Math.max(p, 1e-9));
            }
        }
    }

    static SlowPrototypes of(int rows, int cols, int alphabet, int[] symbols) {
        SlowPrototypes none = new SlowPrototypes(rows, cols, alphabet, symbols);
        SlowPrototypes best = none;
        int failures = 0;
        for (int count = 4; count <= Math.min(MAX_COUNT, cols / 2); count *= count < 64 ? 4 : 2) {
            SlowPrototypes trial = new SlowPrototypes(none, count);
            for (int round = 0; round < ROUNDS; round++) {
                trial.assign();
                trial.improve();
            }
            trial.assign();
            trial.estimate();
            if (trial.bits < best.bits) {
                best = trial;
                failures = 0;
            } else if (++failures == 2) {
                break;
            }
        }
        return best;
    }

    private SlowPrototypes(SlowPrototypes none, int count) {
        rows = none.rows;
        cols = none.cols;
        alphabet = none.alphabet;
        symbols = none.symbols;
        mode = none.mode;
        marked = none.marked;
        random = new SplittableRandom(count);
        columnBits = none.columnBits;
        lengths = none.lengths.clone();
        member = new int[cols];
        fit = new float[cols];
        columns = new int[Math.multiplyExact(count, rows)];
        for (int p = 0; p < count; p++) {
            replace(p);
        }
    }

    private int[][] marked() {
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            int other = random.nextInt(row + 1);
            order[row] = order[other];
            order[other] = row;
        }
        int[][] lists = new int[cols][];
        int[] list = new int[rows];
        for (int col = 0; col < cols; col++) {
            int n = 0;
            for (int row : order) {
                int s = symbols[col * rows + row];
                if (s != mode) {
                    list[n++] = row << 8 | s;
                }
            }
            lists[col] = Arrays.copyOf(list, n);
        }
        return lists;
    }

    int count() {
        return columns.length / rows;
    }

    private void replace(int p) {
        int worst = random.nextInt(cols);
        for (int draw = 0; draw < 3; draw++) {
            int other = random.nextInt(cols);
            worst = fit[other] > fit[worst] ? other : worst;
        }
        fit[worst] = 0;
        System.arraycopy(symbols, worst * rows, columns, p * rows, rows);
    }

    private void assign() {
        int count = count();
        float[] above = new float[lengths.length];
        for (int i = 0; i < above.length; i++) {
            above[i] = lengths[i] - lengths[i / alphabet * alphabet + mode];
        }
        float[] plain = new float[count];
        for (int p = 0; p < count; p++) {
            for (int row = 0; row < rows; row++) {
                plain[p] += lengths[columns[p * rows + row] * alphabet + mode];
            }
        }
        for (int col = 0; col < cols; col++) {
            assign(col, plain, above);
        }
    }

    private void assign(int col, float[] plain, float[] above) {
        int[] list = marked[col];
        int sample = Math.min(SAMPLE, list.length);
        float scale = sample == 0 ? 0 : (float) list.length / sample;
        int[] nearest = new int[NEAREST];
        float[] lengths = new float[NEAREST];
        int found = 0;
        for (int p = 0; p < plain.length; p++) {
            float length = plain[p] + scale * length(list, sample, p, above);
            if (found == NEAREST && length >= lengths[found - 1]) {
                continue;
            }
            int at = found < NEAREST ? found++ : NEAREST - 1;
            for (; at > 0 && lengths[at - 1] > length; at--) {
                lengths[at] = lengths[at - 1];
                nearest[at] = nearest[at - 1];
            }
            lengths[at] = length;
            nearest[at] = p;
        }
        int best = member[col];
        float least = plain[best] + length(list, list.length, best, above);
        for (int i = 0; i < found; i++) {
            float length = plain[nearest[i]] + length(list, list.length, nearest[i], above);
            if (length < least) {
                least = length;
                best = nearest[i];
            }
        }
        member[col] = best;
        fit[col] = least;
    }

    private float length(int[] list, int n, int p, float[] above) {
        int from = p * rows;
        float sum = 0;
        for (int i = 0; i < n; i++) {
            int entry = list[i];
            sum += above[columns[from + (entry >>> 8)] * alphabet + (entry & 0xff)];
        }
        return sum;
    }

    private long[] pairs() {
        long[] pairs = new long[alphabet * alphabet];
        for (int col = 0; col < cols; col++) {
            int b = member[col] * rows;
            for (int row = 0; row < rows; row++) {
                pairs[columns[b + row] * alphabet + symbols[col * rows + row]]++;
            }
        }
        return pairs;
    }

    private void improve() {
        long[] pairs = pairs();
        for (int v = 0; v < alphabet; v++) {
            double total = 0;
            for (int s = 0; s < alphabet; s++) {
                total += pairs[v * alphabet + s];
            }
            for (int s = 0; s < alphabet; s++) {
                double p = (pairs[v * alphabet + s] + 0.2 / alphabet) / (total + 0.2);
                lengths[v * alphabet + s] = (float) -log2(p);
            }
        }
        int[][] clusters = clusters();
        for (int p = 0; p < clusters.length; p++) {
            settle(p, clusters[p]);
        }
        for (int p = 0; p < clusters.length; p++) {
            if (clusters[p].length == 0) {
                replace(p);
            }
        }
    }

    private int[][] clusters() {
        int[] sizes = new int[count()];
        for (int p : member) {
            sizes[p]++;
        }
        int[][] clusters = new int[sizes.length][];
        Arrays.setAll(clusters, p -> new int[sizes[p]]);
        Arrays.fill(sizes, 0);
        for (int col = 0; col < cols; col++) {
            clusters[member[col]][sizes[member[col]]++] = col;
        }
        return clusters;
    }

    private void settle(int p, int[] cluster) {
        int[] counts = new int[alphabet];
        int[] seen = new int[alphabet];
        for (int row = 0; row < rows && cluster.length > 0; row++) {
            int distinct = 0;
            for (int col : cluster) {
                int s = symbols[col * rows + row];
                if (counts[s]++ == 0) {
                    seen[distinct++] = s;
                }
            }
            float least = Float.POSITIVE_INFINITY;
            for (int k = 0; k < distinct; k++) {
                int v = seen[k];
                float sum = 0;
                for (int i = 0; i < distinct && sum < least; i++) {
                    sum += counts[seen[i]] * lengths[v * alphabet + seen[i]];
                }
                if (sum < least) {
                    least = sum;
                    columns[p * rows + row] = v;
                }
            }
            for (int i = 0; i < distinct; i++) {
                counts[seen[i]] = 0;
            }
        }
    }

    private void estimate() {
        double sum = 0;
        long[] pairs = pairs();
        for (int v = 0; v < alphabet; v++) {
            double total = 0;
            for (int s = 0; s < alphabet; s++) {
                total += pairs[v * alphabet + s];
            }
            for (int s = 0; s < alphabet; s++) {
                long n = pairs[v * alphabet + s];
                sum += n == 0 ? 0 : n * log2(total / n) + 10;
            }
        }
        for (int[] cluster : clusters()) {
            sum += cluster.length == 0 ? 0 : 64 + cluster.length * log2((double) cols / cluster.length);
        }
        bits = sum + count() * (0.7 * columnBits + Tokens.BITS_FOR_TIME * rows);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
