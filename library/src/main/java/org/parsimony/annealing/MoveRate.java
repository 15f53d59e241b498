package org.parsimony.annealing;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.annealing.cost.Element;
import org.parsimony.annealing.cost.Elements;
import org.parsimony.annealing.cost.MaskCost;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/**
 * How many moves a second a search over the last hidden layer's weights evaluates, with the statistics of the batch: a
 * walk of swaps, each evaluated to its end and kept, which is the slowest that a search can be.
 */
public final class MoveRate {

    private static final int REPETITIONS = 21;

    private final MaskCost cost;
    private final Mask mask;
    private final MaskCost.Trial trial;
    private final SplittableRandom random = new SplittableRandom(1);

    /**
     * @param model with a hidden layer
     * @param images that the loss is measured on
     * @param ratio share of the weights that is pruned, between 0 and 1
     */
    public MoveRate(Model model, Samples images, double ratio) {
        Elements elements = Elements.of(model, Element.WEIGHT);
        cost = MaskCost.of(model, elements, images, Statistics.BATCH);
        mask = new Mask(start(elements.size(), ratio), all(elements.size()), null);
        cost.arrange(mask.kept());
        trial = cost.trial();
    }

    private static boolean[] all(int n) {
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        return all;
    }

    private static boolean[] start(int n, double ratio) {
        Require.between("ratio", ratio, 0, 1);
        boolean[] kept = new boolean[n];
        SplittableRandom random = new SplittableRandom(2);
        for (int left = n - (int) (ratio * n); left > 0; ) {
            int e = random.nextInt(n);
            left -= kept[e] ? 0 : 1;
            kept[e] = true;
        }
        return kept;
    }

    /** Moves a second over so many of them. */
    public double of(int moves) {
        long begin = System.nanoTime();
        for (int i = 0; i < moves; i++) {
            int[] places = mask.propose(1, random);
            trial.evaluate(mask.flips(places), Double.POSITIVE_INFINITY);
            cost.commit(trial);
            mask.make(places);
        }
        return moves / ((System.nanoTime() - begin) * 1e-9);
    }

    /** Median of 21 short measurements, after one to warm up. */
    public double median() {
        int some = (int) Math.max(10, of(100) * 0.02);
        double[] rates = new double[REPETITIONS];
        for (int r = 0; r < REPETITIONS; r++) {
            rates[r] = of(some);
        }
        Arrays.sort(rates);
        return rates[REPETITIONS / 2];
    }

    /**
     * Moves a second of a whole search with the default options, from a random mask of 90 % pruned weights; arranging of
     * the images left out.
     *
     * @param threads at least 1
     */
    public static double ofSearch(Model model, Samples images, int threads) {
        Elements elements = Elements.of(model, Element.WEIGHT);
        MaskCost cost = MaskCost.of(model, elements, images, Statistics.BATCH);
        boolean[] start = start(elements.size(), 0.9);
        var options = new Annealing.Options();
        var execution = new Chain.Execution(threads, true);
        try (Chain chain = new Chain(cost, start, all(elements.size()), null, options, execution, 1, null)) {
            long begin = System.nanoTime();
            while (!chain.isDone()) {
                chain.round();
            }
            return chain.state().moves / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    /** Random images of 10 classes, always the same. */
    public static Samples noise(int n, int inputs) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[n * inputs];
        int[] y = new int[n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(10);
        }
        return new Samples(x, y, 10, inputs);
    }
}
