package org.parsimony.annealing;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/**
 * How many masks a second the search evaluates on a network: the swaps of a walk, every one evaluated to its end and kept,
 * with batch statistics, as an implementation without shortcuts does it.
 */
public final class MoveRate {

    private final MaskCost cost;
    private final Mask mask;
    private final MaskCost.Trial trial;
    private final SplittableRandom random = new SplittableRandom(1);

    /**
     * A walk over the connections of a network's searched layer.
     *
     * @param images the loss is measured on
     * @param ratio share of the connections that is removed
     */
    public MoveRate(Model model, Samples images, double ratio) {
        Elements elements = Elements.of(model, Element.WEIGHT);
        cost = IncrementalCost.of(model, elements, images, Statistics.BATCH);
        mask = new Mask(start(elements.size(), ratio), all(elements.size()), null);
        cost.arrange(mask.kept());
        trial = cost.trial();
    }

    /** Proposals a second of this many more. */
    public double of(int proposals) {
        long begin = System.nanoTime();
        for (int i = 0; i < proposals; i++) {
            int[] places = mask.propose(1, random);
            trial.evaluate(mask.flips(places), Double.POSITIVE_INFINITY);
            cost.commit(trial);
            mask.make(places);
        }
        return proposals / ((System.nanoTime() - begin) * 1e-9);
    }

    /** The median of 21 short measurements, after one to warm up. */
    public double median() {
        int some = (int) Math.max(10, of(100) * 0.02);
        double[] rates = new double[21];
        Arrays.setAll(rates, i -> of(some));
        Arrays.sort(rates);
        return rates[10];
    }

    /** Proposals a second of the article's whole search with 90 % removed, arranging of images and measurements left out. */
    public static double ofSearch(Model model, Samples images, int threads) {
        var options = new Annealing.Options();
        Elements elements = Elements.of(model, Element.WEIGHT);
        MaskCost cost = IncrementalCost.of(model, elements, images, Statistics.BATCH);
        boolean[] start = start(elements.size(), 0.9);
        var execution = new Annealing.Execution().threads(threads);
        try (Chain chain = new Chain(cost, start, all(elements.size()), null, options, execution, 1, null)) {
            long begin = System.nanoTime();
            while (!chain.isDone()) {
                chain.round();
            }
            return chain.state().moves / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    /** Images of uniform noise with random labels of ten classes. */
    public static Samples noise(int images, int inputs) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[images * inputs];
        int[] y = new int[images];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < images; i++) {
            y[i] = random.nextInt(10);
        }
        return new Samples(x, y, 10, inputs);
    }

    private static boolean[] all(int n) {
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        return all;
    }

    private static boolean[] start(int n, double ratio) {
        boolean[] kept = new boolean[n];
        SplittableRandom random = new SplittableRandom(2);
        for (int left = n - (int) (ratio * n); left > 0; ) {
            int e = random.nextInt(n);
            left -= kept[e] ? 0 : 1;
            kept[e] = true;
        }
        return kept;
    }
}
