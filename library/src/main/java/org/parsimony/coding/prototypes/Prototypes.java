package org.parsimony.coding.prototypes;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns of a trained layer repeat one another. This finds a few prototype columns such that the symbol of a prototype
 * tells much about the symbols of the columns that belong to it: k-modes clustering (Huang 1998) with the code length
 * −log₂ p(symbol | symbol of the prototype) in the place of a distance, p estimated anew in every round.
 *
 * <p>Their number grows as long as the estimated size of everything falls. A column's length is a sum over the weights that are not the most frequent symbol, and over a share of these, in an
 * order drawn once, to find the {@value #NEAREST} prototypes that are compared in full. Cost of a round: O(cols · count
 * · {@value #SAMPLE} + cols · rows · {@value #NEAREST}).
 */
final class Prototypes {

    private static final int MAX_COUNT = 1024;
    static final int MAX_SYMBOLS = 256;
    private static final int MAX_ROWS = 1 << 23;
    private static final int ROUNDS = 6;
    /** Weights of a column that choose the prototypes to compare it with. */
    private static final int SAMPLE = 48;

    private static final int NEAREST = 8;
    /** Prototypes whose code lengths are added up side by side. */
    private static final int LANES = 4;
    /** Of the rows, for threads. */
    private static final int PARTS = 16;

    /** No prototypes. */
    static final Prototypes NONE = new Prototypes(1, 1, 1, new int[1]);

    private final int rows;
    private final int cols;
    private final int alphabet;
    private final int[] symbols;
    private final MarkedWeights marked;
    private final SplittableRandom random;
    private final double columnBits;

    /** Number of prototypes; 0 for a matrix that is coded without. */
    private final int count;
    /** The prototypes' symbols, row by row: those of prototype p at {@code row * count + p}. */
    private final int[] prototypes;
    /** The prototype of every column. */
    final int[] member;

    private double bits;
    /** Code length of symbol s where the prototype has v, at {@code v * alphabet + s}. */
    private final float[] lengths;

    private final float[] fit;

    private Prototypes(int rows, int cols, int alphabet, int[] symbols) {
        this.rows = rows;
        this.cols = cols;
        this.alphabet = alphabet;
        this.symbols = symbols;
        random = new SplittableRandom(5);
        count = 0;
        prototypes = new int[0];
        member = new int[cols];
        fit = new float[cols];
        long[] counts = new long[alphabet];
        for (int s : symbols) {
            counts[s]++;
        }
        int mode = 0;
        for (int v = 1; v < alphabet; v++) {
            mode = counts[v] > counts[mode] ? v : mode;
        }
        marked = new MarkedWeights(rows, cols, symbols, mode, random);
        double all = 0;
        for (long n : counts) {
            all += n == 0 ? 0 : n * log2((double) symbols.length / n);
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
        if (alphabet < 2 || alphabet > MAX_SYMBOLS || cols < 4 || rows > MAX_ROWS) {
            return NONE;
        }
        Prototypes none = new Prototypes(rows, cols, alphabet, symbols);
        Prototypes best = none;
        int failures = 0;
        List<Integer> counts = Stream.iterate(
                        4, count -> count <= Math.min(MAX_COUNT, cols / 2), count -> count < 64 ? 4 * count : 2 * count)
                .toList();
        // the first two are looked at whatever they give
        List<Prototypes> first =
                counts.stream().limit(2).parallel().map(none::trial).toList();
        for (int i = 0; i < counts.size() && failures < 2; i++) {
            Prototypes trial = i < first.size() ? first.get(i) : none.trial(counts.get(i));
            failures = trial.bits < best.bits ? 0 : failures + 1;
            best = failures == 0 ? trial : best;
        }
        return best;
    }

    /** So many prototypes of the same matrix, as good as they become. */
    private Prototypes trial(int number) {
        Prototypes trial = new Prototypes(this, number);
        for (int round = 0; round < ROUNDS; round++) {
            trial.assign();
            trial.improve();
        }
        trial.assign();
        trial.estimate();
        return trial;
    }

    /** {@code count} columns of the same matrix, drawn at random, to begin with. */
    private Prototypes(Prototypes none, int count) {
        rows = none.rows;
        cols = none.cols;
        alphabet = none.alphabet;
        symbols = none.symbols;
        marked = none.marked;
        random = new SplittableRandom(count);
        columnBits = none.columnBits;
        lengths = none.lengths.clone();
        member = new int[cols];
        fit = new float[cols];
        this.count = count;
        prototypes = new int[Math.multiplyExact(count, rows)];
        for (int p = 0; p < count; p++) {
            replace(p);
        }
    }

    int count() {
        return count;
    }

    /** The symbols of a prototype. */
    int[] column(int p) {
        int[] column = new int[rows];
        for (int row = 0; row < rows; row++) {
            column[row] = prototypes[row * count + p];
        }
        return column;
    }

    /** Makes a column that fits badly a prototype: the worst of a few drawn ones. */
    private void replace(int p) {
        int worst = random.nextInt(cols);
        for (int draw = 0; draw < 3; draw++) {
            int other = random.nextInt(cols);
            worst = fit[other] > fit[worst] ? other : worst;
        }
        fit[worst] = 0;
        for (int row = 0; row < rows; row++) {
            prototypes[row * count + p] = symbols[worst * rows + row];
        }
    }

    private void assign() {
        int mode = marked.mode;
        float[] above = new float[lengths.length];
        for (int v = 0; v < alphabet; v++) {
            for (int s = 0; s < alphabet; s++) {
                above[s * alphabet + v] = lengths[v * alphabet + s] - lengths[v * alphabet + mode];
            }
        }
        float[] plain = new float[count];
        for (int row = 0; row < rows; row++) {
            for (int p = 0; p < count; p++) {
                plain[p] += lengths[prototypes[row * count + p] * alphabet + mode];
            }
        }
        IntStream.range(0, cols).parallel().forEach(col -> assign(col, plain, above));
    }

    /**
     * Finds the prototype of a column.
     *
     * @param plain code length of a column of nothing but the most frequent symbol, for each prototype
     * @param above how much longer than that of the most frequent symbol the code of s is where the prototype has v, at
     *     {@code s * alphabet + v}
     */
    private void assign(int col, float[] plain, float[] above) {
        int[] list = marked.ofColumn(col);
        int sample = Math.min(SAMPLE, list.length);
        float scale = sample == 0 ? 0 : (float) list.length / sample;
        int padded = count + LANES - 1 & -LANES;
        float[] sums = new float[padded];
        int[] four = new int[LANES];
        for (int p = 0; p < padded; p += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                four[lane] = Math.min(p + lane, count - 1);
            }
            add(list, 0, sample, four, above, sums, p);
        }
        int[] nearest = new int[NEAREST + LANES];
        float[] lengths = new float[NEAREST];
        int found = 0;
        for (int p = 0; p < count; p++) {
            float length = plain[p] + scale * sums[p];
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
        nearest[found] = member[col];
        Arrays.fill(nearest, found + 1, nearest.length, member[col]);
        float[] whole = new float[nearest.length];
        for (int i = 0; i <= found; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                four[lane] = nearest[i + lane];
                whole[i + lane] = sums[four[lane]];
            }
            add(list, sample, list.length, four, above, whole, i);
        }
        int best = member[col];
        float least = plain[best] + whole[found];
        for (int i = 0; i < found; i++) {
            float length = plain[nearest[i]] + whole[i];
            if (length < least) {
                least = length;
                best = nearest[i];
            }
        }
        member[col] = best;
        fit[col] = least;
    }

    /**
     * Adds the code lengths of weights {@code from} to before {@code to} of a list for four prototypes, each sum in the order
     * of the list: four additions are under way at once.
     */
    private void add(int[] list, int from, int to, int[] four, float[] above, float[] sums, int at) {
        int first = four[0];
        int second = four[1];
        int third = four[2];
        int fourth = four[3];
        float a = sums[at];
        float b = sums[at + 1];
        float c = sums[at + 2];
        float d = sums[at + 3];
        for (int i = from; i < to; i++) {
            int entry = list[i];
            int row = MarkedWeights.row(entry) * count;
            int s = MarkedWeights.symbol(entry) * alphabet;
            a += above[s + prototypes[row + first]];
            b += above[s + prototypes[row + second]];
            c += above[s + prototypes[row + third]];
            d += above[s + prototypes[row + fourth]];
        }
        sums[at] = a;
        sums[at + 1] = b;
        sums[at + 2] = c;
        sums[at + 3] = d;
    }

    /** How often symbol s stands where the prototype has v, at {@code v * alphabet + s}. */
    private long[] pairs(int[][] clusters) {
        long[] pairs = new long[alphabet * alphabet];
        for (int row = 0; row < rows; row++) {
            for (int p = 0; p < count; p++) {
                pairs[prototypes[row * count + p] * alphabet + marked.mode] += clusters[p].length;
            }
        }
        for (int col = 0; col < cols; col++) {
            for (int entry : marked.ofColumn(col)) {
                int v = prototypes[MarkedWeights.row(entry) * count + member[col]] * alphabet;
                pairs[v + marked.mode]--;
                pairs[v + MarkedWeights.symbol(entry)]++;
            }
        }
        return pairs;
    }

    /** New code lengths, then every prototype's symbols anew: for each row, the one that makes its cluster shortest. */
    private void improve() {
        int[][] clusters = clusters();
        long[] pairs = pairs(clusters);
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
        int[] place = new int[cols];
        for (int[] cluster : clusters) {
            for (int i = 0; i < cluster.length; i++) {
                place[cluster[i]] = i;
            }
        }
        int parts = Math.min(rows, PARTS);
        IntStream.range(0, parts).parallel().forEach(part -> {
            Settling settling = new Settling(lengths, alphabet, marked, member, place, clusters);
            for (int row = (int) ((long) rows * part / parts); row < (long) rows * (part + 1) / parts; row++) {
                settling.settle(row, prototypes);
            }
        });
        for (int p = 0; p < count; p++) {
            if (clusters[p].length == 0) {
                replace(p);
            }
        }
    }

    private int[][] clusters() {
        int[] sizes = new int[count];
        for (int p : member) {
            sizes[p]++;
        }
        int[][] clusters = new int[count][];
        Arrays.setAll(clusters, p -> new int[sizes[p]]);
        Arrays.fill(sizes, 0);
        for (int col = 0; col < cols; col++) {
            clusters[member[col]][sizes[member[col]]++] = col;
        }
        return clusters;
    }

    /** The size of all in bits: columns given prototypes, who belongs to whom, the prototypes and their time, tables. */
    private void estimate() {
        double sum = 0;
        int[][] clusters = clusters();
        long[] pairs = pairs(clusters);
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
        for (int[] cluster : clusters) {
            sum += cluster.length == 0 ? 0 : 64 + cluster.length * log2((double) cols / cluster.length);
        }
        bits = sum + count * (0.7 * columnBits + Tokens.BITS_FOR_TIME * rows);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
