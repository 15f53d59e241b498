package org.parsimony.annealing.cost;

import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.parsimony.data.Samples;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/**
 * The loss of any network under a mask: Deeplearning4j's own forward pass from the lowest layer that the mask changes up.
 * For convolutions, whole units, and whatever {@link IncrementalCost} does not know. One network serves all trials, and its
 * layers keep what passes through them, so trials are evaluated one at a time.
 */
final class NetworkCost implements MaskCost {

    private static final int BATCH = 1000;

    private final Model model;
    private final Elements elements;
    private final Statistics statistics;
    private final int lowest;
    private final INDArray below;
    private final int[] labels;
    private final int classes;
    private final boolean whole;
    private final Map<Integer, float[]> weights = new TreeMap<>();
    private boolean[] kept;
    private double total;

    /** @param model is copied */
    NetworkCost(Model model, Elements elements, Samples images, Statistics statistics) {
        this.model = model.copy();
        this.elements = elements;
        this.statistics = statistics;
        this.lowest =
                elements.parts().stream().mapToInt(Elements.Part::target).min().orElseThrow();
        this.below = Forward.below(this.model, images, lowest, statistics);
        this.labels = images.labels();
        this.classes = images.classes();
        int layers = model.network().getnLayers();
        this.whole = statistics == Statistics.BATCH && Forward.hasNorm(model.network(), lowest, layers);
        for (Elements.Part part : elements.parts()) {
            weights.put(
                    part.target(),
                    Stage.values(model.network().getLayer(part.target()).getParam("W")));
        }
    }

    @Override
    public String engine() {
        return "deeplearning4j";
    }

    @Override
    public boolean isParallel() {
        return false;
    }

    @Override
    public int images() {
        return labels.length;
    }

    @Override
    public void arrange(boolean[] mask) {
        compute(mask);
    }

    @Override
    public void compute(boolean[] mask) {
        kept = mask.clone();
        total = loss(kept, Double.POSITIVE_INFINITY);
    }

    @Override
    public double total() {
        return total;
    }

    @Override
    public int movesPerRefresh() {
        return Integer.MAX_VALUE;
    }

    private double loss(boolean[] mask, double limit) {
        elements.masks(mask).forEach((target, m) -> {
            float[] w = weights.get(target).clone();
            for (int i = 0; i < w.length; i++) {
                w[i] *= m[i];
            }
            INDArray parameter = model.network().getLayer(target).getParam("W");
            parameter.assign(Nd4j.create(w, parameter.shape(), 'c'));
        });
        int layers = model.network().getnLayers();
        int batch = whole ? labels.length : BATCH;
        double sum = 0;
        for (int from = 0; from < labels.length && sum <= limit; from += batch) {
            int to = Math.min(labels.length, from + batch);
            INDArray x = whole
                    ? below.dup()
                    : below.get(NDArrayIndex.interval(from, to)).dup('c');
            float[] p = Stage.values(Forward.through(model.network(), x, lowest, layers, statistics));
            for (int i = from; i < to; i++) {
                sum -= Math.log(Math.max(Float.MIN_NORMAL, Math.min(1, p[(i - from) * classes + labels[i]])));
            }
        }
        return sum;
    }

    @Override
    public Trial trial() {
        return new Flipped();
    }

    @Override
    public void commit(Trial trial) {
        kept = ((Flipped) trial).mask;
        total = trial.total();
    }

    private final class Flipped implements Trial {
        private boolean[] mask;
        private double sum;

        @Override
        public double evaluate(int[] flips, double limit) {
            mask = kept.clone();
            for (int element : flips) {
                mask[element] = !mask[element];
            }
            sum = loss(mask, limit);
            return sum;
        }

        @Override
        public double total() {
            return sum;
        }
    }
}
