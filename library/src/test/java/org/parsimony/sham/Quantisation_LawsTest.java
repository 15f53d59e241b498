package org.parsimony.sham;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Quantisation_LawsTest {

    /** Weights of which many are equal, so that prices tie. */
    private static float[] weights(int n, long seed, int levels) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            double gauss = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            weights[i] = (float) (levels == 0 ? gauss : Math.rint(gauss * levels) / levels);
        }
        return weights;
    }

    /** The least distortion by the plain recurrence. */
    private static double leastDistortion(float[] weights, int k) {
        float[] x = weights.clone();
        Arrays.sort(x);
        int n = x.length;
        double[][] best = new double[k + 1][n + 1];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0;
        for (int c = 1; c <= k; c++) {
            for (int end = 1; end <= n; end++) {
                for (int start = 0; start < end; start++) {
                    best[c][end] = Math.min(best[c][end], best[c - 1][start] + cost(x, start, end));
                }
            }
        }
        double least = Double.POSITIVE_INFINITY;
        for (int c = 1; c <= k; c++) {
            least = Math.min(least, best[c][n]);
        }
        return least;
    }

    private static double cost(float[] x, int start, int end) {
        double mean = 0;
        for (int i = start; i < end; i++) {
            mean += x[i] / (double) (end - start);
        }
        double cost = 0;
        for (int i = start; i < end; i++) {
            cost += (x[i] - mean) * (x[i] - mean);
        }
        return cost;
    }

    @Property(tries = 300)
    void exactKMeansIsTheLeastOfAllCuts(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 9) int k,
            @ForAll @IntRange(min = 0, max = 6) int levels,
            @ForAll long seed) {
        float[] weights = weights(n, seed, levels);
        Codebook book = KMeans.exact(weights, k);
        assertTrue(book.values().length <= k);
        assertEquals(leastDistortion(weights, k), book.distortion(weights), 1e-6);
    }

    @Test
    void tiesAreJoinedToExactlyK() {
        // 0, 1, 2, 3: a third centre gains as much as a fourth
        float[] weights = {0, 1, 2, 3};
        assertEquals(3, KMeans.exact(weights, 3).values().length);
        assertEquals(0.5, KMeans.exact(weights, 3).distortion(weights), 1e-6);
    }

    @Property(tries = 50)
    void exactIsNeverWorseThanTheOthers(
            @ForAll @IntRange(min = 2, max = 3000) int n,
            @ForAll @IntRange(min = 2, max = 40) int k,
            @ForAll long seed) {
        float[] weights = weights(n, seed, 0);
        double exact = KMeans.exact(weights, k).distortion(weights);
        for (Codebook other : new Codebook[] {
            KMeans.lloyd(weights, k),
            KMeans.lloydPlusPlus(weights, k, seed),
            KMeans.miniBatch(weights, k, seed),
            Quantisation.uq(weights, k)
        }) {
            assertTrue(exact <= other.distortion(weights) * (1 + 1e-6) + 1e-9);
        }
    }

    /** Where Lloyd's iterations end, every weight is with its nearest centre, whatever the start; the seed decides it. */
    @Property(tries = 50)
    void lloydEndsWhereNothingMoves(
            @ForAll @IntRange(min = 2, max = 3000) int n,
            @ForAll @IntRange(min = 1, max = 40) int k,
            @ForAll long seed) {
        float[] weights = weights(n, seed, 0);
        Codebook book = KMeans.lloydPlusPlus(weights, k, seed);
        Codebook again = Codebook.nearest(weights, book.values());
        assertEquals(book.distortion(weights), again.distortion(weights), 1e-6 * book.distortion(weights) + 1e-9);
        assertArrayEquals(book.values(), KMeans.lloydPlusPlus(weights, k, seed).values());
    }

    @Property(tries = 60)
    void noQuantiserLeavesMoreThanKValues(
            @ForAll @IntRange(min = 2, max = 2000) int n,
            @ForAll @IntRange(min = 2, max = 33) int k,
            @ForAll @IntRange(min = 0, max = 5) int levels,
            @ForAll long seed) {
        float[] weights = weights(n, seed, levels);
        for (Function<float[], Codebook> quantiser : java.util.List.<Function<float[], Codebook>>of(
                w -> KMeans.exact(w, k),
                w -> KMeans.lloyd(w, k),
                w -> KMeans.lloydPlusPlus(w, k, seed),
                w -> KMeans.miniBatch(w, k, seed),
                w -> Quantisation.pws(w, k, seed),
                w -> Quantisation.uq(w, k),
                w -> Quantisation.ecsq(w, k, 0))) {
            Codebook book = quantiser.apply(weights);
            assertTrue(book.values().length <= k);
            float[] distinct = Codebook.distinct(book.weights());
            assertArrayEquals(book.values(), distinct, "ascending, each used");
        }
    }

    @Test
    void probabilisticSharingIsUnbiased() {
        float[] weights = {-1, -0.3f, 0, 0.2f, 0.25f, 0.9f, 1};
        double[] mean = new double[weights.length];
        int draws = 20_000;
        for (int seed = 0; seed < draws; seed++) {
            float[] shared = Quantisation.pws(weights, 3, seed).weights();
            for (int i = 0; i < shared.length; i++) {
                mean[i] += shared[i] / draws;
            }
        }
        for (int i = 0; i < weights.length; i++) {
            // at most four standard errors of a variable that takes two values less than 1.3 apart
            assertEquals(weights[i], mean[i], 4 * 0.65 / Math.sqrt(draws));
        }
    }

    @Test
    void uniformValuesAreMultiplesOfOneStep() {
        float[] values = Quantisation.uq(weights(5000, 3, 0), 16).values();
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < values.length; i++) {
            step = Math.min(step, values[i] - values[i - 1]);
        }
        for (float value : values) {
            assertEquals(Math.rint(value / step), value / step, 1e-4);
        }
        assertTrue(values.length >= 15, "a step that wastes no value");
    }

    @Test
    void entropyFallsAndDistortionRisesWithLambda() {
        float[] weights = weights(20_000, 5, 0);
        Codebook loose = Quantisation.ecsq(weights, 64, 0.001);
        Codebook tight = Quantisation.ecsq(weights, 64, 0.1);
        assertTrue(tight.entropy() < loose.entropy() - 1);
        assertTrue(tight.distortion(weights) > loose.distortion(weights));
    }

    @Test
    void entropyConstrainedBeatsKMeansAtItsOwnEntropy() {
        float[] weights = weights(20_000, 7, 0);
        Codebook ours = Quantisation.ecsq(weights, 64, 0.02);
        int k = 2;
        while (KMeans.exact(weights, k + 1).entropy() <= ours.entropy()) {
            k++;
        }
        assertTrue(ours.distortion(weights) < KMeans.exact(weights, k).distortion(weights));
    }

    /** The objective of ECSQ: mean squared error plus λ variance times entropy in nats. */
    private static double objective(float[] weights, float[] shared, double lambda) {
        double n = weights.length;
        double mean = 0;
        for (float w : weights) {
            mean += w / n;
        }
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
            int alike = 0;
            for (float other : shared) {
                alike += other == shared[i] ? 1 : 0;
            }
            double d = (double) weights[i] - shared[i];
            double v = weights[i] - mean;
            double variance = 0;
            for (float w : weights) {
                variance += (w - mean) * (w - mean) / n;
            }
            value += (d * d - lambda * variance * Math.log(alike / n)) / n;
        }
        return value;
    }

    /** The least objective of all ways to sort weights into at most k cells, contiguous or not. */
    private static double leastObjective(float[] weights, int k, double lambda) {
        double least = Double.POSITIVE_INFINITY;
        long ways = Math.round(Math.pow(k, weights.length));
        for (long way = 0; way < ways; way++) {
            double[] sum = new double[k];
            int[] count = new int[k];
            long rest = way;
            for (float w : weights) {
                sum[(int) (rest % k)] += w;
                count[(int) (rest % k)]++;
                rest /= k;
            }
            float[] shared = new float[weights.length];
            rest = way;
            for (int i = 0; i < shared.length; i++) {
                int cell = (int) (rest % k);
                shared[i] = (float) (sum[cell] / count[cell]);
                rest /= k;
            }
            least = Math.min(least, objective(weights, shared, lambda));
        }
        return least;
    }

    @Property(tries = 60)
    void entropyConstrainedIsTheOptimumOfAllPartitions(
            @ForAll @IntRange(min = 2, max = 7) int n,
            @ForAll @IntRange(min = 2, max = 3) int k,
            @ForAll @IntRange(min = 0, max = 2) int levels,
            @ForAll @IntRange(min = 1, max = 60) int hundredths,
            @ForAll long seed) {
        float[] weights = weights(n, seed, levels);
        double lambda = hundredths / 100.0;
        Codebook found = Quantisation.ecsq(weights, k, lambda);
        assertTrue(found.values().length <= k);
        assertEquals(leastObjective(weights, k, lambda), objective(weights, found.weights(), lambda), 1e-6);
    }

    /** Two values for a Gaussian are ±σ √(2/π), which leave 1 − 2/π of its variance; λ is too small to matter. */
    @Test
    void twoValuesOfAGaussianLieOnEitherSide() {
        java.util.Random random = new java.util.Random(1);
        float[] weights = new float[100_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (0.05 * random.nextGaussian());
        }
        Codebook two = Quantisation.ecsq(weights, 2, 0.01);
        double centre = 0.05 * Math.sqrt(2 / Math.PI);
        assertEquals(-centre, two.values()[0], 0.02 * centre);
        assertEquals(centre, two.values()[1], 0.02 * centre);
        assertEquals(1 - 2 / Math.PI, two.distortion(weights) / weights.length / (0.05 * 0.05), 0.01);
    }

    /** More values, or a smaller λ, never make the objective or the distortion worse by more than the search's own slack. */
    @Test
    void moreValuesNeverHurt() {
        float[] weights = weights(5000, 9, 0);
        double before = Double.POSITIVE_INFINITY;
        for (int k : new int[] {2, 3, 4, 6, 8, 16, 32}) {
            Codebook book = Quantisation.ecsq(weights, k, 0.02);
            double value =
                    book.distortion(weights) / weights.length + 0.02 * variance(weights) * book.entropy() * Math.log(2);
            assertTrue(value <= before * (1 + 1e-3), k + " values: " + value + " after " + before);
            before = value;
        }
    }

    private static double variance(float[] weights) {
        return KMeans.exact(weights, 1).distortion(weights) / weights.length;
    }

    @Test
    void percentileIsNumPys() {
        // numpy.percentile([0, 1, 2, 4], 40) = 1.2
        assertEquals(1.2, Quantisation.percentile(new float[] {0, 1, 2, 4}, 40), 1e-12);
        assertEquals(4, Quantisation.percentile(new float[] {0, 1, 2, 4}, 100));
    }
}
