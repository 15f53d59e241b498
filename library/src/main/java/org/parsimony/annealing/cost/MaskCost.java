package org.parsimony.annealing.cost;

import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/**
 * The loss of one network on fixed images as a function of the mask: what a search over masks minimises. All losses here are sums
 * over the images, in nats.
 */
public interface MaskCost {

    /**
     * The cost of {@code elements} on all of {@code images}: move by move where dense layers, batch norm, ReLU and soft-max
     * are all that stands above, else by forward passes.
     */
    static MaskCost of(Model model, Elements elements, Samples images, Statistics statistics) {
        MaskCost incremental = IncrementalCost.of(model, elements, images, statistics);
        return incremental != null ? incremental : new NetworkCost(model, elements, images, statistics);
    }

    /** {@code "incremental"} or {@code "deeplearning4j"}. */
    String engine();

    /** Number of images. */
    int images();

    /** Brings the images into the order in which a bad mask near this one shows itself first, then as {@link #compute}. */
    void arrange(boolean[] kept);

    /** Computes everything for this mask anew and makes it the current one. */
    void compute(boolean[] kept);

    /** The loss of the current mask. */
    double total();

    /** After how many committed moves computing anew has cost less than they have. */
    int movesPerRefresh();

    /** Whether several trials can be evaluated at once, on as many threads. */
    boolean isParallel();

    /** A place to evaluate moves in; several may be used between commits. */
    Trial trial();

    /** Makes the mask that {@code trial} evaluated last, completely, the current one. */
    void commit(Trial trial);

    /** Evaluates moves from the current mask. */
    interface Trial {

        /**
         * The loss after the move, or, as soon as it is known to exceed {@code limit}, any value above that: the images'
         * losses are at least 0, so their sum so far is a lower bound.
         *
         * @param flips the elements that the move removes or brings back, each once
         */
        double evaluate(int[] flips, double limit);

        /** What the last evaluation returned. */
        double total();
    }
}
