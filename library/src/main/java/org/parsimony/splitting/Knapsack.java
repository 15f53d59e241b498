package org.parsimony.splitting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which units to split for the greatest gain at a bounded cost: maximise Σ β_i g_i under Σ β_i e_i ≤ budget, 0 ≤ β_i ≤ 1,
 * and at most so many units more in every group (arXiv 1910.03103; there solved by an interior-point method).
 *
 * <p>Where all items of a group cost the same, as the units of a layer do, an exact solution needs no solver: of each group
 * keep the best up to its cap, sort what is left by gain per cost, and take until the budget is full. Complexity n log n.
 */
final class Knapsack {

    /**
     * A unit that may be split.
     *
     * @param gain at least 0; an item without gain is never taken
     * @param cost above 0, equal within a group for the rule to be exact under a cap
     * @param group its layer
     * @param units that it adds to its group, at least 1
     */
    record Item(double gain, double cost, int group, int units) {}

    private final double[] gains;
    private final double[] costs;
    private final int[] order;

    /**
     * @param items to choose from
     * @param caps of each group, in units
     * @param price by which an item's gain is divided when items are put in order; the exact rule has the cost itself
     */
    Knapsack(List<Item> items, int[] caps, DoubleUnaryOperator price) {
        this.gains = items.stream().mapToDouble(Item::gain).toArray();
        this.costs = items.stream().mapToDouble(Item::cost).toArray();
        boolean[] barred = new boolean[gains.length];
        int[] left = caps.clone();
        IntStream.range(0, gains.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -gains[i]))
                .forEach(i -> {
                    Item item = items.get(i);
                    barred[i] = item.gain() <= 0 || left[item.group()] < item.units();
                    left[item.group()] -= barred[i] ? 0 : item.units();
                });
        this.order = IntStream.range(0, gains.length)
                .filter(i -> !barred[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -gains[i] / price.applyAsDouble(costs[i])))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The solution of the relaxed problem: β of each item, at most one of them between 0 and 1. */
    double[] relaxed(double budget) {
        double[] shares = new double[gains.length];
        double left = Math.max(0, budget);
        for (int i : order) {
            shares[i] = Math.min(1, left / costs[i]);
            left = shares[i] < 1 ? 0 : left - costs[i];
        }
        return shares;
    }

    /**
     * The items that the relaxed solution takes whole; one that by itself is dearer than the budget is left out, so that the
     * others are not lost behind it.
     */
    boolean[] whole(double budget) {
        boolean[] taken = new boolean[gains.length];
        double left = budget * (1 + 1e-12);
        for (int i : order) {
            if (costs[i] > budget * (1 + 1e-12)) {
                continue;
            }
            if (costs[i] > left) {
                break;
            }
            taken[i] = true;
            left -= costs[i];
        }
        return taken;
    }

    /** The cheapest item that may be taken at all; infinite if there is none. */
    double cheapest() {
        return Arrays.stream(order).mapToDouble(i -> costs[i]).min().orElse(Double.POSITIVE_INFINITY);
    }
}
