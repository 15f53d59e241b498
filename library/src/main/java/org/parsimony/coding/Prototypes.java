package org.parsimony.coding;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Columns of a trained layer repeat one another. This finds a few prototype columns such that the symbol of a prototype
 * tells much about the symbols of the columns that belong to it: k-modes clustering (Huang 1998) with the code length
 * −log₂ p(symbol | symbol of the prototype) in the place of a distance, p estimated anew in every round.
 *
 * <p>Their number grows as long as the estimated size of everything falls. Cost: O(rows · cols · count)
 * a round, cut short where a column is already worse than its best prototype.
 */
final class Prototypes {

    private static final int MAX_COUNT = 1024;
    static final int MAX_SYMBOLS = 256;
    private static final int ROUNDS = 6;

    /** No prototypes. */
    static final Prototypes NONE = new Prototypes(1, 1, 1, new int[1]);

    private final int rows;
    private final int cols;
    private final int alphabet;
    private final int[] symbols;
    private final SplittableRandom random = new SplittableRandom(5);
    private final double columnBits;

    /** Prototype columns one after the other; empty for a matrix that is coded without. */
    int[] columns = {};
    /** The prototype of every column. */
    int[] member;

    private double bits;
    private float[] lengths;
    private final float[] fit;

    private Prototypes(int rows, int cols, int alphabet, int[] symbols) {
        this.rows = rows;
        this.cols = cols;
        this.alphabet = alphabet;
        this.symbols = symbols;
        this.member = new int[cols];
        this.fit = new float[cols];
        long[] counts = new long[alphabet];
        for (int s : symbols) {
            counts[s]++;
        }
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

    /**
     * @param symbols column-major, each in [0, {@code alphabet})
     * @return the prototypes worth having; none where they do not pay
     */
    static Prototypes of(int rows, int cols, int alphabet, int[] symbols) {
        if (alphabet < 2 || alphabet > MAX_SYMBOLS || cols < 4) {
            return NONE;
        }
        Prototypes best = new Prototypes(rows, cols, alphabet, symbols);
        int failures = 0;
        for (int count = 4; count <= Math.min(MAX_COUNT, cols / 2); count *= count < 64 ? 4 : 2) {
            Prototypes trial = new Prototypes(rows, cols, alphabet, symbols);
            trial.draw(count);
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

    int count() {
        return columns.length / rows;
    }

    /** Begins with {@code count} columns drawn at random. */
    private void draw(int count) {
        columns = new int[Math.multiplyExact(count, rows)];
        for (int p = 0; p < count; p++) {
            replace(p);
        }
    }

    /** Makes a column that fits badly a prototype: the worst of a few drawn ones. */
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
        IntStream.range(0, cols).parallel().forEach(col -> {
            int best = member[col];
            float least = length(col, best, Float.POSITIVE_INFINITY);
            for (int p = 0; p < count; p++) {
                float length = p == best ? least : length(col, p, least);
                if (length < least) {
                    least = length;
                    best = p;
                }
            }
            member[col] = best;
            fit[col] = least;
        });
    }

    /** Code length of a column given a prototype, or some number above {@code limit} if it is above. */
    private float length(int col, int p, float limit) {
        int a = col * rows;
        int b = p * rows;
        float sum = 0;
        for (int row = 0; row < rows && sum <= limit; ) {
            for (int end = Math.min(rows, row + 64); row < end; row++) {
                sum += lengths[columns[b + row] * alphabet + symbols[a + row]];
            }
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

    /** New code lengths, then every prototype's symbols anew: for each row, the one that makes its cluster shortest. */
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
        IntStream.range(0, clusters.length).parallel().forEach(p -> settle(p, clusters[p]));
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
            for (int v = 0; v < alphabet; v++) {
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

    /** The size of all in bits: columns given prototypes, who belongs to whom, the prototypes and their time, tables. */
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
