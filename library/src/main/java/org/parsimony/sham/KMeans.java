package org.parsimony.sham;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/** k-means of single numbers: the optimum, Lloyd's iterations, and the mini-batches that the authors run. */
public final class KMeans {

    private static final int LLOYD_ITERATIONS = 300;
    private static final int BATCH = 100_000;
    private static final int PASSES = 100;
    private static final int PATIENCE = 10;

    private KMeans() {}

    /** {@code weights} shared among at most {@code k} centres; {@code seed} is for k-means++. */
    public static Codebook of(float[] weights, int k, Clustering clustering, long seed) {
        return switch (clustering) {
            case EXACT -> exact(weights, k);
            case LLOYD -> lloyd(weights, k);
            case LLOYD_PLUS_PLUS -> lloydPlusPlus(weights, k, seed);
            case MINI_BATCH -> miniBatch(weights, k, seed);
        };
    }

    /**
     * The centres of least distortion, as many as {@code k} or as there are distinct weights.
     *
     * <p>Cutting sorted weights into k intervals is a shortest path of k edges whose lengths satisfy the Monge condition,
     * so its length is convex in k and some price per edge makes the cheapest path of any number of edges one of k
     * (Grønlund et al., <em>Fast exact k-means, k-medians and Bregman divergence clustering in 1D</em>, 2017, section 4).
     * The price is searched for; where several numbers of edges tie at it, two paths are joined. Complexity: O(n log n)
     * for each price, about ten of them; memory O(n).
     */
    public static Codebook exact(float[] weights, int k) {
        Require.atLeast("k", k, 1);
        Sorted sorted = new Sorted(weights);
        if (sorted.size() <= k) {
            return Codebook.nearest(weights, Sorted.floats(sorted.x));
        }
        int[] bound = k == 1 ? new int[] {0, sorted.size()} : new Intervals(sorted).best(k);
        return Codebook.cut(weights, sorted, bound);
    }

    /** Lloyd's iterations from k groups of equal numbers until nothing moves. Complexity: O(n log n + k log n) each. */
    public static Codebook lloyd(float[] weights, int k) {
        Require.atLeast("k", k, 1);
        Sorted sorted = new Sorted(weights);
        return lloyd(weights, sorted, Sorted.withoutEmpty(sorted.equalCounts(k)));
    }

    /** Lloyd's iterations from k-means++ on all weights until nothing moves. Complexity: O(nk) for the start, then as there. */
    public static Codebook lloydPlusPlus(float[] weights, int k, long seed) {
        Require.atLeast("k", k, 1);
        Sorted sorted = new Sorted(weights);
        double[] start = plusPlus(weights, k, Seeds.random(seed, "k-means++"));
        Arrays.sort(start);
        return lloyd(weights, sorted, nearest(sorted, start));
    }

    private static Codebook lloyd(float[] weights, Sorted sorted, int[] start) {
        int[] bound = start;
        for (int i = 0; i < LLOYD_ITERATIONS; i++) {
            int[] next = nearest(sorted, sorted.means(bound));
            if (Arrays.equals(next, bound)) {
                break;
            }
            bound = next;
        }
        return Codebook.cut(weights, sorted, bound);
    }

    /** Bounds of the weights that are nearest to each of some ascending centres, without those of empty groups. */
    private static int[] nearest(Sorted sorted, double[] centres) {
        int[] bound = new int[centres.length + 1];
        for (int c = 1; c < centres.length; c++) {
            bound[c] = sorted.above((centres[c - 1] + centres[c]) / 2);
        }
        bound[centres.length] = sorted.size();
        return Sorted.withoutEmpty(bound);
    }

    /**
     * Mini-batch k-means (Sculley 2010) as the authors set it up: k-means++ on 3k drawn weights, batches of 100,000, at
     * most 100 passes, an end after 10 batches without a gain.
     */
    public static Codebook miniBatch(float[] weights, int k, long seed) {
        Require.atLeast("k", k, 1);
        SplittableRandom random = Seeds.random(seed, "mini-batches");
        double[] centres = plusPlus(draw(weights, Math.min(3 * k, weights.length), random), k, random);
        double[] seen = new double[centres.length];
        int size = Math.min(BATCH, weights.length);
        double best = Double.POSITIVE_INFINITY;
        int idle = 0;
        for (long step = 0; step < (long) PASSES * weights.length / size && idle < PATIENCE; step++) {
            float[] batch = draw(weights, size, random);
            Arrays.sort(centres);
            Codebook book = Codebook.nearest(batch, Sorted.floats(centres));
            double[] sum = new double[book.values().length];
            int[] count = new int[sum.length];
            for (int i = 0; i < batch.length; i++) {
                sum[book.member()[i]] += batch[i];
                count[book.member()[i]]++;
            }
            for (int v = 0; v < sum.length; v++) {
                int c = place(centres, book.values()[v]);
                seen[c] += count[v];
                centres[c] += (sum[v] - count[v] * centres[c]) / seen[c];
            }
            double distortion = book.distortion(batch);
            idle = distortion < best ? 0 : idle + 1;
            best = Math.min(best, distortion);
        }
        return Codebook.nearest(weights, Sorted.floats(centres));
    }

    private static int place(double[] centres, float value) {
        int c = 0;
        while ((float) centres[c] != value) {
            c++;
        }
        return c;
    }

    /** Centres drawn with probability proportional to the squared distance from those before (Arthur, 2007). */
    private static double[] plusPlus(float[] sample, int k, SplittableRandom random) {
        double[] centres = new double[k];
        double[] distance = new double[sample.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        centres[0] = sample[random.nextInt(sample.length)];
        for (int c = 1; c < k; c++) {
            double total = 0;
            for (int i = 0; i < sample.length; i++) {
                double d = sample[i] - centres[c - 1];
                distance[i] = Math.min(distance[i], d * d);
                total += distance[i];
            }
            if (total == 0) {
                return Arrays.copyOf(centres, c);
            }
            double at = random.nextDouble() * total;
            int i = 0;
            while (i < sample.length - 1 && (at -= distance[i]) >= 0) {
                i++;
            }
            centres[c] = sample[i];
        }
        return centres;
    }

    private static float[] draw(float[] weights, int size, SplittableRandom random) {
        if (size == weights.length) {
            return weights;
        }
        float[] drawn = new float[size];
        for (int i = 0; i < size; i++) {
            drawn[i] = weights[random.nextInt(weights.length)];
        }
        return drawn;
    }
}
