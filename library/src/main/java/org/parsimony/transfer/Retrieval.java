package org.parsimony.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;

/**
 * How well features find samples of the same class: every query ranks the whole database by cosine similarity, equal ones
 * in the order of the database. A zero vector is similar to nothing, so it ranks the database in its order.
 *
 * @param queries number of queries
 * @param meanAveragePrecision mean over queries of the mean precision at the ranks of relevant items: mAP as it is defined
 * @param interpolated mAP at eleven levels of recall, precisions made falling: the classical interpolation
 * @param asPublished mAP as the authors' script computes it: see {@link #ofRelevance}
 * @param precisionAt10 share of relevant items among the first ten
 * @param precisionAt10AsPublished the same after the script's interpolation, which makes it larger
 * @param nearest share of queries whose nearest item is of their class: the accuracy of a nearest-neighbour classifier
 */
public record Retrieval(
        int queries,
        double meanAveragePrecision,
        double interpolated,
        double asPublished,
        double precisionAt10,
        double precisionAt10AsPublished,
        double nearest) {

    /** Queries that the authors' script takes at once, which its interpolation depends on. */
    private static final int BLOCK = 128;

    private static final int LEVELS = 11;
    private static final int FIRST = 10;

    /**
     * Ranks {@code database} for every query. Complexity O(queries · database · (width + log database)).
     *
     * @throws IllegalArgumentException if the widths differ, or a class of the queries is not in the database
     */
    public static Retrieval of(
            Features database, int[] classes, Features queries, int[] queryClasses, Progress progress) {
        Require.that(
                database.width() == queries.width(),
                "queries have features of width %d, but the database has %d",
                queries.width(),
                database.width());
        INDArray items = unit(database).transpose();
        List<boolean[]> relevance = new ArrayList<>();
        double[] sums = new double[6];
        for (int from = 0; from < queries.samples(); from += BLOCK) {
            progress.checkCancelled();
            int to = Math.min(queries.samples(), from + BLOCK);
            int[] rows = java.util.stream.IntStream.range(from, to).toArray();
            float[] similar =
                    unit(queries.rows(rows)).mmul(items).dup('c').data().asFloat();
            relevance.clear();
            for (int q = 0; q < to - from; q++) {
                int[] order = order(similar, q * classes.length, classes.length);
                boolean[] relevant = new boolean[order.length];
                for (int r = 0; r < order.length; r++) {
                    relevant[r] = classes[order[r]] == queryClasses[from + q];
                }
                relevance.add(relevant);
            }
            double[] block = block(relevance);
            for (int s = 0; s < sums.length; s++) {
                sums[s] += block[s];
            }
            progress.report(to, queries.samples(), "ranked the database");
        }
        int n = queries.samples();
        return new Retrieval(n, sums[0] / n, sums[1] / n, sums[2] / n, sums[3] / n, sums[4] / n, sums[5] / n);
    }

    /**
     * From rankings alone, one for each query of a block.
     *
     * <p>The authors' script means to make precisions falling, from the last rank to the first, but its loop runs over the
     * number of queries in the block instead of the number of items: only the first ranks are interpolated, 1 to 127 of a
     * block of 128. Precisions at 10 to 100 are then maxima over the ranks behind them, and come out larger than they are.
     * Besides it takes the precision at the rank whose recall is nearest to a level, not the greatest from there on.
     *
     * @param relevance for each query whether the items are relevant, in the order of their ranks
     */
    public static Retrieval ofRelevance(List<boolean[]> relevance) {
        Require.atLeast("queries", relevance.size(), 1);
        double[] s = block(relevance);
        int n = relevance.size();
        return new Retrieval(n, s[0] / n, s[1] / n, s[2] / n, s[3] / n, s[4] / n, s[5] / n);
    }

    /** Sums over the queries of a block. */
    private static double[] block(List<boolean[]> relevance) {
        double[] sums = new double[6];
        for (boolean[] relevant : relevance) {
            int items = relevant.length;
            double[] precision = new double[items];
            int hits = 0;
            double average = 0;
            for (int r = 0; r < items; r++) {
                hits += relevant[r] ? 1 : 0;
                precision[r] = (double) hits / (r + 1);
                average += relevant[r] ? precision[r] : 0;
            }
            Require.that(hits > 0, "no item of the database is of the class of a query; take a larger database");
            int first = Math.min(FIRST, items) - 1;
            sums[0] += average / hits;
            sums[3] += precision[first];
            sums[5] += relevant[0] ? 1 : 0;
            int[] nearest = nearestRanks(relevant, hits);
            double[] early = falling(precision, Math.min(relevance.size(), items));
            sums[4] += early[first];
            double[] whole = falling(precision, items);
            for (int level = 0; level < LEVELS; level++) {
                sums[2] += early[nearest[level]] / LEVELS;
                sums[1] += whole[firstRank(relevant, level, hits)] / LEVELS;
            }
        }
        return sums;
    }

    /** Precisions of which each of the first {@code ranks} is the greatest from it on, within these. */
    private static double[] falling(double[] precision, int ranks) {
        double[] falling = precision.clone();
        for (int r = ranks - 2; r >= 0; r--) {
            falling[r] = Math.max(falling[r], falling[r + 1]);
        }
        return falling;
    }

    /** The first rank whose recall reaches a level. */
    private static int firstRank(boolean[] relevant, int level, int hits) {
        int found = 0;
        for (int r = 0; r < relevant.length; r++) {
            found += relevant[r] ? 1 : 0;
            if (found * (LEVELS - 1) >= level * hits) {
                return r;
            }
        }
        return relevant.length - 1;
    }

    /** For every level the first of the ranks whose recall is nearest to it. */
    private static int[] nearestRanks(boolean[] relevant, int hits) {
        int[] ranks = new int[LEVELS];
        double[] distance = new double[LEVELS];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int found = 0;
        for (int r = 0; r < relevant.length; r++) {
            found += relevant[r] ? 1 : 0;
            for (int level = 0; level < LEVELS; level++) {
                double d = Math.abs((double) found / hits - level / (LEVELS - 1.0));
                if (d < distance[level]) {
                    distance[level] = d;
                    ranks[level] = r;
                }
            }
        }
        return ranks;
    }

    /** Indices from the most to the least similar. */
    private static int[] order(float[] similar, int from, int n) {
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToIntBits(-similar[from + i] + 0f);
            int sortable = bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
            keys[i] = (long) sortable << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    private static INDArray unit(Features features) {
        float[] unit = features.values().clone();
        int width = features.width();
        for (int i = 0; i < features.samples(); i++) {
            double squares = 0;
            for (int d = 0; d < width; d++) {
                squares += (double) unit[i * width + d] * unit[i * width + d];
            }
            float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
            for (int d = 0; d < width; d++) {
                unit[i * width + d] *= scale;
            }
        }
        return Nd4j.create(unit, new long[] {features.samples(), width}, 'c');
    }
}
